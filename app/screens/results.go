package screens

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"pumplab/analysis/document"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/studies/report"
)

// ResultsParts is what the results screen needs.
type ResultsParts struct {
	Title    string            // of the study
	Results  *report.Results   // nil if there are none yet
	Document document.Document // the same as a report
	None     string            // why there are none, a sentence that says what to do

	Report  func() // writes the report and opens it
	Figures func() // writes the report, its figures and numbers, and says where
	Data    func() // writes the data as CSV, and says where
	Run     func() // a participant, for a study without results
	Back    func()
}

// Results shows what a study has come to: the report, section by section.
type Results struct {
	p      ResultsParts
	list   *widget.List
	middle *fyne.Container
	scroll *container.Scroll
	root   fyne.CanvasObject
}

// NewResults shows the first section; a study without results says what to do.
func NewResults(p ResultsParts) *Results {
	r := &Results{p: p}
	back := leading(widget.NewButtonWithIcon("All studies", theme.NavigateBackIcon(), p.Back))
	if p.Results == nil {
		r.root = parts.Frame(place("Results", parts.Prose(p.Title, look.Ink, look.Text), parts.Gap(look.Grid), back), r.none(), r.aboutNone(), primary("Run a participant", p.Run))
		return r
	}
	r.middle = container.NewStack()
	r.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 2*look.Grid), r.middle))
	r.list = r.contents()
	head := parts.Column(0, look.Line("Pump Lab", look.Ink, look.Heading, true), look.Line("Results", look.Accent, look.Text, true), parts.Gap(2*look.Grid),
		parts.Prose(p.Title, look.Ink, look.Text), parts.Gap(look.Grid), back, parts.Gap(2*look.Grid), heading("Sections"))
	where := container.NewBorder(head, nil, nil, nil, r.list)
	r.list.Select(0)
	r.root = parts.Frame(where, r.scroll, r.about(), primary("Open the report", p.Report))
	return r
}

// Object is what goes into the window.
func (r *Results) Object() fyne.CanvasObject { return r.root }

// Contents is the list of sections, for the keyboard: arrow keys go from section to section.
func (r *Results) Contents() fyne.Focusable { return r.list }

func (r *Results) contents() *widget.List {
	d := r.p.Document
	list := widget.NewList(func() int { return len(d.Sections) },
		func() fyne.CanvasObject {
			return widget.NewLabel("")
		},
		func(i widget.ListItemID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(short(d.Sections[i].ID))
		})
	list.HideSeparators = true
	list.OnSelected = r.Show
	return list
}

// Show shows the i-th section.
func (r *Results) Show(i int) {
	d := r.p.Document
	r.middle.Objects = []fyne.CanvasObject{sectionPage(d.Sections[i], before(d, i))}
	r.scroll.Refresh() // the page may be as wide as another one was
	r.scroll.ScrollToTop()
}

// short is a section's name in the list.
func short(id string) string { return strings.ToUpper(id[:1]) + id[1:] }

func (r *Results) none() fyne.CanvasObject {
	return parts.Column(0, look.Line("Results", look.Ink, look.Title, true), parts.Gap(2*look.Grid), parts.Card(parts.Column(look.Grid,
		look.Line("There are no results yet", look.Ink, look.Strong, true), parts.Prose(r.p.None, look.Ink, look.Text))))
}

func (r *Results) aboutNone() fyne.CanvasObject {
	return parts.Column(0, heading("What will be here"), parts.Prose("The answer to the study's main question with its uncertainty, errors by design, times, alerts, distraction, workload and findings: as soon as one measured task has ended.", look.Ink, look.Text))
}

// about are the facts that the results rest on, and what can be taken away.
func (r *Results) about() fyne.CanvasObject {
	x := r.p.Results
	col := parts.Column(0, heading("These results"))
	fact := func(label, value string) {
		col.Add(container.NewBorder(nil, nil, look.Line(label, look.Quiet, look.Text, false), nil, look.Number(value, look.Ink, look.Text)))
		col.Add(parts.Gap(look.Grid))
	}
	fact("People planned", fmt.Sprint(x.People.Planned))
	fact("Sessions begun", fmt.Sprint(x.People.Started))
	fact("Completed", fmt.Sprint(x.People.Completed))
	if n := x.People.Stopped; n > 0 {
		fact("Stopped early", fmt.Sprint(n))
	}
	if n := x.People.Open; n > 0 {
		fact("Not ended", fmt.Sprint(n))
	}
	if n := x.People.Simulated; n > 0 {
		fact("Simulated people", fmt.Sprint(n))
	}
	fact("Measured tasks", fmt.Sprint(x.Totals.Tasks))
	fact("Practice, left out", fmt.Sprint(x.Practice))
	col.Add(parts.Gap(2 * look.Grid))
	col.Add(heading("Take away"))
	col.Add(parts.Column(look.Grid,
		leading(widget.NewButtonWithIcon("Report, figures, numbers", theme.DocumentSaveIcon(), r.p.Figures)),
		leading(widget.NewButtonWithIcon("Data as CSV", theme.DownloadIcon(), r.p.Data))))
	col.Add(parts.Gap(2 * look.Grid))
	col.Add(parts.Prose("The report holds the same sections on paper; every number of it is in results.json. It is research, not a safety certification.", look.Quiet, look.Small))
	return container.NewVScroll(col)
}

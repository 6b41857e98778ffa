package screens

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/look"
	"pumplab/app/parts"
)

// StudyCard is one study as the home screen lists it.
type StudyCard struct {
	Folder, Name, Title string
	Designs, Conditions []string
	Tasks               int
	Planned, Complete   int
	Open                int // sessions that began and did not end
	Sessions            []SessionLine
	Result              string // what is known so far, in a sentence; empty if nothing
	Problem             string // why the study cannot be opened, a sentence
	Reading             bool   // it is being read: the rest is not known yet
}

// SessionLine is one session as the home screen lists it.
type SessionLine struct {
	Participant string
	When        string // it began: 2026-11-22 14:05
	State       string // complete, stopped, running, interrupted
	Simulated   bool
}

// words say how a session stands, and in which colour.
func (s SessionLine) words() (string, look.Role) {
	text, role := s.State, look.Ink
	switch s.State {
	case "interrupted":
		text, role = "cut off, can go on", look.Caution
	case "running":
		text, role = "not ended", look.Caution
	case "stopped":
		text, role = "stopped early", look.Quiet
	case "complete":
		role = look.Fine
	}
	if s.Simulated {
		text += ", simulated"
	}
	return text, role
}

// HomeActions is what the home screen asks for.
type HomeActions interface {
	Participant(folder string) // run one
	Sessions(folder string)    // who has taken part
	Results(folder string)
	Create(template string)
	Choose() // a folder from the disk
	Demo()   // the whole demo with simulated participants
	Try()    // a design, without a study
	Shade()  // light or dark laboratory
	Size()   // true size on this screen
	Help()   // one page on what the keys do and where the data is
}

// Home is the laboratory's first screen.
type Home struct {
	studies   []StudyCard
	templates []string
	do        HomeActions
	chosen    int
	root      *fyne.Container
}

// NewHome lists the studies; the first is chosen.
func NewHome(studies []StudyCard, templates []string, do HomeActions) *Home {
	h := &Home{studies: studies, templates: templates, do: do, root: container.NewStack()}
	h.draw()
	return h
}

// Object is what goes into the window.
func (h *Home) Object() fyne.CanvasObject { return h.root }

// Set replaces the i-th study, when it has been read.
func (h *Home) Set(i int, s StudyCard) {
	h.studies[i] = s
	h.draw()
}

func (h *Home) draw() {
	h.root.Objects = []fyne.CanvasObject{parts.Frame(h.where(), h.thing(), h.about(), h.primary())}
	h.root.Refresh()
}

// place is the left column of every laboratory screen: the program's name, then where one is.
func place(here string, below ...fyne.CanvasObject) fyne.CanvasObject {
	col := parts.Column(0,
		look.Line("Pump Lab", look.Ink, look.Heading, true),
		look.Line(here, look.Accent, look.Text, true),
		parts.Gap(3*look.Grid))
	for _, o := range below {
		col.Add(o)
	}
	note := parts.Prose("For research and teaching. Not a medical device, never for clinical use.", look.Quiet, look.Small)
	return container.NewBorder(nil, note, nil, nil, col)
}

func (h *Home) where() fyne.CanvasObject {
	col := parts.Column(look.Grid, heading("New study from"))
	for _, t := range h.templates {
		col.Add(leading(widget.NewButtonWithIcon(templateName(t)+" template", theme.ContentAddIcon(), func() { h.do.Create(t) })))
	}
	col.Add(parts.Gap(look.Grid))
	col.Add(heading("From the disk"))
	col.Add(leading(widget.NewButtonWithIcon("Open a study", theme.FolderOpenIcon(), h.do.Choose)))
	col.Add(parts.Gap(look.Grid))
	col.Add(heading("Without a person"))
	col.Add(leading(widget.NewButtonWithIcon("Run the demo", theme.MediaPlayIcon(), h.do.Demo)))
	col.Add(leading(widget.NewButtonWithIcon("Try a design", theme.ComputerIcon(), h.do.Try)))
	col.Add(parts.Gap(look.Grid))
	col.Add(heading("This window"))
	col.Add(leading(widget.NewButtonWithIcon("Light or dark", theme.ColorPaletteIcon(), h.do.Shade)))
	col.Add(leading(widget.NewButtonWithIcon("True size", theme.ZoomFitIcon(), h.do.Size)))
	col.Add(leading(widget.NewButtonWithIcon("Help  F1", theme.HelpIcon(), h.do.Help)))
	return place("Studies", col)
}

// templateName is a template as a title has it: Demo, PCA.
func templateName(t string) string {
	if len(t) <= 3 { // short ones are abbreviations
		return strings.ToUpper(t)
	}
	return strings.ToUpper(t[:1]) + t[1:]
}

func leading(b *widget.Button) *widget.Button {
	b.Alignment = widget.ButtonAlignLeading
	return b
}

func (h *Home) thing() fyne.CanvasObject {
	title := parts.Column(0, look.Line("Studies", look.Ink, look.Title, true), parts.Gap(2*look.Grid))
	if len(h.studies) == 0 {
		return container.NewBorder(title, nil, nil, nil, container.NewVScroll(parts.Card(parts.Column(look.Grid,
			look.Line("There is no study yet", look.Ink, look.Strong, true),
			parts.Prose("Begin with the demo study: three pump interfaces, quiet and with interruptions, six orders each. Make it at the right, then run yourself through it, or let simulated people do it.", look.Ink, look.Text),
		))))
	}
	list := parts.Column(2 * look.Grid)
	for i, s := range h.studies {
		list.Add(newStudyRow(s, i == h.chosen, func() {
			h.chosen = i
			h.draw()
		}))
	}
	return container.NewBorder(title, nil, nil, nil, container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 2*look.Grid), list)))
}

func (h *Home) about() fyne.CanvasObject {
	if len(h.studies) == 0 {
		return parts.Column(look.Grid, heading("First step"), parts.Prose("The demo study is a folder you own afterwards: change its orders, designs and library with any editor.", look.Ink, look.Text))
	}
	s := h.studies[h.chosen]
	col := parts.Column(0, heading("This study"), parts.Prose(s.Title, look.Ink, look.Strong))
	if s.Reading {
		return col
	}
	if s.Problem != "" {
		col.Add(parts.Gap(look.Grid))
		col.Add(parts.Prose(s.Problem, look.Critical, look.Text))
		return container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 2*look.Grid), col))
	}
	fact := func(label, value string) {
		col.Add(container.NewBorder(nil, nil, look.Line(label, look.Quiet, look.Text, false), nil, look.Number(value, look.Ink, look.Text)))
		col.Add(parts.Gap(look.Grid))
	}
	col.Add(parts.Gap(look.Grid))
	fact("Designs", fmt.Sprint(len(s.Designs)))
	fact("Surroundings", fmt.Sprint(len(s.Conditions)))
	fact("Orders", fmt.Sprint(s.Tasks))
	fact("People done", fmt.Sprintf("%d of %d", s.Complete, s.Planned))
	if s.Open > 0 {
		fact("Not ended", fmt.Sprint(s.Open))
	}
	col.Add(parts.Gap(look.Grid))
	col.Add(heading("Folder"))
	col.Add(parts.Prose(s.Folder, look.Quiet, look.Small))
	col.Add(parts.Gap(2 * look.Grid))
	col.Add(heading("Sessions, the latest first"))
	col.Add(sessionList(s.Sessions))
	return container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 2*look.Grid), col))
}

// sessionList is one line a session; the rest of a long list is a number.
func sessionList(all []SessionLine) fyne.CanvasObject {
	const most = 12
	col := parts.Column(6)
	if len(all) == 0 {
		return parts.Prose("None yet: run a participant.", look.Quiet, look.Text)
	}
	for i := range min(most, len(all)) {
		s := all[len(all)-1-i]
		text, role := s.words()
		col.Add(container.NewBorder(nil, nil, look.Line(s.Participant, look.Ink, look.Text, false), look.Number(s.When, look.Quiet, look.Small)))
		col.Add(look.Line(text, role, look.Small, false))
	}
	if n := len(all) - most; n > 0 {
		col.Add(look.Line(fmt.Sprintf("and %d more", n), look.Quiet, look.Small, false))
	}
	return col
}

func (h *Home) primary() fyne.CanvasObject {
	if len(h.studies) == 0 {
		return primary("Make the demo study", func() { h.do.Create("demo") })
	}
	s := h.studies[h.chosen]
	go1 := primary("Run a participant", func() { h.do.Participant(s.Folder) })
	sessions := widget.NewButton("Sessions and replay", func() { h.do.Sessions(s.Folder) })
	results := widget.NewButton("Show results", func() { h.do.Results(s.Folder) })
	if s.Problem != "" || s.Reading {
		go1.Disable()
		sessions.Disable()
		results.Disable()
	}
	return parts.Column(look.Grid, sessions, results, go1)
}

// primary is a screen's one primary action.
func primary(text string, act func()) *widget.Button {
	b := widget.NewButton(text, act)
	b.Importance = widget.HighImportance
	return b
}

// studyRow is one study in the list.
type studyRow struct {
	widget.BaseWidget
	study  StudyCard
	chosen bool
	tapped func()
}

func newStudyRow(s StudyCard, chosen bool, tapped func()) *studyRow {
	r := &studyRow{study: s, chosen: chosen, tapped: tapped}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped chooses the study.
func (r *studyRow) Tapped(*fyne.PointEvent) { r.tapped() }

// CreateRenderer builds the row.
func (r *studyRow) CreateRenderer() fyne.WidgetRenderer {
	s := r.study
	ground := canvas.NewRectangle(look.Of(look.Raised))
	ground.CornerRadius, ground.StrokeWidth, ground.StrokeColor = look.Grid, 1, look.Of(look.Lines)
	if r.chosen {
		ground.StrokeWidth, ground.StrokeColor = 2, look.Of(look.Accent)
	}
	title := parts.Bold(s.Title, look.Ink)
	name := parts.Prose(strings.Join(append([]string{s.Name}, s.Designs...), " · "), look.Quiet, look.Small)
	count := look.Number(fmt.Sprintf("%d of %d people", s.Complete, s.Planned), look.Ink, look.Text)
	last := s.Result
	role := look.Ink
	switch {
	case s.Reading:
		last, role = "Reading …", look.Quiet
		count.Text = ""
	case s.Problem != "":
		last, role = "Cannot be opened: see at the right", look.Critical
		count.Text = ""
	case last == "":
		last, role = "No results yet", look.Quiet
	}
	text := parts.Column(4, container.NewBorder(nil, nil, nil, count, title), name, parts.Gap(2), parts.Prose(last, role, look.Text))
	return widget.NewSimpleRenderer(container.NewStack(ground, parts.Inset(text, 2*look.Grid)))
}

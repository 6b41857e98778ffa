package screens

import (
	"fmt"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/charts"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/studies/report"
)

// ResultsParts is what the results screen needs.
type ResultsParts struct {
	Results *report.Results
	Variant fyne.ThemeVariant
	Report  func() // writes the report and opens it
	Back    func()
}

// NewResults shows what a study has come to: a chart and a table by design.
func NewResults(p ResultsParts) fyne.CanvasObject {
	r := p.Results
	where := place("Results", parts.Prose(r.Title, look.Ink, look.Text), parts.Gap(look.Grid), leading(widget.NewButton("Back to the studies", p.Back)))
	rows, found := errorRows(r, p.Variant)
	body := parts.Column(0,
		look.Line("Errors by design", look.Ink, look.Title, true),
		parts.Gap(4), parts.Prose(found, look.Ink, look.Strong), parts.Gap(2*look.Grid),
		parts.Card(charts.NewIntervals(rows, "tasks that ended wrong, with 95 % Wilson interval", charts.Percent)),
		parts.Gap(look.Grid), look.Line(numbers(r), look.Quiet, look.Small, false),
		parts.Gap(3*look.Grid), look.Line("By design", look.Ink, look.Heading, true), parts.Gap(look.Grid),
		parts.Card(designTable(r)), parts.Gap(3*look.Grid))
	return parts.Frame(where, container.NewVScroll(body), aboutResults(r), primary("Open the report", p.Report))
}

// errorRows are the chart's rows and the finding in a sentence.
func errorRows(r *report.Results, v fyne.ThemeVariant) (rows []charts.Row, finding string) {
	best, worst := -1, -1
	for i, c := range r.Designs {
		colour, marker := look.Design(i, v)
		rows = append(rows, shareRow(c.Design, fmt.Sprintf("%d people, %d tasks", c.People, c.Tasks), c.Errors, colour, marker))
		if best < 0 || c.Errors.Estimate < r.Designs[best].Errors.Estimate {
			best = i
		}
		if worst < 0 || c.Errors.Estimate > r.Designs[worst].Errors.Estimate {
			worst = i
		}
		for _, part := range r.Cells {
			if part.Design == c.Design {
				row := shareRow(part.Condition, "", part.Errors, colour, marker)
				row.Minor = true
				rows = append(rows, row)
			}
		}
	}
	return rows, r.Verdict()
}

func shareRow(label, below string, s report.Share, colour interface{ RGBA() (r, g, b, a uint32) }, m look.Marker) charts.Row {
	return charts.Row{
		Label: label, Below: below, Colour: colour, Marker: m,
		Estimate: float64(s.Estimate), Low: s.CI.Low, High: s.CI.High,
		Value: fmt.Sprintf("%.1f %% [%.1f, %.1f]", 100*float64(s.Estimate), 100*s.CI.Low, 100*s.CI.High),
	}
}

func numbers(r *report.Results) string {
	tasks := 0
	for _, c := range r.Designs {
		tasks += c.Tasks
	}
	text := fmt.Sprintf("%d people began, %d completed; %d tasks; practice left out", r.People.Started, r.People.Completed, tasks)
	if r.People.Simulated > 0 {
		text += fmt.Sprintf("; %d of the people are simulated", r.People.Simulated)
	}
	return text + "."
}

// designTable is one row a design, numbers right-aligned.
func designTable(r *report.Results) fyne.CanvasObject {
	rows := [][]string{{"Design", "Wrong", "Undetected", "Time a task", "Presses", "Alerts", "Overridden"}}
	for _, c := range r.Designs {
		rows = append(rows, []string{
			c.Design, fmt.Sprintf("%d / %d", c.Errors.K, c.Errors.N), fmt.Sprint(c.Undetected.K), decimal(float64(c.Seconds.Estimate), " s"),
			decimal(float64(c.Presses.Estimate), ""), fmt.Sprint(c.Alerts), fmt.Sprint(c.Overrides),
		})
	}
	return parts.Table(140, rows)
}

func decimal(v float64, unit string) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return fmt.Sprintf("%.1f%s", v, unit)
}

func aboutResults(r *report.Results) fyne.CanvasObject {
	col := parts.Column(0, heading("Compared on the same people and tasks"))
	for _, p := range r.Pairs {
		col.Add(look.Line(p.First+" − "+p.Second, look.Ink, look.Text, true))
		verdict := "no difference shown"
		if p.Distinct {
			verdict = "they differ"
		}
		col.Add(look.Line(strings.ReplaceAll(fmt.Sprintf("%+.1f points [%+.1f, %+.1f]", 100*float64(p.Difference), 100*p.CI.Low, 100*p.CI.High), "-", "−"), look.Ink, look.Text, false))
		col.Add(look.Line(fmt.Sprintf("p = %.3f after Holm: %s", float64(p.PHolm), verdict), look.Quiet, look.Small, false))
		col.Add(parts.Gap(2 * look.Grid))
	}
	if len(r.Workload) > 0 {
		col.Add(heading("Questionnaires"))
		for _, w := range r.Workload {
			col.Add(container.NewBorder(nil, nil, look.Line(w.Instrument+" · "+w.Design, look.Ink, look.Small, false), nil,
				look.Number(decimal(float64(w.Score.Estimate), ""), look.Ink, look.Small)))
		}
	}
	col.Add(parts.Gap(2 * look.Grid))
	col.Add(parts.Prose("Every number, the methods and the files' hashes are in the report.", look.Quiet, look.Small))
	return container.NewVScroll(col)
}

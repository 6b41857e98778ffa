package report

import (
	"fmt"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

// Document is the report in words, tables and figures. The figures come back too, for those who want them as files.
func (r *Results) Document() (document.Document, map[string][]byte, error) {
	d := document.Document{
		Title: r.Title, Lang: "en",
		Subtitle: fmt.Sprintf("Study %s, version %d · %s · evaluated %s by %s", r.Study, r.Version, r.note(), r.Made, r.Program),
		Notice:   "Usability research. Not a safety certification, never for clinical use.",
	}
	figures := map[string][]byte{}
	add := func(blocks []document.Block, f figure, err error) ([]document.Block, error) {
		if err != nil {
			return nil, fmt.Errorf("draw figure %s: %w", f.name, err)
		}
		figures[f.name] = f.svg
		return append(blocks, document.Figure{Name: f.name, SVG: f.svg, Alt: f.alt, Caption: f.caption}), nil
	}
	first, err := r.firstPage(add)
	if err != nil {
		return d, nil, err
	}
	results, err := r.resultSections(add)
	if err != nil {
		return d, nil, err
	}
	d.Sections = append([]document.Section{first, r.peopleSection()}, results...)
	d.Sections = append(d.Sections, r.methodSection(), r.originSection())
	d.Footer = []string{r.Program + " · study and software hashes are in the last section; every number shown is in results.json, unrounded."}
	return d, figures, nil
}

type adder func([]document.Block, figure, error) ([]document.Block, error)

// firstPage stands alone: one sentence, one chart, three numbers, what could change it.
func (r *Results) firstPage(add adder) (document.Section, error) {
	blocks := []document.Block{document.Verdict(r.Verdict())}
	var numbers document.Numbers
	for _, c := range r.ranked() {
		if len(numbers) == 3 {
			break
		}
		numbers = append(numbers, document.Number{
			Value: percent(c.Errors.Estimate), Range: "95 % interval " + percents(c.Errors.CI),
			Label:  fmt.Sprintf("%s: %d of %d tasks ended wrong", c.Design, c.Errors.K, c.Errors.N),
			Colour: plots.Hex(r.series(c.Design)),
		})
	}
	blocks = append(blocks, numbers)
	fig, err := r.errorFigure()
	if blocks, err = add(blocks, fig, err); err != nil {
		return document.Section{}, err
	}
	blocks = append(blocks, document.Para("What could change this answer:"), document.List(r.Changes()))
	return document.Section{ID: "answer", Title: "The answer", Blocks: blocks}, nil
}

func (r *Results) peopleSection() document.Section {
	p := r.People
	t := document.Table{Caption: "Flow of participants", Head: []string{"", "people"}, Rows: [][]string{
		{"planned", fmt.Sprint(p.Planned)}, {"started", fmt.Sprint(p.Started)}, {"completed", fmt.Sprint(p.Completed)},
		{"stopped early", fmt.Sprint(p.Stopped)}, {"not ended", fmt.Sprint(p.Open)},
		{"resumed after an interruption of the program", fmt.Sprint(p.Resumed)}, {"simulated", fmt.Sprint(p.Simulated)},
	}}
	text := fmt.Sprintf("%s left out of the counts as practice; %s.", count(r.Practice, "task was", "tasks were"),
		count(r.Unfinished, "task never ended", "tasks never ended"))
	return document.Section{ID: "people", Title: "People", Blocks: []document.Block{t, document.Para(text)}}
}

func (r *Results) resultSections(add adder) ([]document.Section, error) {
	var out []document.Section
	errorsBlocks := []document.Block{r.errorTable(), r.pairTable()}
	if o := r.omnibusText(); o != "" {
		errorsBlocks = append(errorsBlocks, document.Para(o))
	}
	if r.Model != nil {
		errorsBlocks = append(errorsBlocks, r.modelTable())
	}
	out = append(out, document.Section{ID: "errors", Title: "Errors", Blocks: errorsBlocks})

	fig, err := r.ladderFigure()
	kinds, err := add(nil, fig, err)
	if err != nil {
		return nil, err
	}
	kinds = append(kinds, r.ladderTable())
	if t, ok := r.classTable(); ok {
		kinds = append(kinds, t)
	}
	out = append(out, document.Section{ID: "kinds", Title: "What went wrong, and where it was caught", Blocks: kinds})

	fig, err = r.timeFigure()
	times, err := add(nil, fig, err)
	if err != nil {
		return nil, err
	}
	out = append(out, document.Section{ID: "time", Title: "Time and effort", Blocks: append(times, r.effortTable())})
	out = append(out, document.Section{ID: "alerts", Title: "Alerts of the drug library", Blocks: []document.Block{r.alertTable()}})
	out = append(out, r.distractionSection())

	var load []document.Block
	for _, w := range []struct{ instrument, name, label, what string }{
		{"raw-tlx", "tlx", "raw NASA-TLX, 0 to 100 (lower is better)", "Workload (raw NASA-TLX)"},
		{"sus", "sus", "System Usability Scale, 0 to 100 (higher is better)", "Usability (SUS)"},
	} {
		fig, ok, err := r.workloadFigure(w.instrument, w.name, w.label, w.what)
		if !ok {
			continue
		}
		if load, err = add(load, fig, err); err != nil {
			return nil, err
		}
	}
	if len(load) > 0 {
		out = append(out, document.Section{ID: "workload", Title: "Workload and usability", Blocks: append(load, r.workloadTable())})
	}
	return out, nil
}

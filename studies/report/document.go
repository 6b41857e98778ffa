package report

import (
	"fmt"
	"image"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

// drawn is a figure as files hold it: the picture and its numbers.
type drawn struct{ svg, csv []byte }

// pages builds the report's sections and keeps their figures. The first error stays.
type pages struct {
	figures map[string]drawn
	err     error
}

// draw is a figure's block; nothing if there is nothing to draw.
func (p *pages) draw(f figure, ok bool) []document.Block {
	if !ok || p.err != nil {
		return nil
	}
	svg, err := plots.SVG(f.chart)
	if err != nil {
		p.err = fmt.Errorf("draw figure %s: %w", f.name, err)
		return nil
	}
	p.figures[f.name] = drawn{svg, f.chart.CSV()}
	return []document.Block{document.Figure{Name: f.name, SVG: svg, Alt: f.alt, Caption: f.caption, Picture: func(dpi int) image.Image { return plots.Image(f.chart, dpi) }}}
}

// blocks joins what sections are made of.
func blocks(parts ...[]document.Block) []document.Block {
	var out []document.Block
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func one(b ...document.Block) []document.Block { return b }

// Document is the report in words, tables and figures.
func (r *Results) Document() (document.Document, error) {
	d, _, err := r.document()
	return d, err
}

func (r *Results) document() (document.Document, map[string]drawn, error) {
	d := document.Document{
		Title: r.Title, Lang: "en",
		Subtitle: fmt.Sprintf("Study %s, version %d · %s · evaluated %s by %s", r.Study, r.Version, r.note(), r.Made, r.Program),
		Running:  "Not a safety certification",
		Notice:   "Usability research. Not a safety certification, never for clinical use.",
	}
	p := &pages{figures: map[string]drawn{}}
	for _, s := range []document.Section{
		r.firstPage(p), r.methodSection(), r.peopleSection(p), r.deviationSection(), r.choiceSection(p), r.errorSection(p), r.kindSection(p), r.severitySection(),
		r.timeSection(p), r.practiceSection(p), r.alertSection(p), r.distractionSection(p), r.loadSection(p), r.agreementSection(), r.findingSection(),
		r.monitorSection(p), r.timingSection(), r.originSection(),
	} {
		if len(s.Blocks) > 0 {
			d.Sections = append(d.Sections, s)
		}
	}
	d.Footer = []string{r.Program + " · study and software hashes are in the last section; every number shown is in results.json, unrounded; each figure is in figures/ as SVG, its data as CSV."}
	return d, p.figures, p.err
}

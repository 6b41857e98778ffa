package cli

import (
	"fmt"
	"strings"

	"pumplab/analysis/document"
	"pumplab/app/capture"
)

// spread is one measured thing with its name.
type spread struct {
	name, finding string
	of            *capture.Spread
}

// spreads are what was measured in durations.
func spreads(q capture.Quality) []spread {
	return []spread{
		{"stamp error", "a key's stamp minus the time of its injection", q.Stamp},
		{"interval error", "the time between two presses as stamped minus as injected", q.Interval},
		{"hold error", "the time from a press to its release as stamped minus as injected", q.Hold},
		{"key to picture", "from a key's stamp until the changed picture was handed to the screen", q.Picture},
		{"onset error", "the time at which a changed pixel was seen on the screen minus the onset as recorded", q.Onset},
		{"poll", "one wait for events on the window's thread", q.Poll},
		{"frame", "from one tick of the toolkit to the next", q.Frame},
		{"wake-up", "how late a sleep of 1 ms ended", q.Stalls.Late},
	}
}

// timingPage is what was measured as a page with histograms.
func timingPage(q capture.Quality, version string) document.Document {
	table := document.Table{
		Caption: "Milliseconds", Head: []string{"measured", "n", "median", "SD", "p95", "p99", "longest"},
		Notes: []string{"Percentiles of the interval error are those of its size, without sign."},
	}
	var figures []document.Block
	for _, s := range spreads(q) {
		if s.of == nil {
			continue
		}
		ms := func(v float64) string { return fmt.Sprintf("%.3f", v) }
		table.Rows = append(table.Rows, []string{s.name, fmt.Sprint(s.of.N), ms(s.of.Median), ms(s.of.SD), ms(s.of.P95), ms(s.of.P99), ms(s.of.Max)})
		figures = append(figures, document.Figure{
			Name: strings.ReplaceAll(s.name, " ", "-"), SVG: histogram(s.of),
			Caption: fmt.Sprintf("%s%s, %s: median %s ms, 95 of 100 within %s ms.", strings.ToUpper(s.name[:1]), s.name[1:], s.finding, ms(s.of.Median), ms(s.of.P95)),
			Alt:     fmt.Sprintf("Histogram of %d values, median %.3f ms, 95 of 100 within %.3f ms.", s.of.N, s.of.Median, s.of.P95),
		})
	}
	facts := document.List{
		"Machine: " + q.System + fmt.Sprintf(", %d processors.", q.Processor),
		"Stamps: " + wayWords(q) + ".",
		"Clock: " + clockWords(q.Clock) + ".",
	}
	if q.Injected > 0 {
		facts = append(facts, fmt.Sprintf("%d of %d injected events arrived.", q.Delivered, q.Injected))
	}
	if q.Picture != nil {
		facts = append(facts, "Dropped frames: "+droppedWords(q)+".")
	}
	if q.Frame != nil {
		facts = append(facts, "Late ticks: "+tickWords(q)+".")
	}
	if q.Screen != nil {
		facts = append(facts, "Screen: "+screenWords(q.Screen)+".")
	}
	if q.Sound != "" {
		facts = append(facts, "Sound: "+q.Sound+".")
	}
	return document.Document{
		Title: "What key times are worth on this machine", Subtitle: fmt.Sprintf("pumplab %s timing, %g s", version, q.Seconds), Lang: "en",
		Sections: []document.Section{
			{ID: "verdict", Title: "Verdict", Blocks: []document.Block{document.Verdict(q.Verdict), append(facts, q.Notes...)}},
			{ID: "numbers", Title: "Numbers", Blocks: []document.Block{table}},
			{ID: "histograms", Title: "Histograms", Blocks: figures},
		},
	}
}

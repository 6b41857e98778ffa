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
		{"stamp error", "from the injection of a key to its stamp", q.Stamp},
		{"interval error", "from one press to the next: stamped minus injected", q.Interval},
		{"hold error", "from a press to its release: stamped minus injected", q.Hold},
		{"key to picture", "from the stamp until the changed picture was handed to the screen", q.Picture},
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
			Name: strings.ReplaceAll(s.name, " ", "-"), SVG: histogram(s.of), Caption: s.name + ": " + s.finding,
			Alt: fmt.Sprintf("Histogram of %d values, median %.3f ms, 95 of 100 below %.3f ms.", s.of.N, s.of.Median, s.of.P95),
		})
	}
	facts := document.List{
		"Machine: " + q.System + fmt.Sprintf(", %d processors.", q.Processor),
		"Stamps: " + wayWords(q) + ".",
		fmt.Sprintf("Clock: steps of %d ns, %d readings went backward, %d jumps of the wall clock.", q.Clock.Step.Nanoseconds(), q.Clock.Backward, q.Clock.WallSteps),
	}
	if q.Injected > 0 {
		facts = append(facts, fmt.Sprintf("%d of %d injected events arrived.", q.Delivered, q.Injected))
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

// histogram draws a spread's bins, the last of them with everything beyond.
func histogram(s *capture.Spread) []byte {
	const w, h, left, base = 640, 180, 10, 150
	top := 1
	for _, n := range s.Bins {
		top = max(top, n)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="12">`, w, h, w, h)
	wide := float64(w-2*left) / float64(len(s.Bins))
	for i, n := range s.Bins {
		tall := float64(base-10) * float64(n) / float64(top)
		fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="#27435F"/>`, left+float64(i)*wide, base-tall, wide-1, tall)
	}
	fmt.Fprintf(&b, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#556272"/>`, left, base, w-left, base)
	for i := 0; i <= 4; i++ {
		share := float64(i) / 4
		at := s.Low + share*s.Width*float64(len(s.Bins))
		anchor := []string{"start", "middle", "middle", "middle", "end"}[i]
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="%s" fill="#1B2430">%.3g ms</text>`, left+share*float64(w-2*left), base+18, anchor, at)
	}
	b.WriteString("</svg>")
	return []byte(b.String())
}

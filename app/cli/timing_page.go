package cli

import (
	"fmt"
	"maps"
	"slices"
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
		{"stamp error", "how long after its injection a key was stamped", q.Stamp},
		{"interval error", "how wrong the time between two presses is", q.Interval},
		{"hold error", "how wrong the time from a press to its release is", q.Hold},
		{"key to picture", "from a key until the picture it changed was handed to the screen", q.Picture},
		{"onset error", "how long after its onset in the journal a change was seen on the screen", q.Onset},
		{"poll", "one wait for events on the window's thread", q.Poll},
		{"frame", "from one tick of the toolkit to the next", q.Frame},
		{"wake-up", "how late a sleep of 1 ms ended: how long the machine lets the program wait", q.Stalls.Late},
	}
}

// grades are the limits in ms up to which 95 of 100 are good for keystroke research, and fair: enough for means over many keys.
var grades = map[string][2]float64{
	"stamp error": {1, 5}, "interval error": {1, 5}, "hold error": {1, 5}, "key to picture": {10, 25}, "onset error": {2, 17}, "wake-up": {2, 10},
}

// grade says what a spread is worth; nothing where it says nothing about times by itself.
func (s spread) grade() string {
	limits, graded := grades[s.name]
	switch {
	case !graded:
		return ""
	case s.of.P95 <= limits[0]:
		return "good"
	case s.of.P95 <= limits[1]:
		return "fair"
	}
	return "poor"
}

// timingPage is what was measured as a page with histograms.
func timingPage(q capture.Quality, version string) document.Document {
	table := document.Table{
		Caption: "In milliseconds", Head: []string{"measured", "what it is", "n", "median", "SD", "p95", "longest", "worth"}, Lead: 1,
		Notes: []string{
			"p95: 95 of 100 are at most this; of errors it is their size that counts, without sign.",
			"Good is up to 1 ms for stamps, intervals and holds, 10 ms for the picture of a key, 2 ms for onsets and wake-ups; fair, enough for means over many keys, is up to 5, 25, 17 and 10 ms.",
		},
	}
	var figures []document.Block
	for _, s := range spreads(q) {
		if s.of == nil {
			continue
		}
		ms := func(v float64) string { return strings.Replace(fmt.Sprintf("%.3f", v), "-", "−", 1) }
		table.Rows = append(table.Rows, []string{s.name, s.finding, fmt.Sprint(s.of.N), ms(s.of.Median), ms(s.of.SD), ms(s.of.P95), ms(s.of.Max), s.grade()})
		figures = append(figures, document.Figure{
			Name: strings.ReplaceAll(s.name, " ", "-"), SVG: histogram(s.of),
			Caption: fmt.Sprintf("%s%s, %s: median %s ms, 95 of 100 within %s ms.", strings.ToUpper(s.name[:1]), s.name[1:], s.finding, ms(s.of.Median), ms(s.of.P95)),
			Alt:     fmt.Sprintf("Histogram of %d values, median %.3f ms, 95 of 100 within %.3f ms.", s.of.N, s.of.Median, s.of.P95),
		})
	}
	return document.Document{
		Title: "What key times are worth on this machine", Subtitle: fmt.Sprintf("pumplab %s timing, %g s", version, q.Seconds), Lang: "en",
		Sections: []document.Section{
			{ID: "verdict", Title: "Verdict", Blocks: []document.Block{document.Verdict(q.Verdict), document.Table{
				Caption: "The machine and what takes the times", Head: []string{"part", "found"}, Rows: machineRows(q), Lead: 1,
			}}},
			{ID: "numbers", Title: "Numbers", Blocks: []document.Block{table}},
			{ID: "histograms", Title: "Histograms", Blocks: figures},
		},
	}
}

// machineRows are what was found that is no spread of durations.
func machineRows(q capture.Quality) [][]string {
	rows := [][]string{
		{"machine", q.System + fmt.Sprintf(", %d processors", q.Processor)},
		{"stamps", wayProse(q)},
		{"clock", clockWords(q.Clock)},
	}
	add := func(part, found string) { rows = append(rows, []string{part, found}) }
	if len(q.Devices) > 0 {
		add("devices", deviceWords(q.Devices))
	}
	if q.Injected > 0 {
		add("delivery", fmt.Sprintf("%d of %d injected events arrived", q.Delivered, q.Injected)+kindWords(q.Kinds))
	}
	if q.Picture != nil {
		add("dropped frames", droppedWords(q))
	}
	if q.Frame != nil {
		add("late ticks", tickWords(q))
	}
	if late := q.Stalls.Late; late != nil {
		add("stalls", fmt.Sprintf("%d of %d sleeps of 1 ms ended more than 10 ms late", q.Stalls.Over10, late.N))
	}
	if q.Screen != nil {
		add("screen", screenWords(q.Screen))
	}
	if q.Sound != "" {
		add("sound", q.Sound)
	}
	for _, n := range q.Notes {
		add("note", n)
	}
	return rows
}

// deviceWords are the devices' names with their numbers.
func deviceWords(names map[int]string) string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(names)) {
		out = append(out, fmt.Sprintf("%s (%d)", names[id], id))
	}
	return strings.Join(out, ", ")
}

// wayProse says in a sentence what takes the times.
func wayProse(q capture.Quality) string {
	out := map[string]string{
		capture.Raw:      "raw events of the window system on a thread of its own",
		capture.Hook:     "a hook before the toolkit, without raw events",
		capture.Callback: "the toolkit's own handlers, on the grid of its ticks",
	}[q.Way]
	switch {
	case out == "":
		return "not measured: there was no window"
	case q.Realtime:
		out += " at real-time priority (from " + q.RealtimeBy + ")"
	}
	if q.Pump {
		out += "; events are delivered when they come, not at ticks"
	}
	if q.AtOnce {
		out += "; what a key changes is painted at once"
	}
	return out
}

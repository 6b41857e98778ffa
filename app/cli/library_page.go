package cli

import (
	"bytes"
	"fmt"
	"strings"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
	"pumplab/pumpmodel/library"
)

// pageOf is a page of a library committee about two libraries.
func pageOf(was, now *library.Library, title string, sections ...document.Section) ([]byte, error) {
	files := document.Table{Caption: "The two libraries", Head: []string{"", "library", "version", "status", "SHA-256"}, Lead: -1, Tight: true}
	for _, l := range []struct {
		name string
		*library.Library
	}{{"before", was}, {"after", now}} {
		files.Rows = append(files.Rows, []string{l.name, l.Name, fmt.Sprint(l.Version), l.Status, l.Hash})
	}
	d := document.Document{
		Title: title, Lang: "en", Subtitle: fmt.Sprintf("%s, version %d → %s, version %d", was.Name, was.Version, now.Name, now.Version),
		Notice: sentenceCase(now.Use) + ".", Running: "Never for clinical use",
		Sections: append(sections, document.Section{ID: "files", Title: "Files", Blocks: []document.Block{files}}),
	}
	var b bytes.Buffer
	err := d.HTML(&b)
	return b.Bytes(), err
}

func sentenceCase(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// diffPage is what changed in meaning, a table for each care area, loosened limits first said.
func diffPage(was, now *library.Library, found []library.Difference) ([]byte, error) {
	counts := map[string]int{}
	var order []string
	rows := map[string][][]string{}
	for _, d := range found {
		counts[d.Kind]++
		area := or(d.Area, "The library itself")
		if rows[area] == nil {
			order = append(order, area)
		}
		rows[area] = append(rows[area], []string{d.Kind, or(d.Setup, "–"), or(d.What, "–"), or(d.Was, "–"), or(d.Now, "–")})
	}
	first := document.Section{ID: "answer", Title: "What changed in meaning", Blocks: []document.Block{document.Verdict(diffVerdict(counts, len(found)))}}
	var numbers document.Numbers
	for _, k := range []struct{ kind, label, colour string }{
		{"loosened", "limits loosened: more is let through without an alert", "#B3261E"},
		{"tightened", "limits tightened: more alerts are shown", "#0B5FA5"},
		{"changed", "changed otherwise", ""},
	} {
		numbers = append(numbers, document.Number{Value: fmt.Sprint(counts[k.kind]), Label: k.label, Colour: k.colour})
	}
	if len(found) > 0 {
		first.Blocks = append(first.Blocks, numbers)
	}
	sections := []document.Section{first}
	if len(found) > 0 {
		s := document.Section{ID: "changes", Title: "Every change"}
		for _, area := range order {
			s.Blocks = append(s.Blocks, document.Table{Caption: area, Head: []string{"kind", "setup", "what", "before", "after"}, Lead: 2, Rows: rows[area]})
		}
		sections = append(sections, s)
	}
	return pageOf(was, now, "What changed in the drug library", sections...)
}

func diffVerdict(counts map[string]int, n int) string {
	switch {
	case n == 0:
		return "Nothing changed in meaning."
	case counts["loosened"] > 0:
		return fmt.Sprintf("%s in meaning, of which %s: look there first.", count(n, "change"), several(counts["loosened"], "limit is loosened", "limits are loosened"))
	}
	return fmt.Sprintf("%s in meaning; no limit is loosened.", count(n, "change"))
}

func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// whatIfPage is what a new library would have said, for a committee.
func whatIfPage(was, now *library.Library, r whatIfJSON) ([]byte, error) {
	where, unit := fmt.Sprintf("what was programmed in %s", count(r.Sessions, "session")), "sessions"
	if r.WardDay != nil {
		where, unit = fmt.Sprintf("%s of %d infusions", several(r.Sessions, "simulated ward day", "simulated ward days"), r.WardDay.Infusions), "days"
	}
	verdict := fmt.Sprintf("On %s the burden of limit alerts would be the same: %.1f per 100 infusions.", where, r.Before.PerInfusion)
	if r.Before.Total != r.After.Total || r.Kind > 0 {
		verdict = fmt.Sprintf("On %s there would be %.1f limit alerts per 100 infusions instead of %.1f: %s, %d vanish and %d change kind.",
			where, r.After.PerInfusion, r.Before.PerInfusion, several(r.Appears, "alert appears", "alerts appear"), r.Vanishes, r.Kind)
	}
	note := fmt.Sprintf("%s, %s judged by both libraries", count(r.Infusions, "infusion"), count(r.Judged, "number"))
	chart := plots.Forest{XLabel: "limit alerts per 100 numbers", FromZero: true, Note: note}
	for i, b := range []burdenJSON{r.Before, r.After} {
		row := plots.Row{Label: []string{"before", "after"}[i], Value: b.PerAttempts, Low: b.Low, High: b.High, Series: i, Text: fmt.Sprintf("%.1f (%d soft, %d hard)", b.PerAttempts, b.Soft, b.Hard)}
		if b.Low == 0 && b.High == 0 {
			row.Low, row.High = b.PerAttempts, b.PerAttempts
		}
		chart.Rows = append(chart.Rows, row)
	}
	svg, err := plots.SVG(chart)
	if err != nil {
		return nil, err
	}
	first := document.Section{ID: "answer", Title: "The answer", Blocks: []document.Block{
		document.Verdict(verdict),
		document.Numbers{
			{Value: fmt.Sprintf("%.1f → %.1f", r.Before.PerInfusion, r.After.PerInfusion), Label: "limit alerts per 100 infusions", Range: "before → after"},
			{Value: fmt.Sprintf("%d → %d", r.Before.Hard, r.After.Hard), Label: "alerts at a hard limit, in all", Range: "before → after"},
			{Value: fmt.Sprintf("%d → %d", r.Before.Soft, r.After.Soft), Label: "alerts at a soft limit, in all", Range: "before → after"},
		},
		document.Figure{
			Name: "burden", SVG: svg, Alt: fmt.Sprintf("Limit alerts per 100 numbers: before %.1f, after %.1f.", r.Before.PerAttempts, r.After.PerAttempts),
			Caption: fmt.Sprintf("Alerts per 100 numbers with the old and the new library; bars are the middle 95 %% of the %s.", unit),
		},
		document.Para("An alert is not an error caught: whether the numbers that are newly alerted are wrong, or ordered so, decides if the change helps. The list shows them."),
	}}
	return pageOf(was, now, "What the new library would have said", first, r.changeSection(), r.basis())
}

func (r whatIfJSON) changeSection() document.Section {
	s := document.Section{ID: "changes", Title: "Which alerts appear, vanish or change kind"}
	if len(r.Changes) == 0 {
		s.Blocks = []document.Block{document.Para("None.")}
		return s
	}
	t := document.Table{Caption: "Changes, the most frequent first", Head: []string{"change", "area", "setup", "number", "before", "after", "times", "entered"}, Lead: 5, Tight: true}
	const most = 40
	for i, g := range r.Changes {
		if i == most {
			t.Notes = append(t.Notes, fmt.Sprintf("The first %d of %d; all are in the output of --json.", most, len(r.Changes)))
			break
		}
		limit := func(kind, value string) string { return strings.TrimSpace(or(limitNames[kind], "none") + " " + value) }
		t.Rows = append(t.Rows, []string{g.Change, g.Area, or(g.Setup, "basic infusion"), g.Field, limit(g.Old, g.OldValue), limit(g.New, g.NewValue), fmt.Sprint(g.N), some(g.Values) + " " + g.Unit})
	}
	s.Blocks = []document.Block{t}
	return s
}

var limitNames = map[string]string{"upperHard": "upper hard", "upperSoft": "upper soft", "lowerSoft": "lower soft", "lowerHard": "lower hard", "range": "device"}

// basis says what the numbers rest on.
func (r whatIfJSON) basis() document.Section {
	s := document.Section{ID: "basis", Title: "What this rests on"}
	text := fmt.Sprintf("%s in %s; %d can be judged by both libraries.", sentenceCase(count(r.Attempts, "programmed number")), count(r.Infusions, "infusion"), r.Judged)
	if r.WardDay != nil {
		s.Blocks = []document.Block{document.Para(text + fmt.Sprintf(" The days are simulated, with seed %d; they say what a change of limits does to the burden of alerts and do not predict a ward.", r.WardDay.Seed)), document.List(r.WardDay.Assumptions)}
	} else {
		s.Blocks = []document.Block{document.Para(text)}
	}
	if len(r.Unjudged) > 0 {
		var list document.List
		for _, u := range r.Unjudged {
			list = append(list, fmt.Sprintf("%d not judged: %s", u.N, u.Why))
		}
		s.Blocks = append(s.Blocks, list)
	}
	if r.Agreed < r.Logged {
		s.Blocks = append(s.Blocks, document.Para(fmt.Sprintf("%d of %d logged limit alerts are not what the old library gives: the study may have been run with another one.", r.Logged-r.Agreed, r.Logged)))
	}
	return s
}

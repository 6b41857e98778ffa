package report

import (
	"fmt"
	"sort"

	"pumplab/analysis/document"
)

// methodSection says what was done in words a paper could take.
func (r *Results) methodSection() document.Section {
	var designs []string
	for _, d := range r.Designs {
		designs = append(designs, d.Design)
	}
	var conditions []string
	seen := map[string]bool{}
	for _, c := range r.Cells {
		if !seen[c.Condition] {
			seen[c.Condition] = true
			conditions = append(conditions, c.Condition)
		}
	}
	blocks := []document.Block{
		document.Para(fmt.Sprintf("Each participant programmed infusion orders on %s (%s) under %s (%s). All interfaces drove one and the same pump and dose error reduction engine with the same drug library, so that only the interface differed. Orders of designs and conditions were counterbalanced; the realised order of each session is in its journal.",
			count(len(designs), "pump interface", "pump interfaces"), list(designs), count(len(conditions), "condition", "conditions"), list(conditions))),
		document.Para("Every key press and release, every answer to an alert and every distraction was recorded with its time before its effect was shown. The outcome of each task was computed from this record, not judged by hand: correct; corrected (wrong at some time, put right unaided); caught by a soft or a hard limit; soft limit overridden with a wrong value; undetected (running wrong); not completed; or library bypassed. Practice tasks were left out."),
		document.Para(fmt.Sprintf("Shares carry Wilson score intervals (95 %%). Designs were compared on units of one person, task and condition by Cochran's Q over all designs and by McNemar's exact test for each pair, two-sided, with Holm's adjustment at α = %g; differences carry Newcombe's interval for paired shares. Times were averaged geometrically within each person; intervals are Student's, between people, on the logarithms. Questionnaires were scored as published (SUS by Brooke 1996; raw NASA-TLX by Hart 2006) and carry Student's intervals.", r.Alpha)),
	}
	if r.Timing != "" {
		blocks = append(blocks, document.Para(r.Timing))
	}
	return document.Section{ID: "methods", Title: "What was done", Blocks: blocks}
}

// originSection names software and files, so that the same numbers can be made again.
func (r *Results) originSection() document.Section {
	t := document.Table{Caption: "Files this evaluation rests on", Head: []string{"file", "SHA-256"}, Lead: -1}
	var names []string
	for n := range r.Files {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		t.Rows = append(t.Rows, []string{n, r.Files[n]})
	}
	blocks := []document.Block{document.Para("Made by " + r.Program + ".")}
	if r.Verified != "" {
		blocks = append(blocks, document.Para(r.Verified))
	}
	return document.Section{ID: "origin", Title: "Software and files", Blocks: append(blocks, t)}
}

package report

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"pumplab/analysis/document"
	"pumplab/studies"
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
		document.Para(fmt.Sprintf("Each participant programmed infusion orders on %s (%s) under %s (%s). All interfaces drove one and the same pump and dose error reduction engine with the same drug library, so that only the interface differed. %s The realised order of each session is in its journal.",
			count(len(designs), "pump interface", "pump interfaces"), list(designs), count(len(conditions), "condition", "conditions"), list(conditions), r.Orders)),
		document.Para("Every key press and release, every answer to an alert and every distraction was recorded with its time before its effect was shown. The outcome of each task was computed from this record, not judged by hand: correct; corrected (wrong at some time, put right unaided); caught by a soft or a hard limit; soft limit overridden with a wrong value; undetected (running wrong); not completed; or library bypassed. Practice tasks were left out."),
		document.Para("Shares carry Wilson score intervals (95 %) whose number of tasks is divided by the design effect of people, because the tasks of one person are alike (Rao & Scott 1992). Designs were compared on units of one person, task and condition: Cochran's Q over all designs, McNemar's exact test for each pair (two-sided, Holm's adjustment), differences with Newcombe's and Tango's intervals for paired shares. A question of non-inferiority or equivalence was decided by Tango's score test against the margin of the study file, one-sided. For the same reason each question was decided a second time with people as units, and the errors were also fitted by a logistic mixed model with people and tasks crossed (Laplace)."),
		document.Para("Times were compared by a log-normal mixed model (REML, Satterthwaite's degrees of freedom) and are shown as geometric means over people with Student's intervals on the logarithms. Questionnaires were scored as published (SUS by Brooke 1996; raw NASA-TLX by Hart 2006) and compared by Friedman's and Wilcoxon's tests. Probabilities of ranks come from drawing whole people with replacement, the same people for every design, with Jeffreys' prior for each rate. Severity weights are listed with their table; the library's limits for what was ordered raise them."),
	}
	return document.Section{ID: "methods", Title: "What was done", Blocks: blocks}
}

// timingSection says what the times of keys are worth.
func (r *Results) timingSection() document.Section {
	s := document.Section{ID: "timing", Title: "Timing quality of the instrument"}
	if r.Timing == "" {
		s.Blocks = one(document.Para("The sessions hold no measurement of the instrument's timing; times of single keys should be read with care. pumplab timing measures a machine."))
		return s
	}
	s.Blocks = one(document.Para(r.Timing))
	if at := slices.IndexFunc(r.Deviations, func(d Deviation) bool { return d.What == poorTiming }); at >= 0 {
		s.Blocks = append(s.Blocks, document.Head("Sessions whose key times are poor"), document.List(r.Deviations[at].Where),
			document.Para("Outcomes, alerts and task times do not hang on milliseconds; intervals between keys and holds of these sessions should not be used."))
	}
	if r.People.Simulated == r.People.Started {
		return s
	}
	at := slices.IndexFunc(r.Deviations, func(d Deviation) bool { return d.What == clockChanges })
	if at < 0 {
		s.Blocks = append(s.Blocks, document.Para("In no session did the computer sleep or its clock change."))
		return s
	}
	s.Blocks = append(s.Blocks, document.Head("What happened to the computer's clocks"), document.List(r.Deviations[at].Where),
		document.Para("Times within a session are monotonic: setting the clock does not change them, and they stand still while the computer sleeps."))
	return s
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
	} else {
		blocks = append(blocks, document.Para("The journals were not verified for this report; pumplab verify STUDY checks the hash chain and replays every session."))
	}
	blocks = append(blocks, document.Para("This report describes what people did in a laboratory with simulated pumps. It is not a safety certification, replaces no summative evaluation of a product, and must not guide treatment."))
	return document.Section{ID: "origin", Title: "Software, files and what this report is not", Blocks: append(blocks, t)}
}

// orderSentences say in which orders people met designs, conditions and tasks.
func orderSentences(s *studies.Study) string {
	of := func(what, order string) string {
		switch order {
		case "williams":
			return what + " came in the orders of a Williams square."
		case "latin-square":
			return what + " came in the orders of a Latin square."
		case "random":
			return what + " came in an order drawn for each person."
		case "mixed":
			return "The tasks of all conditions alternated at random."
		case "fixed":
			return what + " came in one order for everybody, so that practice cannot be told from what came later."
		}
		return ""
	}
	var out []string
	add := func(sentence string, n int) {
		if n > 1 && sentence != "" {
			out = append(out, sentence)
		}
	}
	add(of("Designs", s.Sequence.Designs), len(s.Designs))
	add(of("Conditions", s.Sequence.Conditions), len(s.Conditions))
	if s.Sequence.Conditions != "mixed" {
		add(of("Tasks", s.Sequence.Tasks), len(s.Tasks))
	}
	if len(out) == 0 {
		return "There was one order for everybody."
	}
	return strings.Join(out, " ")
}

package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"pumplab/studies"
)

// OutcomesCmd prints what each task came to.
type OutcomesCmd struct {
	Study    string `arg:"" help:"Study folder."`
	Practice bool   `help:"Show practice tasks too."`
}

// Help is shown by --help.
func (*OutcomesCmd) Help() string {
	return "One row per task, computed from the journals and kept in the table task of study.db (view task_v1). Tasks that the experimenter\nskipped or stopped, or that the end of the program cut off, are listed apart: they have no outcome and are in no rate.\n\nExample:\n  pumplab outcomes my-study --json"
}

// outcomesResult is what outcomes --json prints.
type outcomesResult struct {
	Tasks    []studies.TaskRow   `json:"tasks"`
	Alerts   []studies.AlertRow  `json:"alerts"`
	Ratings  []studies.RatingRow `json:"ratings"`
	Unjudged []studies.TaskRow   `json:"unjudged"`
}

// Run computes and prints.
func (c *OutcomesCmd) Run(x *Context) error {
	d, err := openData(x, c.Study)
	if err != nil {
		return err
	}
	defer d.Close()
	all, err := d.allOutcomes(x)
	if err != nil {
		return err
	}
	out := outcomesResult{
		Tasks: []studies.TaskRow{}, Alerts: append([]studies.AlertRow{}, all.Alerts...),
		Ratings: append([]studies.RatingRow{}, all.Ratings...), Unjudged: append([]studies.TaskRow{}, all.Unjudged...),
	}
	for _, t := range all.Tasks {
		if x.JSON || c.Practice || !t.Practice {
			out.Tasks = append(out.Tasks, t)
		}
	}
	return x.Print(out, func(w io.Writer) { printOutcomes(w, out) })
}

func printOutcomes(w io.Writer, out outcomesResult) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "person\tdesign\tcondition\ttask\toutcome\tnumber\tseconds\tpresses\tshortest\tcorrections\talerts\toverridden\tinterrupted")
	for _, r := range out.Tasks {
		number := r.NumberClass
		if r.OutByTen {
			number += " ×10"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%.1f\t%d\t%d\t%d\t%d\t%d\t%d\n", r.Participant, r.Design, r.Condition, r.Task, r.Outcome,
			strings.TrimSpace(number), (r.Ended - r.Started).Seconds(), r.Presses, r.Optimal, r.Corrections, r.Alerts, r.Overrides, r.Interrupts)
	}
	t.Flush()
	wrong := 0
	for _, r := range out.Tasks {
		if r.Outcome.Error() {
			wrong++
		}
	}
	fmt.Fprintf(w, "%d tasks, %d ended wrong, %d limit alerts\n", len(out.Tasks), wrong, len(out.Alerts))
	for _, r := range out.Unjudged {
		fmt.Fprintf(w, "not judged: %s %s on %s (%s)\n", r.Participant, r.Task, r.Design, r.Outcome)
	}
}

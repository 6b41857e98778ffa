package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"pumplab/studies"
	"pumplab/studies/outcome"
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
	if x.JSON {
		return writeOutcomes(x.Out, all)
	}
	out := outcomesResult{Alerts: all.Alerts, Ratings: all.Ratings, Unjudged: all.Unjudged}
	for _, t := range all.Tasks {
		if c.Practice || !t.Practice {
			out.Tasks = append(out.Tasks, t)
		}
	}
	printOutcomes(x.Out, out)
	return nil
}

// writeOutcomes writes an outcomesResult as one JSON document, a row at a time: a large study's would not fit into memory twice.
func writeOutcomes(w io.Writer, r outcome.Result) error {
	out := bufio.NewWriter(w)
	out.WriteByte('{')
	err := errors.Join(
		writeRows(out, "tasks", r.Tasks), writeRows(out, "alerts", r.Alerts),
		writeRows(out, "ratings", r.Ratings), writeRows(out, "unjudged", r.Unjudged),
	)
	out.WriteString("}\n")
	if err = errors.Join(err, out.Flush()); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

func writeRows[T any](w *bufio.Writer, name string, rows []T) error {
	if name != "tasks" { // the first member
		w.WriteByte(',')
	}
	fmt.Fprintf(w, "%q:[", name)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i, r := range rows {
		if i > 0 {
			w.WriteByte(',')
		}
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return w.WriteByte(']')
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

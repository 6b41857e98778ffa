package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"pumplab/studies"
	"pumplab/studies/plan"
)

type studyPlanCmd struct {
	Study        string `arg:"" help:"Study folder."`
	Participants int    `short:"n" help:"How many people; as planned in the study if left out."`
}

// Help is shown by --help.
func (*studyPlanCmd) Help() string {
	return "Example:\n  pumplab study plan my-study --participants 12"
}

// Run shows the plans.
func (c *studyPlanCmd) Run(x *Context) error {
	if c.Participants < 0 || c.Participants > 10_000 {
		return fmt.Errorf("study plan: %d participants, expected 1 to 10000", c.Participants)
	}
	kit, err := OpenStudy(c.Study)
	if err != nil {
		return err
	}
	n := c.Participants
	if n == 0 {
		n = kit.Study.People.Planned
	}
	plans := []studies.Plan{}
	for row := range n {
		p, err := plan.Make(kit.Study, fmt.Sprintf("P%02d", row+1), row)
		if err != nil {
			return err
		}
		plans = append(plans, p)
	}
	given, err := givenRows(x, c.Study)
	if err != nil {
		return err
	}
	return x.Print(plans, func(w io.Writer) {
		for _, p := range plans {
			if who := given[p.Row]; who != "" {
				fmt.Fprintf(w, "row %d  given to %s\n%s", p.Row, who, course(p))
				continue
			}
			fmt.Fprintf(w, "%s  row %d\n%s", p.Participant, p.Row, course(p))
		}
		fmt.Fprintln(w, "! something disturbs the task")
	})
}

// givenRows are the rows that real people hold, with whom and how far they are; none before the first session.
func givenRows(x *Context, study string) (map[int]string, error) {
	d, err := openData(x, study)
	if errors.As(err, new(noData)) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer d.Close()
	sessions, err := d.store.Sessions()
	if err != nil {
		return nil, err
	}
	given := map[int]string{}
	for _, s := range sessions {
		if !s.Simulated && s.Status != "stopped" { // whoever stopped gave the row back
			given[s.Row] = s.Participant + ", " + s.Status
		}
	}
	return given, nil
}

// course is a plan in lines of one block each.
func course(p studies.Plan) string {
	var b strings.Builder
	block, first, mixed := 0, map[int]string{}, map[int]bool{}
	for _, s := range p.Steps {
		if s.Kind == studies.StepTask {
			first[s.Block] = cmp.Or(first[s.Block], s.Condition)
			mixed[s.Block] = mixed[s.Block] || s.Condition != first[s.Block]
		}
	}
	for _, s := range p.Steps {
		switch {
		case s.Kind != studies.StepTask:
			continue
		case s.Block != block:
			if block = s.Block; block > 1 {
				b.WriteByte('\n')
			}
			surroundings := s.Condition
			if mixed[block] {
				surroundings = "surroundings mixed"
			}
			fmt.Fprintf(&b, "  %d %s, %s:", block, s.Design, surroundings)
		}
		b.WriteString(" " + s.Task)
		if mixed[block] {
			b.WriteString("/" + s.Condition)
		}
		if s.Practice {
			b.WriteString(" (practice)")
		}
		if len(s.Disturbances) > 0 {
			b.WriteString("!")
		}
	}
	b.WriteByte('\n')
	return b.String()
}

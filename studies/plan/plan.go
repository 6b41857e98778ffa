// Package plan provides the order of a session: who meets which design, condition and task when, counterbalanced over people.
package plan

import (
	"fmt"
	"strconv"

	"pumplab/studies"
	"pumplab/studies/distraction"
)

// Mixed is the order of conditions in which tasks of all conditions alternate at random within a design, instead of one block each.
const Mixed = "mixed"

// Cycle is how many rows the study's counterbalancing has: the number of people is best a multiple of it.
func Cycle(s *studies.Study) int {
	return Rows(s.Sequence.Designs, len(s.Designs)) * Rows(s.Sequence.Conditions, len(s.Conditions))
}

// Make is the realised plan of one participant, with every draw made. Row is the row of the counterbalancing table, from 0; the table
// repeats after Cycle. The same study, participant and row give the same plan on every computer. Designs are taken in the row's order;
// the order of conditions moves on with row and position, so that over one Cycle each condition is first equally often for each row
// of designs and at each position.
func Make(s *studies.Study, participant string, row int) (studies.Plan, error) {
	if row < 0 {
		return studies.Plan{}, fmt.Errorf("make plan for %s: row %d is negative", participant, row)
	}
	b := builder{study: s, who: participant, row: row}
	b.plan = studies.Plan{Study: s.Name, Participant: participant, Row: row, Seed: s.Seed}
	if err := b.build(); err != nil {
		return studies.Plan{}, fmt.Errorf("make plan for %s: %w", participant, err)
	}
	return b.plan, nil
}

type builder struct {
	study *studies.Study
	who   string
	row   int
	block int
	plan  studies.Plan
}

func (b *builder) add(s studies.Step) { b.plan.Steps = append(b.plan.Steps, s) }

func (b *builder) build() error {
	s := b.study
	designs, err := Order(s.Sequence.Designs, len(s.Designs), b.row, Stream(s.Seed, "designs", b.who))
	if err != nil {
		return fmt.Errorf("designs: %w", err)
	}
	b.add(studies.Step{Kind: studies.StepIntro, Text: or(s.Welcome, welcome)})
	for pos, d := range designs {
		design := s.Designs[d]
		b.add(studies.Step{Kind: studies.StepIntro, Design: design, Text: b.pumpText(pos)})
		if err := b.conditions(design, pos); err != nil {
			return err
		}
		for _, q := range s.Sequence.After {
			b.add(studies.Step{Kind: studies.StepAsk, Design: design, Instrument: q})
		}
		if s.Sequence.Break > 0 && pos < len(designs)-1 {
			b.add(studies.Step{Kind: studies.StepBreak, For: s.Sequence.Break, Text: pause})
		}
	}
	b.add(studies.Step{Kind: studies.StepEnd, Text: or(s.Thanks, thanks)})
	return nil
}

// conditions adds the blocks of one design.
func (b *builder) conditions(design string, pos int) error {
	s := b.study
	n := len(s.Conditions)
	if s.Sequence.Conditions == Mixed {
		return b.mixed(design)
	}
	rows := Rows(s.Sequence.Designs, len(s.Designs))
	row := b.row%rows + b.row/rows + pos
	order, err := Order(s.Sequence.Conditions, n, row, Stream(s.Seed, "conditions", b.who, design))
	if err != nil {
		return fmt.Errorf("surroundings: %w", err)
	}
	for i, c := range order {
		cond := &s.Conditions[c]
		b.block++
		if !s.Sequence.PracticeOnce || i == 0 {
			if err := b.practice(design, cond); err != nil {
				return err
			}
		}
		var cells []cell
		for _, t := range measured(s) {
			cells = append(cells, cell{t, cond})
		}
		if err := b.tasks(design, cond.Name, cells); err != nil {
			return err
		}
	}
	return nil
}

// mixed adds one block with every task in every condition. Practice is done in the first condition of the study file.
func (b *builder) mixed(design string) error {
	s := b.study
	b.block++
	if len(s.Conditions) == 0 {
		return nil
	}
	if err := b.practice(design, &s.Conditions[0]); err != nil {
		return err
	}
	var cells []cell
	for i := range s.Conditions {
		for _, t := range measured(s) {
			cells = append(cells, cell{t, &s.Conditions[i]})
		}
	}
	return b.tasks(design, Mixed, cells)
}

// measured are the ids of the tasks that count, in the file's order.
func measured(s *studies.Study) []string {
	var out []string
	for _, t := range s.Tasks {
		if !t.Practice {
			out = append(out, t.ID)
		}
	}
	return out
}

// cell is a task in a condition.
type cell struct {
	task string
	cond *studies.Condition
}

// tasks adds cells in the order the study asks for.
func (b *builder) tasks(design, block string, cells []cell) error {
	order, err := Order(b.study.Sequence.Tasks, len(cells), b.row, Stream(b.study.Seed, "tasks", b.who, design, block))
	if err != nil {
		return fmt.Errorf("tasks: %w", err)
	}
	for i, o := range order {
		if err := b.task(studies.Step{Design: design, Condition: cells[o].cond.Name, Task: cells[o].task, Position: i + 1}, cells[o].cond); err != nil {
			return err
		}
	}
	return nil
}

// practice adds the practice tasks of a block: each once, or in turn up to AtMost while not enough were right in a row.
func (b *builder) practice(design string, cond *studies.Condition) error {
	q := b.study.Sequence
	n := len(q.Practice)
	if q.UntilRight > 0 && n > 0 {
		n = max(q.AtMost, q.UntilRight)
	}
	for i := range n {
		step := studies.Step{
			Design: design, Condition: cond.Name, Task: q.Practice[i%len(q.Practice)], Position: i + 1, Practice: true, UntilRight: q.UntilRight,
		}
		if err := b.task(step, cond); err != nil {
			return err
		}
	}
	return nil
}

// task adds a task step with its disturbances drawn.
func (b *builder) task(step studies.Step, cond *studies.Condition) error {
	t, ok := b.study.TaskByID(step.Task)
	if !ok {
		return fmt.Errorf("unknown task %q", step.Task)
	}
	kind := "measured"
	if step.Practice {
		kind = "practice"
	}
	rng := Stream(b.study.Seed, "disturbances", b.who, step.Design, cond.Name, step.Task, kind, strconv.Itoa(step.Position))
	ds, err := distraction.Realise(cond.Distractions, t.Limit, rng)
	if err != nil {
		return fmt.Errorf("condition %s: %w", cond.Name, err)
	}
	step.Kind, step.Block, step.For, step.Disturbances = studies.StepTask, b.block, t.Limit, ds
	b.add(step)
	return nil
}

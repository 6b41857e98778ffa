// Package outcome computes what a session came to from its journal: one row per task, per alert and per rated item.
//
// It is a pure fold over the records and the outputs stored beside them; nothing is typed in by hand. Replaying (package replay)
// proves that the outputs are what the machine puts out; then counting them is enough.
package outcome

import (
	"fmt"
	"iter"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/coding"
	"pumplab/studies/journal"
	"pumplab/studies/questionnaire"
)

// Context is what the fold needs beside the journal. All members but Study may be nil.
type Context struct {
	Study       *studies.Study
	Instruments map[string]*questionnaire.Instrument
	// Optimal is the least number of presses that carries a task out on a design; 0 if unknown.
	Optimal func(design, task string) int
	// Layout is where the digits of a design's keypad are; empty if it has none.
	Layout func(design string) coding.Layout
	// Profile is the hardware profile of a design's pump: large-volume.
	Profile func(design string) string
}

// Result is what a session came to.
type Result struct {
	Tasks   []studies.TaskRow
	Alerts  []studies.AlertRow
	Ratings []studies.RatingRow
	// Unjudged are tasks that the experimenter skipped or stopped, or in which the program ended: nobody can say what the person
	// would have done, so they have no outcome and are in no rate. Their Outcome holds why.
	Unjudged []studies.TaskRow
}

// Of computes a session's result. The error is the first record that cannot be read.
func Of(records iter.Seq2[journal.Record, error], c Context) (Result, error) {
	f := fold{Context: c}
	for r, err := range records {
		if err != nil {
			return f.result, fmt.Errorf("compute outcomes: %w", err)
		}
		if err := f.record(r); err != nil {
			return f.result, fmt.Errorf("compute outcomes: record %d: %w", r.Seq, err)
		}
	}
	return f.result, nil
}

type fold struct {
	Context
	head   journal.Head
	result Result
	task   *tally // the task that is on
	asked  *asked // the questionnaire that is on
}

func (f *fold) record(r journal.Record) error {
	var event studies.Event
	var err error
	if r.Seq == 1 {
		f.head, err = journal.DecodeHead(r.Event)
	} else {
		event, err = journal.DecodeEvent(r.Event)
	}
	if err != nil {
		return err
	}
	if event.Kind == studies.Shown {
		if err := f.shown(event.Value); err != nil {
			return err
		}
	}
	for _, o := range r.Outputs {
		if o.Step < 0 || o.Step >= len(f.head.Plan.Steps) {
			return fmt.Errorf("the plan has no step %d", o.Step)
		}
		if err := f.output(event, o); err != nil {
			return err
		}
	}
	return nil
}

func (f *fold) output(e studies.Event, o studies.Output) error {
	switch o.Kind {
	case studies.StepBegan:
		return f.begin(o)
	case studies.StepEnded:
		return f.end(o)
	case studies.ItemRated:
		if f.asked != nil {
			f.asked.rate(o.Which, o.Value)
		}
	default:
		if f.task != nil {
			f.task.output(e, o)
		}
	}
	return nil
}

func (f *fold) begin(o studies.Output) error {
	step := f.head.Plan.Steps[o.Step]
	f.task, f.asked = nil, nil
	switch step.Kind {
	case studies.StepTask:
		task, ok := f.Study.TaskByID(step.Task)
		if !ok {
			return fmt.Errorf("the study has no task %q", step.Task)
		}
		f.task = f.tally(step, o, task)
	case studies.StepAsk:
		f.asked = &asked{step: step, index: o.Step}
	}
	return nil
}

func (f *fold) end(o studies.Output) error {
	switch {
	case f.task != nil:
		row, judged := f.task.row(o)
		if judged {
			f.result.Tasks = append(f.result.Tasks, row)
		} else {
			f.result.Unjudged = append(f.result.Unjudged, row)
		}
		f.result.Alerts = append(f.result.Alerts, f.task.alertRows()...)
	case f.asked != nil:
		rows, err := f.asked.rows(f.head, f.Instruments)
		if err != nil {
			return err
		}
		f.result.Ratings = append(f.result.Ratings, rows...)
	}
	f.task, f.asked = nil, nil
	return nil
}

// library names the version of the study's drug library that the session began with: its file, and the beginning of its hash.
func (f *fold) library() string {
	hash := f.head.Files[f.Study.Library]
	return strings.TrimSpace(f.Study.Library + " " + hash[:min(len(hash), 12)])
}

func (f *fold) tally(step studies.Step, o studies.Output, task *studies.Task) *tally {
	t := &tally{task: task, pump: quantity.LargeVolume, library: f.library()}
	if f.Profile != nil {
		if p, err := quantity.PumpNamed(f.Profile(step.Design)); err == nil {
			t.pump = p
		}
	}
	if f.Layout != nil {
		t.layout = f.Layout(step.Design)
	}
	t.targets = targetsOf(task.Order, t.pump)
	if then, ok := task.Order.Then(); ok {
		second := targetsOf(then, t.pump)
		t.second = &second
	}
	t.base = studies.TaskRow{
		Session: f.head.Session, Participant: f.head.Participant, Block: step.Block, Position: step.Position, Design: step.Design,
		Condition: step.Condition, Task: step.Task, Practice: step.Practice, Ordered: orderText(task.Order), Started: o.At,
		Critical: task.Critical, Step: o.Step,
	}
	if f.Optimal != nil {
		t.base.Optimal = f.Optimal(step.Design, step.Task)
	}
	return t
}

// isPress reports whether an event is one use of a control: its release is not another.
func isPress(e studies.Event) bool {
	if e.Pump == nil {
		return false
	}
	k := e.Pump.Kind
	return k == pumpmodel.Down || k == pumpmodel.Turn || k == pumpmodel.Touch && e.Pump.N == 0
}

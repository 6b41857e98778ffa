package session

import (
	"errors"
	"fmt"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/questionnaire"
)

// Parts is what a session is made of. Nothing in it is changed by the Machine, and nothing may change it afterwards.
type Parts struct {
	Study       *studies.Study
	Plan        studies.Plan
	Pumps       map[string]pumpmodel.Machine         // by design name
	Instruments map[string]*questionnaire.Instrument // by name
}

// Machine is one participant's session with the pump inside. Its methods are pure: no clock, no randomness, no I/O.
//
// Each task meets a pump fresh from Start. Keys reach it while its task is on, the session is not held and no disturbance covers
// the pump; otherwise they are answered Refused and change nothing. A key's release always reaches the pump on which it was
// pressed, so that no key stays down behind a cover. While the session is held, the time of the pump, of limits, breaks and
// disturbances stands still; only Now goes on. Of two disturbances one waits until the other has ended.
type Machine struct {
	study *studies.Study
	plan  studies.Plan
	steps []place
}

// place is a step of the plan with what it refers to.
type place struct {
	studies.Step
	pump  pumpmodel.Machine
	task  *studies.Task
	asked *questionnaire.Instrument
}

// New builds the machine of a plan. Everything the plan names and Parts lacks is reported at once.
func New(p Parts) (*Machine, error) {
	if p.Study == nil {
		return nil, errors.New("make session: no study given")
	}
	if len(p.Plan.Steps) == 0 {
		return nil, errors.New("make session: the plan has no steps")
	}
	m := &Machine{study: p.Study, plan: p.Plan}
	var problems []error
	miss := func(i int, what, name string) {
		problems = append(problems, fmt.Errorf("make session: step %d: unknown %s %q", i, what, name))
	}
	for i, step := range p.Plan.Steps {
		at := place{Step: step}
		var ok bool
		switch step.Kind {
		case studies.StepTask:
			if at.pump, ok = p.Pumps[step.Design]; !ok {
				miss(i, "design", step.Design)
			}
			if at.task, ok = p.Study.TaskByID(step.Task); !ok {
				miss(i, "task", step.Task)
			}
			if len(step.Disturbances) > MaxDisturbances {
				problems = append(problems, fmt.Errorf("make session: step %d: %d disturbances, at most %d fit", i, len(step.Disturbances), MaxDisturbances))
			}
		case studies.StepAsk:
			if at.asked, ok = p.Instruments[step.Instrument]; !ok {
				miss(i, "questionnaire", step.Instrument)
			}
		case studies.StepIntro, studies.StepBreak, studies.StepEnd:
		default:
			miss(i, "kind of step", string(step.Kind))
		}
		m.steps = append(m.steps, at)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return m, nil
}

// Plan is the plan the session follows.
func (m *Machine) Plan() studies.Plan { return m.plan }

// Study is the study the session belongs to.
func (m *Machine) Study() *studies.Study { return m.study }

// PumpOf is the pump of the state's task; ok is false if the step is none.
func (m *Machine) PumpOf(s State) (p pumpmodel.Machine, ok bool) {
	if s.Pump == nil {
		return nil, false
	}
	return m.steps[s.Index].pump, true
}

// Start is the state at time zero, at the first step of the plan, and the outputs of its beginning: they belong to record 1.
func (m *Machine) Start() (State, []studies.Output) {
	t := turn{m: m, s: State{}}
	t.begin(0)
	t.settle()
	return t.s, t.out
}

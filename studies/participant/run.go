package participant

import (
	"fmt"
	"time"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/session"
)

// maxMoves bounds a session: no person does more.
const maxMoves = 1_000_000

// Run lets a person work through a session to its end.
func Run(s *session.Session, p *Person) error {
	v, e := s.View(), eye{machine: s.Machine(), state: s.State()}
	at := v.At
	for range maxMoves {
		if v.Ended != "" {
			return nil
		}
		before := p.clone()
		m := p.Act(v)
		then := at + m.After
		seen := e.look(then)
		if changed := differs(v, seen); changed || m.Event == nil {
			if changed {
				*p = *before
			}
			v, at = seen, then
			continue
		}
		var err error
		if v, err = s.Apply(then, *m.Event); err != nil {
			return fmt.Errorf("simulate: %w", err)
		}
		at = then
		if m.Hold > 0 {
			at += m.Hold
			up := pumpmodel.Release(m.Event.Pump.Control)
			if v, err = s.Apply(at, studies.Event{Kind: studies.Pump, Pump: &up, Stamp: "simulated"}); err != nil {
				return fmt.Errorf("simulate: %w", err)
			}
		}
		e.state = s.State()
	}
	return fmt.Errorf("simulate: step %d does not end", v.Index)
}

// eye watches a session between its records: every look goes on from the one before.
type eye struct {
	machine *session.Machine
	state   session.State
}

func (e *eye) look(at time.Duration) session.View {
	if at > e.state.Now {
		e.state, _ = e.machine.Advance(e.state, at-e.state.Now)
	}
	return e.machine.Show(e.state)
}

// differs reports whether a person who was about to act sees something that makes them think again.
func differs(a, b session.View) bool {
	return a.Index != b.Index || a.Ended != b.Ended || a.Held != b.Held || disturbs(a) != disturbs(b) || alert(a) != alert(b)
}

func disturbs(v session.View) string {
	if v.Disturbance == nil || v.Disturbance.Warning {
		return ""
	}
	return v.Disturbance.Kind + v.Disturbance.Prompt
}

func alert(v session.View) string {
	if v.Pump == nil || v.Pump.Alert == nil {
		return ""
	}
	return v.Pump.Alert.Kind + v.Pump.Alert.Title
}

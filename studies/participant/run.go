package participant

import (
	"fmt"
	"time"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/session"
)

// Driver is the session a person sits at: *session.Session.
type Driver interface {
	Apply(at time.Duration, e studies.Event) (session.View, error)
	Look(at time.Duration) session.View
	View() session.View
}

var _ Driver = (*session.Session)(nil)

// maxMoves bounds a session: no person does more.
const maxMoves = 1_000_000

// Run lets a person work through a session to its end.
func Run(d Driver, p *Person) error {
	v := d.View()
	at := v.At
	for range maxMoves {
		if v.Ended != "" {
			return nil
		}
		before := p.clone()
		m := p.Act(v)
		then := at + m.After
		seen := d.Look(then)
		if changed := differs(v, seen); changed || m.Event == nil {
			if changed {
				*p = *before
			}
			v, at = seen, then
			continue
		}
		var err error
		if v, err = d.Apply(then, *m.Event); err != nil {
			return fmt.Errorf("simulate: %w", err)
		}
		at = then
		if m.Hold > 0 {
			at += m.Hold
			up := pumpmodel.Release(m.Event.Pump.Control)
			if v, err = d.Apply(at, studies.Event{Kind: studies.Pump, Pump: &up, Stamp: "simulated"}); err != nil {
				return fmt.Errorf("simulate: %w", err)
			}
		}
	}
	return fmt.Errorf("simulate: step %d does not end", v.Index)
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

package engine

import (
	"slices"
	"time"

	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/field"
)

// state is everything a machine remembers: a plain comparable value. It is copied, stored and compared in every step, so it holds no
// string: what comes from a closed set is a number of a table, what is typed a few letters.
type state struct {
	Screen   int8
	Field    field.Field // the field the keys edit, on screens that have one
	Row      int16       // the selected row of a list, or the choice in a form's list
	Lost     int8        // the field whose number was just dropped, plus one; 0 none
	Editing  bool        // menu: the row's field is open
	Changing bool        // Draft is to replace Run
	Nagging  bool
	Lib      int8  // the library in use
	Waiting  int8  // the library delivered and not yet in use, plus one; 0 none
	Held     int16 // the control that is down, by its number; 0 none
	Note     note  // why the last key was refused
	Query    query // what a list is searched for
	Entry    entry.State
	Draft    plan // what is being programmed
	Run      plan // what runs

	Power    delivery.Power
	Restarts delivery.Restarts
	Flow     delivery.Delivery
	Dose     giving
	Alarms   delivery.Alarms
	Faults   delivery.Conditions // conditions whose cause is still there
	Answered delivery.Conditions // conditions a person has silenced since they were raised

	Alert   alert
	Idle    time.Duration // since the last key, while something waits to be finished
	HeldFor time.Duration
}

// start is the pump just switched on.
func (m *mach) start() state {
	s := state{Field: field.None}
	s.Flow.PauseLimit, s.Flow.NearEnd = pauseLimit, nearEnd
	return s
}

// pauseLimit is how long a pause may last before the pump alerts: two minutes (GIP 2.2.2 leaves x open; shared/data/requirements.csv
// names 2 min). nearEnd is how long before the end of its volume an infusion is announced to be near it. stuckAfter is when a held key is an alarm (GIP 2.3.1).
const (
	pauseLimit = 2 * time.Minute
	nearEnd    = 5 * time.Minute
	stuckAfter = time.Minute
)

func (m *mach) setup(p *plan) *setup {
	if p.Area == 0 || p.Drug == 0 || p.Setup == 0 {
		return nil
	}
	return &m.areas[p.Area-1].drugs[p.Drug-1].setups[p.Setup-1]
}

// likely is the chosen setup or, until the concentration is chosen, the drug's first: its fields are shown already.
func (m *mach) likely(p *plan) *setup {
	if s := m.setup(p); s != nil {
		return s
	}
	if d := m.drug(p); d != nil {
		return &d.setups[0]
	}
	return nil
}

func (m *mach) drug(p *plan) *drug {
	if p.Area == 0 || p.Drug == 0 {
		return nil
	}
	return &m.areas[p.Area-1].drugs[p.Drug-1]
}

// plan is the programme that the screen is about: the running one on the running screen, the draft elsewhere.
func (m *mach) plan(s *state) *plan {
	if s.Screen == m.running {
		return &s.Run
	}
	return &s.Draft
}

// base is the programme a change is measured against; nil for a new infusion.
func (s *state) base() *plan {
	if s.Changing {
		return &s.Run
	}
	return nil
}

// has reports that the field belongs to the programme.
func (m *mach) has(p *plan, f field.Field) bool {
	d, s := m.drug(p), m.likely(p)
	if f.Extra() {
		return s != nil && m.extraHas(p, f)
	}
	switch f {
	case field.Conc:
		return d != nil && (len(d.setups) > 1 || s != nil && (s.concText != "" || s.custom))
	case field.Drug:
		return d != nil
	case field.Amount, field.Diluent:
		return s != nil && s.custom
	case field.Height:
		return s != nil && s.surfaced && m.d.Asks(field.Height)
	case field.Surface:
		return s != nil && s.surfaced
	case field.Weight:
		return s != nil && (s.weighed || s.surfaced && m.d.Asks(field.Height))
	case field.Dose:
		return s != nil && s.dosed
	case field.PCADose, field.Lockout, field.Continuous, field.PCALoading, field.In1h, field.In4h:
		return s != nil && s.pca && m.methods[f] != nil
	case field.Rate, field.VTBI, field.Time:
		return s != nil && !s.pca
	}
	return s != nil
}

// open reports that a person may edit the field now.
func (m *mach) open(s *state, f field.Field) bool {
	if kind := s.Draft.Extra.Kind; kind != exNone || f.Extra() {
		return kind != exNone && m.extras[kind] == s.Screen && slices.Contains(m.screens[s.Screen].fields, f)
	}
	if !m.has(&s.Draft, f) || f > field.Time {
		return false
	}
	switch {
	case f == field.Conc:
		return !s.Changing && len(m.drug(&s.Draft).setups) > 1
	case (f < field.Dose || f == field.PCALoading) && s.Changing:
		return false
	}
	return m.setup(&s.Draft) != nil
}

// applies reports that the screen has something to ask for under the present draft.
func (m *mach) applies(s *state, i int8) bool {
	c := &m.screens[i]
	switch c.Kind {
	case "choose":
		return c.Choose != "concentrations" || m.open(s, field.Conc)
	case "enter":
		for _, f := range c.fields {
			if m.open(s, f) {
				return true
			}
		}
		return false
	}
	return true
}

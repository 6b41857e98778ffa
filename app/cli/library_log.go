package cli

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/journal"
)

// logged reads the attempts of one session from its records.
type logged struct {
	session   string
	practice  bool
	attempts  []ders.Attempt
	infusions int

	step  int
	entry ders.Entry    // what the pump has been told so far
	alert *ders.Attempt // raised, its number not yet confirmed
}

func (l *logged) read(records []journal.Record) error {
	if len(records) == 0 {
		return nil
	}
	head, err := journal.DecodeHead(records[0].Event)
	if err != nil {
		return err
	}
	l.step = -1
	for _, r := range records {
		for _, o := range r.Outputs {
			if o.Kind != studies.FromPump || o.Pump == nil || o.Step < 0 || o.Step >= len(head.Plan.Steps) {
				continue
			}
			step := head.Plan.Steps[o.Step]
			if step.Practice && !l.practice {
				continue
			}
			if o.Step != l.step { // another task is another pump
				l.step, l.entry, l.alert = o.Step, ders.Entry{}, nil
			}
			l.see(o, step.Task)
		}
	}
	return nil
}

func (l *logged) see(o studies.Output, task string) {
	switch p := o.Pump; p.Kind {
	case pumpmodel.FieldConfirmed:
		l.confirmed(o, task)
	case pumpmodel.AlertRaised:
		if p.Limit != nil && p.Limit.Kind != "advisory" {
			l.raised(o, task)
		}
	case pumpmodel.InfusionStarted:
		l.infusions++
	case pumpmodel.NewPatient:
		l.entry, l.alert = ders.Entry{}, nil
	}
}

func (l *logged) confirmed(o studies.Output, task string) {
	text := o.Pump.After
	switch o.Pump.Field {
	case "area":
		l.entry = ders.Entry{Area: text}
		return
	case "drug":
		l.entry = ders.Entry{Area: l.entry.Area, Drug: text, Weight: l.entry.Weight}
		if text == "Basic infusion" {
			l.entry.Drug = ""
		}
		return
	case "concentration":
		l.entry.Concentration = text
		return
	}
	v, err := quantity.Parse(text)
	if err != nil {
		return
	}
	field := library.Field(o.Pump.Field)
	was := l.alert
	l.alert = nil
	if field == library.Weight {
		l.entry.Weight = v
	}
	if was != nil && was.Field == field && was.Value == v {
		return // the alert's own number, overridden
	}
	at := l.attempt(o, task, field, v)
	if was != nil {
		at.Weight = 0 // the alert was about what follows from this number: it is not counted twice
	}
	l.attempts = append(l.attempts, at)
}

func (l *logged) raised(o studies.Output, task string) {
	v, err := quantity.Parse(o.Pump.Limit.Entered)
	if err != nil {
		return
	}
	at := l.attempt(o, task, library.Field(o.Pump.Field), v)
	at.Logged = o.Pump.Limit.Kind
	if n := len(l.attempts); n > 0 && l.attempts[n-1].Field == at.Field && l.attempts[n-1].Value == v && l.attempts[n-1].Logged == "" && l.attempts[n-1].At == at.At {
		l.attempts[n-1] = at
	} else {
		l.attempts = append(l.attempts, at)
	}
	l.alert = &at
}

func (l *logged) attempt(o studies.Output, task string, f library.Field, v quantity.Decimal) ders.Attempt {
	e := l.entry
	e.Field, e.Value = f, v
	return ders.Attempt{Entry: e, Session: l.session, Task: task, At: o.At}
}

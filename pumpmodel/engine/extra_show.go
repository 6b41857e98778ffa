package engine

import (
	"math/big"
	"strconv"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

var extraTitles = [...]string{"", "BOLUS", "LOADING DOSE", "DELAYED START", "STANDBY", "PATIENT WEIGHT"}

var optionLabels = [...]string{"", "Bolus", "Loading dose", "Delay the start", "Stand by", "Patient weight", "Anaesthesia mode", "Stop the bolus"}

// optionItem is one row of the options.
func (m *mach) optionItem(s *state, i int) pumpmodel.Item {
	kind := m.option(s, i)
	it := pumpmodel.Item{Label: optionLabels[kind], Selected: i == int(s.Row)}
	p := &s.Draft
	switch {
	case kind == exStop && s.Dose.What == field.Loading:
		it.Label = "Stop the loading dose"
	case kind == exAnaesthesia:
		it.Detail = map[bool]string{true: "on", false: "off"}[p.Anaesthesia]
	case kind == exLoading && p.loading():
		it.Detail = m.number(field.Loading, p.Extra.Val[0]) + " " + m.unit(p, field.Loading)
	case kind == exDelay && p.delay() > 0:
		it.Detail = p.delay().String() + " min"
	case kind == exWeight:
		it.Detail = s.Run.decimal(field.Weight) + " kg"
	}
	return it
}

// optionRows shows the options.
func (m *mach) optionRows(s *state, c *screen, d *pumpmodel.Display) {
	n := m.optionCount(s)
	first, last := window(int(s.Row), n, c.Rows)
	for i := first; i < last; i++ {
		d.Items = append(d.Items, m.optionItem(s, i))
	}
	more(d, s.Row, n, last-first)
}

// extraUnit is the unit of a field of the extras.
func (m *mach) extraUnit(p *plan, f field.Field) string {
	s := m.likely(p)
	switch {
	case slot(f) >= 2:
		return "min"
	case s == nil:
		return ""
	case slot(f) == 0:
		return s.boost(f).unit
	case s.boost(f).rateUnit != "":
		return s.boost(f).rateUnit
	}
	return "mL/h"
}

// heldStatus is the status while an infusion is held.
func (m *mach) heldStatus(s *state) string {
	left := minutesLeft(s.Dose.Left) + " min left"
	switch {
	case s.Dose.Hold == exDelay:
		return "DELAYED START · " + left
	case s.Dose.Hold == exStandby:
		return "STANDBY · " + left
	}
	return "LOADING DOSE"
}

// minutesLeft is a time in whole minutes, begun ones counted.
func minutesLeft(d time.Duration) string {
	return strconv.FormatInt(int64((d+time.Minute-1)/time.Minute), 10)
}

// extraNotes are the lines of what comes beside the maintenance rate.
func (m *mach) extraNotes(s *state, add func(role, text string)) {
	if s.Dose.on() && (s.Screen == m.running || s.Changing) {
		add("value", m.doseText(s))
	}
	p := &s.Draft
	if f := p.doses(); f != field.None && s.Screen != m.running {
		if got, no := m.shot(p); no == nil && got.volume > 0 && p.Extra.Has&1 != 0 && (p.Extra.Has&6 != 0 || m.screens[m.extras[kindOfDose(f)]].automatic()) {
			what := map[field.Field]string{field.Bolus: "the bolus is ", field.Loading: "loading dose "}[f]
			if f == field.Loading {
				what += p.Extra.Val[0].String() + " " + m.extraUnit(p, f) + ": "
			}
			text := what + got.volume.String() + " mL at " + m.flowOf(s, f, got.rate).String() + " mL/h, "
			exact, _ := quantity.MinutesOf(got.volume, m.flowOf(s, f, got.rate))
			add("note", text+shownMinutes(exact)+" min; then "+p.Val[field.Rate].String()+" mL/h")
		}
	}
	if d := p.delay(); d > 0 && s.Screen != m.running && p.Extra.Kind != exDelay && !s.Changing {
		add("note", "the start is put off by "+d.String()+" min")
	}
	if s.Screen == m.running && s.Dose.Hold == exDelay {
		add("prompt", "It starts by itself when the time is over")
		if s.Run.loading() {
			add("note", "loading dose "+s.Run.Extra.Val[0].String()+" "+m.extraUnit(&s.Run, field.Loading)+" first")
		}
	}
}

func shownMinutes(exact *big.Rat) string { return quantity.Round(exact, quantity.One/10).String() }

func kindOfDose(f field.Field) int8 {
	if f == field.Bolus {
		return exBolus
	}
	return exLoading
}

// automatic reports that a screen asks neither for the rate nor for the time of a dose.
func (c *screen) automatic() bool { return len(c.fields) == 1 }

// flowOf is the rate at which a dose flows: what there is room for beside the basal rate.
func (m *mach) flowOf(s *state, f field.Field, rate quantity.Decimal) quantity.Decimal {
	x := m.setup(&s.Draft)
	if f == field.Loading || x == nil || s.Flow.Rate >= x.most {
		return rate
	}
	return min(rate, x.most-s.Flow.Rate)
}

// doseText is how far a bolus or loading dose has come, in its unit and in mL.
func (m *mach) doseText(s *state) string {
	name := map[bool]string{true: "LOADING DOSE ", false: "BOLUS "}[s.Dose.What == field.Loading]
	given, all := m.dosed(s), s.Dose.Extra.Volume
	text := name + given.Floor(quantity.One/10).String() + " of " + all.String() + " mL given, " +
		(all - given.Floor(quantity.One/10)).String() + " mL left"
	if !s.dosing() {
		return text + ", paused"
	}
	b := m.boluses(s)
	rate := min(s.Dose.Extra.Rate, b.Most-b.Basal)
	text += " at " + rate.String() + " mL/h"
	if w, ok := b.Wait(); ok {
		text += ", " + minutesLeft(w) + " min"
	}
	return text
}

// doseMarks are the marks of a bolus or loading dose beyond its limits.
func (m *mach) doseMarks(s *state, p *plan, out []string) []string {
	past := m.past(p)
	if s.Screen == m.running {
		past = s.Dose.Past
	}
	if past == 0 || m.beyond(p) {
		return out
	}
	return append(out, [...]string{"", "BEYOND SOFT LIMIT", "BEYOND HARD LIMIT"}[past])
}

// kindOfField is the extra a field belongs to.
func kindOfField(f field.Field) int8 {
	switch {
	case f >= field.Standby:
		return exStandby
	case f == field.Delay:
		return exDelay
	case f >= field.Loading:
		return exLoading
	}
	return exBolus
}

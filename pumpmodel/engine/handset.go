package engine

import (
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// handset is everything a pump for patient-controlled analgesia remembers: the single-channel machine's state, in which it is
// programmed, and what was given on demand. It is a plain comparable value.
type handset struct {
	Lane    state
	PCA     delivery.PCA
	Give    delivery.Boluses
	Told    bool // that the reservoir is low
	History bool // the history is shown
}

// lowReservoir is what is left when the pump says that the reservoir is low (GIP 1.5.5 leaves x open).
const lowReservoir = 5 * quantity.One

// bedside is the machine of such a pump: immutable.
type bedside struct{ m *mach }

func newHandset(d *design.Design, libs ...*library.Library) (pumpmodel.Machine, error) {
	m, err := newMach(d, nil, false, libs...)
	if err != nil {
		return nil, err
	}
	b := &bedside{m}
	return pumpmodel.NewInPlace(pumpmodel.InPlace[handset]{Info: m.info, Start: b.start, Step: b.step, Wait: b.wait, Show: b.show}), nil
}

func (b *bedside) start() handset {
	h := handset{Lane: b.m.start()}
	h.Lane.Flow.NearEnd = 0 // what is given depends on the patient: the reservoir is watched instead
	return h
}

// wait is the time until the next thing falls due: of the pump, of a dose being given, of the reservoir, of the most in a time.
func (b *bedside) wait(h *handset) (time.Duration, bool) {
	least, ok := b.m.wait(&h.Lane)
	due := func(d time.Duration, timed bool) {
		if timed && (!ok || d < least) {
			least, ok = d, true
		}
	}
	if h.Lane.Flow.Mode == delivery.Infusing && h.Lane.inert() == "" {
		due(h.Give.Wait())
		if !h.Told {
			due(h.Lane.Flow.Until(lowReservoir))
		}
	}
	if infusing(&h.Lane) {
		due(h.PCA.Frees())
	}
	return least, ok
}

// pressing is one step of a handset in the making.
type pressing struct {
	b   *bedside
	h   *handset // changed in place
	out []pumpmodel.Output
}

func (b *bedside) step(h *handset, e pumpmodel.Event) []pumpmodel.Output {
	t := pressing{b: b, h: h}
	keys := b.m.d.Keys
	switch {
	case e.Kind == pumpmodel.Elapse:
		t.elapse(e.For)
	case e.Kind == pumpmodel.Down && e.Control == keys["demand"] && h.Lane.inert() == "" && infusing(&h.Lane):
		t.demand(e.Control)
	case e.Kind == pumpmodel.Down && e.Control == keys["history"] && e.Control != "" && b.remembers(h):
		t.turn(e.Control, !h.History)
	case e.Kind == pumpmodel.Down && h.History && e.Control == keys["back"] && h.Lane.inert() == "":
		t.turn(e.Control, false)
	default:
		if e.Kind == pumpmodel.Down && e.Control != keys["silence"] && b.m.keys[e.Control] != 0 {
			t.h.History = false // any other key does what it does on the running screen
		}
		t.lane(e)
	}
	t.settle()
	return t.out
}

// remembers reports that the history can be turned to or away from.
func (b *bedside) remembers(h *handset) bool {
	return h.Lane.inert() == "" && !h.Lane.Alert.On && (h.History || h.Lane.Screen == b.m.running)
}

func (t *pressing) answer(control string, a pumpmodel.Answer, why string) {
	t.out = append(t.out, pumpmodel.Output{Kind: pumpmodel.KeyAnswered, Control: control, Answer: a, Why: why})
}

// take keeps outputs of the lane. They may be shared with other steps: the first are kept as they are, and added to in a copy.
func (t *pressing) take(out []pumpmodel.Output) {
	if len(t.out) == 0 {
		t.out = out[:len(out):len(out)]
		return
	}
	t.out = append(t.out[:len(t.out):len(t.out)], out...)
}

// lane lets an event happen on the single-channel machine and follows what comes of it.
func (t *pressing) lane(e pumpmodel.Event) {
	out := t.b.m.step(&t.h.Lane, e)
	t.take(out)
	for _, o := range out {
		switch o.Kind {
		case pumpmodel.InfusionStarted:
			t.begin()
		case pumpmodel.InfusionChanged:
			t.h.PCA.Rules = t.rules()
		case pumpmodel.VolumeComplete:
			t.empty()
		}
	}
	if e.Kind == pumpmodel.Repair && delivery.Condition(e.Text) == delivery.Empty {
		t.h.Lane.Flow, t.h.Told = t.h.Lane.Flow.Refill(), false
	}
}

func (t *pressing) rules() delivery.PCARules {
	p := &t.h.Lane.Run
	r, _ := t.b.m.rules(p, t.b.m.setup(p))
	return r
}

// begin is the start of a programme: a new account, and the loading dose.
func (t *pressing) begin() {
	m, p := t.b.m, &t.h.Lane.Run
	t.h.PCA, t.h.Told = delivery.PCA{Rules: t.rules()}, false
	t.h.Give = delivery.Boluses{Basal: t.h.PCA.Rules.Basal, Most: m.d.Pump.Rate.Max()}
	if v := m.loading(p, m.setup(p)); v > 0 {
		var no delivery.Refusal
		if t.h.PCA, no = t.h.PCA.Grant(v); no == "" {
			t.h.Give, _ = t.h.Give.Give(v, t.h.PCA.Rules.Rate, 0)
		}
	}
}

// sound raises or clears an alarm on the lane.
func (t *pressing) stepper(f func(*stepper)) {
	st := stepper{m: t.b.m, s: &t.h.Lane}
	f(&st)
	t.take(st.outputs())
}

// empty is the reservoir given to its last drop: the pump stops, and says so, until another is put in.
func (t *pressing) empty() {
	t.h.Lane.Flow = t.h.Lane.Flow.Halt()
	t.h.Lane.Faults = t.h.Lane.Faults.With(delivery.Empty)
	t.stepper(func(s *stepper) {
		s.clear(delivery.Complete)
		s.sound(delivery.Empty)
	})
}

// elapse lets d pass, each timeout at its moment.
func (t *pressing) elapse(d time.Duration) {
	for d > 0 {
		part := d
		if w, ok := t.b.wait(t.h); ok {
			part = min(part, w)
		}
		n := len(t.out)
		d -= part
		gives := t.h.Lane.Flow.Mode == delivery.Infusing && t.h.Lane.inert() == ""
		runs := infusing(&t.h.Lane)
		t.lane(pumpmodel.Event{Kind: pumpmodel.Elapse, For: part})
		if gives {
			t.h.Give, _ = t.h.Give.Elapse(part)
		}
		if runs {
			t.h.PCA = t.h.PCA.Elapse(part)
		}
		if gives && !t.h.Told && t.h.Lane.Flow.Remaining() <= lowReservoir && t.h.Lane.Flow.Remaining() > 0 {
			t.h.Told = true
			t.stepper(func(s *stepper) { s.sound(delivery.LowReservoir) })
		}
		t.settle()
		for i := range t.out[n:] {
			t.out[n+i].At = -d
		}
	}
}

// settle keeps the flow what it must be after every step: the basal rate, KVO once the most in a time is given, a dose on top of it
// while one is given. What stops the pump cancels the dose (GIP 3.1.3); it stays in the account.
func (t *pressing) settle() {
	f := &t.h.Lane.Flow
	f.NearEnd = 0
	if !f.Active() {
		t.h.PCA, t.h.Give, t.h.Told = delivery.PCA{}, delivery.Boluses{}, false
	}
	if !f.Active() || t.h.Lane.Screen != t.b.m.running || t.h.Lane.inert() != "" {
		t.h.History = false
	}
	if f.Mode != delivery.Infusing {
		t.h.Give.Normal = delivery.Extra{}
		return
	}
	if basal := t.h.PCA.Basal(t.kvo()); basal != t.h.Give.Basal {
		t.h.Give = t.h.Give.WithBasal(basal)
	}
	*f = f.At(t.h.Give.Flow())
}

func (t *pressing) kvo() quantity.Decimal {
	if x := t.b.m.setup(&t.h.Lane.Run); x != nil {
		return x.kvo
	}
	return 0
}

// turn shows the history, or the running screen again.
func (t *pressing) turn(control string, on bool) {
	t.answer(control, pumpmodel.Accepted, "")
	names := [2]string{t.b.m.screens[t.b.m.running].Name, historyScreen}
	if !on {
		names[0], names[1] = names[1], names[0]
	}
	t.h.History = on
	t.stepper(func(s *stepper) {
		s.s.Held, s.s.HeldFor, s.s.Note = s.m.keys[control], 0, note{}
		s.emit(pumpmodel.Output{Kind: pumpmodel.ScreenChanged, Before: names[0], After: names[1]})
	})
}

// demand is the patient's button. It never touches what a clinician is doing on the pump.
func (t *pressing) demand(control string) {
	h := t.h
	t.answer(control, pumpmodel.Accepted, "")
	if h.Lane.Held == 0 {
		h.Lane.Held, h.Lane.HeldFor = t.b.m.keys[control], 0
	}
	var why delivery.Refusal
	switch {
	case h.Lane.Flow.Mode != delivery.Infusing:
		h.PCA.Tried++
		why = "the pump does not infuse"
	case h.Give.Normal.Volume > 0:
		h.PCA.Tried++
		why = delivery.AlreadyRuns
	default:
		h.PCA, why = h.PCA.Demand((h.Lane.Alarms.Active | h.Lane.Faults).Without(delivery.MaxDose))
	}
	o := pumpmodel.Output{Kind: pumpmodel.Demanded, Control: control, Choice: "refused", Why: string(why)}
	if why == "" {
		o.Choice, o.After, o.Text = "given", h.Lane.Run.decimal(field.PCADose), h.PCA.Rules.Dose.String()
		h.Give, _ = h.Give.Give(h.PCA.Rules.Dose, h.PCA.Rules.Rate, 0)
	}
	t.out = append(t.out, o)
	if why == delivery.MostGiven {
		t.stepper(func(s *stepper) { s.sound(delivery.MaxDose) })
	}
}

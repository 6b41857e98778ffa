package session

import (
	"fmt"
	"strconv"
	"time"

	"pumplab/pumpmodel"
	"pumplab/studies"
)

// Step lets the time until at pass and then applies one outside fact. A fact that does not fit the moment changes nothing and is
// answered Refused. A time before the state's Now is a broken contract and panics; Session.Apply refuses it with an error.
func (m *Machine) Step(s State, at time.Duration, e studies.Event) (State, []studies.Output) {
	if at < s.Now {
		panic(fmt.Sprintf("session: step at %v, but it is already %v", at, s.Now))
	}
	t := turn{m: m, s: s}
	t.advance(at - s.Now)
	if why := t.apply(e); why != "" {
		o := studies.Output{Kind: studies.Refused, Which: string(e.Kind), Why: why}
		if e.Pump != nil {
			o.Value = e.Pump.Control
		}
		t.emit(o)
	}
	t.settle()
	return t.s, t.out
}

// apply does what e asks for; the answer is why it cannot be done now.
func (t *turn) apply(e studies.Event) (refused string) {
	switch e.Kind {
	case studies.Stray, studies.Quality, studies.Anchor, studies.Clock, studies.Pointer, studies.Shown:
		return ""
	case studies.Note, studies.Assist:
		t.emit(studies.Output{Kind: studies.Noted, Which: string(e.Kind), Value: e.Value})
		return ""
	}
	if t.s.Ended != "" {
		return "the session has ended"
	}
	switch e.Kind {
	case studies.Hold, studies.Continue, studies.Skip, studies.Stop, studies.Resume, studies.Disturb:
		return t.direct(e)
	case studies.Pump:
		return t.pump(e.Pump)
	}
	if t.s.Held {
		return "the session is held"
	}
	switch e.Kind {
	case studies.Next:
		return t.next()
	case studies.Done, studies.GiveUp:
		if t.step().Kind != studies.StepTask {
			return "no task is on"
		}
		t.leave(map[studies.EventKind]string{studies.Done: "done", studies.GiveUp: "given up"}[e.Kind])
		return ""
	case studies.Reply:
		return t.reply(e.Value)
	case studies.Rate:
		return t.rate(e.Item, e.Value)
	}
	return "unknown kind of event"
}

// direct does what the experimenter, or the program for them, asks for.
func (t *turn) direct(e studies.Event) (refused string) {
	switch e.Kind {
	case studies.Hold:
		if t.s.Held {
			return "the session is held already"
		}
		t.s.Held = true
		t.emit(studies.Output{Kind: studies.SessionHeld, Value: e.Value})
	case studies.Continue:
		if !t.s.Held {
			return "the session is not held"
		}
		t.s.Held = false
		t.emit(studies.Output{Kind: studies.SessionResumed})
	case studies.Skip:
		t.leave("skipped")
	case studies.Stop:
		t.finish("stopped")
		t.end("stopped", e.Value)
	case studies.Resume:
		t.resume()
	case studies.Disturb:
		return t.disturb(e)
	}
	return ""
}

// resume goes on after the program ended in mid-session: a task that was on cannot be judged and is over; what comes next is held
// until the experimenter continues.
func (t *turn) resume() {
	if t.step().Kind == studies.StepTask {
		t.leave("interrupted")
	}
	if t.s.Ended == "" && !t.s.Held {
		t.s.Held = true
		t.emit(studies.Output{Kind: studies.SessionHeld, Why: "reopened"})
	}
}

// next goes on where the participant may decide to.
func (t *turn) next() (refused string) {
	switch t.step().Kind {
	case studies.StepIntro, studies.StepAsk, studies.StepBreak:
		t.leave("done")
		return ""
	}
	return "a task ends by done or give up"
}

// pump hands an event to the pump, if it can be touched.
func (t *turn) pump(e *pumpmodel.Event) (refused string) {
	switch {
	case e == nil || e.Kind == pumpmodel.Elapse:
		return "not an outside fact"
	case t.s.Pump == nil:
		return "no task is on"
	}
	moved := e.Kind == pumpmodel.Touch && e.N > 0 // a finger that stays down
	presses := e.Kind == pumpmodel.Down || e.Kind == pumpmodel.Turn || e.Kind == pumpmodel.Touch && !moved
	switch {
	case e.Kind == pumpmodel.Up:
		if !t.hold(e.Control, false) {
			return "it was not pressed on this pump"
		}
	case t.s.Held:
		return "the session is held"
	case (presses || moved) && t.s.covered():
		return "the pump is covered"
	case e.Kind == pumpmodel.Down, e.Kind == pumpmodel.Touch && e.Control != "":
		t.hold(e.Control, true)
	}
	next, outs := t.step().pump.Step(t.s.Pump, *e)
	t.s.Pump = next
	t.pumped(outs)
	if presses {
		t.count(outs)
	}
	return ""
}

// rate takes one answer of a questionnaire; an empty value takes it back.
func (t *turn) rate(item, value string) (refused string) {
	in := t.step().asked
	if in == nil {
		return "no questionnaire is on"
	}
	i := in.ItemNamed(item)
	if i == nil {
		return "the questionnaire has no such item"
	}
	if value != "" {
		n, err := strconv.Atoi(value)
		if err != nil || strconv.Itoa(n) != value || n < i.Min || n > i.Max || i.Step > 0 && (n-i.Min)%i.Step != 0 {
			return fmt.Sprintf("%s takes %d to %d in steps of %d", item, i.Min, i.Max, max(i.Step, 1))
		}
	}
	answers := rated(t.s.Rated)
	answers[item] = value
	t.s.Rated = ""
	for _, it := range in.Items {
		if v := answers[it.ID]; v != "" {
			t.s.Rated += it.ID + "=" + v + "\n"
		}
	}
	t.emit(studies.Output{Kind: studies.ItemRated, Which: item, Value: value})
	return ""
}

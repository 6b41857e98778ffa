package participant

import (
	"strings"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/session"
)

// hand is a control that is being held down.
type hand struct {
	control string
	last    quantity.Decimal // value when it last changed
	step    quantity.Decimal
	since   time.Duration // of the last change
}

// stepNext is the next key of a number that every press changes as a whole: the person watches it come nearer.
func (p *Person) stepNext(v session.View, f pumpmodel.Field) Move {
	d, t := v.Pump, &p.field
	now, _ := quantity.Parse(f.Text)
	p.learn(now)
	if p.pause.lapse { // the place is lost: a step more or less than meant
		p.pause.lapse = false
		if !chance(p.Slips, p.sees(p.SeeStepped)) {
			t.offset += t.size[t.action]
		}
	}
	if f.Error != "" && p.entered[f.Name] { // what was confirmed is refused
		t.refused++
		t.offset, t.stuck, t.turns = 0, 0, 0
		p.look(f.Name)
		delete(p.entered, f.Name)
		if now == p.reading[f.Name] {
			return p.say(studies.GiveUp, p.Mental)
		}
	}
	far := p.reading[f.Name] + t.offset - now
	if far == 0 && f.Text != "" || t.turns > 4 || t.stuck > 3 {
		return p.done(d, f)
	}
	action := ""
	if hinted(d, "cursor-left", "cursor-right") != "" {
		action = digitStep(f, far)
	} else {
		action = p.chevron(d, far)
	}
	return p.move(v, action, now, far)
}

// learn takes in what the last step did.
func (p *Person) learn(now quantity.Decimal) {
	t := &p.field
	if t.action == "" {
		return
	}
	if t.missed {
		t.offset += now - t.expect
		t.missed = false
	} else if diff := size(now - t.before); diff != 0 && t.again == "" {
		t.size[t.action], t.size[opposite[t.action]] = diff, diff
	}
	t.action = ""
}

// move uses the control for an action, or holds it down where the way is long.
func (p *Person) move(v session.View, action string, now, far quantity.Decimal) Move {
	d, t := v.Pump, &p.field
	p.urgent(v)
	if way := sign(far); way != t.way && !strings.HasPrefix(action, "cursor") {
		if t.way != 0 {
			t.turns++
		}
		t.way = way
	}
	chunk := !t.started
	t.started, t.action, t.before = true, action, now
	by := t.size[action]
	if strings.HasPrefix(action, "fast") && by > 0 && size(far) >= 6*by {
		c := hinted(d, action)
		p.hand = hand{control: c, last: now, step: by, since: v.At}
		t.action = ""
		m := p.press(c, chunk)
		m.Hold = 0
		return m
	}
	t.expect = now
	if !strings.HasPrefix(action, "cursor") {
		t.expect += by * quantity.Decimal(sign(far))
	}
	c, pressed := p.stray(d, action, t)
	switch {
	case !pressed:
		return Move{After: p.took(p.Repeat)}
	case c == "":
		return p.say(studies.GiveUp, p.Mental)
	}
	return p.press(c, chunk)
}

// holding watches the number run while a control is down, and lets go in time, or nearly.
func (p *Person) holding(v session.View) Move {
	f, ok := v.Pump.ActiveField()
	h := &p.hand
	now, _ := quantity.Parse(f.Text)
	if diff := size(now - h.last); diff != 0 {
		h.step, h.last, h.since = diff, now, v.At
	}
	left := size(p.reading[f.Name] + p.field.offset - now)
	past := sign(p.reading[f.Name]+p.field.offset-now) != p.field.way
	if !ok || v.Pump.Alert != nil || past || left < 3*h.step || v.At-h.since > 2*time.Second {
		delete(p.field.size, "fast-up") // a click is not a held step
		delete(p.field.size, "fast-down")
		return p.release(Move{})
	}
	return Move{After: 100 * time.Millisecond}
}

// chevron is the step for a distance: the large one while it does not pass the target.
func (p *Person) chevron(d *pumpmodel.Display, far quantity.Decimal) string {
	fast, slow := "fast-up", "up"
	if far < 0 {
		fast, slow = "fast-down", "down"
	}
	big, small := p.field.size[fast], p.field.size[slow]
	if big == 0 {
		big = quantity.One
	}
	// a large step may have become smaller since it was last seen: worth a try while nothing was overshot
	long := small > 0 && size(far) > 12*small && p.field.turns == 0
	if hinted(d, fast) != "" && (size(far) >= big || long) {
		return fast
	}
	return slow
}

// digitStep is the step where the keys act on the digit under a cursor: to the digit that brings the number furthest, then change it.
func digitStep(f pumpmodel.Field, far quantity.Decimal) string {
	at, want := exponentAt(f), exponent(size(far))
	switch {
	case at < want:
		return "cursor-left"
	case at > want:
		return "cursor-right"
	case far > 0:
		return "up"
	}
	return "down"
}

// exponentAt is the power of ten of the symbol under the cursor.
func exponentAt(f pumpmodel.Field) int {
	point := strings.Index(f.Text, ".")
	if point < 0 {
		point = len(f.Text)
	}
	switch {
	case f.Text == "":
		return 0
	case f.Cursor < point:
		return point - 1 - f.Cursor
	}
	return point - f.Cursor
}

// exponent is the largest e with 10^e ≤ v; v is positive.
func exponent(v quantity.Decimal) int {
	e := -quantity.Places
	for v >= 10 {
		v /= 10
		e++
	}
	return e
}

func size(v quantity.Decimal) quantity.Decimal { return max(v, -v) }

func sign(v quantity.Decimal) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

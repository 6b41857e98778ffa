package participant

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/session"
)

// Streams are a person's random sources, one per purpose, so that a change of one leaves the others' draws as they were.
type Streams struct{ Slips, Times, Choices *rand.Rand }

// Person is one simulated participant in the middle of a session. It is for one goroutine.
type Person struct {
	Params
	Streams
	Layout func(design string) string // where the digits of a design's keypad are: a name of entry.Layouts; nil: telephone

	index      int // present step; -1 before the first
	began      time.Duration
	tasks      int // tasks begun so far, for practice
	last       string
	lastAt     time.Duration // when the person last acted
	goal       goal
	then       *goal                       // the second infusion of the order; nil once it is the goal
	reading    map[string]quantity.Decimal // the numbers of the order as the person read them
	hand       hand
	field      typing
	wrongAt    map[string]string // field → text confirmed in it, where it is not the wanted one
	entered    map[string]bool   // fields confirmed in this task
	fix        string            // a field to go back to
	presses    int
	doubted    bool   // a right number was entered again after an alert in this task
	calls      int    // of the screens of what comes beside the infusion
	searched   int    // keys spent on finding a row of a list
	checked    bool   // the review page was read
	deciding   string // the answer to the alert that is on
	impossible bool   // the pump will not take what was ordered
	step       studies.Step
	pause      interruption
	noisy      bool // the room is
	dazzled    bool // light is on the screen
	felt       feeling
	rated      int
}

// New is a person of the given parameters at the start of a session.
func New(p Params, s Streams) *Person {
	return &Person{Params: p, Streams: s, index: -1, felt: feeling{}}
}

// Move is what a person does next: wait, then do Event. A press is released after Hold, if that is positive. Event is nil for just
// looking on.
type Move struct {
	After time.Duration
	Event *studies.Event
	Hold  time.Duration
}

// clone is the person with a memory of their own: what a move that is not made has changed can be forgotten. Draws are not undone.
func (p *Person) clone() *Person {
	c := *p
	c.wrongAt, c.entered, c.reading = maps.Clone(p.wrongAt), maps.Clone(p.entered), maps.Clone(p.reading)
	c.field.size = maps.Clone(p.field.size)
	return &c
}

// Act is the person's next move, given what is on the screen.
func (p *Person) Act(v session.View) Move {
	p.perceive(v)
	if v.Index != p.index {
		p.arrive(v)
	}
	m := p.act(v)
	if m.Event != nil {
		p.lastAt = v.At + m.After
	}
	return m
}

func (p *Person) act(v session.View) Move {
	switch {
	case v.Held:
		return Move{After: time.Second}
	case v.Disturbance != nil && !v.Disturbance.Warning:
		return p.disturbed(v)
	}
	switch v.Step.Kind {
	case studies.StepTask:
		return p.program(v)
	case studies.StepAsk:
		return p.rate(v)
	}
	return p.say(studies.Next, p.Read)
}

// arrive begins a step: what was in mind of the one before is gone.
func (p *Person) arrive(v session.View) {
	if p.step.Kind == studies.StepTask {
		p.felt.remember(p.step.Design, v.At-p.began, p.presses)
	}
	p.index, p.began, p.step = v.Index, v.At, v.Step
	p.last, p.field, p.hand, p.fix, p.pause = "", typing{}, hand{}, "", interruption{}
	p.presses, p.rated, p.searched, p.calls = 0, 0, 0, 0
	p.checked, p.doubted, p.deciding, p.impossible = false, false, "", false
	p.wrongAt, p.entered = map[string]string{}, map[string]bool{}
	if v.Step.Kind == studies.StepTask {
		p.tasks++
		p.goal, p.then = goalOf(*v.Order), nil
		if second, ok := v.Order.Then(); ok {
			next := goalOf(second)
			p.then = &next
		}
		p.read()
	}
}

// say is a session event other than a key.
func (p *Person) say(kind studies.EventKind, seconds float64) Move {
	return Move{After: p.took(seconds), Event: &studies.Event{Kind: kind, Stamp: "simulated"}}
}

// press is the use of one control: a new key takes longer than the same one again, a new chunk is prepared first.
func (p *Person) press(control string, chunk bool) Move {
	seconds := p.Key
	if control == p.last {
		seconds = p.Repeat
	}
	if chunk {
		seconds += p.Mental
	}
	if p.presses == 0 {
		seconds += p.Read
	}
	if p.pause.over {
		seconds, p.pause.over = p.Resume, false
	}
	p.last = control
	p.presses++
	e := pumpmodel.Press(control)
	return Move{
		After: p.took(seconds), Event: &studies.Event{Kind: studies.Pump, Pump: &e, Stamp: "simulated"},
		Hold: time.Duration(90+20*p.noise()) * time.Millisecond,
	}
}

// took is a time with the person's noise and practice, in whole microseconds.
func (p *Person) took(seconds float64) time.Duration {
	s := seconds * math.Exp(p.Noise*p.noise()) * math.Pow(float64(max(p.tasks, 1)), -p.Practice)
	return max(time.Duration(s*1e6), 20_000) * time.Microsecond
}

// noise is a standard normal number within ±2.5, or 0 for a person without noise.
func (p *Person) noise() float64 {
	if p.Noise == 0 {
		return 0
	}
	return max(-2.5, min(2.5, p.Times.NormFloat64()))
}

// chance is true with probability q; where nothing can happen nothing is drawn.
func chance(rng *rand.Rand, q float64) bool { return q > 0 && rng.Float64() < q }

// program is the next move of a task.
func (p *Person) program(v session.View) Move {
	d := v.Pump
	spent := (v.At - p.began).Seconds()
	if float64(p.presses) >= p.Limit || spent > p.Patience {
		return p.release(p.say(studies.GiveUp, p.Mental))
	}
	if p.hand.control != "" {
		return p.holding(v)
	}
	if d.Alert != nil {
		return p.alerted(d)
	}
	p.deciding = ""
	if m, away := p.elsewhere(d); away {
		return m
	}
	switch {
	case p.impossible:
		return p.say(studies.GiveUp, 2*p.Mental)
	case d.Kind == "choose":
		return p.choose(d)
	case d.Kind == "menu":
		return p.menu(d)
	case d.Kind == "review":
		return p.review(d)
	case d.Kind == "running":
		return p.watch(d)
	}
	if f, ok := d.ActiveField(); ok {
		return p.work(v, f)
	}
	return p.lost(d)
}

// release lets a held key go before anything else is done.
func (p *Person) release(then Move) Move {
	if p.hand.control == "" {
		return then
	}
	e := pumpmodel.Release(p.hand.control)
	p.hand = hand{}
	return Move{After: p.took(p.Look), Event: &studies.Event{Kind: studies.Pump, Pump: &e, Stamp: "simulated"}}
}

// watch looks at what runs and ends the task.
func (p *Person) watch(d *pumpmodel.Display) Move {
	if d.Status == "" || p.goal.change && !p.entered["changed"] {
		if c := d.Does("change"); c != "" {
			p.entered["changed"] = true
			return p.press(c, true)
		}
	}
	if m, more := p.beside(d, true); more {
		return m
	}
	if p.then != nil {
		p.goal, p.then = *p.then, nil
		p.wrongAt, p.entered, p.checked, p.doubted, p.calls = map[string]string{}, map[string]bool{}, false, false, 0
		p.field = typing{}
		p.read()
		if m, away := p.elsewhere(d); away {
			return m
		}
	}
	return p.say(studies.Done, p.Mental+p.Look)
}

// lost is a screen the person cannot make sense of: on, back, or give up.
func (p *Person) lost(d *pumpmodel.Display) Move {
	for _, action := range []string{"confirm", "acknowledge", "back", "cancel"} {
		if c := d.Does(action); c != "" {
			return p.press(c, true)
		}
	}
	return p.say(studies.GiveUp, p.Mental)
}

// review reads the whole programme once; a wrong number may be noticed, then the person goes back to it.
func (p *Person) review(d *pumpmodel.Display) Move {
	if !p.checked {
		p.checked = true
		for _, f := range d.Fields {
			if p.goal.differs(f) && chance(p.Choices, p.sees(p.SeeReview)) {
				p.fix = f.Name
				break
			}
		}
	}
	if p.fix == "loading" || p.fix == "delay" {
		delete(p.entered, p.fix)
		p.fix = ""
	}
	if p.fix != "" {
		return p.back(d)
	}
	if m, more := p.beside(d, false); more {
		return m
	}
	if c := d.Does("start"); c != "" {
		return p.press(c, true)
	}
	return p.lost(d)
}

// back is one screen towards the field to be put right.
func (p *Person) back(d *pumpmodel.Display) Move {
	if c := d.Does("back"); c != "" {
		return p.press(c, p.last != c)
	}
	if c := hinted(d, "clear", "cancel"); c != "" && p.last != c { // the way back opens once the field is empty
		return p.press(c, true)
	}
	p.fix = ""
	return p.lost(d)
}

func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// hinted is the control that does one of some actions, in their order; empty if none does.
func hinted(d *pumpmodel.Display, actions ...string) string {
	for _, a := range actions {
		if i := slices.IndexFunc(d.Keys, func(h pumpmodel.Hint) bool { return h.Action == a }); i >= 0 {
			return d.Keys[i].Control
		}
	}
	return ""
}

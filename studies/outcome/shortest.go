package outcome

import (
	"math/rand/v2"
	"sync"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
	"pumplab/studies/coding"
	"pumplab/studies/journal"
	"pumplab/studies/participant"
	"pumplab/studies/protocol"
	"pumplab/studies/session"
)

// ContextOf is the context of a study's own kit. It may be used from several goroutines.
func ContextOf(k *protocol.Kit) Context {
	s := &shortest{kit: k, known: map[[2]string]int{}}
	return Context{
		Study: k.Study, Instruments: k.Instruments, Optimal: s.presses,
		Layout: func(name string) coding.Layout {
			d := k.Designs[name]
			if d == nil {
				return ""
			}
			if l := d.Entry["all"].Params.Layout; l != "" {
				return coding.Layout(l)
			}
			return coding.Telephone
		},
		Profile: func(name string) string {
			if d := k.Designs[name]; d != nil {
				return d.Pump.Name
			}
			return ""
		},
	}
}

// shortest knows the fewest presses for each task on each design: the benchmark for excess presses.
//
// The way through the screens is the one a faultless simulated person takes, who selects rows one by one or by the keys that jump;
// each number on it is entered on the shortest path of its entry method's graph, where holding a key counts as one press.
// An order beyond a hard limit is counted up to giving it up.
type shortest struct {
	kit   *protocol.Kit
	mu    sync.Mutex
	known map[[2]string]int
}

func (s *shortest) presses(designName, task string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := [2]string{designName, task}
	n, ok := s.known[key]
	if !ok {
		n = s.walk(designName, task)
		s.known[key] = n
	}
	return n
}

// tape keeps the records of the benchmark.
type tape []journal.Record

func (t *tape) Append(r journal.Record) error {
	*t = append(*t, r)
	return nil
}

func (s *shortest) walk(designName, task string) int {
	machine, err := s.kit.Machine(studies.Plan{Steps: []studies.Step{{Kind: studies.StepTask, Design: designName, Task: task}}})
	if err != nil {
		return 0
	}
	var t tape
	run, err := session.Open(machine, journal.Head{}, &t)
	if err != nil {
		return 0
	}
	rng := rand.New(rand.NewPCG(1, 1)) // a faultless person draws nothing
	if err := participant.Run(run, participant.New(participant.Faultless(), participant.Streams{Slips: rng, Times: rng, Choices: rng})); err != nil {
		return 0
	}
	total, typed, value := 0, map[[2]string]int{}, map[[2]string]string{} // by channel and field
	for _, r := range t[1:] {
		e, err := journal.DecodeEvent(r.Event)
		if err != nil || e.Pump == nil {
			continue
		}
		for _, o := range r.Outputs {
			if o.Pump == nil || o.Pump.Kind != pumpmodel.KeyAnswered {
				continue
			}
			if e.Pump.Kind == pumpmodel.Down {
				total++
				if o.Pump.Field != "" {
					typed[[2]string{o.Pump.Channel, o.Pump.Field}]++
				}
			}
			if o.Pump.Field != "" {
				value[[2]string{o.Pump.Channel, o.Pump.Field}] = o.Pump.After
			}
		}
	}
	for at, n := range typed {
		total += min(n, s.number(designName, at[1], value[at], n)) - n
	}
	return total
}

// number is the fewest presses that enter a value into an empty field, at most the given number.
func (s *shortest) number(designName, field, text string, atMost int) int {
	v, err := quantity.Parse(text)
	if err != nil {
		return atMost
	}
	m, holds := method(s.kit.Designs[designName], field, v)
	if m == nil {
		return atMost
	}
	if !holds {
		if n, ok := explore.Presses(m, m.Start(0, false), v); ok {
			return n
		}
		return atMost
	}
	return held(m, v, atMost)
}

// longest is how many repeats of one hold are followed: nobody holds a key for more than about ten seconds.
const longest = 40

// held is the fewest presses to a value where a hold counts as one: a walk over the method's states, breadth first, that follows
// holds towards the target only and stops at atMost.
func held(m entry.Method, v quantity.Decimal, atMost int) int {
	start := m.Start(0, false)
	layer, seen := []entry.State{start}, map[entry.State]bool{start: true}
	for n := 1; n < atMost && len(layer) > 0; n++ {
		var next []entry.State
		for _, s := range layer {
			for _, key := range m.Keys() {
				for _, x := range releases(m, s, key, v) {
					if x.Value == v && !x.Empty {
						return n
					}
					if !seen[x] {
						seen[x] = true
						next = append(next, x)
					}
				}
			}
		}
		layer = next
	}
	return atMost
}

// releases are the states one use of a key can leave: let go at once, or held until the value has passed the target.
func releases(m entry.Method, s entry.State, key string, v quantity.Decimal) []entry.State {
	down, _ := m.Press(s, key)
	out := []entry.State{m.Release(down, key)}
	below := s.Value < v
	for range longest {
		wait, ok := m.Wait(down)
		if !ok || (down.Value < v) != below {
			break
		}
		before := down.Value
		if down, _ = m.Elapse(down, wait); down.Value == before {
			break
		}
		out = append(out, m.Release(down, key))
	}
	return out
}

// method is the entry method of a design's field, and whether its keys repeat while held. A shortest path never goes far beyond
// its target, so the range is cut to what the walk can visit quickly.
func method(d *design.Design, field string, v quantity.Decimal) (m entry.Method, holds bool) {
	if d == nil {
		return nil, false
	}
	rule, ok := d.Entry[field]
	if !ok {
		rule = d.Entry["all"]
	}
	p := rule.Params
	if far := 2*v + 10*quantity.One; p.Maximum == 0 || p.Maximum > far {
		p.Maximum = far.Ceil(10 * quantity.One)
	}
	m, err := entry.New(rule.Method, p)
	if err != nil {
		return nil, false
	}
	for _, key := range m.Keys() {
		s, _ := m.Press(m.Start(0, false), key)
		if _, ok := m.Wait(s); ok {
			return m, true
		}
	}
	return m, false
}

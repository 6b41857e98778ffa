//go:build unix

package engine_test

import (
	"slices"
	"syscall"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/quantity"
)

// cpu is the processor time this process has used, in ns: what a benchmark costs however busy the machine is.
func cpu() int64 {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return r.Utime.Nano() + r.Stime.Nano()
}

// stroke is a key pressed, held for a time, and let go.
type stroke struct {
	key  string
	hold time.Duration
}

// strokes are keys pressed one by one or, with holds, as a person uses keys that repeat: a long run of one key is held down while the
// number is short of where the run leads, and only the rest is pressed.
func strokes(m pumpmodel.Machine, keys []string, holds bool) []stroke {
	var out []stroke
	s := m.Start()
	for len(keys) > 0 {
		n := slices.IndexFunc(keys, func(k string) bool { return k != keys[0] })
		if n < 0 {
			n = len(keys)
		}
		run := keys[:n]
		next, _ := press(m, s, run...)
		if holds && n > 4 {
			down, _ := m.Step(s, pumpmodel.Press(run[0]))
			var hold time.Duration
			for {
				w, _ := m.Wait(down)
				on, _ := pumpmodel.Advance(m, down, w)
				if active(m, on) > active(m, next) {
					break
				}
				down, hold = on, hold+w
			}
			out = append(out, stroke{run[0], hold})
			s, _ = m.Step(down, pumpmodel.Release(run[0]))
			for run = nil; active(m, s) < active(m, next); s, _ = press(m, s, keys[0]) {
				run = append(run, keys[0])
			}
		}
		for _, k := range run {
			out = append(out, stroke{key: k})
		}
		s, keys = next, keys[n:]
	}
	return out
}

// active is the number being entered.
func active(m pumpmodel.Machine, s pumpmodel.State) quantity.Decimal {
	for _, f := range m.Show(s).Fields {
		if f.Active {
			return quantity.MustParse(f.Text)
		}
	}
	return 0
}

// BenchmarkTask programmes and starts one infusion, from new patient to running, key by key; seen shows the display after each, held
// holds keys on long ways, as people and the simulated participants do. What limits it: the number of keys, two events each:
// keypad-wizard takes 18, fivekey-menu 38, chevron-form 14 with 83 repeats while they are held but 241 pressed one by one. So 20,000
// tasks a second of the last would leave an event 104 ns, in which no state can be allocated and filled.
func BenchmarkTask(b *testing.B) {
	type way struct {
		design      string
		holds, seen bool
	}
	for _, name := range builtIn {
		m := mustMachine(b, name)
		for _, w := range []way{{design: name}, {design: name, seen: true}, {design: name, holds: true}, {design: name, holds: true, seen: true}} {
			if w.holds && name != "chevron-form" {
				continue // nothing of the others repeats
			}
			todo := strokes(m, toRunning[name], w.holds)
			sub, events := name, 2*len(todo)
			if w.holds {
				sub += "/held"
			}
			if w.seen {
				sub += "/seen"
			}
			for _, k := range todo {
				if k.hold > 0 {
					events++
				}
			}
			b.Run(sub, func(b *testing.B) {
				b.ReportAllocs()
				from := cpu()
				for range b.N {
					benchTask(m, todo, w.seen)
				}
				spent := float64(cpu()-from) / float64(b.N)
				b.ReportMetric(1e9/spent, "tasks/cpu-s")
				b.ReportMetric(spent/float64(events), "cpu-ns/event")
				goal(b, taskGoal)
			})
		}
	}
}

// benchTask is one task; it ends with the infusion running.
func benchTask(m pumpmodel.Machine, todo []stroke, seen bool) pumpmodel.State {
	s := m.Start()
	for _, k := range todo {
		s, _ = m.Step(s, pumpmodel.Press(k.key))
		if k.hold > 0 {
			s, _ = pumpmodel.Advance(m, s, k.hold)
		}
		if seen {
			m.Show(s)
		}
		s, _ = m.Step(s, pumpmodel.Release(k.key))
	}
	return s
}

// BenchmarkProve walks every reachable state of a design about one field. What limits it: a step copies the state, and each part of
// its class is hashed; make proofs uses all cores, a scenario each.
func BenchmarkProve(b *testing.B) {
	d := mustDesign(b, "keypad-wizard")
	from, states := cpu(), 0
	for range b.N {
		p, err := engine.Prove(d, "titration", false, 0)
		if err != nil {
			b.Fatal(err)
		}
		states += p.States
	}
	b.ReportMetric(float64(states)*1e9/float64(cpu()-from), "states/cpu-s")
}

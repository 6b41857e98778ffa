package design_test

import (
	"syscall"
	"testing"

	"pumplab/pumpmodel"
)

// cpu is the processor time this process has used, in ns: what a benchmark costs however busy the machine is.
func cpu() int64 {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return r.Utime.Nano() + r.Stime.Nano()
}

// BenchmarkTask programmes and starts one infusion, from new patient to running, key by key; seen shows the display after each. What
// limits it: the number of keys. Each is two events, and an event cannot cost less than the box of its state; keypad-wizard takes 18
// keys, fivekey-menu 38, and a chevron design 241 where nothing is held, so that it stays far from the goal whatever a step costs.
func BenchmarkTask(b *testing.B) {
	for _, name := range builtIn {
		m := mustMachine(b, name)
		keys := toRunning[name]
		for _, seen := range []bool{false, true} {
			sub := name
			if seen {
				sub += "/seen"
			}
			b.Run(sub, func(b *testing.B) {
				b.ReportAllocs()
				from := cpu()
				for range b.N {
					s := m.Start()
					for _, k := range keys {
						s, _ = m.Step(s, pumpmodel.Press(k))
						if seen {
							m.Show(s)
						}
						s, _ = m.Step(s, pumpmodel.Release(k))
					}
				}
				spent := float64(cpu()-from) / float64(b.N)
				b.ReportMetric(1e9/spent, "tasks/cpu-s")
				b.ReportMetric(spent/float64(2*len(keys)), "cpu-ns/event")
				goal(b, taskGoal)
			})
		}
	}
}

// BenchmarkProve walks every reachable state of a design about one field. What limits it: a step copies the state, and each part of
// its class is hashed; make proofs uses all cores, a scenario each.
func BenchmarkProve(b *testing.B) {
	d := mustDesign(b, "keypad-wizard")
	from, states := cpu(), 0
	for range b.N {
		p, err := d.Prove("titration", false)
		if err != nil {
			b.Fatal(err)
		}
		states += p.States
	}
	b.ReportMetric(float64(states)*1e9/float64(cpu()-from), "states/cpu-s")
}

//go:build unix

package mixed_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// A race is one fit that is timed here and in R. With studies it is a power simulation of that many studies, of which R does a part.
type race struct {
	name                   string
	spec                   mixed.Spec
	people, designs, tasks int
	repeats                int
	studies, part          int
	goal                   string
}

var races = []race{
	{"480", mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 20, 4, 6, 3, 0, 0, "at most 1 ms"},
	{"9600", mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 60, 4, 40, 3, 0, 0, "40 times glmer and glmmTMB"},
	{"180000", mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 300, 6, 100, 1, 0, 0, "70 times glmer, 30 times glmmTMB"},
	{"linear36000", mixed.Spec{Formula: "seconds" + crossed, Family: "gaussian"}, 150, 6, 40, 3, 0, 0, "30 times lmer"},
	{"power200", mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 24, 4, 8, 1, 200, 20, "50 times glmer"},
}

// A lap is how long something took, by the clock and on the processors.
type lap struct{ clock, cpu float64 }

// BenchmarkAgainstR does the same here and in R, one after the other in one run, and reports seconds, processor seconds and ratios.
// Without R it reports the times here.
func BenchmarkAgainstR(b *testing.B) {
	for _, c := range races {
		b.Run(c.name, func(b *testing.B) {
			table := MustSimulate(b, c.people, c.designs, c.tasks, 1)
			c.spec.Workers = pool
			m := MustPrepare(b, c.spec, table)
			for b.Loop() {
				here := c.here(b, m)
				b.ReportMetric(here.clock*1000, "ms-here")
				b.ReportMetric(here.cpu*1000, "cpu-ms-here")
				b.Logf("goal: %s", c.goal)
				for name, r := range c.runR(b, table) {
					b.ReportMetric(r.clock*1000, "ms-"+name)
					b.ReportMetric(r.clock/here.clock, "x-"+name)
					b.ReportMetric(r.cpu/here.cpu, "cpu-x-"+name)
				}
			}
		})
	}
}

// here is the fastest of 15 fits, or one power simulation.
func (c race) here(b *testing.B, m *mixed.Model) lap {
	best := lap{3600, 3600}
	again := 15
	if c.studies > 0 {
		again = 1
	}
	for range again {
		cpu, begin := spent(), time.Now()
		if c.studies > 0 {
			simulate(b, m, c.studies)
		} else if _, err := m.Fit(); err != nil {
			b.Fatal(err)
		}
		best.clock, best.cpu = min(best.clock, time.Since(begin).Seconds()), min(best.cpu, spent()-cpu)
	}
	return best
}

// simulate draws studies and fits each with standard errors, on every core.
func simulate(b *testing.B, m *mixed.Model, studies int) {
	truth := mixed.Truth{Fixed: []float64{-1, 0.8, 0, 0.4}, SD: []float64{0.8, 0.5}}
	failed := make([]error, studies)
	pool(studies, func(i int) {
		y, err := m.Simulate(truth, rand.New(rand.NewPCG(uint64(i), 4)))
		if err == nil {
			var one *mixed.Model
			if one, err = m.WithResponse(y); err == nil {
				_, err = one.Fit()
			}
		}
		failed[i] = err
	})
	for _, err := range failed {
		if err != nil {
			b.Fatal(err)
		}
	}
}

// spent is the processor time of this process in seconds.
func spent() float64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// runR returns times by fitter; empty without R.
func (c race) runR(b *testing.B, table *frame.Frame) map[string]lap {
	out := map[string]lap{}
	r, err := exec.LookPath("Rscript")
	if err != nil {
		return out
	}
	path := filepath.Join(b.TempDir(), "table.csv")
	var text strings.Builder
	text.WriteString(strings.Join(table.Names(), ",") + "\n")
	for i := range table.N {
		for j, c := range table.Cols {
			if j > 0 {
				text.WriteByte(',')
			}
			text.WriteString(c.String(i))
		}
		text.WriteByte('\n')
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	answer, err := exec.Command(r, "testdata/speed.R", path, c.spec.Formula, c.spec.Family, fmt.Sprint(c.repeats), fmt.Sprint(c.part)).Output()
	if err != nil {
		b.Fatalf("Rscript: %v", err)
	}
	share := 1.0
	if c.part > 0 {
		share = float64(c.studies) / float64(c.part)
		b.Logf("R fits %d of the %d studies; its times are multiplied by %g", c.part, c.studies, share)
	}
	for line := range strings.Lines(string(answer)) {
		var name, version, language string
		var l lap
		if n, _ := fmt.Sscan(line, &name, &l.clock, &l.cpu, &version, &language); n == 5 {
			out[name] = lap{l.clock * share, l.cpu * share}
			b.Logf("R %s, %s %s: %.3f s, %.3f s of processor", language, name, version, l.clock, l.cpu)
		}
	}
	return out
}

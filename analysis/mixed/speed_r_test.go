package mixed_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// BenchmarkAgainstR fits the same tables here and in R, one after the other in one run, and reports seconds and ratios. Without
// R it reports the times here.
func BenchmarkAgainstR(b *testing.B) {
	for _, c := range []struct {
		name                   string
		spec                   mixed.Spec
		people, designs, tasks int
		repeats                string
	}{
		{"480", mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 20, 4, 6, "3"},
		{"9600", mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 60, 4, 40, "3"},
		{"180000", mixed.Spec{Formula: "error" + crossed, Family: "binomial"}, 300, 6, 100, "1"},
		{"linear36000", mixed.Spec{Formula: "seconds" + crossed, Family: "gaussian"}, 150, 6, 40, "3"},
	} {
		b.Run(c.name, func(b *testing.B) {
			table := MustSimulate(b, c.people, c.designs, c.tasks, 1)
			c.spec.Workers = pool
			m := MustPrepare(b, c.spec, table)
			for b.Loop() {
				here := time.Hour
				for range 5 {
					begin := time.Now()
					if _, err := m.Fit(); err != nil {
						b.Fatal(err)
					}
					here = min(here, time.Since(begin))
				}
				b.ReportMetric(here.Seconds()*1000, "ms-here")
				for name, seconds := range runR(b, table, c.spec, c.repeats) {
					b.ReportMetric(seconds*1000, "ms-"+name)
					b.ReportMetric(seconds/here.Seconds(), "x-"+name)
				}
			}
		})
	}
}

// runR returns seconds by fitter; empty without R.
func runR(b *testing.B, table *frame.Frame, s mixed.Spec, repeats string) map[string]float64 {
	out := map[string]float64{}
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
	answer, err := exec.Command(r, "testdata/speed.R", path, s.Formula, s.Family, repeats).Output()
	if err != nil {
		b.Fatalf("Rscript: %v", err)
	}
	for line := range strings.Lines(string(answer)) {
		var name, version string
		var seconds float64
		if n, _ := fmt.Sscan(line, &name, &seconds, &version); n == 3 {
			out[name] = seconds
			b.Logf("R: %s", strings.TrimSpace(line))
		}
	}
	return out
}

package plots

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
)

// ticker sets round ticks: 1, 2, 5 times powers of ten, four to seven of them.
type ticker struct {
	format func(float64) string
	log    bool
}

// Ticks implements plot.Ticker.
func (t ticker) Ticks(lo, hi float64) []plot.Tick {
	show := t.format
	if show == nil {
		show = func(v float64) string { return fmt.Sprintf("%g", v) }
	}
	var out []plot.Tick
	if t.log {
		for _, v := range logSteps(lo, hi) {
			out = append(out, plot.Tick{Value: v, Label: show(v)})
		}
		return out
	}
	if !(hi > lo) || math.IsInf(hi-lo, 0) {
		return out
	}
	step := roundStep((hi - lo) / 5)
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+1e-9*step && len(out) < 20; i++ {
		v := i*step + 0 // no negative zero
		out = append(out, plot.Tick{Value: v, Label: show(v)})
	}
	return out
}

func roundStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= x {
			return m * power
		}
	}
	return 10 * power
}

// logSteps are round values on a logarithmic axis; the finest grid with at most seven values in the range, three at least
// where the range allows it.
func logSteps(lo, hi float64) []float64 {
	grids := [][]float64{{1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8}, {1, 1.5, 2, 3, 4, 6, 8}, {1, 2, 5}, {1, 3}, {1}}
	var out []float64
	if !(lo > 0 && hi >= lo) || math.IsInf(hi, 0) {
		return nil
	}
	for _, g := range grids {
		out = out[:0]
		for e := math.Floor(math.Log10(lo)); e <= math.Ceil(math.Log10(hi)); e++ {
			for _, m := range g {
				if v := m * math.Pow(10, e); v >= lo && v <= hi {
					out = append(out, v)
				}
			}
		}
		if len(out) <= 7 {
			break
		}
	}
	return out
}

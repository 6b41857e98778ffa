package compare

import (
	"errors"
	"fmt"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Contrast is an estimated difference with its standard error and degrees of freedom (infinite for a normal).
type Contrast struct {
	Estimate, SE, DF float64
	N                int // values or pairs used
}

// Moments are a group's mean, standard deviation (n-1) and size.
type Moments struct {
	Mean, SD float64
	N        int
}

// NewMoments summarises values; NaN values are left out.
func NewMoments(x []float64) (Moments, error) {
	s, err := describe.Summarise(x, 0.95)
	return Moments{s.Mean, s.SD, s.N}, err
}

// Check refuses what cannot be a group's summary.
func (m Moments) Check() error {
	switch {
	case m.N < 2:
		return fmt.Errorf("check group: %d values; at least 2 are needed", m.N)
	case !(m.SD >= 0) || math.IsInf(m.SD, 0) || math.IsNaN(m.Mean) || math.IsInf(m.Mean, 0):
		return fmt.Errorf("check group: mean %g, standard deviation %g", m.Mean, m.SD)
	}
	return nil
}

// Welch is the difference of two separate means with Satterthwaite's degrees of freedom (R's t.test).
func Welch(a, b Moments) (Contrast, error) {
	if err := errors.Join(a.Check(), b.Check()); err != nil {
		return Contrast{}, err
	}
	va, vb := a.SD*a.SD/float64(a.N), b.SD*b.SD/float64(b.N)
	if va+vb == 0 {
		return Contrast{}, errors.New("compare means: all values in each group are equal, so nothing can be said about chance")
	}
	df := (va + vb) * (va + vb) / (va*va/float64(a.N-1) + vb*vb/float64(b.N-1))
	return Contrast{a.Mean - b.Mean, math.Sqrt(va + vb), df, a.N + b.N}, nil
}

// PairedMeans is the mean difference x - y of pairs; pairs with a missing value are left out.
func PairedMeans(x, y []float64) (Contrast, error) {
	if len(x) != len(y) {
		return Contrast{}, fmt.Errorf("compare paired means: %d and %d values", len(x), len(y))
	}
	d := make([]float64, len(x))
	for i := range x {
		d[i] = x[i] - y[i]
	}
	m, err := NewMoments(d)
	if err != nil {
		return Contrast{}, err
	}
	if err := m.Check(); err != nil {
		return Contrast{}, err
	}
	if m.SD == 0 {
		return Contrast{}, errors.New("compare paired means: all differences are equal, so nothing can be said about chance")
	}
	n := float64(m.N)
	return Contrast{m.Mean, m.SD / math.Sqrt(n), n - 1, m.N}, nil
}

// CI returns the confidence interval of the contrast.
func (c Contrast) CI(level float64) describe.Interval {
	h := c.SE * tail.T(level, c.DF)
	return describe.Interval{Low: c.Estimate - h, High: c.Estimate + h}
}

// P returns the two-sided p value against zero.
func (c Contrast) P() float64 { return tail.StudentTwoSided(c.Estimate/c.SE, c.DF) }

// above returns the p value of the hypothesis that the true difference is at most m (small = it is above m).
func (c Contrast) above(m float64) float64 { return tail.Student((c.Estimate-m)/c.SE, c.DF) }

// below returns the p value of the hypothesis that the true difference is at least m.
func (c Contrast) below(m float64) float64 { return tail.Student((m-c.Estimate)/c.SE, c.DF) }

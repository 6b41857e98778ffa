package compare

import (
	"fmt"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"

	"gonum.org/v1/gonum/integrate/quad"
)

// Posterior is what is believed about two separate error rates after the data, starting from Jeffreys' prior for each: Beta(k+½, n-k+½).
type Posterior struct {
	Mean1, Mean2       float64
	Interval1          describe.Interval // equal tails
	Interval2          describe.Interval
	FirstLower         float64 // P(first < second)
	FirstLowerByMargin float64 // P(first < second - margin)
	FirstNotWorse      float64 // P(first < second + margin)
	Margin             float64
}

// NewPosterior computes the probabilities for a margin of zero or more.
func NewPosterior(t Two, margin, level float64) (Posterior, error) {
	if err := t.Check(); err != nil {
		return Posterior{}, err
	}
	if err := describe.CheckLevel(level); err != nil {
		return Posterior{}, err
	}
	if !(margin >= 0 && margin < 1) {
		return Posterior{}, fmt.Errorf("compute posterior: margin %g is not between 0 and 1", margin)
	}
	p := Posterior{Margin: margin}
	one, two := newBelief(t.K1, t.N1), newBelief(t.K2, t.N2)
	p.Mean1, p.Mean2 = one.mean(), two.mean()
	p.Interval1, p.Interval2 = one.interval(level), two.interval(level)
	p.FirstLower = one.below(two, 0)
	p.FirstLowerByMargin = one.below(two, -margin)
	p.FirstNotWorse = one.below(two, margin)
	return p, nil
}

// belief is a Beta distribution.
type belief struct{ a, b float64 }

func newBelief(k, n int) belief { return belief{float64(k) + 0.5, float64(n-k) + 0.5} }

func (d belief) mean() float64 { return d.a / (d.a + d.b) }

func (d belief) interval(level float64) describe.Interval {
	p := (1 - level) / 2
	return describe.Interval{Low: tail.BetaQuantile(p, d.a, d.b), High: 1 - tail.BetaQuantile(p, d.b, d.a)}
}

// below returns P(d < e + shift): d's distribution function averaged over e by Gauss–Legendre quadrature in panels. With y = sin²θ the
// density of e is smooth also where a Beta with half a count is infinite.
func (d belief) below(e belief, shift float64) float64 {
	la, _ := math.Lgamma(e.a)
	lb, _ := math.Lgamma(e.b)
	lab, _ := math.Lgamma(e.a + e.b)
	f := func(theta float64) float64 {
		s, c := math.Sincos(theta)
		density := 2 * math.Exp(lab-la-lb+(2*e.a-1)*math.Log(s)+(2*e.b-1)*math.Log(c))
		return density * tail.Beta(s*s+shift, d.a, d.b)
	}
	lo := math.Asin(math.Sqrt(tail.BetaQuantile(1e-16, e.a, e.b)))
	hi := math.Acos(math.Sqrt(tail.BetaQuantile(1e-16, e.b, e.a)))
	cuts := []float64{lo, hi} // and where the distribution function has a corner
	for _, y := range []float64{-shift, 1 - shift} {
		if y > 0 && y < 1 {
			if t := math.Asin(math.Sqrt(y)); t > lo && t < hi {
				cuts = []float64{lo, t, hi}
			}
		}
	}
	sum := 0.0
	const panels = 12
	for i := range len(cuts) - 1 {
		from, width := cuts[i], cuts[i+1]-cuts[i]
		g := func(phi float64) float64 { // crowds the points at both ends, where the distribution function may rise as a square root
			s, c := math.Sincos(phi)
			return f(from+width*s*s) * 2 * width * s * c
		}
		for k := range panels {
			step := math.Pi / 2 / panels
			sum += quad.Fixed(g, step*float64(k), step*float64(k+1), 20, quad.Legendre{}, 0)
		}
	}
	return min(1, max(0, sum))
}

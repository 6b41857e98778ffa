// Package compare provides tests and intervals for differences between designs: paired and unpaired proportions, ranks,
// means, margins and multiplicity.
package compare

import (
	"errors"
	"fmt"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Paired is a 2×2 table of the same people under two conditions.
type Paired struct{ Both, First, Second, Neither int }

// largest is the largest count accepted anywhere: sums of a few stay exact and nothing overflows.
const largest = 1_000_000_000

// N returns the number of pairs.
func (t Paired) N() int { return t.Both + t.First + t.Second + t.Neither }

// Check refuses negative counts and an empty table.
func (t Paired) Check() error {
	for _, c := range []int{t.Both, t.First, t.Second, t.Neither} {
		if c < 0 {
			return fmt.Errorf("check paired table: count %d is negative", c)
		}
		if c > largest {
			return fmt.Errorf("check paired table: count %d is beyond belief (up to %d)", c, largest)
		}
	}
	if t.N() == 0 {
		return errors.New("check paired table: all four counts are zero, there is nobody to compare")
	}
	return nil
}

// NewPaired counts pairs of yes/no outcomes of equal length.
func NewPaired(first, second []bool) (Paired, error) {
	if len(first) != len(second) {
		return Paired{}, fmt.Errorf("count pairs: %d first and %d second outcomes", len(first), len(second))
	}
	var t Paired
	for i := range first {
		switch {
		case first[i] && second[i]:
			t.Both++
		case first[i]:
			t.First++
		case second[i]:
			t.Second++
		default:
			t.Neither++
		}
	}
	return t, t.Check()
}

// McNemar is the whole family for one paired table. All p values are two-sided. Chi-squared values are NaN when no pair
// differs; the exact p values are then 1.
type McNemar struct {
	N           int
	Difference  float64 // share of the first minus share of the second
	Chi2        float64 // (b-c)²/(b+c), McNemar 1947
	PChi2       float64
	Chi2CC      float64 // with Edwards' correction, as R's mcnemar.test
	PChi2CC     float64
	PExact      float64 // binomial, twice the smaller tail
	PMidP       float64 // Fagerland, Lydersen & Laake 2013
	Wald        describe.Interval
	Newcombe    describe.Interval // 1998, method 10: square and add with corrected phi
	Tango       describe.Interval // 1998, score
	BonettPrice describe.Interval // 2012, Laplace adjusted Wald
}

// NewMcNemar computes the family at a confidence level.
func NewMcNemar(t Paired, level float64) (McNemar, error) {
	if err := t.Check(); err != nil {
		return McNemar{}, err
	}
	if err := describe.CheckLevel(level); err != nil {
		return McNemar{}, err
	}
	b, c, n := float64(t.First), float64(t.Second), float64(t.N())
	m := McNemar{N: t.N(), Difference: (b - c) / n}
	corrected := max(0, math.Abs(b-c)-1)
	m.Chi2, m.Chi2CC = (b-c)*(b-c)/(b+c), corrected*corrected/(b+c)
	m.PChi2, m.PChi2CC = tail.ChiSquared(m.Chi2, 1), tail.ChiSquared(m.Chi2CC, 1)
	m.PExact, m.PMidP = ExactPaired(t.First, t.Second)
	z := tail.Z(level)
	m.Wald = pairedWald(b, c, n, z)
	m.BonettPrice = pairedWald(b+1, c+1, n+2, z)
	m.Newcombe = pairedNewcombe(t, level)
	m.Tango = pairedTango(b, c, n, z)
	return m, nil
}

// ExactPaired returns the exact conditional p and the mid-p of b against c discordant pairs, both two-sided.
func ExactPaired(b, c int) (exact, mid float64) {
	if b+c == 0 {
		return 1, 1
	}
	point := tail.BinomialPoint(b, b+c, 0.5)
	if b == c {
		return 1, 1 - point/2
	}
	exact = 2 * tail.BinomialLower(min(b, c), b+c, 0.5)
	return min(1, exact), exact - point
}

func pairedWald(b, c, n, z float64) describe.Interval {
	d := (b - c) / n
	h := z * math.Sqrt((b+c-(b-c)*(b-c)/n)/n/n)
	return describe.Interval{Low: max(-1, d-h), High: min(1, d+h)}
}

func pairedNewcombe(t Paired, level float64) describe.Interval {
	a, b, c, d := float64(t.Both), float64(t.First), float64(t.Second), float64(t.Neither)
	n := a + b + c + d
	w1, _ := describe.Wilson(t.Both+t.First, t.N(), level)
	w2, _ := describe.Wilson(t.Both+t.Second, t.N(), level)
	p1, p2 := (a+b)/n, (a+c)/n
	num := a*d - b*c
	if num > 0 {
		num = max(0, num-n/2)
	}
	phi := 0.0
	if den := math.Sqrt(a+b) * math.Sqrt(c+d) * math.Sqrt(a+c) * math.Sqrt(b+d); den > 0 {
		phi = num / den
	}
	l1, u1, l2, u2 := p1-w1.Low, w1.High-p1, p2-w2.Low, w2.High-p2
	low := math.Sqrt(max(0, l1*l1-2*phi*l1*u2+u2*u2))
	high := math.Sqrt(max(0, u1*u1-2*phi*u1*l2+l2*l2))
	return describe.Interval{Low: max(-1, p1-p2-low), High: min(1, p1-p2+high)}
}

// TangoZ is Tango's score statistic for the hypothesis that the difference is delta, in (-1, 1).
func TangoZ(t Paired, delta float64) float64 {
	return tangoZ(float64(t.First), float64(t.Second), float64(t.N()), delta)
}

func tangoZ(b, c, n, delta float64) float64 {
	num := b - c - n*delta
	q := -b - c + (2*n-b+c)*delta
	r := -c * delta * (1 - delta)
	p21 := (math.Sqrt(max(0, q*q-8*n*r)) - q) / (4 * n)
	v := n * (2*p21 + delta*(1-delta))
	if num == 0 {
		return 0
	}
	return num / math.Sqrt(max(v, 0))
}

func pairedTango(b, c, n, z float64) describe.Interval {
	d := (b - c) / n
	edge := 1 - 1e-15
	low := tail.Root(func(x float64) float64 { return tangoZ(b, c, n, x) - z }, -edge, d)
	high := tail.Root(func(x float64) float64 { return tangoZ(b, c, n, x) + z }, d, edge)
	if b == n {
		high = 1
	}
	if c == n {
		low = -1
	}
	return describe.Interval{Low: low, High: high}
}

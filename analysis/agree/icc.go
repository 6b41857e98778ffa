package agree

import (
	"errors"
	"fmt"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Correlation is one intraclass correlation with its F test against zero (upper tail) and F-based interval.
type Correlation struct {
	ICC         float64
	CI          describe.Interval
	F, DF1, DF2 float64
	P           float64
}

// ICC holds the six intraclass correlations of Shrout & Fleiss 1979, with the intervals of McGraw & Wong 1996: one-way random (1),
// two-way random, absolute agreement (2), two-way mixed, consistency (3), each for a single rating and for the mean of k.
type ICC struct {
	One, Two, Three, OneK, TwoK, ThreeK Correlation
	N, K, Dropped                       int // units used, raters, units with a missing rating
	Note                                string
}

// NewICC computes all six. x[i][j] is what rater j gave unit i; units with NaN are left out.
func NewICC(x [][]float64, level float64) (ICC, error) {
	if err := describe.CheckLevel(level); err != nil {
		return ICC{}, err
	}
	r := ICC{}
	var rows [][]float64
	for i, row := range x {
		if len(row) != len(x[0]) || len(row) < 2 {
			return r, fmt.Errorf("compute ICC: unit %d has %d ratings; each needs the same number, at least 2", i+1, len(row))
		}
		full := true
		for _, v := range row {
			if math.IsInf(v, 0) {
				return r, fmt.Errorf("compute ICC: unit %d has an infinite rating", i+1)
			}
			full = full && !math.IsNaN(v)
		}
		if full {
			rows = append(rows, row)
		} else {
			r.Dropped++
		}
	}
	if len(rows) < 2 {
		return r, fmt.Errorf("compute ICC: %d complete units; at least 2 are needed", len(rows))
	}
	r.N, r.K = len(rows), len(rows[0])
	s, err := squares(rows)
	if err != nil {
		return r, err
	}
	s.fill(&r, (1-level)/2)
	if s.error == 0 {
		r.Note = "raters differ by constants only: consistency is perfect and its F infinite"
	}
	return r, nil
}

// meanSquares of the two-way table: units, raters, error, and within units.
type meanSquares struct{ units, raters, error, within, n, k float64 }

func squares(rows [][]float64) (meanSquares, error) {
	n, k := float64(len(rows)), float64(len(rows[0]))
	grand := 0.0
	for _, row := range rows {
		for _, v := range row {
			grand += v / (n * k)
		}
	}
	cols := make([]float64, len(rows[0]))
	var ssUnits, ssTotal, ssRaters float64
	for _, row := range rows {
		m := 0.0
		for j, v := range row {
			d := v - grand
			m += d / k
			cols[j] += d / n
			ssTotal += d * d
		}
		ssUnits += k * m * m
	}
	for _, c := range cols {
		ssRaters += n * c * c
	}
	if ssTotal == 0 || ssTotal < 1e-24*grand*grand*n*k {
		return meanSquares{}, errors.New("compute ICC: all ratings are the same, so there is nothing to correlate")
	}
	ssError := ssTotal - ssUnits - ssRaters
	if ssError < 1e-13*ssTotal {
		ssError = 0
	}
	s := meanSquares{units: ssUnits / (n - 1), raters: ssRaters / (k - 1), n: n, k: k}
	s.error = ssError / ((n - 1) * (k - 1))
	s.within = (ssError + ssRaters) / (n * (k - 1))
	return s, nil
}

func (s meanSquares) fill(r *ICC, a float64) {
	n, k := s.n, s.k
	d1, dw, de := n-1, n*(k-1), (n-1)*(k-1)
	test := func(icc, f, df2 float64) Correlation {
		return Correlation{ICC: icc, F: f, DF1: d1, DF2: df2, P: tail.F(f, d1, df2)}
	}
	fw, fe := s.units/s.within, s.units/s.error
	r.One = test((s.units-s.within)/(s.units+(k-1)*s.within), fw, dw)
	r.OneK = test((s.units-s.within)/s.units, fw, dw)
	r.Two = test((s.units-s.error)/(s.units+(k-1)*s.error+k*(s.raters-s.error)/n), fe, de)
	r.TwoK = test((s.units-s.error)/(s.units+(s.raters-s.error)/n), fe, de)
	r.Three = test((s.units-s.error)/(s.units+(k-1)*s.error), fe, de)
	r.ThreeK = test((s.units-s.error)/s.units, fe, de)
	ends := func(f, df2 float64, single, mean *Correlation) {
		low, high := f/tail.FQuantile(1-a, d1, df2), f*tail.FQuantile(1-a, df2, d1)
		if math.IsInf(f, 1) {
			single.CI, mean.CI = describe.Interval{Low: 1, High: 1}, describe.Interval{Low: 1, High: 1}
			return
		}
		single.CI = describe.Interval{Low: (low - 1) / (low + k - 1), High: (high - 1) / (high + k - 1)}
		mean.CI = describe.Interval{Low: 1 - 1/low, High: 1 - 1/high}
	}
	ends(fw, dw, &r.One, &r.OneK)
	ends(fe, de, &r.Three, &r.ThreeK)
	s.agreementEnds(r, a)
}

// agreementEnds sets the intervals of ICC(2,1) and ICC(2,k), with Satterthwaite's degrees of freedom for the mixture of rater and
// error variance.
func (s meanSquares) agreementEnds(r *ICC, a float64) {
	n, k, icc := s.n, s.k, r.Two.ICC
	if s.error == 0 && s.raters == 0 {
		r.Two.CI, r.TwoK.CI = describe.Interval{Low: 1, High: 1}, describe.Interval{Low: 1, High: 1}
		return
	}
	// v = (a·MSR + b·MSE)² / …, with everything divided by MSE so that a perfect consistency stays finite
	p, q := k*icc*s.raters, (n*(1+(k-1)*icc)-k*icc)*s.error
	v := (k - 1) * (n - 1) * (p + q) * (p + q) / ((n-1)*p*p + q*q)
	if !(v > 0) {
		v = (n - 1) * (k - 1)
	}
	fu, fl := tail.FQuantile(1-a, n-1, v), tail.FQuantile(1-a, v, n-1)
	mix := k*s.raters + (k*n-k-n)*s.error
	low := n * (s.units - fu*s.error) / (fu*mix + n*s.units)
	high := n * (fl*s.units - s.error) / (mix + n*fl*s.units)
	r.Two.CI = describe.Interval{Low: low, High: high}
	step := func(x float64) float64 { return x * k / (1 + x*(k-1)) }
	r.TwoK.CI = describe.Interval{Low: step(low), High: step(high)}
}

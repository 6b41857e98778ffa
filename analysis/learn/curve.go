// Package learn fits curves of practice: how a time falls from trial to trial.
package learn

import (
	"errors"
	"fmt"
	"math"

	"pumplab/analysis/tail"
)

// Shape is a family of curves of a trial number n = 1, 2, …
type Shape string

// The shapes. Exponential fits single persons, power the mean of a group (Heathcote, Brown & Mewhort 2000).
const (
	Exponential Shape = "exponential" // A + B·exp(-C·(n-1))
	Power       Shape = "power"       // A + B·n^-C
)

// Curve is a fitted curve: asymptote A ≥ 0, gain B ≥ 0 (what practice takes off the first trial) and rate C > 0.
type Curve struct {
	Shape        Shape
	A, B, C      float64
	SE           [3]float64 // Gauss-Newton standard errors of A, B, C; NaN at a boundary or without spare data
	SSE, R2      float64
	AIC          float64 // of normal errors, with four parameters (A, B, C, σ); NaN for a perfect fit
	N            int
	Flat, Linear bool   // no learning seen; still falling in a straight line, so A is not known
	Note         string // the same in words
}

// At returns the fitted value at trial n.
func (c Curve) At(n float64) float64 { return c.A + c.B*c.Shape.base(n, c.C) }

// TrialsTo returns the trial by which the share (0 to 1) of the gain has been made: 0.9 asks when 90 % of what can be learnt is learnt.
func (c Curve) TrialsTo(share float64) float64 {
	if c.Flat || !(share >= 0 && share < 1) {
		return math.NaN()
	}
	if c.Shape == Power {
		return math.Pow(1-share, -1/c.C)
	}
	return 1 - math.Log1p(-share)/c.C
}

func (s Shape) base(n, rate float64) float64 {
	if s == Power {
		return math.Pow(n, -rate)
	}
	return math.Exp(-rate * (n - 1))
}

func (s Shape) slope(n, rate float64) float64 {
	if s == Power {
		return -math.Log(n) * math.Pow(n, -rate)
	}
	return -(n - 1) * math.Exp(-rate*(n-1))
}

// Fit finds the least-squares curve through times y at trials n by variable projection: A and B are linear given C, which is searched on
// a grid and polished. Rows with a missing time are left out.
func Fit(shape Shape, n, y []float64) (Curve, error) {
	if shape != Exponential && shape != Power {
		return Curve{}, fmt.Errorf("fit learning curve: unknown shape %q; exponential and power are known", shape)
	}
	if len(n) != len(y) {
		return Curve{}, fmt.Errorf("fit learning curve: %d trials and %d times", len(n), len(y))
	}
	d := data{shape: shape}
	levels := map[float64]bool{}
	for i := range n {
		if math.IsNaN(y[i]) {
			continue
		}
		if !(n[i] >= 1) || math.IsInf(n[i], 0) || math.IsInf(y[i], 0) {
			return Curve{}, fmt.Errorf("fit learning curve: row %d has trial %g and time %g; trials count from 1", i+1, n[i], y[i])
		}
		d.n, d.y = append(d.n, n[i]), append(d.y, y[i])
		levels[n[i]] = true
	}
	if len(levels) < 4 {
		return Curve{}, fmt.Errorf("fit learning curve: %d different trials; at least 4 are needed for three parameters", len(levels))
	}
	return d.fit()
}

type data struct {
	shape Shape
	n, y  []float64
}

// Range of C searched: from a curve that is a straight line over the trials to one that is over after the first.
const (
	slowest = -7.0 // natural logarithms
	fastest = 3.0
)

func (d data) fit() (Curve, error) {
	mean, total := 0.0, 0.0
	for _, v := range d.y {
		mean += v / float64(len(d.y))
	}
	for _, v := range d.y {
		total += (v - mean) * (v - mean)
	}
	c := Curve{Shape: d.shape, N: len(d.y), SE: [3]float64{math.NaN(), math.NaN(), math.NaN()}}
	if total <= 1e-24*mean*mean*float64(len(d.y)) {
		c.A, c.Flat, c.AIC, c.R2 = mean, true, math.NaN(), math.NaN()
		c.Note = "all times are the same: there is no learning to describe"
		return c, nil
	}
	const steps = 400
	best, at := math.Inf(1), 0
	for i := 0; i <= steps; i++ {
		if s := d.sse(grid(i, steps)); s < best {
			best, at = s, i
		}
	}
	logC := d.golden(grid(max(0, at-1), steps), grid(min(steps, at+1), steps))
	c.A, c.B, c.SSE = d.project(math.Exp(logC))
	c.C = math.Exp(logC)
	c.R2 = 1 - c.SSE/total
	k := float64(len(d.y))
	c.AIC = math.NaN()
	if c.SSE > 1e-20*total {
		c.AIC = k*math.Log(c.SSE/k) + k*(1+math.Log(2*math.Pi)) + 8
	}
	switch {
	case c.B == 0:
		c.Flat, c.Note = true, "times do not fall with practice"
	case at == 0 || c.A == 0:
		c.Linear, c.Note = true, "times are still falling at the last trial, so the asymptote is not known"
	default:
		d.errors(&c)
	}
	return c, nil
}

func grid(i, steps int) float64 { return slowest + (fastest-slowest)*float64(i)/float64(steps) }

func (d data) sse(logC float64) float64 {
	_, _, s := d.project(math.Exp(logC))
	return s
}

// project returns the best A ≥ 0 and B ≥ 0 for a rate, and the sum of squares left.
func (d data) project(rate float64) (a, b, sse float64) {
	var k, sx, sy, sxx, sxy float64
	for i, n := range d.n {
		x := d.shape.base(n, rate)
		k, sx, sy, sxx, sxy = k+1, sx+x, sy+d.y[i], sxx+x*x, sxy+x*d.y[i]
	}
	cxx, cxy := sxx-sx*sx/k, sxy-sx*sy/k
	if cxx > 1e-300 {
		b = cxy / cxx
	}
	if b < 0 {
		b = 0
	}
	if a = (sy - b*sx) / k; a < 0 {
		a, b = 0, math.Max(0, sxy/sxx)
	}
	for i, n := range d.n {
		r := d.y[i] - a - b*d.shape.base(n, rate)
		sse += r * r
	}
	return a, b, sse
}

// golden narrows the minimum between lo and hi, then solves for the zero of the derivative.
func (d data) golden(lo, hi float64) float64 {
	const g = 0.6180339887498949
	x1, x2 := hi-g*(hi-lo), lo+g*(hi-lo)
	f1, f2 := d.sse(x1), d.sse(x2)
	for range 60 {
		if f1 < f2 {
			hi, x2, f2 = x2, x1, f1
			x1 = hi - g*(hi-lo)
			f1 = d.sse(x1)
		} else {
			lo, x1, f1 = x1, x2, f2
			x2 = lo + g*(hi-lo)
			f2 = d.sse(x2)
		}
	}
	mid := (lo + hi) / 2
	slope := func(logC float64) float64 {
		c := math.Exp(logC)
		a, b, _ := d.project(c)
		s := 0.0
		for i, n := range d.n {
			s -= (d.y[i] - a - b*d.shape.base(n, c)) * b * d.shape.slope(n, c)
		}
		return s
	}
	const near = 1e-4
	if slope(mid-near) < 0 && slope(mid+near) > 0 {
		return tail.Root(slope, mid-near, mid+near)
	}
	return mid
}

// errors sets the Gauss-Newton standard errors.
func (d data) errors(c *Curve) {
	df := float64(len(d.y) - 3)
	if df < 1 {
		return
	}
	var m [3][3]float64
	for _, n := range d.n {
		x := d.shape.base(n, c.C)
		j := [3]float64{1, x, c.B * d.shape.slope(n, c.C)}
		for a := range 3 {
			for b := range 3 {
				m[a][b] += j[a] * j[b]
			}
		}
	}
	inv, err := invert(m)
	if err != nil {
		return
	}
	for a := range 3 {
		c.SE[a] = math.Sqrt(inv[a][a] * c.SSE / df)
	}
}

// invert returns the inverse of a symmetric positive matrix by cofactors.
func invert(m [3][3]float64) (inv [3][3]float64, err error) {
	cof := func(i, j int) float64 {
		a, b, c, d := (i+1)%3, (i+2)%3, (j+1)%3, (j+2)%3
		return m[a][c]*m[b][d] - m[a][d]*m[b][c]
	}
	det := m[0][0]*cof(0, 0) + m[0][1]*cof(0, 1) + m[0][2]*cof(0, 2)
	if !(det > 1e-12*m[0][0]*m[1][1]*m[2][2]) {
		return inv, errors.New("invert matrix: singular")
	}
	for i := range 3 {
		for j := range 3 {
			inv[j][i] = cof(i, j) / det
		}
	}
	return inv, nil
}

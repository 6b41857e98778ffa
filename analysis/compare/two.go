package compare

import (
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Two are events among trials in two separate groups.
type Two struct{ K1, N1, K2, N2 int }

// Check refuses counts that cannot be.
func (t Two) Check() error {
	if err := describe.CheckCount(t.K1, t.N1); err != nil {
		return err
	}
	return describe.CheckCount(t.K2, t.N2)
}

// TwoProportions compares two separate groups. The p values are two-sided.
type TwoProportions struct {
	Difference        float64           // share of the first minus share of the second
	Newcombe          describe.Interval // hybrid score, Newcombe 1998 method 10
	MiettinenNurminen describe.Interval // score with the N/(N-1) factor, 1985
	Chi2, P           float64           // score test without correction: R's prop.test(correct=FALSE); NaN when nobody or everybody has the event
	PMN               float64           // the same with the N/(N-1) factor: agrees with the Miettinen–Nurminen interval
}

// NewTwoProportions computes difference, intervals and score test.
func NewTwoProportions(t Two, level float64) (TwoProportions, error) {
	if err := t.Check(); err != nil {
		return TwoProportions{}, err
	}
	if err := describe.CheckLevel(level); err != nil {
		return TwoProportions{}, err
	}
	z := tail.Z(level)
	p1, p2 := float64(t.K1)/float64(t.N1), float64(t.K2)/float64(t.N2)
	r := TwoProportions{Difference: p1 - p2, Newcombe: newcombe(t, level), MiettinenNurminen: miettinenNurminen(t, z)}
	n := float64(t.N1 + t.N2)
	zMN := ScoreZ(t, 0)
	r.PMN = tail.NormalTwoSided(zMN)
	r.Chi2 = zMN * zMN * n / (n - 1)
	r.P = tail.ChiSquared(r.Chi2, 1)
	if k := t.K1 + t.K2; k == 0 || k == t.N1+t.N2 {
		r.Chi2, r.P, r.PMN = math.NaN(), math.NaN(), math.NaN()
	}
	return r, nil
}

func newcombe(t Two, level float64) describe.Interval {
	w1, _ := describe.Wilson(t.K1, t.N1, level)
	w2, _ := describe.Wilson(t.K2, t.N2, level)
	p1, p2 := float64(t.K1)/float64(t.N1), float64(t.K2)/float64(t.N2)
	return describe.Interval{
		Low:  max(-1, p1-p2-math.Hypot(p1-w1.Low, w2.High-p2)),
		High: min(1, p1-p2+math.Hypot(w1.High-p1, p2-w2.Low)),
	}
}

// ScoreZ is Miettinen & Nurminen's score statistic (with the N/(N-1) factor) for the hypothesis p1 - p2 = delta.
func ScoreZ(t Two, delta float64) float64 {
	n1, n2 := float64(t.N1), float64(t.N2)
	d := float64(t.K1)/n1 - float64(t.K2)/n2 - delta
	p1, p2 := constrained(t, delta)
	v := (p1*(1-p1)/n1 + p2*(1-p2)/n2) * (n1 + n2) / (n1 + n2 - 1)
	if math.Abs(d) < 1e-15 {
		return 0
	}
	return d / math.Sqrt(max(v, 0))
}

// constrained returns the maximum-likelihood shares given p1 - p2 = delta: the closed form of the cubic in the
// appendix of Miettinen & Nurminen 1985 (also Farrington & Manning 1990), polished by a Newton step.
func constrained(t Two, delta float64) (p1, p2 float64) {
	n1, n2, k1, k2 := float64(t.N1), float64(t.N2), float64(t.K1), float64(t.K2)
	if delta == 0 {
		p := (k1 + k2) / (n1 + n2)
		return p, p
	}
	// cubic in p2: l3 p³ + l2 p² + l1 p + l0
	l3 := n1 + n2
	l2 := (n1+2*n2)*delta - l3 - k1 - k2
	l1 := (n2*delta-l3-2*k2)*delta + k1 + k2
	l0 := k2 * delta * (1 - delta)
	q := math.Pow(l2/(3*l3), 3) - l1*l2/(6*l3*l3) + l0/(2*l3)
	u := math.Sqrt(max(0, math.Pow(l2/(3*l3), 2)-l1/(3*l3)))
	u = math.Copysign(u, q)
	w := math.Pi / 3
	if u != 0 {
		w = (math.Pi + math.Acos(min(1, max(-1, q/(u*u*u))))) / 3
	}
	p2 = 2*u*math.Cos(w) - l2/(3*l3)
	lo, hi := max(0, -delta), min(1, 1-delta)
	for range 3 {
		slope := (3*l3*p2+2*l2)*p2 + l1
		step := (((l3*p2+l2)*p2+l1)*p2 + l0) / slope
		if next := p2 - step; slope != 0 && math.Abs(step) < 1e-4 && next >= lo && next <= hi {
			p2 = next
		}
	}
	p2 = min(hi, max(lo, p2))
	return p2 + delta, p2
}

func miettinenNurminen(t Two, z float64) describe.Interval {
	d := float64(t.K1)/float64(t.N1) - float64(t.K2)/float64(t.N2)
	edge := 1 - 1e-14
	i := describe.Interval{Low: -1, High: 1}
	if d > -1 {
		i.Low = tail.Root(func(x float64) float64 { return ScoreZ(t, x) - z }, -edge, d)
	}
	if d < 1 {
		i.High = tail.Root(func(x float64) float64 { return ScoreZ(t, x) + z }, d, edge)
	}
	return i
}

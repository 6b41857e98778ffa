package power

import (
	"fmt"
	"math"

	"pumplab/analysis/tail"
)

// Spending says how much of the error rate may be used up by a share t (0 to 1) of the planned information (Lan & DeMets 1983).
type Spending string

// The spending functions.
const (
	OBrienFleming Spending = "obrien-fleming" // 2 - 2·Φ(z(α/2)/√t), or its one-sided like
	Pocock        Spending = "pocock"         // α·log(1 + (e-1)·t)
)

// Look is one interim analysis of a sequential study.
type Look struct {
	Information float64 // share of the plan, 0 to 1
	Z           float64 // stop when the statistic is at or beyond ±Z (or +Z when one-sided)
	Nominal     float64 // p value, of the same number of sides, that Z stands for
	Spent       float64 // error rate used up to and with this look
}

// Sequential returns the boundaries of looks at rising shares of information, the last usually 1.
func Sequential(information []float64, alpha float64, sides int, how Spending) ([]Look, error) {
	if err := checkAlpha(alpha, sides); err != nil {
		return nil, err
	}
	if how != OBrienFleming && how != Pocock {
		return nil, fmt.Errorf("plan looks: unknown spending %q; obrien-fleming and pocock are known", how)
	}
	last := 0.0
	for i, t := range information {
		if !(t > last+1e-9 && t <= 1) {
			return nil, fmt.Errorf("plan looks: look %d is at %g of the information; shares rise to at most 1", i+1, t)
		}
		last = t
	}
	looks := make([]Look, len(information))
	g := grid{}
	side := alpha / float64(sides)
	spent := 0.0
	for i, t := range information {
		total := how.spent(side, t)
		l := Look{Information: t, Spent: total * float64(sides)}
		dt := t
		if i > 0 {
			dt = t - information[i-1]
		}
		l.Z = g.boundary(total-spent, t, dt)
		l.Nominal = tail.Normal(l.Z) * float64(sides)
		looks[i] = l
		spent = total
		g = g.next(l.Z, t, dt, sides)
	}
	return looks, nil
}

// spent is the error rate of one side used at share t.
func (s Spending) spent(alpha, t float64) float64 {
	if s == Pocock {
		return alpha * math.Log1p((math.E-1)*t)
	}
	return 2 * tail.Normal(-tail.NormalQuantile(alpha/2)/math.Sqrt(t))
}

// grid holds the density of the score process S(t) = Z·√t on the region where the study goes on; empty before the first look, where S = 0.
type grid struct{ s, w []float64 } // points, and density times quadrature weight

// beyond is the chance that S, after an increment of variance dt, is at or above c.
func (g grid) beyond(c, dt float64) float64 {
	sd := math.Sqrt(dt)
	if g.s == nil {
		return tail.Normal(c / sd)
	}
	p := 0.0
	for i, s := range g.s {
		p += g.w[i] * tail.Normal((c-s)/sd)
	}
	return p
}

// boundary is the z whose crossing from below has the chance p.
func (g grid) boundary(p, t, dt float64) float64 {
	return tail.Root(func(z float64) float64 { return math.Log(p) - math.Log(g.beyond(z*math.Sqrt(t), dt)) }, -2, 30)
}

// next is the density on the region inside the boundary after the look, by Simpson's rule.
func (g grid) next(z, t, dt float64, sides int) grid {
	const n = 1200
	hi := z * math.Sqrt(t)
	lo := -hi
	if sides == 1 {
		lo = math.Min(-hi, 0) - 9*math.Sqrt(t)
	}
	if limit := 10 * math.Sqrt(t); hi > limit {
		hi, lo = limit, math.Max(lo, -limit)
	}
	sd, h := math.Sqrt(dt), (hi-lo)/n
	out := grid{make([]float64, n+1), make([]float64, n+1)}
	normal := func(x float64) float64 { return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) / sd }
	for k := range out.s {
		s, f := lo+h*float64(k), 0.0
		if g.s == nil {
			f = normal(s / sd)
		}
		for i, from := range g.s {
			f += g.w[i] * normal((s-from)/sd)
		}
		weight := 2.0 + 2*float64(k%2)
		if k == 0 || k == n {
			weight = 1
		}
		out.s[k], out.w[k] = s, f*weight*h/3
	}
	return out
}

package compare

import (
	"errors"
	"fmt"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Side says which alternative a test has.
type Side string

// The sides, with R's meaning for the odds ratio or difference.
const (
	TwoSided Side = "two-sided"
	Less     Side = "less"
	Greater  Side = "greater"
)

// ParseSide reads a side; R's shortenings and the empty word (two-sided) are understood.
func ParseSide(s string) (Side, error) {
	switch s {
	case "", "two-sided", "two.sided", "two", "both":
		return TwoSided, nil
	case "less", "lower", "left":
		return Less, nil
	case "greater", "upper", "right":
		return Greater, nil
	}
	return "", fmt.Errorf("read side: %q is not two-sided, less or greater", s)
}

// Fisher is the exact test of a 2×2 table [a b; c d] given its margins, as R's fisher.test: p by the sum of tables no more
// likely than the one seen (two-sided), conditional maximum-likelihood odds ratio and its exact interval. An infinite odds
// ratio or end is +Inf; a table with an empty row or column says nothing: p is 1, the odds ratio NaN.
type Fisher struct {
	P         float64
	OddsRatio float64
	CI        describe.Interval
	Side      Side
	Note      string
}

// hyper is the noncentral hypergeometric family of one table: log weights of a = lo … hi.
type hyper struct {
	lo, x int
	logw  []float64
}

// NewFisher computes the test.
func NewFisher(a, b, c, d int, side Side, level float64) (Fisher, error) {
	if err := describe.CheckLevel(level); err != nil {
		return Fisher{}, err
	}
	for _, v := range []int{a, b, c, d} {
		if v < 0 {
			return Fisher{}, fmt.Errorf("compute Fisher's test: count %d is negative", v)
		}
	}
	if a+b+c+d == 0 {
		return Fisher{}, errors.New("compute Fisher's test: all four counts are zero")
	}
	if max(a, b, c, d) > largest || min(a+b, c+d, a+c, b+d) > 2e6 {
		return Fisher{}, errors.New("compute Fisher's test: counts in the millions are beyond an exact test; compare the two proportions instead")
	}
	h := newHyper(a, b, c, d)
	f := Fisher{Side: side, P: h.p(side)}
	if len(h.logw) == 1 {
		f.P, f.OddsRatio, f.CI = 1, math.NaN(), describe.Interval{Low: 0, High: math.Inf(1)}
		f.Note = "a row or a column is empty, so the table says nothing about the odds ratio"
		return f, nil
	}
	f.OddsRatio = h.mle()
	alpha := 1 - level
	switch side {
	case Less:
		f.CI = describe.Interval{Low: 0, High: h.upper(alpha)}
	case Greater:
		f.CI = describe.Interval{Low: h.lower(alpha), High: math.Inf(1)}
	default:
		f.CI = describe.Interval{Low: h.lower(alpha / 2), High: h.upper(alpha / 2)}
	}
	if math.IsInf(f.OddsRatio, 1) {
		f.Note = "the odds ratio is infinite (no second-row event or no first-row non-event)"
	}
	return f, nil
}

func newHyper(a, b, c, d int) hyper {
	m, n, k := a+c, b+d, a+b // column totals and first row, as R
	h := hyper{lo: max(0, k-n), x: a}
	hi := min(k, m)
	for i := h.lo; i <= hi; i++ {
		h.logw = append(h.logw, tail.LogChoose(m, i)+tail.LogChoose(n, k-i))
	}
	return h
}

// sum returns Σ weight·ω^i over the tables chosen, as the logarithm.
func (h hyper) sum(logOmega float64, use func(i int) bool) float64 {
	top := math.Inf(-1)
	for j, w := range h.logw {
		if use(j + h.lo) {
			top = max(top, w+float64(j+h.lo)*logOmega)
		}
	}
	if math.IsInf(top, -1) {
		return top
	}
	s := 0.0
	for j, w := range h.logw {
		if use(j + h.lo) {
			s += math.Exp(w + float64(j+h.lo)*logOmega - top)
		}
	}
	return top + math.Log(s)
}

func all(int) bool { return true }

func (h hyper) p(side Side) float64 {
	use := func(i int) bool { return h.logw[i-h.lo] <= h.logw[h.x-h.lo]+math.Log1p(1e-7) }
	switch side {
	case Less:
		use = func(i int) bool { return i <= h.x }
	case Greater:
		use = func(i int) bool { return i >= h.x }
	}
	return min(1, math.Exp(h.sum(0, use)-h.sum(0, all)))
}

// mle solves E[a; ω] = a.
func (h hyper) mle() float64 {
	hi := h.lo + len(h.logw) - 1
	if h.x == h.lo {
		return 0
	}
	if h.x == hi {
		return math.Inf(1)
	}
	mean := func(logOmega float64) float64 {
		top := math.Inf(-1)
		for j, w := range h.logw {
			top = max(top, w+float64(j)*logOmega)
		}
		s, sx := 0.0, 0.0
		for j, w := range h.logw {
			e := math.Exp(w + float64(j)*logOmega - top)
			s += e
			sx += e * float64(j+h.lo-h.x)
		}
		return sx / s
	}
	return math.Exp(tail.Root(mean, -60, 60))
}

// lower is the ω at which P(A ≥ a) = alpha.
func (h hyper) lower(alpha float64) float64 {
	if h.x == h.lo {
		return 0
	}
	use := func(i int) bool { return i >= h.x }
	return math.Exp(tail.Root(func(t float64) float64 { return h.sum(t, use) - h.sum(t, all) - math.Log(alpha) }, -80, 80))
}

// upper is the ω at which P(A ≤ a) = alpha.
func (h hyper) upper(alpha float64) float64 {
	if h.x == h.lo+len(h.logw)-1 {
		return math.Inf(1)
	}
	use := func(i int) bool { return i <= h.x }
	return math.Exp(tail.Root(func(t float64) float64 { return math.Log(alpha) - h.sum(t, use) + h.sum(t, all) }, -80, 80))
}

// Stratum is one 2×2 table [A B; C D] of a stratified comparison.
type Stratum struct{ A, B, C, D float64 }

// MantelHaenszel is the common odds ratio over strata, as R's mantelhaen.test(correct=TRUE) for 2×2×K.
type MantelHaenszel struct {
	OddsRatio      float64
	CI             describe.Interval // Robins, Breslow & Greenland 1986
	Chi2, P        float64           // continuity corrected, two-sided
	Chi2NC, PNC    float64           // without correction
	Strata, Unused int               // strata given; those with an empty margin add nothing
}

// NewMantelHaenszel combines the strata.
func NewMantelHaenszel(strata []Stratum, level float64) (MantelHaenszel, error) {
	if err := describe.CheckLevel(level); err != nil {
		return MantelHaenszel{}, err
	}
	m := MantelHaenszel{Strata: len(strata)}
	var delta, v, sr, ss, prr, psqr, qss float64
	for i, s := range strata {
		n := s.A + s.B + s.C + s.D
		if s.A < 0 || s.B < 0 || s.C < 0 || s.D < 0 || math.IsNaN(n) || math.IsInf(n, 0) {
			return m, fmt.Errorf("compute Mantel-Haenszel: stratum %d has a count that is negative or missing", i+1)
		}
		r1, r2, c1, c2 := s.A+s.B, s.C+s.D, s.A+s.C, s.B+s.D
		if r1*r2*c1*c2 == 0 || n < 2 {
			m.Unused++
			if n < 2 {
				continue
			}
		}
		delta += s.A - r1*c1/n
		v += r1 * r2 * c1 * c2 / (n * n * (n - 1))
		p, q, r, t := (s.A+s.D)/n, (s.B+s.C)/n, s.A*s.D/n, s.B*s.C/n
		sr, ss = sr+r, ss+t
		prr, psqr, qss = prr+p*r, psqr+p*t+q*r, qss+q*t
	}
	if v == 0 {
		return m, errors.New("compute Mantel-Haenszel: no stratum has events and non-events in both groups")
	}
	corr := math.Abs(delta)
	if corr >= 0.5 {
		corr -= 0.5
	}
	m.Chi2, m.Chi2NC = corr*corr/v, delta*delta/v
	m.P, m.PNC = tail.ChiSquared(m.Chi2, 1), tail.ChiSquared(m.Chi2NC, 1)
	m.OddsRatio = sr / ss
	se := math.Sqrt(prr/(2*sr*sr) + psqr/(2*sr*ss) + qss/(2*ss*ss))
	h := tail.Z(level) * se
	m.CI = describe.Interval{Low: m.OddsRatio * math.Exp(-h), High: m.OddsRatio * math.Exp(h)}
	if sr == 0 || ss == 0 {
		m.CI = describe.Interval{Low: math.NaN(), High: math.NaN()}
	}
	return m, nil
}

// FisherP is the p value alone of Fisher's test of a against b of the first row and c against d of the second.
func FisherP(a, b, c, d int, side Side) float64 {
	h := newHyper(a, b, c, d)
	if len(h.logw) == 1 {
		return 1
	}
	return h.p(side)
}

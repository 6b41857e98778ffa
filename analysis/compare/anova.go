package compare

import (
	"fmt"
	"math"
	"strings"

	"pumplab/analysis/tail"

	"gonum.org/v1/gonum/mat"
)

// A Within is a factor measured on everybody, with its number of levels.
type Within struct {
	Name   string
	Levels int
}

// An Effect is one line of a repeated-measures analysis of variance. With two levels there is nothing to correct: both epsilons are 1
// and Mauchly's test is NaN.
type Effect struct {
	Name              string // of the factor, or a:b
	SS, SSError       float64
	DF1, DF2          float64
	F, P              float64 // upper tail, as if sphericity held
	GG, PGG           float64 // Greenhouse & Geisser (1959) epsilon, and p with both df times it
	HF, PHF           float64 // Huynh & Feldt (1976), as R's car has it; above 1 it counts as 1
	Mauchly, PMauchly float64 // test of sphericity (Box's second-order approximation)
	Partial, General  float64 // η² partial, and generalised (Olejnik & Algina 2003, every factor manipulated)
}

// A RepeatedAnova is the analysis of variance of people measured in every combination of the factors.
type RepeatedAnova struct {
	Effects []Effect
	N       int // people
	Dropped int // people left out because something was missing
	Note    string
}

// NewRepeatedAnova analyses rows[i][c], person i in condition c; conditions are the combinations of the factors, the first changing slowest.
func NewRepeatedAnova(rows [][]float64, factors []Within) (RepeatedAnova, error) {
	k := 1
	for _, f := range factors {
		if f.Levels < 2 {
			return RepeatedAnova{}, fmt.Errorf("analyse variance: factor %q has %d level; a factor needs two", f.Name, f.Levels)
		}
		k *= f.Levels
	}
	full, dropped, err := completeRows("analyse variance", rows, 2, 2)
	if err != nil {
		return RepeatedAnova{}, err
	}
	if len(full[0]) != k {
		return RepeatedAnova{}, fmt.Errorf("analyse variance: %d columns, but the factors have %d combinations", len(full[0]), k)
	}
	out := RepeatedAnova{N: len(full), Dropped: dropped}
	all := people(full)
	if math.IsInf(all, 0) || math.IsNaN(all) {
		return out, fmt.Errorf("analyse variance: the numbers are too large to square")
	}
	for bits := 1; bits < 1<<len(factors); bits++ {
		e := newEffect(full, factors, bits)
		out.Effects = append(out.Effects, e)
		all += e.SSError
	}
	for i := range out.Effects {
		e := &out.Effects[i]
		e.Partial, e.General = e.SS/(e.SS+e.SSError), e.SS/(e.SS+all)
		if !(e.SSError > 1e-12*(e.SS+all)) {
			out.Note = "the differences between conditions are the same for everybody, so there is nothing to test them against"
			e.F, e.P, e.PGG, e.PHF = math.NaN(), math.NaN(), math.NaN(), math.NaN()
		}
	}
	return out, nil
}

// people is the sum of squares between people.
func people(rows [][]float64) float64 {
	means, grand, k := make([]float64, len(rows)), 0.0, float64(len(rows[0]))
	for i, r := range rows {
		for _, v := range r {
			means[i] += v / k
		}
		grand += means[i] / float64(len(rows))
	}
	ss := 0.0
	for _, v := range means {
		ss += k * (v - grand) * (v - grand)
	}
	return ss
}

// newEffect tests the interaction of the factors whose bits are set: the means of orthonormal contrasts against their covariance.
func newEffect(rows [][]float64, factors []Within, bits int) Effect {
	basis := mat.NewDense(1, 1, []float64{1})
	var names []string
	for j, f := range factors {
		part := average(f.Levels)
		if bits>>j&1 == 1 {
			part = helmert(f.Levels)
			names = append(names, f.Name)
		}
		var next mat.Dense
		next.Kronecker(basis, part)
		basis = &next
	}
	n := float64(len(rows))
	_, d := basis.Dims()
	mean, cov := make([]float64, d), mat.NewSymDense(d, nil)
	scores := make([][]float64, len(rows))
	for i, r := range rows {
		scores[i] = make([]float64, d)
		for c := range d {
			for j, v := range r {
				scores[i][c] += v * basis.At(j, c)
			}
			mean[c] += scores[i][c] / n
		}
	}
	for _, s := range scores {
		for a := range d {
			for b := a; b < d; b++ {
				cov.SetSym(a, b, cov.At(a, b)+(s[a]-mean[a])*(s[b]-mean[b]))
			}
		}
	}
	e := Effect{Name: strings.Join(names, ":"), DF1: float64(d), DF2: float64(d) * (n - 1), SSError: mat.Trace(cov)}
	for _, v := range mean {
		e.SS += n * v * v
	}
	e.F = e.SS / e.DF1 / (e.SSError / e.DF2)
	e.P = tail.F(e.F, e.DF1, e.DF2)
	e.correct(cov, n)
	return e
}

// correct fills epsilons, their p values and Mauchly's test from the error crossproducts of the contrasts.
func (e *Effect) correct(cov *mat.SymDense, n float64) {
	d := e.DF1
	e.GG, e.HF, e.Mauchly, e.PMauchly = 1, 1, math.NaN(), math.NaN()
	if d > 1 {
		norm := mat.Norm(cov, 2)
		e.GG = e.SSError * e.SSError / (d * norm * norm)
		e.HF = (n*d*e.GG - 2) / (d * (n - 1 - d*e.GG))
		if n > d {
			e.sphericity(cov, n)
		}
	}
	at := func(eps float64) float64 { return tail.F(e.F, eps*e.DF1, eps*e.DF2) }
	e.PGG, e.PHF = at(e.GG), at(min(1, e.HF))
}

func (e *Effect) sphericity(cov *mat.SymDense, n float64) {
	d := e.DF1
	e.Mauchly = mat.Det(cov) / math.Pow(e.SSError/d, d)
	rho := 1 - (2*d*d+d+2)/(6*d*(n-1))
	second := (d + 2) * (d - 1) * (d - 2) * (2*d*d*d + 6*d*d + 3*d + 2) / (288 * math.Pow((n-1)*d*rho, 2))
	z, df := -(n-1)*rho*math.Log(e.Mauchly), d*(d+1)/2-1
	p := tail.ChiSquared(z, df)
	e.PMauchly = p + second*(tail.ChiSquared(z, df+4)-p)
}

// average is the unit column that averages k levels.
func average(k int) *mat.Dense {
	m := mat.NewDense(k, 1, nil)
	for i := range k {
		m.Set(i, 0, 1/math.Sqrt(float64(k)))
	}
	return m
}

// helmert is k−1 orthonormal contrasts of k levels.
func helmert(k int) *mat.Dense {
	m := mat.NewDense(k, k-1, nil)
	for c := range k - 1 {
		size := math.Sqrt(float64((c + 1) * (c + 2)))
		for i := range c + 1 {
			m.Set(i, c, 1/size)
		}
		m.Set(c+1, c, -float64(c+1)/size)
	}
	return m
}

package survival

import (
	"errors"
	"fmt"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"

	"gonum.org/v1/gonum/mat"
)

// Model is the input of a Cox regression.
type Model struct {
	Times
	Names   []string    // of the columns of X
	X       [][]float64 // X[i] is row i; no constant column
	Stratum []int       // nil for one stratum
	Cluster []int       // nil for ordinary standard errors; rows with the same number belong together
	Weight  []float64   // positive case weights; nil for 1. Where one is not whole the errors are robust, as in R
	Offset  []float64   // added to the log hazard; nil for 0
}

// Cox is a fitted proportional-hazards regression with Efron's treatment of ties.
type Cox struct {
	Names             []string
	Coef              []float64 // log hazard ratios
	SE                []float64 // model based
	RobustSE          []float64 // nil without clusters (Lin & Wei 1989, grouped)
	Cov               *mat.SymDense
	RobustCov         *mat.SymDense // nil without clusters
	LogLik, LogLik0   float64       // partial, at Coef and at zero
	LR, LRP           float64       // likelihood ratio against zero, upper tail
	Wald, WaldP       float64       // with the robust covariance when there are clusters
	Score, ScoreP     float64
	N, Events, Groups int // rows, events, clusters
	Iterations        int
	Converged         bool
	Infinite          []string // coefficients that run away: the likelihood has no maximum; advice in Note
	Note              string
}

// NewCox fits by Newton's method with step halving until the gradient is zero to rounding.
func NewCox(m Model) (*Cox, error) {
	e, err := newEfron(m)
	if err != nil {
		return nil, err
	}
	p := len(m.Names)
	c := &Cox{Names: m.Names, N: len(m.Time), Events: e.events, Coef: make([]float64, p)}
	beta := make([]float64, p)
	cur := e.at(beta)
	c.LogLik0 = cur.loglik
	chol, err := e.factor(cur.info, m.Names)
	if err != nil {
		return nil, err
	}
	var step mat.VecDense
	_ = chol.SolveVecTo(&step, cur.grad)
	c.Score = mat.Dot(&step, cur.grad)
	for c.Iterations = 0; c.Iterations < 60; c.Iterations++ {
		if err := chol.SolveVecTo(&step, cur.grad); err != nil && !isCondition(err) {
			break
		}
		decrement := mat.Dot(&step, cur.grad)
		if c.Infinite = e.runaways(decrement, &step); c.Infinite != nil {
			break
		}
		if decrement < 1e-20*(1+math.Abs(cur.loglik)) {
			c.Converged = true
			break
		}
		next, moved := e.search(beta, &step, cur)
		if !moved {
			c.Converged = decrement < 1e-10*(1+math.Abs(cur.loglik))
			break
		}
		cur = next
		if !chol.Factorize(cur.info) {
			break
		}
	}
	copy(c.Coef, beta)
	c.LogLik = cur.loglik
	c.finish(e, m, cur)
	return c, nil
}

func isCondition(err error) bool {
	var c mat.Condition
	return errors.As(err, &c)
}

// search moves beta along the step, halving while the likelihood does not rise.
func (e *efron) search(beta []float64, step *mat.VecDense, cur point) (point, bool) {
	try := make([]float64, len(beta))
	for scale := 1.0; scale > 1e-10; scale /= 2 {
		for j := range beta {
			try[j] = beta[j] + scale*step.AtVec(j)
		}
		if next := e.at(try); next.loglik > cur.loglik || (scale == 1 && next.loglik >= cur.loglik-1e-13*math.Abs(cur.loglik)) {
			copy(beta, try)
			return next, true
		}
	}
	return cur, false
}

// factor checks that the columns can be told apart and names the one that cannot.
func (e *efron) factor(info *mat.SymDense, names []string) (*mat.Cholesky, error) {
	p := len(names)
	for k := 1; k <= p; k++ {
		scaled := mat.NewSymDense(k, nil)
		for i := range k {
			for j := i; j < k; j++ {
				s := math.Sqrt(info.At(i, i) * info.At(j, j))
				if s > 0 {
					scaled.SetSym(i, j, info.At(i, j)/s)
				}
			}
		}
		if info.At(k-1, k-1) <= 1e-14*e.spread[k-1] {
			return nil, fmt.Errorf("fit Cox model: column %q does not vary among those at risk at an event; leave it out", names[k-1])
		}
		var chol mat.Cholesky
		if !chol.Factorize(scaled) || chol.Cond() > 1e13 {
			return nil, fmt.Errorf("fit Cox model: column %q is a combination of the columns before it; leave it out", names[k-1])
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(info) {
		return nil, errors.New("fit Cox model: the columns cannot be told apart")
	}
	return &chol, nil
}

func (c *Cox) finish(e *efron, m Model, cur point) {
	p := len(c.Coef)
	var chol mat.Cholesky
	cov := mat.NewSymDense(p, nil)
	if chol.Factorize(cur.info) {
		_ = chol.InverseTo(cov)
	} else {
		c.Converged = false
		for j := range p {
			cov.SetSym(j, j, math.NaN())
		}
	}
	c.Cov = cov
	for j := range p {
		c.SE = append(c.SE, math.Sqrt(cov.At(j, j)))
	}
	use := cov
	if cluster := m.clusters(); cluster != nil {
		c.RobustCov, c.Groups = e.robust(c.Coef, cov, cluster)
		use = c.RobustCov
		for j := range p {
			c.RobustSE = append(c.RobustSE, math.Sqrt(use.At(j, j)))
		}
	}
	b, df := mat.NewVecDense(p, c.Coef), float64(p)
	c.LR = 2 * (c.LogLik - c.LogLik0)
	c.Wald = math.NaN()
	var x mat.VecDense
	if chol.Factorize(use) && chol.SolveVecTo(&x, b) == nil {
		c.Wald = mat.Dot(b, &x)
	}
	c.LRP, c.WaldP, c.ScoreP = tail.ChiSquared(c.LR, df), tail.ChiSquared(c.Wald, df), tail.ChiSquared(c.Score, df)
	if !c.Converged && c.Infinite == nil {
		c.Note = "the fit did not converge; look for columns of very different size or nearly the same content"
	}
	if len(c.Infinite) > 0 {
		c.Note = "the likelihood rises without end: a group has no events, or one always precedes the other; read the likelihood-ratio test, not the coefficient"
	}
}

// P returns the two-sided Wald p value of coefficient j, robust when there are clusters.
func (c *Cox) P(j int) float64 { return tail.NormalTwoSided(c.Coef[j] / c.StandardError(j)) }

// CI returns the Wald interval of coefficient j.
func (c *Cox) CI(j int, level float64) (low, high float64) {
	h := tail.Z(level) * c.StandardError(j)
	return c.Coef[j] - h, c.Coef[j] + h
}

// HazardRatio returns exp(coefficient j) with its Wald interval.
func (c *Cox) HazardRatio(j int, level float64) (ratio float64, ci describe.Interval) {
	low, high := c.CI(j, level)
	return math.Exp(c.Coef[j]), describe.Interval{Low: math.Exp(low), High: math.Exp(high)}
}

// StandardError returns the standard error of coefficient j, robust when there are clusters.
func (c *Cox) StandardError(j int) float64 {
	if c.RobustSE != nil {
		return c.RobustSE[j]
	}
	return c.SE[j]
}

package mixed

import (
	"fmt"
	"math"
	"strings"
)

// setFixed fills the fixed effects with Wald statistics. cov is p×p, nil when it does not exist.
func (m *Model) setFixed(r *Result, names []string, beta, cov []float64, df float64) {
	p := len(beta)
	r.Cov = make([][]float64, p)
	for i := range p {
		r.Cov[i] = make([]float64, p)
		for j := range p {
			r.Cov[i][j] = math.NaN()
			if cov != nil {
				r.Cov[i][j] = cov[i*p+j]
			}
		}
		se := math.Sqrt(r.Cov[i][i])
		if m.infinite[names[i]] {
			se = math.NaN()
		}
		r.Fixed = append(r.Fixed, wald(names[i], beta[i], se, df, m.spec.Level))
	}
}

func wald(term string, estimate, se, df, level float64) Coef {
	c := Coef{Term: term, Estimate: estimate, SE: se, DF: df}
	c.Statistic = estimate / se
	c.P = twoSided(c.Statistic, df)
	half := quantile(1-level, df) * se
	c.Low, c.High = estimate-half, estimate+half
	return c
}

// boundaryTheta is the relative standard deviation below which a random effect counts as none, as in lme4's isSingular.
const boundaryTheta = 1e-4

// setRandom fills standard deviations and correlations from θ (in the formula's order of groups), times sigma.
func (m *Model) setRandom(r *Result, theta []float64, sigma float64) {
	for _, g := range m.d.groups {
		lam := make([]float64, g.k*g.k)
		for e, rc := range g.ent {
			lam[rc[0]*g.k+rc[1]] = theta[g.th+e]
		}
		first := 0
		for row := range g.k {
			l := lam[row*g.k : (row+1)*g.k]
			linked := false
			for _, rc := range g.ent {
				linked = linked || rc[0] == row && rc[1] < row
			}
			if !linked {
				first = row
			}
			sd := math.Sqrt(dot(l, l))
			s := Spread{Group: g.name, Term: g.terms[row], SD: sigma * sd}
			for c := first; c < row; c++ {
				o := lam[c*g.k : (c+1)*g.k]
				s.Corr = append(s.Corr, dot(l, o)/(sd*math.Sqrt(dot(o, o))))
			}
			r.Random = append(r.Random, s)
			if math.Abs(l[row])*g.rms(row, m.d.n) < boundaryTheta {
				r.Boundary = true
				m.boundary(r, g, row, sd)
			}
		}
	}
}

func (m *Model) boundary(r *Result, g *group, row int, sd float64) {
	s := State{Name: "boundary"}
	if sd*g.rms(row, m.d.n) < boundaryTheta {
		s.Words = fmt.Sprintf("the estimated standard deviation of %s by %s is zero (a boundary, singular fit)", g.terms[row], g.name)
		s.Advice = fmt.Sprintf("%s explains nothing beyond chance here; the fixed effects are those of the model without it, and removing it is the simpler report", g.name)
	} else {
		s.Words = fmt.Sprintf("the random effects of %s are perfectly correlated at %s (a boundary, singular fit)", g.name, g.terms[row])
		s.Advice = "there is too little information for this correlation; use || or drop the slope, and report that this was done"
	}
	r.States = append(r.States, s)
}

// finish computes what every model has: information criteria, states, contrasts.
func (m *Model) finish(r *Result) {
	k := float64(r.Parameters)
	r.AIC = -2*r.LogLik + 2*k
	n := float64(r.N)
	switch {
	case m.spec.Family == "cox":
		n = float64(r.Events)
	case m.spec.Family == "cumulative" && m.spec.Weights != "": // weights are numbers of answers, as in ordinal::clm
		n = 0
		for _, w := range m.d.wt {
			n += w
		}
	}
	r.BIC = -2*r.LogLik + k*math.Log(n)
	if len(m.d.aliased) > 0 {
		r.States = append(r.States, State{
			Name:   "collinear",
			Words:  "dropped because they are combinations of earlier columns: " + strings.Join(m.d.aliased, ", "),
			Advice: "these effects cannot be told apart in this design; name one coding and leave the other out",
		})
	}
	if empty := m.d.matrix.Empty(); len(empty) > 0 {
		r.States = append(r.States, State{
			Name: "empty level", Words: "no row has the level " + strings.Join(empty, ", ") + ", so it is left out",
			Advice: "check its spelling, or whether its rows have missing values",
		})
	}
	m.oddities(r)
	if !r.Converged && !r.Has("separation") && !r.Has("perfect fit") {
		r.States = append(r.States, State{
			Name:   "not converged",
			Words:  fmt.Sprintf("the search did not reach a maximum (expected gain %.2g)", r.Gradient),
			Advice: "do not report these numbers; simplify the random part or scale the covariates",
		})
	}
}

// oddities names what makes a Gaussian fit meaningless: no residual at all.
func (m *Model) oddities(r *Result) {
	if m.spec.Family == "gaussian" {
		mean, ss, n := 0.0, 0.0, float64(m.d.n)
		for _, v := range m.d.y {
			mean += v / n
		}
		for _, v := range m.d.y {
			ss += (v - mean) * (v - mean) / n
		}
		if r.Sigma < 1e-6*math.Sqrt(ss) {
			r.States = append(r.States, State{
				Name: "perfect fit", Words: "the model reproduces the response exactly; its standard errors and tests mean nothing",
				Advice: "look whether the response was computed from the columns of the model",
			})
		}
	}
}

// undetermined names standard deviations the likelihood does not depend on, given the flat entries of Λ counted from first: the
// fixed effects explain the same differences.
func (m *Model) undetermined(r *Result, flat []int, first int) {
	for _, i := range flat {
		for _, g := range m.d.groups {
			if e := i - first - g.th; e >= 0 && e < len(g.ent) {
				r.States = append(r.States, State{
					Name: "confounded", Words: fmt.Sprintf("the standard deviation of %s by %s is not determined by the data: the fixed effects explain the same differences", g.terms[g.ent[e][0]], g.name),
					Advice: "leave it out of the random part, or out of the fixed part",
				})
			}
		}
	}
}

package mixed

import (
	"fmt"
	"math"
	"slices"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed/formula"
	"pumplab/analysis/survival"
)

// events takes Surv(time, event); events are 0/1, FALSE/TRUE, or 1/2 as R reads them.
func (d *data) events(m *formula.Matrix) error {
	var err error
	d.event, err = eventsOf(m)
	return err
}

func eventsOf(m *formula.Matrix) ([]bool, error) {
	r := m.Response
	if r.Kind != "survival" {
		return nil, fmt.Errorf("fit model: the response must be Surv(time, event), not %s", r.Label)
	}
	low := 0.0
	if slices.Min(r.Second) == 1 && slices.Max(r.Second) == 2 {
		low = 1
	}
	event := make([]bool, m.N)
	for i, v := range r.Second {
		if v != low && v != low+1 {
			return nil, fmt.Errorf("fit model: the event in %s is %v on line %d of %s; it must be 0 or 1", r.Label, v, m.Table.Line(i), m.Table.Name)
		}
		event[i] = v > low
	}
	return event, nil
}

// codesOf codes the factors of strata() or cluster() together with a column named apart; nil when there are none.
func codesOf(m *formula.Matrix, factors []*formula.Node, column string) ([]int, error) {
	if column != "" {
		factors = append(slices.Clone(factors), &formula.Node{Op: "name", Name: column})
	}
	if len(factors) == 0 {
		return nil, nil
	}
	index, _, err := m.Codes(factors)
	return index, err
}

// fitCox fits a proportional-hazards model with Efron's treatment of ties.
func (m *Model) fitCox(r *Result) error {
	d := m.d
	if len(d.groups) > 0 {
		return fmt.Errorf("fit model: family cox takes cluster(%s) for robust errors, not a random term", d.groups[0].name)
	}
	if d.p == 0 {
		return fmt.Errorf("fit model: family cox needs a term; for the curve alone use family km")
	}
	sm := survival.Model{Times: survival.Times{Time: d.y, Event: d.event, Start: d.matrix.Response.Start}, Names: d.names, Offset: d.offset}
	if m.spec.Weights != "" {
		sm.Weight = d.wt
	}
	for i := range d.n {
		sm.X = append(sm.X, d.x[i*d.p:(i+1)*d.p])
	}
	var err error
	if sm.Stratum, err = codesOf(d.matrix, d.matrix.Formula.Strata, m.spec.Strata); err != nil {
		return err
	}
	if sm.Cluster, err = codesOf(d.matrix, d.matrix.Formula.Cluster, m.spec.Cluster); err != nil {
		return err
	}
	c, err := survival.NewCox(sm)
	if err != nil {
		return err
	}
	cov := make([]float64, d.p*d.p)
	for i := range d.p {
		for j := range d.p {
			cov[i*d.p+j] = c.Cov.At(i, j)
			if c.RobustCov != nil {
				cov[i*d.p+j] = c.RobustCov.At(i, j)
			}
		}
	}
	r.Method = "Cox, Efron"
	if c.RobustCov != nil {
		r.Method += fmt.Sprintf(", errors robust for %d clusters", c.Groups)
	}
	r.LogLik, r.Deviance, r.Parameters, r.Events = c.LogLik, -2*c.LogLik, d.p, c.Events
	r.Converged, r.Evaluations = c.Converged && len(c.Infinite) == 0, c.Iterations
	if len(c.Infinite) > 0 {
		m.infinite = map[string]bool{}
		for _, name := range c.Infinite {
			m.infinite[name] = true
		}
		r.States = append(r.States, State{Name: "separation", Words: c.Note, Advice: "report the log-rank test or the events in each group instead"})
	}
	df := float64(d.p)
	r.Tests = []Test{{"likelihood ratio", c.LR, df, c.LRP}, {"wald", c.Wald, df, c.WaldP}, {"score", c.Score, df, c.ScoreP}}
	m.setFixed(r, d.names, c.Coef, cov, math.Inf(1))
	return nil
}

// A Curves is Kaplan–Meier curves by group and, with two groups or more, the log-rank test between them.
type Curves struct {
	N, Dropped int
	Groups     []string
	Curves     []survival.Curve
	LogRank    *survival.LogRank
}

// FitCurves draws the curve of each combination of the formula's factors, and tests their equality, stratified if asked.
func FitCurves(s Spec, t *frame.Frame) (*Curves, error) {
	f, err := formula.Parse(s.Formula)
	if err != nil {
		return nil, err
	}
	if s.Weights != "" || s.Offset != "" {
		return nil, fmt.Errorf("fit model: family %s takes no weights and no offset; family cox does", s.Family)
	}
	if len(f.Bars) > 0 {
		return nil, fmt.Errorf("fit model: family %s takes factors only, no random term", s.Family)
	}
	opt := formula.Options{Levels: s.Levels}
	if s.Strata != "" {
		opt.Also = []string{s.Strata}
	}
	m, err := f.Build(t, opt)
	if err != nil {
		return nil, err
	}
	event, err := eventsOf(m)
	if err != nil {
		return nil, err
	}
	if m.Response.Start != nil {
		return nil, fmt.Errorf("fit model: late entry, Surv(start, stop, event), is for family cox")
	}
	index, labels, err := m.Codes(f.Vars)
	if err != nil {
		return nil, err
	}
	if len(f.Vars) == 0 {
		labels = []string{"all"}
	}
	out := &Curves{N: m.N, Dropped: m.Dropped, Groups: labels}
	if len(labels) > 200 {
		return nil, fmt.Errorf("fit model: %d groups; is a number meant as a factor?", len(labels))
	}
	if s.Level == 0 {
		s.Level = 0.95
	}
	for g := range labels {
		var part survival.Times
		for i, k := range index {
			if k == g {
				part.Time, part.Event = append(part.Time, m.Response.Y[i]), append(part.Event, event[i])
			}
		}
		c, err := survival.KaplanMeier(part, s.Level)
		if err != nil {
			return nil, err
		}
		out.Curves = append(out.Curves, c)
	}
	if len(labels) < 2 {
		return out, nil
	}
	strata, err := codesOf(m, f.Strata, s.Strata)
	if err != nil {
		return nil, err
	}
	lr, err := survival.NewLogRank(survival.Times{Time: m.Response.Y, Event: event}, index, strata)
	if err != nil {
		return nil, err
	}
	out.LogRank = &lr
	return out, nil
}

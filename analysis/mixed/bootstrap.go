package mixed

import (
	"fmt"
	"math"
	"slices"

	"pumplab/analysis/describe"
)

// ContrastBootstrap prepares the clustered bootstrap of one contrast of marginal means (link scale): whole levels of the
// grouping factor cluster are drawn and the model is refitted to each draw. Set Replicates and Run it.
func (m *Model) ContrastBootstrap(cluster, factor, first, second string) (describe.Bootstrap, error) {
	at := slices.IndexFunc(m.d.groups, func(g *group) bool { return g.name == cluster })
	if at < 0 {
		return describe.Bootstrap{}, fmt.Errorf("bootstrap contrast: %s is not a grouping factor of the model", cluster)
	}
	c, err := m.difference(factor, first, second)
	if err != nil {
		return describe.Bootstrap{}, fmt.Errorf("bootstrap contrast: %w", err)
	}
	statistic := func(clusters []int) (float64, error) {
		again, err := m.Resample(cluster, clusters)
		if err != nil {
			return math.NaN(), err
		}
		again.run = serial // replicates run beside each other
		fixed, ok, err := again.Estimate()
		if err != nil {
			return math.NaN(), err
		}
		if !ok {
			return math.NaN(), fmt.Errorf("bootstrap contrast: the refit did not converge")
		}
		return dot(c, fixed[len(fixed)-m.d.p:]), nil
	}
	return describe.Bootstrap{Clusters: m.d.groups[at].levels, Statistic: statistic, Workers: m.spec.Workers}, nil
}

// difference gives the weights of the coefficients in the difference of two marginal means.
func (m *Model) difference(factor, first, second string) ([]float64, error) {
	levels, rows, err := m.d.marginal(factor)
	if err != nil {
		return nil, err
	}
	i, j := slices.Index(levels, first), slices.Index(levels, second)
	if i < 0 || j < 0 {
		return nil, fmt.Errorf("%s has the levels %v, not %q and %q", factor, levels, first, second)
	}
	c := make([]float64, m.d.p)
	for a, col := range m.d.keep {
		c[a] = rows[i][col] - rows[j][col]
	}
	return c, nil
}

// Bootstrap prepares the clustered bootstrap of everything a result holds: its coefficients in their order, then its contrasts of the
// factor. Whole levels of the grouping factor cluster are drawn. Set Replicates and call RunAll.
func (m *Model) Bootstrap(r *Result, cluster, factor string) (describe.Bootstrap, error) {
	at := slices.IndexFunc(m.d.groups, func(g *group) bool { return g.name == cluster })
	if at < 0 {
		return describe.Bootstrap{}, fmt.Errorf("bootstrap: %q is not a grouping factor of the model; it draws whole people, so the formula needs (1|participant) or the like", cluster)
	}
	var differences [][]float64
	for _, c := range r.Contrasts {
		d, err := m.difference(factor, c.First, c.Second)
		if err != nil {
			return describe.Bootstrap{}, fmt.Errorf("bootstrap: %w", err)
		}
		differences = append(differences, d)
	}
	statistics := func(clusters []int) ([]float64, error) {
		again, err := m.Resample(cluster, clusters)
		if err != nil {
			return nil, err
		}
		again.run = serial // replicates run beside each other
		fixed, ok, err := again.Estimate()
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("bootstrap: the refit did not converge")
		}
		values := slices.Clone(fixed)
		for _, d := range differences {
			values = append(values, dot(d, fixed[len(fixed)-m.d.p:]))
		}
		return values, nil
	}
	return describe.Bootstrap{Clusters: m.d.groups[at].levels, Statistics: statistics, Workers: m.spec.Workers}, nil
}

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
	levels, rows, err := m.d.marginal(factor)
	if err != nil {
		return describe.Bootstrap{}, err
	}
	i, j := slices.Index(levels, first), slices.Index(levels, second)
	if i < 0 || j < 0 {
		return describe.Bootstrap{}, fmt.Errorf("bootstrap contrast: %s has the levels %v, not %q and %q", factor, levels, first, second)
	}
	c := make([]float64, m.d.p)
	for a, col := range m.d.keep {
		c[a] = rows[i][col] - rows[j][col]
	}
	statistic := func(clusters []int) (float64, error) {
		again, err := m.Resample(cluster, clusters)
		if err != nil {
			return math.NaN(), err
		}
		fixed, ok, err := again.Estimate()
		if err != nil {
			return math.NaN(), err
		}
		if !ok {
			return math.NaN(), fmt.Errorf("bootstrap contrast: the refit did not converge")
		}
		return dot(c, fixed[len(fixed)-m.d.p:]), nil
	}
	return describe.Bootstrap{Clusters: m.d.groups[at].levels, Statistic: statistic}, nil
}

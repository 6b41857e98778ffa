package report

import (
	"cmp"
	"math"
	"slices"

	"pumplab/analysis/describe"
	"pumplab/studies"
)

// limitTable gathers alerts by drug, field and limit.
type limitTable map[[3]string]*limitCount

type limitCount struct {
	use        LimitUse
	overridden int
	dwell      []float64
}

func (l limitTable) add(drug string, a studies.AlertRow) {
	limit := limitWords[a.LimitKind]
	if a.LimitValue != "" {
		limit += ", " + a.LimitValue
	}
	key := [3]string{drug, a.Field, limit}
	c := l[key]
	if c == nil {
		c = &limitCount{use: LimitUse{Drug: drug, Field: a.Field, Limit: limit}}
		l[key] = c
	}
	c.use.Alerts++
	switch over := a.Answer == "override"; {
	case over && a.Wrong:
		c.use.Wrongly++
	case a.Wrong && a.Answer != "":
		c.use.GoodCatch++
	}
	if a.Answer == "override" {
		c.overridden++
	}
	if !a.Wrong {
		c.use.Nuisance++
	}
	if a.Latency > 0 {
		c.dwell = append(c.dwell, a.Latency.Seconds())
	}
}

// rows are the limits, the one that speaks most often first.
func (l limitTable) rows() []LimitUse {
	var out []LimitUse
	for _, c := range l {
		c.use.Overridden, c.use.Dwell = share(c.overridden, c.use.Alerts), Num(math.NaN())
		if m, err := describe.Median(c.dwell); err == nil {
			c.use.Dwell = Num(m)
		}
		out = append(out, c.use)
	}
	slices.SortFunc(out, func(a, b LimitUse) int {
		return cmp.Or(cmp.Compare(b.Alerts, a.Alerts), cmp.Compare(a.Drug, b.Drug), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Limit, b.Limit))
	})
	return out
}

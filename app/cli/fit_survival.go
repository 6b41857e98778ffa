package cli

import (
	"fmt"
	"io"
	"math"
	"time"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

type curvesJSON struct {
	Formula string      `json:"formula"`
	Family  string      `json:"family"`
	N       int         `json:"n"`
	Dropped int         `json:"dropped"`
	Chi2    finite      `json:"chi2"`
	DF      finite      `json:"df"`
	P       finite      `json:"p"` // upper tail
	Groups  []curveJSON `json:"groups"`
	Seconds finite      `json:"seconds"`
}

type curveJSON struct {
	Group    string     `json:"group"`
	N        int        `json:"n"`
	Events   int        `json:"events"`
	Observed finite     `json:"observed"`
	Expected finite     `json:"expected"`
	Median   finite     `json:"median"`
	Low      finite     `json:"low"`
	High     finite     `json:"high"`
	Mean     finite     `json:"mean"`
	Steps    []stepJSON `json:"steps,omitempty"`
}

type stepJSON struct {
	Time     finite `json:"time"`
	AtRisk   int    `json:"at_risk"`
	Events   int    `json:"events"`
	Censored int    `json:"censored"`
	Survival finite `json:"survival"`
	SE       finite `json:"se"`
	Low      finite `json:"low"`
	High     finite `json:"high"`
}

// curves prints Kaplan–Meier curves (km) or the log-rank test (logrank) of Surv(time, event) ~ factors.
func (c *FitCmd) curves(x *Context, table *frame.Frame, s mixed.Spec) error {
	begin := time.Now()
	r, err := mixed.FitCurves(s, table)
	if err != nil {
		return err
	}
	out := curvesJSON{
		Formula: c.Formula, Family: c.Family, N: r.N, Dropped: r.Dropped,
		Chi2: finite(math.NaN()), DF: finite(math.NaN()), P: finite(math.NaN()), Seconds: finite(time.Since(begin).Seconds()),
	}
	if r.LogRank == nil && c.Family == "logrank" {
		return fmt.Errorf("fit model: the log-rank test needs a factor with two levels, as Surv(time, event) ~ design")
	}
	for g, k := range r.Curves {
		j := curveJSON{
			Group: r.Groups[g], N: k.N, Events: k.Events, Observed: finite(k.Events), Expected: finite(math.NaN()),
			Median: finite(k.Median), Low: finite(k.MedianCI.Low), High: finite(k.MedianCI.High), Mean: finite(k.Mean),
		}
		if r.LogRank != nil {
			j.Observed, j.Expected = finite(r.LogRank.Observed[g]), finite(r.LogRank.Expected[g])
		}
		for _, t := range k.Steps {
			if c.Family == "km" {
				j.Steps = append(j.Steps, stepJSON{
					finite(t.Time), t.AtRisk, t.Events, t.Losses, finite(t.Survival), finite(t.SE), finite(t.CI.Low), finite(t.CI.High),
				})
			}
		}
		out.Groups = append(out.Groups, j)
	}
	if r.LogRank != nil {
		out.Chi2, out.DF, out.P = finite(r.LogRank.Chi2), finite(r.LogRank.DF), finite(r.LogRank.P)
	}
	return x.Print(out, func(w io.Writer) { printCurves(w, out) })
}

func printCurves(w io.Writer, out curvesJSON) {
	fmt.Fprintf(w, "%s\n%s, %d rows\n\n", out.Formula, out.Family, out.N)
	for _, g := range out.Groups {
		fmt.Fprintf(w, "%-20s n %d  events %d  median %.4g (%.4g to %.4g)\n", g.Group, g.N, g.Events, g.Median, g.Low, g.High)
		for _, t := range g.Steps {
			fmt.Fprintf(w, "  %10.4g  at risk %4d  events %3d  survival %.4f (%.4f to %.4f)\n", t.Time, t.AtRisk, t.Events, t.Survival, t.Low, t.High)
		}
	}
	if p := float64(out.P); !math.IsNaN(p) {
		fmt.Fprintf(w, "\nlog-rank: chi-squared %.4f on %.0f df, p %s (upper tail)\n", out.Chi2, out.DF, pText(p))
	}
}

package describe_test

import (
	"testing"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Coverage by complete enumeration: Clopper-Pearson is never below its level, Wilson and Jeffreys have it on average.
func TestProportionIntervalsCover(t *testing.T) {
	for _, n := range []int{10, 24, 60} {
		table := make([]describe.Proportion, n+1)
		for k := range table {
			table[k], _ = describe.NewProportion(k, n, 0.95)
		}
		sums := map[string]float64{}
		const grid = 400
		for g := range grid {
			p := (float64(g) + 0.5) / grid
			cover := map[string]float64{}
			for k, c := range table {
				w := tail.BinomialPoint(k, n, p)
				for name, i := range map[string]describe.Interval{"cp": c.ClopperPearson, "wilson": c.Wilson, "jeffreys": c.Jeffreys, "wald": c.Wald} {
					if i.Contains(p) {
						cover[name] += w
					}
				}
			}
			if cover["cp"] < 0.95-1e-12 {
				t.Fatalf("n=%d p=%g: the exact interval covers %.4f", n, p, cover["cp"])
			}
			for name, c := range cover {
				sums[name] += c / grid
			}
		}
		for _, name := range []string{"wilson", "jeffreys"} {
			if sums[name] < 0.945 || sums[name] > 0.96 {
				t.Errorf("n=%d: %s covers %.4f on average", n, name, sums[name])
			}
		}
		if sums["wald"] > sums["wilson"] {
			t.Errorf("n=%d: Wald covers %.4f, more than Wilson's %.4f", n, sums["wald"], sums["wilson"])
		}
	}
}

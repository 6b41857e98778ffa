package describe

import (
	"fmt"
	"math"

	"pumplab/analysis/tail"
)

// ClusteredWilson is Wilson's score interval of a share whose events come in clusters: k[i] of n[i] in cluster i. The number of
// events is divided by the design effect, the variance between clusters of the ratio estimate over the binomial one, which is
// never taken below 1 (Rao & Scott 1992, Biometrics 48: 577–585). With one cluster, or all events alike, the effect is 1: the
// data do not say how alike the events of a cluster are.
func ClusteredWilson(k, n []int, level float64) (i Interval, effect float64, err error) {
	if len(k) != len(n) {
		return i, 0, fmt.Errorf("compute interval: %d counts of %d clusters", len(k), len(n))
	}
	sumK, sumN, clusters := 0, 0, 0
	for c := range k {
		if n[c] > 0 {
			clusters++
		}
		if k[c] < 0 || k[c] > n[c] {
			return i, 0, fmt.Errorf("compute interval: cluster %d has %d of %d", c+1, k[c], n[c])
		}
		sumK, sumN = sumK+k[c], sumN+n[c]
	}
	if i, err = Wilson(sumK, sumN, level); err != nil || clusters < 2 || sumK == 0 || sumK == sumN {
		return i, 1, err
	}
	p, m := float64(sumK)/float64(sumN), float64(sumN)
	between := 0.0
	for c := range k {
		d := float64(k[c]) - p*float64(n[c])
		between += d * d
	}
	between *= float64(clusters) / float64(clusters-1) / (m * m)
	if effect = between / (p * (1 - p) / m); effect <= 1 {
		return i, 1, nil
	}
	m /= effect
	z := tail.Z(level)
	mid, h := (p*m+z*z/2)/(m+z*z), z/(m+z*z)*math.Sqrt(m*p*(1-p)+z*z/4)
	return Interval{mid - h, mid + h}.clip(0, 1), effect, nil
}

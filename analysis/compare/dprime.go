package compare

import (
	"errors"
	"fmt"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Detection is how well wrong entries are told from right ones by people who see alerts: sensitivity d' and criterion c with
// the log-linear correction (Hautus 1995: half an event and one trial are added to each rate).
type Detection struct {
	DPrime, C          float64
	SE                 float64           // of d', Gourevitch & Galanter 1967 on the corrected rates
	CI                 describe.Interval // of d', normal
	HitRate, FalseRate float64           // corrected
}

// NewDetection computes d' and c from four counts.
func NewDetection(hits, misses, falseAlarms, correctRejections int, level float64) (Detection, error) {
	if err := describe.CheckLevel(level); err != nil {
		return Detection{}, err
	}
	for _, v := range []int{hits, misses, falseAlarms, correctRejections} {
		if v < 0 {
			return Detection{}, fmt.Errorf("compute d': count %d is negative", v)
		}
	}
	if hits+misses == 0 || falseAlarms+correctRejections == 0 {
		return Detection{}, errors.New("compute d': there must be trials with a signal and trials without")
	}
	h := (float64(hits) + 0.5) / (float64(hits+misses) + 1)
	f := (float64(falseAlarms) + 0.5) / (float64(falseAlarms+correctRejections) + 1)
	zh, zf := tail.NormalQuantile(h), tail.NormalQuantile(f)
	phi := func(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }
	v := h*(1-h)/(float64(hits+misses)*phi(zh)*phi(zh)) + f*(1-f)/(float64(falseAlarms+correctRejections)*phi(zf)*phi(zf))
	d := Detection{DPrime: zh - zf, C: -(zh + zf) / 2, SE: math.Sqrt(v), HitRate: h, FalseRate: f}
	w := tail.Z(level) * d.SE
	d.CI = describe.Interval{Low: d.DPrime - w, High: d.DPrime + w}
	return d, nil
}

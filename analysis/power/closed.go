// Package power provides power and sample size: closed forms for the common tests and a simulation driver for everything else.
package power

import (
	"fmt"
	"math"

	"pumplab/analysis/compare"
	"pumplab/analysis/tail"
)

// Design can say what power it has with n people (per group, pairs, or in all, as it documents).
type Design interface {
	Power(n float64) float64
	Check() error
}

// SampleSize returns the smallest n, not rounded, with which d has the power wanted. Round it up for people.
func SampleSize(d Design, wanted float64) (float64, error) {
	if err := d.Check(); err != nil {
		return 0, err
	}
	if !(wanted > 0 && wanted < 1) {
		return 0, fmt.Errorf("compute sample size: power %g is not between 0 and 1 (0.8 or 0.9 are usual)", wanted)
	}
	if m, ok := d.(McNemar); ok && m.Method != "normal" {
		return m.sampleSize(wanted)
	}
	if f, ok := d.(Fisher); ok {
		return f.sampleSize(wanted)
	}
	lo, hi := 2.0, 4.0
	for d.Power(hi) < wanted {
		if hi *= 2; hi > 1e9 {
			return 0, fmt.Errorf("compute sample size: a power of %g is not reached with a thousand million people; is there a difference to find?", wanted)
		}
	}
	if d.Power(lo) >= wanted {
		return lo, nil
	}
	return tail.Root(func(n float64) float64 { return d.Power(n) - wanted }, lo, hi), nil
}

func checkAlpha(alpha float64, sides int) error {
	if !(alpha > 0 && alpha < 1) {
		return fmt.Errorf("check design: alpha %g is not between 0 and 1 (0.05 is usual)", alpha)
	}
	if sides != 1 && sides != 2 {
		return fmt.Errorf("check design: %d sides; a test has 1 or 2", sides)
	}
	return nil
}

func share(name string, p float64) error {
	if !(p > 0 && p < 1) {
		return fmt.Errorf("check design: %s %g is not between 0 and 1", name, p)
	}
	return nil
}

// Proportions is the normal test of two separate shares; n is per group (R's power.prop.test, strict=FALSE).
type Proportions struct {
	P1, P2, Alpha float64
	Sides         int
}

// Check refuses shares outside (0, 1) and equal shares.
func (d Proportions) Check() error {
	if err := share("share", d.P1); err != nil {
		return err
	}
	if err := share("share", d.P2); err != nil {
		return err
	}
	if d.P1 == d.P2 {
		return fmt.Errorf("check design: both shares are %g, so there is nothing to find", d.P1)
	}
	return checkAlpha(d.Alpha, d.Sides)
}

// Power implements Design.
func (d Proportions) Power(n float64) float64 {
	z := -tail.NormalQuantile(d.Alpha / float64(d.Sides))
	s := d.P1 + d.P2
	return tail.Normal((z*math.Sqrt(s*(1-s/2)) - math.Sqrt(n)*math.Abs(d.P1-d.P2)) /
		math.Sqrt(d.P1*(1-d.P1)+d.P2*(1-d.P2)))
}

// Means is Student's test; n is per group, or pairs when Paired (R's power.t.test, strict=FALSE).
type Means struct {
	Delta, SD, Alpha float64 // SD is of the differences when Paired
	Sides            int
	Paired           bool
}

// Check refuses a zero difference and a standard deviation that is not positive.
func (d Means) Check() error {
	if d.Delta == 0 || math.IsNaN(d.Delta) {
		return fmt.Errorf("check design: difference %g; there is nothing to find", d.Delta)
	}
	if !(d.SD > 0) {
		return fmt.Errorf("check design: standard deviation %g; it must be positive", d.SD)
	}
	return checkAlpha(d.Alpha, d.Sides)
}

// Power implements Design.
func (d Means) Power(n float64) float64 {
	groups := 2.0
	if d.Paired {
		groups = 1
	}
	df := math.Max(1e-7, groups*(n-1))
	t := -tail.StudentQuantile(d.Alpha/float64(d.Sides), df)
	return NoncentralT(t, df, math.Sqrt(n/groups)*math.Abs(d.Delta)/d.SD)
}

// McNemar is the paired test of shares; n is pairs. The normal approximation is Connor's (1987); Exact and MidP sum over every
// outcome and are saw-toothed in n (use a whole n).
type McNemar struct {
	First, Second, Alpha float64 // chance of a pair with the event under the first only, the second only
	Sides                int
	Method               string // "normal", "exact" or "midp"
}

// Check refuses chances that cannot be.
func (d McNemar) Check() error {
	if !(d.First >= 0 && d.Second >= 0 && d.First+d.Second > 0 && d.First+d.Second <= 1) {
		return fmt.Errorf("check design: chances %g and %g of a pair that differs; both must be at least 0 and their sum above 0 and at most 1", d.First, d.Second)
	}
	if d.First == d.Second {
		return fmt.Errorf("check design: both chances are %g, so there is nothing to find", d.First)
	}
	switch d.Method {
	case "normal", "exact", "midp":
	default:
		return fmt.Errorf("check design: unknown method %q; normal, exact and midp are known", d.Method)
	}
	if d.Method != "normal" && d.Sides != 2 {
		return fmt.Errorf("check design: the %s method is for two sides", d.Method)
	}
	return checkAlpha(d.Alpha, d.Sides)
}

// Power implements Design.
func (d McNemar) Power(n float64) float64 {
	psi, diff := d.First+d.Second, math.Abs(d.First-d.Second)
	if d.Method == "normal" {
		z := -tail.NormalQuantile(d.Alpha / float64(d.Sides))
		return tail.Normal((z*math.Sqrt(psi) - diff*math.Sqrt(n)) / math.Sqrt(psi-diff*diff))
	}
	if n > 50000 { // beyond this all methods agree
		d.Method = "normal"
		return d.Power(n)
	}
	total, whole, crit := 0.0, int(math.Ceil(n)), -1
	for m := 1; m <= whole; m++ {
		for d.rejects(crit+1, m-crit-1) && 2*(crit+1) < m {
			crit++
		}
		if crit < 0 {
			continue
		}
		p := d.First / psi
		total += tail.BinomialPoint(m, whole, psi) * (tail.BinomialLower(crit, m, p) + tail.BinomialUpper(m-crit, m, p))
	}
	return total
}

// rejects says whether b against c pairs is significant; for growing b+c the largest such b never falls.
func (d McNemar) rejects(b, c int) bool {
	exact, mid := compare.ExactPaired(b, c)
	if d.Method == "midp" {
		return mid <= d.Alpha
	}
	return exact <= d.Alpha
}

// sampleSize is the smallest whole n that has the power wanted; it starts the search well below the normal approximation.
func (d McNemar) sampleSize(wanted float64) (float64, error) {
	normal := d
	normal.Method = "normal"
	about, err := SampleSize(normal, wanted)
	if err != nil {
		return 0, err
	}
	for n := math.Max(2, math.Floor(about/2)); n < 3*about+50; n++ {
		if d.Power(n) >= wanted {
			return n, nil
		}
	}
	return 0, fmt.Errorf("compute sample size: a power of %g is not reached near %.0f pairs", wanted, about)
}

// NonInferior is a one-sided test of a share against a margin: two groups (n per group), or pairs when Paired, by the normal
// approximation with the variance under the alternative. A higher share is worse.
type NonInferior struct {
	P1, P2, Margin, Alpha float64 // P1 is the new design; when Paired, P1 and P2 are the chances of "first only" and "second only"
	Paired                bool
}

// Check refuses a margin that is already used up.
func (d NonInferior) Check() error {
	if !(d.P1 >= 0 && d.P1 < 1 && d.P2 >= 0 && d.P2 < 1 && d.P1+d.P2 > 0) || (d.Paired && d.P1+d.P2 > 1) {
		return fmt.Errorf("check design: shares %g and %g", d.P1, d.P2)
	}
	if !(d.Margin > 0 && d.Margin < 1) {
		return fmt.Errorf("check design: margin %g is not between 0 and 1", d.Margin)
	}
	if d.P1-d.P2 >= d.Margin {
		return fmt.Errorf("check design: the expected difference %g is not below the margin %g", d.P1-d.P2, d.Margin)
	}
	return checkAlpha(d.Alpha, 1)
}

// Power implements Design.
func (d NonInferior) Power(n float64) float64 {
	diff := d.P1 - d.P2
	v := d.P1*(1-d.P1) + d.P2*(1-d.P2)
	if d.Paired {
		v = d.P1 + d.P2 - diff*diff
	}
	return tail.Normal(-tail.NormalQuantile(d.Alpha) - (d.Margin-diff)*math.Sqrt(n/v))
}

// Equivalence is the test of means against ±Margin by two one-sided tests; n is per group, or pairs when Paired. The power is that of both
// tests by noncentral t, exact in the limit of large df and slightly low for very few people.
type Equivalence struct {
	Delta, Margin, SD, Alpha float64
	Paired                   bool
}

// Check refuses a true difference at or beyond the margin.
func (d Equivalence) Check() error {
	if !(d.Margin > 0) || !(math.Abs(d.Delta) < d.Margin) {
		return fmt.Errorf("check design: the expected difference %g is not within the margin %g", d.Delta, d.Margin)
	}
	if !(d.SD > 0) {
		return fmt.Errorf("check design: standard deviation %g; it must be positive", d.SD)
	}
	return checkAlpha(d.Alpha, 1)
}

// Power implements Design.
func (d Equivalence) Power(n float64) float64 {
	groups := 2.0
	if d.Paired {
		groups = 1
	}
	df := math.Max(1e-7, groups*(n-1))
	t := -tail.StudentQuantile(d.Alpha, df)
	scale := math.Sqrt(n/groups) / d.SD
	return math.Max(0, NoncentralT(t, df, (d.Margin+d.Delta)*scale)+NoncentralT(t, df, (d.Margin-d.Delta)*scale)-1)
}

// Discovery is the chance of seeing a problem at least once among n people when each meets it with chance P.
type Discovery struct{ P float64 }

// Check refuses a chance outside (0, 1).
func (d Discovery) Check() error { return share("chance", d.P) }

// Power implements Design.
func (d Discovery) Power(n float64) float64 { return -math.Expm1(n * math.Log1p(-d.P)) }

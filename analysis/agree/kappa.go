// Package agree provides measures of agreement between raters: kappas, Krippendorff's alpha, Gwet's AC1 and intraclass correlations.
package agree

import (
	"errors"
	"fmt"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Ratings holds categories: Code[i][j] is what rater j gave unit i, an index into Levels, or -1 where missing.
type Ratings struct {
	Levels []string
	Code   [][]int
}

// Check refuses ragged tables and codes that are no level.
func (r Ratings) Check() error {
	if len(r.Code) == 0 {
		return errors.New("check ratings: there are no units")
	}
	if len(r.Code[0]) < 2 {
		return fmt.Errorf("check ratings: %d rater; at least 2 are needed", len(r.Code[0]))
	}
	if len(r.Levels) > 1000 {
		return fmt.Errorf("check ratings: %d different categories; these look like measurements, for which the intraclass correlation is made", len(r.Levels))
	}
	for i, row := range r.Code {
		if len(row) != len(r.Code[0]) {
			return fmt.Errorf("check ratings: unit %d has %d ratings, unit 1 has %d", i+1, len(row), len(r.Code[0]))
		}
		for j, c := range row {
			if c < -1 || c >= len(r.Levels) {
				return fmt.Errorf("check ratings: unit %d, rater %d has code %d of %d levels", i+1, j+1, c, len(r.Levels))
			}
		}
	}
	return nil
}

// complete returns the units that every rater rated.
func (r Ratings) complete() (rows [][]int, dropped int) {
	for _, row := range r.Code {
		full := true
		for _, c := range row {
			full = full && c >= 0
		}
		if full {
			rows = append(rows, row)
		} else {
			dropped++
		}
	}
	return rows, dropped
}

// Weighting says how far apart two ordered categories count.
type Weighting string

// The weightings of Cohen's kappa.
const (
	Unweighted Weighting = "none"
	Linear     Weighting = "linear"
	Quadratic  Weighting = "quadratic"
)

func (w Weighting) agreement(i, j, levels int) float64 {
	d := math.Abs(float64(i-j)) / float64(max(1, levels-1))
	switch w {
	case Linear:
		return 1 - d
	case Quadratic:
		return 1 - d*d
	}
	if i == j {
		return 1
	}
	return 0
}

// Kappa is a coefficient with its standard error, interval and test against zero. NaN where the data leave it undefined; Note says
// why.
type Kappa struct {
	Kappa    float64
	SE       float64           // for the interval
	CI       describe.Interval // normal (AC1: Student)
	Z, P     float64           // against zero, with the standard error under no agreement (AC1: its own); two-sided
	Observed float64           // share of (weighted) agreement
	N        int               // units used
	Dropped  int               // units with a missing rating, left out
	Note     string
}

// Cohen is the (weighted) kappa of two raters with the large-sample standard errors of Fleiss, Cohen & Everitt 1969.
// Levels are in order for the weights.
func Cohen(r Ratings, w Weighting, level float64) (Kappa, error) {
	if err := errors.Join(r.Check(), describe.CheckLevel(level)); err != nil {
		return Kappa{}, err
	}
	switch w {
	case Unweighted, Linear, Quadratic:
	default:
		return Kappa{}, fmt.Errorf("compute Cohen's kappa: unknown weights %q; none, linear and quadratic are known", w)
	}
	if len(r.Code[0]) != 2 {
		return Kappa{}, fmt.Errorf("compute Cohen's kappa: %d raters; it is for 2 (Fleiss' kappa or Krippendorff's alpha are for more)", len(r.Code[0]))
	}
	rows, dropped := r.complete()
	if len(rows) == 0 {
		return Kappa{}, errors.New("compute Cohen's kappa: no unit was rated by both")
	}
	n, q := float64(len(rows)), len(r.Levels)
	p := make([][]float64, q)
	for i := range p {
		p[i] = make([]float64, q)
	}
	p1, p2 := make([]float64, q), make([]float64, q)
	for _, c := range rows {
		p[c[0]][c[1]] += 1 / n
		p1[c[0]] += 1 / n
		p2[c[1]] += 1 / n
	}
	k := Kappa{N: len(rows), Dropped: dropped}
	chance := 0.0
	w1, w2 := make([]float64, q), make([]float64, q) // mean weight seen from each rater's category
	for i := range q {
		for j := range q {
			a := w.agreement(i, j, q)
			k.Observed += a * p[i][j]
			chance += a * p1[i] * p2[j]
			w1[i] += a * p2[j]
			w2[j] += a * p1[i]
		}
	}
	if 1-chance < 1e-12 {
		return undefined(k, "both raters used one and the same category throughout, so kappa is not defined"), nil
	}
	k.Kappa = (k.Observed - chance) / (1 - chance)
	var s1, s0 float64
	for i := range q {
		for j := range q {
			a := w.agreement(i, j, q)
			t := a - (w1[i]+w2[j])*(1-k.Kappa)
			s1 += p[i][j] * t * t
			s0 += p1[i] * p2[j] * (a - w1[i] - w2[j]) * (a - w1[i] - w2[j])
		}
	}
	e := k.Kappa - chance*(1-k.Kappa)
	if math.Abs(k.Kappa) < 1e-14 {
		k.Kappa = 0
	}
	if constant(p1) || constant(p2) {
		k.Note = "one rater used a single category throughout, so kappa is zero whatever the other says and its p is not defined"
	}
	k.SE = math.Sqrt(positive(s1-e*e)/n) / (1 - chance)
	return finish(k, math.Sqrt(positive(s0-chance*chance)/n)/(1-chance), level), nil
}

// positive is v, and zero when v is nothing but rounding.
func positive(v float64) float64 {
	if v < 1e-14 {
		return 0
	}
	return v
}

// constant says whether one category has all the share.
func constant(share []float64) bool {
	for _, s := range share {
		if s > 1-1e-12 {
			return true
		}
	}
	return false
}

func undefined(k Kappa, note string) Kappa {
	nan := math.NaN()
	k.Kappa, k.SE, k.Z, k.P, k.CI, k.Note = nan, nan, nan, nan, describe.Interval{Low: nan, High: nan}, note
	return k
}

// finish adds the interval (cut at ±1) and the test with the null standard error.
func finish(k Kappa, se0, level float64) Kappa {
	h := tail.Z(level) * k.SE
	k.CI = describe.Interval{Low: max(-1, k.Kappa-h), High: min(1, k.Kappa+h)}
	k.Z = k.Kappa / se0
	k.P = tail.NormalTwoSided(k.Z)
	if se0 == 0 {
		k.Z, k.P = math.NaN(), math.NaN()
	}
	return k
}

// Fleiss is the kappa of any number of raters per unit, the same number each (Fleiss 1971), with the test of Fleiss, Nee &
// Landis 1979; its standard error is the one under no agreement.
func Fleiss(r Ratings, level float64) (Kappa, error) {
	if err := errors.Join(r.Check(), describe.CheckLevel(level)); err != nil {
		return Kappa{}, err
	}
	rows, dropped := r.complete()
	if len(rows) == 0 {
		return Kappa{}, errors.New("compute Fleiss' kappa: no unit was rated by all")
	}
	n, m := float64(len(rows)), float64(len(rows[0]))
	share := make([]float64, len(r.Levels))
	k := Kappa{N: len(rows), Dropped: dropped}
	for _, row := range rows {
		count := make([]float64, len(r.Levels))
		for _, c := range row {
			count[c]++
		}
		for l, c := range count {
			share[l] += c / (n * m)
			k.Observed += c * (c - 1) / (n * m * (m - 1))
		}
	}
	chance, pq, skew := 0.0, 0.0, 0.0
	for _, p := range share {
		chance += p * p
		pq += p * (1 - p)
		skew += p * (1 - p) * (1 - 2*p)
	}
	if pq < 1e-12 {
		return undefined(k, "all raters used one and the same category throughout, so kappa is not defined"), nil
	}
	k.Kappa = (k.Observed - chance) / (1 - chance)
	k.SE = math.Sqrt(2/(n*m*(m-1))) * math.Sqrt(max(0, pq*pq-skew)) / pq
	return finish(k, k.SE, level), nil
}

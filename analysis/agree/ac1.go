package agree

import (
	"errors"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// AC1 is Gwet's first-order agreement coefficient (2008) for any number of raters; missing ratings are used as far as
// they go. The standard error treats units as a sample; interval and p are Student's with one degree of freedom less than units, as in
// Gwet's irrCAC.
func AC1(r Ratings, level float64) (Kappa, error) {
	if err := errors.Join(r.Check(), describe.CheckLevel(level)); err != nil {
		return Kappa{}, err
	}
	q := float64(len(r.Levels))
	if q < 2 {
		return undefined(Kappa{N: len(r.Code)}, "only one category was used, so AC1 is not defined"), nil
	}
	g := tally(r)
	if g.paired == 0 {
		return Kappa{}, errors.New("compute AC1: no unit has two ratings")
	}
	k := Kappa{N: int(g.rated), Dropped: len(r.Code) - int(g.rated)}
	chance := 0.0
	for l := range g.share {
		g.share[l] /= g.rated
		chance += g.share[l] * (1 - g.share[l]) / (q - 1)
	}
	for _, u := range g.units {
		k.Observed += u.agree / g.paired
	}
	k.Kappa = (k.Observed - chance) / (1 - chance)
	v := 0.0
	for _, u := range g.units {
		if u.m == 0 {
			continue
		}
		unitChance := 0.0
		for l, x := range u.count {
			unitChance += x / u.m * (1 - g.share[l]) / (q - 1)
		}
		own := 0.0
		if u.m > 1 {
			own = g.rated / g.paired * (u.agree - chance) / (1 - chance)
		}
		d := own - 2*(1-k.Kappa)*(unitChance-chance)/(1-chance) - k.Kappa
		v += d * d
	}
	if g.rated < 2 {
		value := k.Kappa
		k = undefined(k, "one unit has no standard error")
		k.Kappa = value
		return k, nil
	}
	k.SE = math.Sqrt(v / (g.rated * (g.rated - 1)))
	k = finish(k, k.SE, level)
	h := tail.T(level, g.rated-1) * k.SE
	k.CI = describe.Interval{Low: max(-1, k.Kappa-h), High: min(1, k.Kappa+h)}
	if k.SE > 0 {
		k.P = tail.StudentTwoSided(k.Z, g.rated-1)
	}
	return k, nil
}

// ratedUnit is one unit's number of ratings, its counts by category and its share of agreeing pairs.
type ratedUnit struct {
	m, agree float64
	count    []float64
}

// ratingTally sums a table of ratings.
type ratingTally struct {
	units         []ratedUnit
	share         []float64 // sum over units of the share of each category
	rated, paired float64   // units with at least one and with at least two ratings
}

func tally(r Ratings) ratingTally {
	g := ratingTally{units: make([]ratedUnit, len(r.Code)), share: make([]float64, len(r.Levels))}
	for i, row := range r.Code {
		u := ratedUnit{count: make([]float64, len(r.Levels))}
		for _, code := range row {
			if code >= 0 {
				u.count[code]++
				u.m++
			}
		}
		for l, x := range u.count {
			if u.m > 0 {
				g.share[l] += x / u.m
			}
			if u.m > 1 {
				u.agree += x * (x - 1) / (u.m * (u.m - 1))
			}
		}
		if u.m > 0 {
			g.rated++
		}
		if u.m > 1 {
			g.paired++
		}
		g.units[i] = u
	}
	return g
}

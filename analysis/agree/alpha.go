package agree

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Level is the level of measurement of Krippendorff's alpha.
type Level string

// The levels.
const (
	Nominal  Level = "nominal"
	Ordinal  Level = "ordinal"
	Interval Level = "interval"
	Ratio    Level = "ratio"
)

// Alpha is Krippendorff's reliability (2011), with how much was used.
type Alpha struct {
	Alpha    float64 // NaN when every value is the same; Note says so
	Units    int     // units with at least two ratings
	Pairable int     // values in them
	Note     string
}

// Krippendorff computes alpha. x[i][j] is what rater j gave unit i, NaN where missing; nominal categories may be any distinct
// numbers. Any pattern of missing values is allowed.
func Krippendorff(x [][]float64, level Level) (Alpha, error) {
	switch level {
	case Nominal, Ordinal, Interval, Ratio:
	default:
		return Alpha{}, fmt.Errorf("compute Krippendorff's alpha: unknown level %q; nominal, ordinal, interval and ratio are known", level)
	}
	values := distinct(x)
	if len(values) > 50000 {
		return Alpha{}, fmt.Errorf("compute Krippendorff's alpha: %d different values; up to 50,000 can be compared with each other", len(values))
	}
	index := map[float64]int{}
	for i, v := range values {
		if math.IsInf(v, 0) || (level == Ratio && v < 0) {
			return Alpha{}, fmt.Errorf("compute Krippendorff's alpha: %g cannot be a value at the %s level", v, level)
		}
		index[v] = i
	}
	total := make([]float64, len(values)) // pairable values per category
	a := Alpha{}
	units := make([][]int, 0, len(x))
	for _, row := range x {
		var u []int
		for _, v := range row {
			if !math.IsNaN(v) {
				u = append(u, index[v])
			}
		}
		if len(u) < 2 {
			continue
		}
		a.Units++
		a.Pairable += len(u)
		for _, l := range u {
			total[l]++
		}
		units = append(units, u)
	}
	if a.Units == 0 {
		return a, errors.New("compute Krippendorff's alpha: no unit has two ratings")
	}
	observed, expected := disagreement(units, total, distance(values, total, level))
	if expected == 0 {
		a.Alpha, a.Note = math.NaN(), "all values are the same, so alpha is not defined"
		return a, nil
	}
	a.Alpha = 1 - float64(a.Pairable-1)*observed/expected
	return a, nil
}

func distinct(x [][]float64) []float64 {
	seen := map[float64]bool{}
	var values []float64
	for _, row := range x {
		for _, v := range row {
			if !math.IsNaN(v) && !seen[v] {
				seen[v] = true
				values = append(values, v)
			}
		}
	}
	slices.Sort(values)
	return values
}

// disagreement returns Σ δ²/(m-1) over the pairs of ratings within units, and Σ n·n·δ² over the pairs of categories.
func disagreement(units [][]int, total []float64, delta func(i, j int) float64) (observed, expected float64) {
	for _, u := range units {
		for a, i := range u {
			for _, j := range u[a+1:] {
				if i != j {
					observed += delta(i, j) / float64(len(u)-1)
				}
			}
		}
	}
	for i := range total {
		for j := i + 1; j < len(total); j++ {
			expected += total[i] * total[j] * delta(i, j)
		}
	}
	return observed, expected
}

// distance returns the squared difference between two categories.
func distance(values, total []float64, level Level) func(i, j int) float64 {
	sums := make([]float64, len(total)+1)
	for i, t := range total {
		sums[i+1] = sums[i] + t
	}
	return func(i, j int) float64 {
		i, j = min(i, j), max(i, j)
		switch level {
		case Ordinal:
			d := sums[j+1] - sums[i] - (total[i]+total[j])/2
			return d * d
		case Interval:
			return (values[i] - values[j]) * (values[i] - values[j])
		case Ratio:
			if s := values[i] + values[j]; s != 0 {
				d := (values[i] - values[j]) / s
				return d * d
			}
			return 0
		}
		return 1
	}
}

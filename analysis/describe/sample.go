package describe

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"pumplab/analysis/tail"
)

// Sample summarises numbers. Missing values (NaN) are left out and counted. What needs more values than there are is NaN.
type Sample struct {
	N, Missing     int
	Mean, SD       float64
	MeanCI         Interval // Student
	Median         float64
	MedianCI       Interval // order statistics, level at least as asked (exact); NaN when N is too small
	Min, Max       float64
	Q1, Q3         float64
	GeometricMean  float64  // NaN unless all values are positive
	GeometricCI    Interval // Student on the logarithms
	SkippedReasons []string // why something above is NaN, in words
}

// Summarise computes the summary of x.
func Summarise(x []float64, level float64) (Sample, error) {
	if err := CheckLevel(level); err != nil {
		return Sample{}, err
	}
	v, missing, err := present(x)
	if err != nil {
		return Sample{}, err
	}
	s := Sample{N: len(v), Missing: missing}
	s.Mean, s.SD = MeanSD(v)
	s.MeanCI = studentCI(s.Mean, s.SD, len(v), level)
	if len(v) < 2 {
		s.SkippedReasons = append(s.SkippedReasons, "one value has no spread and no interval")
	}
	s.Min, s.Max = v[0], v[len(v)-1]
	s.Q1, s.Median, s.Q3 = sortedQuantile(v, 0.25), sortedQuantile(v, 0.5), sortedQuantile(v, 0.75)
	s.MedianCI = medianCI(v, level)
	g, err := GeometricMean(v, level)
	s.GeometricMean, s.GeometricCI = g.Estimate, g.CI
	if err != nil {
		s.GeometricMean, s.GeometricCI = math.NaN(), Interval{math.NaN(), math.NaN()}
		s.SkippedReasons = append(s.SkippedReasons, err.Error())
	}
	return s, nil
}

// present returns the sorted values that are not missing.
func present(x []float64) (v []float64, missing int, err error) {
	for i, a := range x {
		if math.IsInf(a, 0) {
			return nil, 0, fmt.Errorf("summarise values: value %d is infinite", i+1)
		}
		if math.IsNaN(a) {
			missing++
			continue
		}
		v = append(v, a)
	}
	if len(v) == 0 {
		return nil, missing, errors.New("summarise values: there are none")
	}
	slices.Sort(v)
	return v, missing, nil
}

// MeanSD returns the mean and the standard deviation (n-1) of values without NaN; the SD of one value is NaN.
func MeanSD(x []float64) (mean, sd float64) {
	n := float64(len(x))
	for _, a := range x {
		mean += a / n
	}
	ss, rest := 0.0, 0.0
	for _, a := range x {
		ss += (a - mean) * (a - mean)
		rest += a - mean
	}
	if len(x) < 2 {
		return mean, math.NaN()
	}
	return mean + rest/n, math.Sqrt(max(0, ss-rest*rest/n) / (n - 1))
}

// Estimate is a number with its interval.
type Estimate struct {
	N        int
	Estimate float64
	CI       Interval
}

// Mean returns the mean with Student's interval; NaN values are left out.
func Mean(x []float64, level float64) (Estimate, error) {
	s, err := Summarise(x, level)
	return Estimate{s.N, s.Mean, s.MeanCI}, err
}

// GeometricMean returns exp(mean(log x)) with Student's interval on the log scale. NaN values are left out; a value that is
// not positive is an error. One value has an interval of NaN.
func GeometricMean(x []float64, level float64) (Estimate, error) {
	if err := CheckLevel(level); err != nil {
		return Estimate{}, err
	}
	v, _, err := present(x)
	if err != nil {
		return Estimate{}, err
	}
	if v[0] <= 0 {
		return Estimate{}, fmt.Errorf("compute geometric mean: %g is not positive", v[0])
	}
	logs := make([]float64, len(v))
	for i, a := range v {
		logs[i] = math.Log(a)
	}
	m, sd := MeanSD(logs)
	ci := studentCI(m, sd, len(v), level)
	return Estimate{len(v), math.Exp(m), Interval{math.Exp(ci.Low), math.Exp(ci.High)}}, nil
}

func studentCI(mean, sd float64, n int, level float64) Interval {
	if n < 2 {
		return Interval{math.NaN(), math.NaN()}
	}
	h := tail.T(level, float64(n-1)) * sd / math.Sqrt(float64(n))
	return Interval{mean - h, mean + h}
}

// Quantile returns the p quantile (0 ≤ p ≤ 1) as R's default, type 7 of Hyndman & Fan 1996. NaN values are left out.
func Quantile(x []float64, p float64) (float64, error) {
	if !(p >= 0 && p <= 1) {
		return 0, fmt.Errorf("compute quantile: %g is not between 0 and 1", p)
	}
	v, _, err := present(x)
	if err != nil {
		return 0, err
	}
	return sortedQuantile(v, p), nil
}

// Median returns the median; NaN values are left out.
func Median(x []float64) (float64, error) { return Quantile(x, 0.5) }

func sortedQuantile(v []float64, p float64) float64 {
	h := p * float64(len(v)-1)
	i := int(h)
	if i+1 >= len(v) {
		return v[len(v)-1]
	}
	return v[i] + (h-float64(i))*(v[i+1]-v[i])
}

// medianCI is the sign-test interval: the narrowest symmetric pair of order statistics that covers at least level.
func medianCI(v []float64, level float64) Interval {
	n, a := len(v), (1-level)/2
	k := -1
	for tail.BinomialLower(k+1, n, 0.5) <= a {
		k++
	}
	if k < 0 {
		return Interval{math.NaN(), math.NaN()}
	}
	return Interval{v[k], v[n-1-k]}
}

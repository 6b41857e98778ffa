package capture

import (
	"math"
	"slices"
	"time"
)

// Spread describes a sample of durations, in milliseconds.
type Spread struct {
	N      int     `json:"n"`
	Median float64 `json:"median_ms"`
	SD     float64 `json:"sd_ms"`
	P95    float64 `json:"p95_ms"`
	P99    float64 `json:"p99_ms"`
	Max    float64 `json:"max_ms"`

	// Bins count the sample in steps of Width ms from Low; the last one also holds everything beyond. For histograms.
	Low   float64 `json:"low_ms,omitempty"`
	Width float64 `json:"width_ms,omitempty"`
	Bins  []int   `json:"bins,omitempty"`
}

// histogram is how many bins a spread keeps.
const histogram = 40

// SpreadOf describes a sample; nil for an empty one. SD has n-1 below the line; percentiles are the nearest rank.
func SpreadOf(sample []time.Duration) *Spread {
	n := len(sample)
	if n == 0 {
		return nil
	}
	s := slices.Sorted(slices.Values(sample))
	rank := func(p float64) float64 { return inMillis(s[min(n-1, max(0, int(math.Ceil(p*float64(n)))-1))]) }
	var mean, squares float64
	for _, d := range s {
		mean += inMillis(d) / float64(n)
	}
	for _, d := range s {
		squares += (inMillis(d) - mean) * (inMillis(d) - mean)
	}
	out := &Spread{N: n, Median: rank(0.5), SD: math.Sqrt(squares / float64(max(1, n-1))), P95: rank(0.95), P99: rank(0.99), Max: inMillis(s[n-1])}
	out.Low = inMillis(s[0])
	out.Width = max((rank(0.98)-out.Low)/histogram, 1e-4)
	out.Bins = make([]int, histogram)
	for _, d := range s {
		out.Bins[min(histogram-1, int((inMillis(d)-out.Low)/out.Width))]++
	}
	return out
}

// ErrorsOf is SpreadOf with the percentiles and the maximum of the errors' size, without sign.
func ErrorsOf(sample []time.Duration) *Spread {
	out := SpreadOf(sample)
	if out == nil {
		return nil
	}
	size := make([]time.Duration, len(sample))
	for i, d := range sample {
		size[i] = d.Abs()
	}
	s := SpreadOf(size)
	out.P95, out.P99, out.Max = s.P95, s.P99, s.Max
	return out
}

// brief is the spread without its histogram.
func (s *Spread) brief() *Spread {
	if s == nil {
		return nil
	}
	c := *s
	c.Low, c.Width, c.Bins = 0, 0, nil
	return &c
}

func inMillis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

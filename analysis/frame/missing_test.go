package frame_test

import (
	"math"
	"slices"
	"testing"

	"pumplab/analysis/frame"
)

func TestCodesForMissingStandOut(t *testing.T) {
	for name, c := range map[string]struct {
		values []float64
		want   []frame.MissingCode
	}{
		"among times":              {[]float64{12, -999, 300, -999, 45, math.NaN()}, []frame.MissingCode{{-999, 2}}},
		"two of them":              {[]float64{-99, 12, 5000, -999, 45}, []frame.MissingCode{{-999, 1}, {-99, 1}}},
		"in yes and no":            {[]float64{0, 1, 1, 99, 0, -9}, []frame.MissingCode{{-9, 1}, {99, 1}}},
		"negative values are real": {[]float64{-12, -9, 4, 7}, nil},
		"a long time is a time":    {[]float64{20, 99, 130, 70}, nil},
		"just above the others":    {[]float64{20, 60, 98, 99}, nil},
		"nothing to compare with":  {[]float64{-99, -99}, nil},
		"one other value":          {[]float64{100, 100, 99}, nil},
		"other numbers":            {[]float64{1, 2, -998}, nil},
	} {
		if got := frame.NewNumber("x", c.values).MissingCodes(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, expected %v", name, got, c.want)
		}
	}
	if got := frame.NewText("x", []string{"-999", "a"}).MissingCodes(); got != nil {
		t.Errorf("words have no codes, got %v", got)
	}
}

package plots_test

import (
	"encoding/csv"
	"math"
	"strings"
	"testing"

	"pumplab/analysis/plots"
)

// charts is one of each kind, with what its picture must say and how many lines its data has.
func charts() map[string]struct {
	chart plots.Chart
	says  []string
	lines int
} {
	nan := math.NaN()
	return map[string]struct {
		chart plots.Chart
		says  []string
		lines int
	}{
		"forest": {rates(), []string{"keypad-wizard"}, 5},
		"headed forest with a margin": {
			plots.Forest{Zero: true, Margins: []float64{5}, Rows: []plots.Row{{Gap: true, Label: "Ended wrong"}, {Group: "Ended wrong", Label: "a – b", Value: 1.7, Low: -0.8, High: 4.4, Series: plots.Neutral, Text: "+1.7"}}},
			[]string{"Ended wrong", "margin", "+1.7"},
			2,
		},
		"stack that leaves the correct out": {
			plots.Stack{Rows: []string{"a"}, Parts: []string{"caught", "undetected"}, Shares: [][]float64{{0.04, 0.02}}, Tints: []plots.Tint{{1, 2, 3}, {4, 5, 6}}, Texts: []string{"270 of 288 correct"}},
			[]string{"270 of 288 correct", "4.0 %", "undetected"},
			3,
		},
		"bars": {
			plots.Bars{XLabel: "alerts", Rows: []plots.Bar{{Gap: true, Label: "keypad-wizard"}, {Group: "keypad-wizard", Label: "shown", Value: 120, Text: "120"}, {Label: "heeded", Value: 71, Faint: 1, Text: "71 (50 to 67 %)"}}},
			[]string{"keypad-wizard", "71 (50 to 67 %)"},
			3,
		},
		"lines": {
			plots.Lines{XLabel: "task", Series: []plots.Line{
				{Label: "a", X: []float64{1, 2, 3}, Y: []float64{30, 25, nan}, Low: []float64{25, nan, nan}, High: []float64{35, nan, nan}, Curve: func(n float64) float64 { return 20 + 10/n }},
				{Label: "b", Series: 1, X: []float64{1, 2, 3}, Y: []float64{30, 25, 24}, Low: []float64{25, 20, 19}, High: []float64{35, 30, 29}},
			}},
			[]string{">a<", ">b<", ">3<"},
			7,
		},
		"boxes": {
			plots.Boxes{Log: true, Rows: []plots.Box{{Group: "a", Label: "a, quiet", Values: []float64{20, 22, 30, 44}, P5: 20, Q1: 21, Median: 26, Q3: 37, P95: 44, Text: "26 s"}}},
			[]string{"a, quiet", "26 s"},
			5,
		},
		"control": {
			plots.Control{Centre: 10, Points: []plots.ControlPoint{{Label: "S01", Rate: 9, Low: 0, High: 20, Count: 9, Available: 100}, {Label: "S02", Rate: 31, Low: 0, High: 20, Outside: true, Count: 31, Available: 100}}},
			[]string{"upper limit 20", "mean 10", "S02"},
			3,
		},
		"flow": {
			plots.Flow{Stages: []plots.Stage{{Lines: []string{"24 people planned"}, Count: 24, Left: []string{"2 not begun"}}, {Lines: []string{"22 begun", "each meets every design"}, Count: 22}}},
			[]string{"24 people planned", "2 not begun", "each meets every design"},
			3,
		},
	}
}

func TestEveryChartIsDrawnAndHasItsData(t *testing.T) {
	for name, c := range charts() {
		t.Run(name, func(t *testing.T) {
			svg, err := plots.SVG(c.chart)
			if err != nil {
				t.Fatal(err)
			}
			wellFormed(t, svg)
			for _, want := range c.says {
				if !strings.Contains(string(svg), want) {
					t.Errorf("the picture does not say %q", want)
				}
			}
			lines, err := csv.NewReader(strings.NewReader(string(c.chart.CSV()))).ReadAll()
			if err != nil || len(lines) != c.lines {
				t.Errorf("data of %d lines, want %d: %v", len(lines), c.lines, err)
			}
			if strings.Contains(string(c.chart.CSV()), "NaN") {
				t.Error("the data say NaN; a missing number is an empty cell")
			}
			again, _ := plots.SVG(c.chart)
			if string(again) != string(svg) {
				t.Error("drawn twice, it is not the same picture")
			}
		})
	}
}

func TestChartsOfNothingAreDrawn(t *testing.T) {
	for name, c := range map[string]plots.Chart{"bars": plots.Bars{}, "lines": plots.Lines{}, "boxes": plots.Boxes{}, "log boxes": plots.Boxes{Log: true}, "control": plots.Control{}, "flow": plots.Flow{}, "stack": plots.Stack{}} {
		t.Run(name, func(t *testing.T) {
			svg, err := plots.SVG(c)
			if err != nil {
				t.Fatal(err)
			}
			wellFormed(t, svg)
			if strings.Count(string(c.CSV()), "\n") != 1 {
				t.Error("data without a header, or with lines of nothing")
			}
		})
	}
}

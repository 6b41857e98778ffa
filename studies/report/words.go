package report

import (
	"fmt"
	"math"
	"strings"

	"pumplab/analysis/describe"
)

// percent is a share in per cent with one decimal: 4.2 %.
func percent(n Num) string {
	if math.IsNaN(float64(n)) {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n))
}

// percents is an interval of shares: 2.8 to 6.1 %.
func percents(i describe.Interval) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return "–"
	}
	return fmt.Sprintf("%.1f to %.1f %%", 100*i.Low, 100*i.High)
}

// signed is a number with one decimal and its sign, the minus a true one; zero has none.
func signed(x float64) string {
	if s := fmt.Sprintf("%+.1f", x); s != "+0.0" && s != "-0.0" {
		return strings.ReplaceAll(s, "-", "−")
	}
	return "0.0"
}

func fixed(n Num, places int) string {
	if math.IsNaN(float64(n)) || math.IsInf(float64(n), 0) {
		return "–"
	}
	return fmt.Sprintf("%.*f", places, float64(n))
}

func span(i describe.Interval, places int) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) || math.IsInf(i.Low, 0) || math.IsInf(i.High, 0) {
		return "–"
	}
	return fmt.Sprintf("%.*f to %.*f", places, i.Low, places, i.High)
}

// pValue is a p value as journals print it: p < 0.001, p = 0.034.
func pValue(p Num) string {
	switch cell := pCell(p); {
	case strings.HasPrefix(cell, "<"):
		return "p " + cell
	case cell == "–":
		return "p not defined"
	default:
		return "p = " + cell
	}
}

// pCell is a p value as a table prints it: < 0.001, 0.034, –.
func pCell(p Num) string {
	switch x := float64(p); {
	case math.IsNaN(x):
		return "–"
	case x < 0.001:
		return "< 0.001"
	case x < 0.1:
		return fmt.Sprintf("%.3f", x)
	default:
		return fmt.Sprintf("%.2f", x)
	}
}

// count is a number with its noun: 1 task, 12 tasks, 1 person, 24 people.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// list joins names as a sentence does: a, b and c.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

package questionnaire

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// itemsOf is how many items each scoring needs.
var itemsOf = map[string]int{"raw-tlx": 6, "sus": 10, "umux-lite": 2, "seq": 1, "asq": 3, "pssuq": 16}

// Scorings are the names of the scorings an instrument can ask for.
var Scorings = []string{"raw-tlx", "sus", "umux-lite", "seq", "asq", "pssuq"}

// Score is one number an instrument gives.
type Score struct {
	Name    string   // raw-tlx, sus, pssuq-system; an item's id if the instrument has no scoring
	Value   float64  // NaN if an item it needs was not answered: nothing is imputed
	Missing []string // ids of those items
}

// Scores are an instrument's scores from its answers by item id; an empty or absent answer is missing. Without a scoring each item is
// a score of its own. An answer that is no number is an error.
func (in *Instrument) Scores(rated map[string]string) ([]Score, error) {
	r := make([]float64, len(in.Items))
	for i, item := range in.Items {
		r[i] = math.NaN()
		if text := rated[item.ID]; text != "" {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return nil, fmt.Errorf("score %s: item %s: %q is no number", in.Name, item.ID, text)
			}
			r[i] = v
		}
	}
	all := func(name string, f func([]float64) float64) []Score { return []Score{in.score(name, r, 0, len(r), f)} }
	switch in.Scoring {
	case "raw-tlx":
		return all("raw-tlx", RawTLX), nil
	case "sus":
		return all("sus", SUS), nil
	case "umux-lite":
		return all("umux-lite", UMUXLite), nil
	case "seq", "asq":
		return all(in.Scoring, Mean), nil
	case "pssuq":
		out := all("pssuq", Mean)
		for _, p := range PSSUQ {
			out = append(out, in.score("pssuq-"+p.Name, r, p.From-1, p.To, Mean))
		}
		return out, nil
	}
	var out []Score
	for i, item := range in.Items {
		out = append(out, in.score(item.ID, r, i, i+1, Mean))
	}
	return out, nil
}

// score is f over items from to to, with the missing ones named.
func (in *Instrument) score(name string, r []float64, from, to int, f func([]float64) float64) Score {
	s := Score{Name: name, Value: f(r[from:to])}
	for i := from; i < to; i++ {
		if math.IsNaN(r[i]) {
			s.Missing = append(s.Missing, in.Items[i].ID)
		}
	}
	return s
}

// Mean is the arithmetic mean; NaN if any value is NaN or there is none.
func Mean(r []float64) float64 {
	sum := 0.0
	for _, v := range r {
		sum += v
	}
	return sum / float64(len(r))
}

// SUS is the system usability scale of 10 ratings 1 to 5: odd items give r-1, even ones 5-r, the sum × 2.5 is 0 to 100 (Brooke 1996).
// NaN if one is missing or out of its scale.
func SUS(r []float64) float64 {
	if len(r) != 10 || !within(r, 1, 5) {
		return math.NaN()
	}
	sum := 0.0
	for i, v := range r {
		if i%2 == 0 {
			sum += v - 1
		} else {
			sum += 5 - v
		}
	}
	return sum * 2.5
}

// RawTLX is the mean of the six ratings 0 to 100 of the NASA task load index, without weights (Hart 2006). NaN if one is missing.
func RawTLX(r []float64) float64 {
	if len(r) != 6 || !within(r, 0, 100) {
		return math.NaN()
	}
	return Mean(r)
}

// WeightedTLX is Σ rating × tally / 15; tallies count how often each scale was chosen in the 15 pairwise comparisons, 0 to 5 each (Hart
// & Staveland 1988). NaN if a rating is missing or the tallies do not sum to 15.
func WeightedTLX(r, tally []float64) float64 {
	if len(r) != 6 || len(tally) != 6 || !within(r, 0, 100) || !within(tally, 0, 5) || Mean(tally)*6 != 15 {
		return math.NaN()
	}
	sum := 0.0
	for i := range r {
		sum += r[i] * tally[i]
	}
	return sum / 15
}

// UMUXLite is (a + b - 2) · 100 / 12 of two ratings 1 to 7 (Lewis, Utesch & Maher 2013). NaN if one is missing.
func UMUXLite(r []float64) float64 {
	if len(r) != 2 || !within(r, 1, 7) {
		return math.NaN()
	}
	return (r[0] + r[1] - 2) * 100 / 12
}

// Part is a subscale: the mean of items From to To, 1-based.
type Part struct {
	Name     string
	From, To int
}

// PSSUQ are the subscales of version 3, 16 items, lower is better (Lewis 2002).
var PSSUQ = []Part{{"system", 1, 6}, {"information", 7, 12}, {"interface", 13, 15}}

// within reports whether every value is from low to high; a missing one is not.
func within(r []float64, low, high float64) bool {
	return !slices.ContainsFunc(r, func(v float64) bool { return !(v >= low && v <= high) })
}

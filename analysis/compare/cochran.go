package compare

import (
	"fmt"
	"math"

	"pumplab/analysis/tail"
)

// Test is a statistic with its degrees of freedom and p value; Statistic and P are NaN, with a Note in words, when the data
// leave it undefined.
type Test struct {
	Statistic, DF, P float64
	N, K             int // rows used, groups
	Dropped          int // rows left out because something was missing
	Note             string
}

// CochranQ tests whether k ≥ 2 yes/no columns of the same people have equal shares (Cochran 1950; chi-squared with k-1 degrees
// of freedom, upper tail). rows[i] holds 0, 1 or NaN (missing; the row is left out) for person i. With k = 2 it is McNemar's
// uncorrected chi-squared.
func CochranQ(rows [][]float64) (Test, error) {
	full, dropped, err := completeRows("compute Cochran's Q", rows, 2, 1)
	if err != nil {
		return Test{}, err
	}
	k := len(full[0])
	col := make([]float64, k)
	var total, within float64
	for i, r := range full {
		sum := 0.0
		for j, x := range r {
			if x != 0 && x != 1 {
				return Test{}, fmt.Errorf("compute Cochran's Q: complete row %d, column %d is %g; only 0 and 1 can be counted", i+1, j+1, x)
			}
			col[j] += x
			sum += x
		}
		total += sum
		within += sum * (float64(k) - sum)
	}
	t := Test{DF: float64(k - 1), N: len(full), K: k, Dropped: dropped}
	if within == 0 {
		t.Statistic, t.P = math.NaN(), math.NaN()
		t.Note = "nobody differs between columns, so there is nothing to test"
		return t, nil
	}
	between := 0.0
	for _, c := range col {
		d := c - total/float64(k)
		between += d * d
	}
	t.Statistic = float64(k) * float64(k-1) * between / within
	t.P = tail.ChiSquared(t.Statistic, t.DF)
	return t, nil
}

// completeRows returns the rows without NaN and how many were dropped.
func completeRows(verb string, rows [][]float64, minCols, minRows int) (full [][]float64, dropped int, err error) {
	for i, r := range rows {
		if len(r) != len(rows[0]) {
			return nil, 0, fmt.Errorf("%s: row %d has %d values, row 1 has %d", verb, i+1, len(r), len(rows[0]))
		}
		if len(r) < minCols {
			return nil, 0, fmt.Errorf("%s: %d column; at least %d are needed", verb, len(r), minCols)
		}
		missing := false
		for j, x := range r {
			if math.IsInf(x, 0) {
				return nil, 0, fmt.Errorf("%s: row %d, column %d is infinite", verb, i+1, j+1)
			}
			missing = missing || math.IsNaN(x)
		}
		if missing {
			dropped++
			continue
		}
		full = append(full, r)
	}
	if len(full) < minRows {
		return nil, 0, fmt.Errorf("%s: %d complete rows of %d; at least %d are needed", verb, len(full), len(rows), minRows)
	}
	return full, dropped, nil
}

package mixed

import (
	"math"
)

// independent returns the columns of the row-major n×p matrix that are not linear combinations of earlier ones, by modified
// Gram–Schmidt on the distinct rows with R's tolerance 1e-7. Rows of weight 0 do not count.
func independent(x []float64, n, p int, wt []float64) []int {
	rows, xi := distinctRows(x, n, p)
	count := make([]float64, len(rows)/max(1, p))
	for i := range n {
		k := i
		if xi != nil {
			k = int(xi[i])
		}
		if wt[i] > 0 {
			count[k]++
		}
	}
	m := len(count)
	var basis [][]float64
	var keep []int
	for j := range p {
		v := make([]float64, m)
		for k := range v {
			v[k] = rows[k*p+j] * math.Sqrt(count[k])
		}
		norm := math.Sqrt(dot(v, v))
		for range 2 {
			for _, b := range basis {
				axpy(-dot(b, v), b, v)
			}
		}
		left := math.Sqrt(dot(v, v))
		if !(left > 1e-7*norm) {
			continue
		}
		scal(1/left, v)
		basis = append(basis, v)
		keep = append(keep, j)
	}
	return keep
}

// distinctRows finds the distinct rows of a row-major n×p matrix when they are few (at most 1024 and at most a quarter of n):
// the rows and, per row, which one. Otherwise the matrix itself and nil.
func distinctRows(x []float64, n, p int) ([]float64, []int32) {
	const slots = 4096
	most := min(1024, n/4)
	var table [slots]int32
	var rows []float64
	index := make([]int32, n)
	for i := range n {
		row := x[i*p : (i+1)*p]
		h := uint64(14695981039346656037)
		for _, v := range row {
			h = (h ^ math.Float64bits(v)) * 1099511628211
			h ^= h >> 29
		}
		at := h % slots
		for {
			k := int(table[at]) - 1
			if k < 0 {
				if len(rows) >= most*max(1, p) {
					return x, nil
				}
				rows = append(rows, row...)
				k = len(rows)/max(1, p) - 1
				if p == 0 {
					return x, nil
				}
				table[at] = int32(k) + 1
			}
			if same(rows[k*p:(k+1)*p], row) {
				index[i] = int32(k)
				break
			}
			at = (at + 1) % slots
		}
	}
	return rows, index
}

func same(a, b []float64) bool {
	for i, v := range a {
		if v != b[i] {
			return false
		}
	}
	return true
}

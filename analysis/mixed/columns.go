package mixed

import (
	"math"
)

// independent returns the columns of the row-major n×p matrix that are not linear combinations of earlier ones, by modified
// Gram–Schmidt on the distinct rows with R's tolerance 1e-7, and the k×k upper triangle that makes those columns orthogonal
// with mean square 1 when multiplied from the right. depends
// gives each dropped column as a combination of the columns kept before it. Rows of weight 0 do not count.
func independent(x []float64, n, p int, wt []float64) (keep []int, right []float64, depends map[int][]float64) {
	if p == 0 {
		return nil, nil, nil
	}
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
	depends = map[int][]float64{}
	var basis, reps [][]float64
	for j := range p {
		v := make([]float64, m)
		for k := range v {
			v[k] = rows[k*p+j] * math.Sqrt(count[k])
		}
		norm := math.Sqrt(dot(v, v))
		rep := make([]float64, p)
		rep[len(keep)] = 1
		for range 2 {
			for k, b := range basis {
				c := dot(b, v)
				axpy(-c, b, v)
				axpy(-c, reps[k], rep)
			}
		}
		left := math.Sqrt(dot(v, v))
		if !(left > 1e-7*norm) {
			scal(-1, rep)
			depends[j] = rep[:len(keep)]
			continue
		}
		scal(1/left, v)
		scal(1/left, rep)
		basis, reps = append(basis, v), append(reps, rep)
		keep = append(keep, j)
	}
	k := len(keep)
	right = make([]float64, k*k)
	for c, rep := range reps {
		for r := range k {
			right[r*k+c] = rep[r] * math.Sqrt(float64(n))
		}
	}
	return keep, right, depends
}

// timesRight multiplies every row of the row-major matrix x with p columns by the p×p matrix right.
func timesRight(x []float64, p int, right []float64) []float64 {
	out := make([]float64, len(x))
	for i := 0; i < len(x); i += p {
		for r, v := range x[i : i+p] {
			if v != 0 {
				axpy(v, right[r*p:(r+1)*p], out[i:i+p])
			}
		}
	}
	return out
}

// back turns coefficients of the orthogonal columns, and their covariance if there is one, into those of the model's.
func (d *data) back(gamma, cov []float64) (beta, out []float64) {
	p := d.p
	beta = make([]float64, p)
	for r := range p {
		beta[r] = dot(d.right[r*p:(r+1)*p], gamma[:p])
	}
	if cov == nil {
		return beta, nil
	}
	half := make([]float64, p*p) // right·cov
	for r := range p {
		for k, v := range d.right[r*p : (r+1)*p] {
			axpy(v, cov[k*p:(k+1)*p], half[r*p:(r+1)*p])
		}
	}
	out = make([]float64, p*p)
	for r := range p {
		for c := range p {
			out[r*p+c] = dot(half[r*p:(r+1)*p], d.right[c*p:(c+1)*p])
		}
	}
	return beta, out
}

// distinctRows finds the distinct rows of a row-major n×p matrix when they are few (at most 1024 and at most a quarter of n):
// the rows and, per row, which one. Otherwise the matrix itself and nil.
func distinctRows(x []float64, n, p int) ([]float64, []int32) {
	if p == 0 {
		return x, nil
	}
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
				if len(rows) >= most*p {
					return x, nil
				}
				rows = append(rows, row...)
				k = len(rows)/p - 1
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

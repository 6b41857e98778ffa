package mixed

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// axpy adds a·x to y.
func axpy(a float64, x, y []float64) {
	if len(x) >= 16 {
		floats.AddScaled(y, a, x)
		return
	}
	for i, v := range x {
		y[i] += a * v
	}
}

func dot(x, y []float64) float64 {
	if len(x) >= 16 {
		return floats.Dot(x, y)
	}
	s := 0.0
	for i, v := range x {
		s += v * y[i]
	}
	return s
}

func scal(a float64, x []float64) {
	for i := range x {
		x[i] *= a
	}
}

// cholesky replaces the lower triangle of the row-major n×n matrix by L with LLᵀ = a. False when not positive definite.
func cholesky(a []float64, n int) bool {
	if n > 96 {
		_, ok := lapack64.Potrf(blas64.Symmetric{Uplo: blas.Lower, N: n, Stride: n, Data: a})
		return ok
	}
	for i := range n {
		ri := a[i*n : i*n+i+1]
		for j := range i {
			ri[j] = (ri[j] - dot(ri[:j], a[j*n:j*n+j])) / a[j*n+j]
		}
		d := ri[i] - dot(ri[:i], ri[:i])
		if !(d > 0) {
			return false
		}
		ri[i] = math.Sqrt(d)
	}
	return true
}

// forward solves Lx = v in place.
func forward(l []float64, n int, v []float64) {
	if n == 1 {
		v[0] /= l[0]
		return
	}
	for i := range n {
		v[i] = (v[i] - dot(l[i*n:i*n+i], v[:i])) / l[i*n+i]
	}
}

// backward solves Lᵀx = v in place.
func backward(l []float64, n int, v []float64) {
	if n == 1 {
		v[0] /= l[0]
		return
	}
	for i := n - 1; i >= 0; i-- {
		v[i] /= l[i*n+i]
		axpy(-v[i], l[i*n:i*n+i], v[:i])
	}
}

// inverseFrom fills inv with (LLᵀ)⁻¹, whole.
func inverseFrom(l []float64, n int, inv []float64) {
	if n > 64 {
		copy(inv, l)
		lapack64.Potri(blas64.Triangular{Uplo: blas.Lower, Diag: blas.NonUnit, N: n, Stride: n, Data: inv})
		for i := range n {
			for j := i + 1; j < n; j++ {
				inv[i*n+j] = inv[j*n+i]
			}
		}
		return
	}
	for c := range n {
		row := inv[c*n : (c+1)*n]
		clear(row)
		row[c] = 1
		forward(l, n, row)
		backward(l, n, row)
	}
}

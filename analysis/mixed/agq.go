package mixed

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// An agq evaluates −2 log-likelihood by adaptive Gauss–Hermite quadrature for one scalar random effect, and its exact gradient:
// nodes u_k = û + √2 σ̂ x_k move with the mode û and the curvature H = 1/σ̂² of each level, and the gradient follows them.
type agq struct {
	l        *laplace
	x, logw  []float64 // nodes and log w + x²
	eta      []float64
	r, w, dw []float64
	share    []float64 // R_i, then t_i
	zero     []float64
}

func newAGQ(l *laplace, points int) *agq {
	q := &agq{l: l, x: make([]float64, points), logw: make([]float64, points)}
	quad.Hermite{}.FixedLocations(q.x, q.logw, math.Inf(-1), math.Inf(1))
	for k, x := range q.x {
		q.logw[k] = math.Log(q.logw[k]) + x*x
	}
	for _, v := range []*[]float64{&q.eta, &q.r, &q.w, &q.dw, &q.share, &q.zero} {
		*v = make([]float64, l.n)
	}
	return q
}

// value is −2 log L without the terms that depend on y alone left out.
func (q *agq) value(phi, grad []float64) float64 {
	l := q.l
	if math.IsInf(l.value(phi, nil), 1) {
		return math.Inf(1)
	}
	theta := l.theta[0]
	sum := 0.0
	na := len(l.fam.aux())
	gt, ga := 0.0, make([]float64, na)
	for g := range l.lay.l1 {
		lo, hi := l.lay.start[g], l.lay.start[g+1]
		logL, dt := q.level(g, lo, hi, theta, ga)
		sum += logL
		gt += dt
	}
	if grad != nil {
		clear(grad)
		for i, v := range q.share {
			k := i
			if l.xi != nil {
				k = int(l.xi[i])
			}
			axpy(-2*v, l.x[k*l.p:(k+1)*l.p], grad[:l.p])
		}
		grad[l.p] = -2 * gt
		copy(grad[l.p+1:], ga)
	}
	return -2*sum - 2*l.constant
}

// level integrates one level; it sets the rows' shares, adds to the aux gradient (of −2 log L) and returns log L and its
// derivative by θ.
func (q *agq) level(g, lo, hi int, theta float64, ga []float64) (logL, dt float64) {
	l := q.l
	z := func(i int) float64 {
		if l.lay.z1 == nil {
			return 1
		}
		return l.lay.z1[i]
	}
	u, root := l.u1[g], l.b.ld[g] // root = √H
	n := len(q.x)
	h, slope := make([]float64, n), make([]float64, n)
	rows := make([][]float64, n)
	auxes := make([][]float64, n)
	y, wt, eta, r := l.y[lo:hi], l.wt[lo:hi], q.eta[lo:hi], q.r[lo:hi]
	top := math.Inf(-1)
	for k, x := range q.x {
		uk := u + math.Sqrt2*x/root
		for i := range eta {
			eta[i] = l.eta[lo+i] + z(lo+i)*theta*(uk-u)
		}
		h[k] = l.fam.eval(eta, y, wt, r, q.w[lo:hi], q.dw[lo:hi]) - uk*uk/2 + q.logw[k]
		slope[k] = -uk
		for i, v := range r {
			slope[k] += theta * v * z(lo+i)
		}
		rows[k] = append([]float64(nil), r...)
		auxes[k] = make([]float64, len(ga))
		l.fam.auxGrad(eta, y, wt, q.zero[lo:hi], q.zero[lo:hi], auxes[k])
		top = max(top, h[k])
	}
	total := 0.0
	for k := range h {
		h[k] = math.Exp(h[k] - top)
		total += h[k]
	}
	logL = math.Log(total) + top - math.Log(root) - 0.5*math.Log(math.Pi)
	share := q.share[lo:hi]
	clear(share)
	a, b := 0.0, 0.0
	for k, x := range q.x {
		pi := h[k] / total
		a += pi * slope[k]
		b += pi * slope[k] * math.Sqrt2 * x
		axpy(pi, rows[k], share)
		axpy(pi, auxes[k], ga)
		uk := u + math.Sqrt2*x/root
		for i, v := range rows[k] {
			dt += pi * v * z(lo+i) * uk
		}
	}
	return logL, dt + q.follow(lo, hi, theta, u, root, a, b, z, ga)
}

// follow adds what comes through û and H, given the mean slope a and its first moment b over the nodes.
func (q *agq) follow(lo, hi int, theta, u, root, a, b float64, z func(int) float64, ga []float64) float64 {
	l := q.l
	hh := root * root
	var rz, wzz, dzzz float64
	for i := lo; i < hi; i++ {
		zi := z(i)
		rz += l.r[i] * zi
		wzz += l.w[i] * zi * zi
		dzzz += l.dw[i] * zi * zi * zi
	}
	ch := -0.5/hh - 0.5*b/(hh*root)
	e := (a + ch*theta*theta*theta*dzzz) / hh
	s, za := q.w[lo:hi], q.dw[lo:hi] // free now
	for i := lo; i < hi; i++ {
		zi := z(i)
		q.share[i] += -e*theta*l.w[i]*zi + ch*theta*theta*l.dw[i]*zi*zi
		s[i-lo], za[i-lo] = -2*ch*theta*theta*zi*zi, -2*e*theta*zi
	}
	if len(ga) > 0 {
		with, without := make([]float64, len(ga)), make([]float64, len(ga))
		l.fam.auxGrad(l.eta[lo:hi], l.y[lo:hi], l.wt[lo:hi], s, za, with)
		l.fam.auxGrad(l.eta[lo:hi], l.y[lo:hi], l.wt[lo:hi], q.zero[lo:hi], q.zero[lo:hi], without)
		axpy(1, with, ga)
		axpy(-1, without, ga)
	}
	return e*(rz-theta*wzz*u) + ch*(2*theta*wzz+theta*theta*u*dzzz)
}

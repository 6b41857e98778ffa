package mixed

import "math"

// A laplace evaluates D(β,θ,α) = −2ℓ(y|û) + |û|² + log|H| and its exact gradient. Without a random part it is −2ℓ.
// Rows are in the layout's order.
type laplace struct {
	n, p          int
	x             []float64 // distinct rows of X, row-major
	xi            []int32   // per row, which; nil when every row is its own
	nx            int
	y, wt         []float64
	offset        []float64 // or nil
	fam           family
	b             *blocks
	lay           *layout
	run           func(int, func(int))
	beta          []float64
	theta         []float64
	u1, u2        []float64 // mode, kept from one evaluation to the next
	b1, b2        []float64 // Λu
	g1, g2        []float64 // Zᵀr
	d1, d2        []float64
	a1, a2        []float64
	xb            []float64
	eta, r        []float64
	w, dw         []float64
	s, za, t      []float64
	ll            []float64 // per chunk
	xsum          [][]float64
	auxsum        [][]float64
	constant      float64
	evals         int
	warm          bool // û and H belong to beta and theta
	dbeta, dtheta []float64
}

func newLaplace(d *data, lay *layout, fam family, run func(int, func(int))) *laplace {
	n := lay.n
	m := &laplace{n: n, p: d.p, lay: lay, fam: fam, run: run, b: newBlocks(lay, run)}
	m.y, m.wt = takeRows(d.y, 1, lay.order), takeRows(d.wt, 1, lay.order)
	m.offset = takeRows(d.offset, 1, lay.order)
	m.x, m.xi = distinctRows(takeRows(d.x, d.p, lay.order), n, d.p)
	if d.p > 0 {
		m.x = timesRight(m.x, d.p, d.right)
	}
	m.nx = n
	if m.xi != nil {
		m.nx = len(m.x) / max(1, d.p)
	}
	m.constant = fam.constant(m.y, m.wt)
	q1 := lay.l1 * lay.k1
	for _, v := range []*[]float64{&m.u1, &m.b1, &m.g1, &m.d1, &m.a1} {
		*v = make([]float64, q1)
	}
	for _, v := range []*[]float64{&m.u2, &m.b2, &m.g2, &m.d2, &m.a2} {
		*v = make([]float64, lay.q2)
	}
	for _, v := range []*[]float64{&m.eta, &m.r, &m.w, &m.dw, &m.s, &m.za, &m.t} {
		*v = make([]float64, n)
	}
	m.xb = make([]float64, m.nx)
	m.beta, m.theta = make([]float64, d.p), make([]float64, lay.ntheta)
	m.dbeta, m.dtheta = make([]float64, d.p), make([]float64, lay.ntheta)
	m.ll = make([]float64, len(lay.chunks))
	for range lay.chunks {
		size := d.p
		if m.xi != nil {
			size = m.nx
		}
		m.xsum = append(m.xsum, make([]float64, size))
		m.auxsum = append(m.auxsum, make([]float64, len(fam.aux())))
	}
	return m
}

// size is the number of parameters: β, θ, α.
func (m *laplace) size() int { return m.p + len(m.theta) + len(m.fam.aux()) }

// set takes the parameters apart. False when they are impossible.
func (m *laplace) set(phi []float64) bool {
	copy(m.beta, phi[:m.p])
	copy(m.theta, phi[m.p:m.p+len(m.theta)])
	for _, v := range phi {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	if !m.fam.setAux(phi[m.p+len(m.theta):]) {
		return false
	}
	m.b.setTheta(m.theta)
	for i := range m.xb {
		m.xb[i] = dot(m.x[i*m.p:(i+1)*m.p], m.beta)
	}
	return true
}

// value returns D at phi, +Inf where it cannot be computed, and the gradient when grad is not nil.
func (m *laplace) value(phi, grad []float64) float64 {
	m.evals++
	if m.warm {
		m.predict(phi)
	}
	m.warm = false
	if !m.set(phi) {
		return math.Inf(1)
	}
	d, ok := m.mode()
	if !ok || math.IsNaN(d) {
		clear(m.u1)
		clear(m.u2)
		if d, ok = m.mode(); !ok || math.IsNaN(d) {
			clear(m.u1)
			clear(m.u2)
			return math.Inf(1)
		}
	}
	if grad != nil {
		m.gradient(grad)
	}
	m.warm = m.lay.k1 > 0
	return d - 2*m.constant
}

// mode finds û by Newton steps from the last û and returns D without the constant.
func (m *laplace) mode() (float64, bool) {
	last, step := math.Inf(1), 1.0
	dec := math.Inf(1)
	for iter := range 200 {
		f := m.pass()
		if math.IsNaN(f) || f > last+1e-10*(math.Abs(last)+1) && dec > 1e-9 {
			if iter == 0 || step < 1e-8 {
				return 0, false
			}
			step /= 2
			m.move(-step)
			continue
		}
		if !m.b.finish() {
			return 0, false
		}
		if m.lay.k1 == 0 {
			return f, true
		}
		before := dec
		dec = m.direction()
		if dec < 1e-18 || dec < 1e-11 && dec > before/4 {
			return f + m.b.logdet, true
		}
		last, step = f, 1
		m.move(1)
	}
	return 0, false
}

// move adds a multiple of the Newton direction to u.
func (m *laplace) move(a float64) {
	axpy(a, m.d1, m.u1)
	axpy(a, m.d2, m.u2)
}

// pass evaluates the rows at u, forms A and the factor of the blocks, and returns −2ℓ + |u|².
func (m *laplace) pass() float64 {
	copy(m.b1, m.u1)
	copy(m.b2, m.u2)
	m.b.leftLambda(m.b1, m.b2, false)
	m.run(len(m.lay.chunks), func(c int) {
		m.linear(c)
		lo, hi := m.rows(c)
		m.ll[c] = m.fam.eval(m.eta[lo:hi], m.y[lo:hi], m.wt[lo:hi], m.r[lo:hi], m.w[lo:hi], m.dw[lo:hi])
		m.b.accumulate(c, m.w)
		m.b.project(c, m.r, m.g1, m.b.part[c].p2)
		m.b.factorChunk(c)
	})
	f := dot(m.u1, m.u1) + dot(m.u2, m.u2)
	for _, v := range m.ll {
		f -= 2 * v
	}
	m.b.gather(m.g2)
	m.b.gatherDense()
	return f
}

func (m *laplace) rows(c int) (int, int) {
	return m.lay.start[m.lay.chunks[c][0]], m.lay.start[m.lay.chunks[c][1]]
}

// linear sets η on the rows of a chunk.
func (m *laplace) linear(c int) {
	lo, hi := m.rows(c)
	eta := m.eta[lo:hi]
	if m.xi != nil {
		for i, k := range m.xi[lo:hi] {
			eta[i] = m.xb[k]
		}
	} else {
		copy(eta, m.xb[lo:hi])
	}
	if m.offset != nil {
		for i, v := range m.offset[lo:hi] {
			eta[i] += v
		}
	}
	m.b.addZ(c, m.b1, m.b2, m.eta)
}

// direction sets d = H⁻¹(ΛᵀZᵀr − u) and returns the Newton decrement.
func (m *laplace) direction() float64 {
	copy(m.d1, m.g1)
	copy(m.d2, m.g2)
	m.b.leftLambda(m.d1, m.d2, true)
	axpy(-1, m.u1, m.d1)
	axpy(-1, m.u2, m.d2)
	copy(m.a1, m.d1)
	copy(m.a2, m.d2)
	m.b.solve(m.d1, m.d2)
	return dot(m.a1, m.d1) + dot(m.a2, m.d2)
}

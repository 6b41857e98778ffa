package mixed

// gradient writes ∂D/∂(β,θ,α) at the mode. With s the variance of the random part of each row, q = s·dw/dη and
// a = H⁻¹ΛᵀZᵀq, the rows' share is t = −2r + q − w·zᵀΛa; ∂D/∂β = Xᵀt, and an entry (i,j) of a group's Λ has
// Σ over levels of (Zᵀt)_i u_j + (Zᵀr)_i a_j, plus twice the entry of Σ AΛH⁻¹.
func (m *laplace) gradient(grad []float64) {
	b := m.b
	b.inverse()
	m.run(len(m.lay.chunks), func(c int) {
		b.spread(c, m.s)
		lo, hi := m.rows(c)
		for i := lo; i < hi; i++ {
			m.t[i] = m.s[i] * m.dw[i]
		}
		b.project(c, m.t, m.a1, b.part[c].p2)
	})
	b.gather(m.a2)
	b.leftLambda(m.a1, m.a2, true)
	if m.lay.k1 > 0 {
		b.solve(m.a1, m.a2)
	}
	copy(m.b1, m.a1)
	copy(m.b2, m.a2)
	b.leftLambda(m.b1, m.b2, false)
	m.run(len(m.lay.chunks), m.rowShares)
	m.sumShares(grad)
	m.thetaGradient(grad[m.p : m.p+len(m.theta)])
}

// rowShares sets t on a chunk and adds up what needs rows; b1, b2 hold Λa.
func (m *laplace) rowShares(c int) {
	lo, hi := m.rows(c)
	za := m.za[lo:hi]
	clear(za)
	m.b.addZ(c, m.b1, m.b2, m.za)
	t, r, w := m.t[lo:hi], m.r[lo:hi], m.w[lo:hi]
	for i := range t {
		t[i] += -2*r[i] - w[i]*za[i]
	}
	sum := m.xsum[c]
	clear(sum)
	if m.xi != nil {
		for i, k := range m.xi[lo:hi] {
			sum[k] += t[i]
		}
	} else {
		for i, v := range t {
			axpy(v, m.x[(lo+i)*m.p:(lo+i+1)*m.p], sum)
		}
	}
	m.b.project(c, m.t, m.d1, m.b.part[c].p2)
	clear(m.auxsum[c])
	m.fam.auxGrad(m.eta[lo:hi], m.y[lo:hi], m.wt[lo:hi], m.s[lo:hi], za, m.auxsum[c])
}

func (m *laplace) sumShares(grad []float64) {
	clear(grad)
	gb := grad[:m.p]
	for c := range m.xsum {
		if m.xi == nil {
			axpy(1, m.xsum[c], gb)
			continue
		}
		for k, v := range m.xsum[c] {
			axpy(v, m.x[k*m.p:(k+1)*m.p], gb)
		}
	}
	ga := grad[m.p+len(m.theta):]
	for _, s := range m.auxsum {
		for k, v := range s {
			ga[k] += v
		}
	}
	m.b.gather(m.d2)
}

// thetaGradient needs Zᵀt in d, Zᵀr in g, u and a.
func (m *laplace) thetaGradient(gt []float64) {
	for t, g := range m.lay.groups {
		zt, zr, u, a := m.d1, m.g1, m.u1, m.a1
		if t > 0 {
			to := g.off + g.k*g.levels
			zt, zr, u, a = m.d2[g.off:to], m.g2[g.off:to], m.u2[g.off:to], m.a2[g.off:to]
		}
		for e, rc := range g.ent {
			sum := 0.0
			for l := 0; l < len(zt); l += g.k {
				sum += zt[l+rc[0]]*u[l+rc[1]] + zr[l+rc[0]]*a[l+rc[1]]
			}
			gt[g.th+e] = sum + 2*m.b.dm[t][rc[0]*g.k+rc[1]]
		}
	}
}

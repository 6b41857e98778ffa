package mixed

import "math"

// predict moves û to first order along the change of β and θ, with what the last evaluation left:
// H dû = dΛᵀZᵀr − ΛᵀZᵀW(X dβ + Z dΛ u). Where that would move the linear predictor far, û stays.
func (m *laplace) predict(phi []float64) {
	db, dt := m.dbeta, m.dtheta
	for j := range db {
		db[j] = phi[j] - m.beta[j]
	}
	for j := range dt {
		dt[j] = phi[m.p+j] - m.theta[j]
	}
	for i := range m.xb {
		m.xb[i] = dot(m.x[i*m.p:(i+1)*m.p], db)
	}
	m.b.changeLambda(dt, m.u1, m.u2, m.b1, m.b2, false)
	offset := m.offset
	m.offset = nil
	m.run(len(m.lay.chunks), func(c int) {
		m.linear(c)
		lo, hi := m.rows(c)
		for i := lo; i < hi; i++ {
			m.t[i] = -m.w[i] * m.eta[i]
		}
		m.b.project(c, m.t, m.d1, m.b.part[c].p2)
	})
	m.offset = offset
	m.b.gather(m.d2)
	m.b.leftLambda(m.d1, m.d2, true)
	m.b.changeLambda(dt, m.g1, m.g2, m.a1, m.a2, true)
	axpy(1, m.a1, m.d1)
	axpy(1, m.a2, m.d2)
	m.b.solve(m.d1, m.d2)
	if largest(m.d1) < 1 && largest(m.d2) < 1 {
		m.move(1)
	}
}

func largest(x []float64) float64 {
	most := 0.0
	for _, v := range x {
		most = max(most, math.Abs(v))
	}
	return most
}

// changeLambda sets o to dΛ·x, or to dΛᵀ·x, where dΛ has the free entries dt.
func (b *blocks) changeLambda(dt, x1, x2, o1, o2 []float64, transpose bool) {
	clear(o1)
	clear(o2)
	for t, g := range b.y.groups {
		x, o := x1, o1
		if t > 0 {
			x, o = x2[g.off:g.off+g.k*g.levels], o2[g.off:g.off+g.k*g.levels]
		}
		for e, rc := range g.ent {
			to, from, v := rc[0], rc[1], dt[g.th+e]
			if transpose {
				to, from = from, to
			}
			for l := 0; l < len(x); l += g.k {
				o[l+to] += v * x[l+from]
			}
		}
	}
}

// curvature replaces the first inverse Hessian h0 (n×n) by a better one once D and its gradient have been evaluated:
// ∂²D/∂β² is about 2(XᵀWX − XᵀWZΛH⁻¹ΛᵀZᵀWX), and for the diagonal of Λ about 4Lρ²/θ² with ρ the share of the L levels' variance
// that the data determine.
func (m *laplace) curvature(h0 []float64, n int) {
	p := m.p
	f1, f2 := make([][]float64, p), make([][]float64, p)
	s1, s2 := make([][]float64, p), make([][]float64, p)
	for j := range p {
		f1[j], f2[j] = make([]float64, len(m.u1)), make([]float64, len(m.u2))
		m.run(len(m.lay.chunks), func(c int) {
			lo, hi := m.rows(c)
			for i := lo; i < hi; i++ {
				k := i
				if m.xi != nil {
					k = int(m.xi[i])
				}
				m.t[i] = m.w[i] * m.x[k*p+j]
			}
			m.b.project(c, m.t, f1[j], m.b.part[c].p2)
		})
		m.b.gather(f2[j])
		m.b.leftLambda(f1[j], f2[j], true)
		s1[j], s2[j] = append([]float64(nil), f1[j]...), append([]float64(nil), f2[j]...)
		m.b.solve(s1[j], s2[j])
	}
	info := make([]float64, p*p)
	m.crossprod(m.w, nil, info, nil)
	for i := range p {
		for j := range i + 1 {
			info[i*p+j] -= dot(f1[i], s1[j]) + dot(f2[i], s2[j])
		}
	}
	if inv := invertDefinite(info, p); inv != nil {
		for i := range p {
			for j := range p {
				h0[i*n+j] = inv[i*p+j] / 2
			}
		}
	}
	for t, g := range m.lay.groups {
		for e, rc := range g.ent {
			if rc[0] != rc[1] {
				continue
			}
			th := m.theta[g.th+e]
			rho := min(1, max(0.05, th*m.b.dm[t][rc[0]*g.k+rc[0]]/float64(g.levels)))
			at := p + g.th + e
			h0[at*n+at] = th * th / (4 * float64(g.levels) * rho * rho)
		}
	}
}

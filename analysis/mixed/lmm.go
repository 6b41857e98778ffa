package mixed

import "math"

// A lmm evaluates the deviance of a linear mixed model, profiled over β and σ. The crossproducts are formed once; an evaluation
// does not touch the rows:
//
//	U = H⁻¹ΛᵀZᵀ[X y],  P = XᵀX − (ΛᵀZᵀX)ᵀU_X,  β = P⁻¹(Xᵀy − (ΛᵀZᵀX)ᵀU_y),  ρ² = yᵀy − … − βᵀ(…)
//	D(θ) = log|H| + ν(1 + log(2πρ²/ν)) + log|P| (REML, ν = n − p; for ML ν = n without log|P|)
type lmm struct {
	p        int
	reml     bool
	nu       float64
	lay      *layout
	b        *blocks
	run      func(int, func(int))
	zx1, zx2 [][]float64 // ZᵀW[X y] by column
	xx       []float64   // p×p
	xy       []float64
	yy       float64
	constant float64

	f1, f2 [][]float64 // ΛᵀZᵀ[X y]
	u1, u2 [][]float64
	k1, k2 [][]float64 // ZᵀX − AΛU_X, last column Zᵀr
	s1, s2 []float64
	pinv   []float64
	beta   []float64
	rho2   float64
	evals  int
}

func newLMM(l *laplace, lay *layout, reml bool) *lmm {
	p := l.p
	m := &lmm{p: p, reml: reml, lay: lay, b: l.b, run: l.run, nu: float64(l.n)}
	if reml {
		m.nu -= float64(p)
	}
	col := make([]float64, l.n)
	for j := range p + 1 {
		for i := range l.n {
			k := i
			if l.xi != nil {
				k = int(l.xi[i])
			}
			v := l.y[i]
			if j < p {
				v = l.x[k*p+j]
			} else if l.offset != nil {
				v -= l.offset[i]
			}
			col[i] = v * l.wt[i]
		}
		z1, z2 := make([]float64, lay.l1*lay.k1), make([]float64, lay.q2)
		m.run(len(lay.chunks), func(c int) { m.b.project(c, col, z1, m.b.part[c].p2) })
		m.b.gather(z2)
		m.zx1, m.zx2 = append(m.zx1, z1), append(m.zx2, z2)
		for _, s := range []*[][]float64{&m.f1, &m.u1, &m.k1} {
			*s = append(*s, make([]float64, len(z1)))
		}
		for _, s := range []*[][]float64{&m.f2, &m.u2, &m.k2} {
			*s = append(*s, make([]float64, len(z2)))
		}
	}
	for i := range l.n {
		y := l.y[i]
		if l.offset != nil {
			y -= l.offset[i]
		}
		m.yy += l.wt[i] * y * y
		if l.wt[i] > 0 {
			m.constant -= math.Log(l.wt[i])
		}
	}
	m.s1, m.s2 = make([]float64, lay.l1*lay.k1), make([]float64, lay.q2)
	m.xx, m.xy = make([]float64, p*p), make([]float64, p)
	l.crossprod(l.wt, col, m.xx, m.xy)
	mirror(m.xx, p)
	m.run(len(lay.chunks), func(c int) { m.b.accumulate(c, l.wt) })
	m.b.gatherDense()
	m.beta, m.pinv = make([]float64, p), make([]float64, p*p)
	return m
}

func mirror(a []float64, n int) {
	for i := range n {
		for j := range i {
			a[j*n+i] = a[i*n+j]
		}
	}
}

// solve factors H at θ and sets U, P⁻¹, β and ρ². It returns log|H| and log|P|.
func (m *lmm) solve(theta []float64) (logH, logP float64, ok bool) {
	m.evals++
	for _, v := range theta {
		if math.IsNaN(v) || math.Abs(v) > 1e8 {
			return 0, 0, false
		}
	}
	m.b.setTheta(theta)
	m.run(len(m.lay.chunks), m.b.factorChunk)
	if !m.b.finish() {
		return 0, 0, false
	}
	p := m.p
	for j := range p + 1 {
		copy(m.f1[j], m.zx1[j])
		copy(m.f2[j], m.zx2[j])
		m.b.leftLambda(m.f1[j], m.f2[j], true)
		copy(m.u1[j], m.f1[j])
		copy(m.u2[j], m.f2[j])
		m.b.solve(m.u1[j], m.u2[j])
	}
	c := make([]float64, p)
	pm := append([]float64(nil), m.xx...)
	for i := range p {
		for j := range i + 1 {
			pm[i*p+j] -= dot(m.f1[i], m.u1[j]) + dot(m.f2[i], m.u2[j])
		}
		c[i] = m.xy[i] - dot(m.f1[i], m.u1[p]) - dot(m.f2[i], m.u2[p])
	}
	if !cholesky(pm, p) {
		return 0, 0, false
	}
	for i := range p {
		logP += 2 * math.Log(pm[i*p+i])
	}
	inverseFrom(pm, p, m.pinv)
	copy(m.beta, c)
	forward(pm, p, m.beta)
	backward(pm, p, m.beta)
	m.rho2 = m.yy - dot(m.f1[p], m.u1[p]) - dot(m.f2[p], m.u2[p]) - dot(m.beta, c)
	if !(m.rho2 > 0) {
		return 0, 0, false
	}
	return m.b.logdet, logP, true
}

// value is the profiled deviance and its gradient.
func (m *lmm) value(theta, grad []float64) float64 {
	logH, logP, ok := m.solve(theta)
	if !ok {
		return math.Inf(1)
	}
	d := logH + m.nu*(1+math.Log(2*math.Pi*m.rho2/m.nu)) + m.constant
	if m.reml {
		d += logP
	}
	if grad != nil {
		m.gradient(grad, m.nu/m.rho2)
	}
	return d
}

// gradient is ∂(log|H| + scale·ρ² + log|P|)/∂θ with scale held fixed, at the last solve.
func (m *lmm) gradient(grad []float64, scale float64) {
	p := m.p
	m.b.inverse()
	u1, u2 := m.u1[p], m.u2[p]
	for j := range p { // the last column becomes u = U_y − U_Xβ
		axpy(-m.beta[j], m.u1[j], u1)
		axpy(-m.beta[j], m.u2[j], u2)
	}
	for j := range p + 1 {
		copy(m.k1[j], m.zx1[j])
		copy(m.k2[j], m.zx2[j])
		if j == p {
			for i := range p {
				axpy(-m.beta[i], m.zx1[i], m.k1[p])
				axpy(-m.beta[i], m.zx2[i], m.k2[p])
			}
		}
		copy(m.s1, m.u1[j])
		copy(m.s2, m.u2[j])
		m.b.leftLambda(m.s1, m.s2, false)
		m.b.subtractA(m.s1, m.s2, m.k1[j], m.k2[j])
	}
	for t, g := range m.lay.groups {
		for e, rc := range g.ent {
			v := 2 * m.b.dm[t][rc[0]*g.k+rc[1]]
			v -= 2 * scale * m.pair(t, rc, p, p)
			if m.reml {
				for i := range p {
					for j := range p {
						v -= 2 * m.pinv[i*p+j] * m.pair(t, rc, i, j)
					}
				}
			}
			grad[g.th+e] = v
		}
	}
}

// pair is Σ over the levels of group t of K_i[row]·U_j[column].
func (m *lmm) pair(t int, rc [2]int, i, j int) float64 {
	g := m.lay.groups[t]
	k, u := m.k1[i], m.u1[j]
	if t > 0 {
		k, u = m.k2[i][g.off:g.off+g.k*g.levels], m.u2[j][g.off:g.off+g.k*g.levels]
	}
	if g.k == 1 {
		return dot(k, u)
	}
	s := 0.0
	for l := 0; l < len(k); l += g.k {
		s += k[l+rc[0]] * u[l+rc[1]]
	}
	return s
}

// subtractA subtracts A·x from out.
func (b *blocks) subtractA(x1, x2, o1, o2 []float64) {
	y, k := b.y, b.y.k1
	for l := range y.l1 {
		cols := y.cols[y.ptr[l]:y.ptr[l+1]]
		m := len(cols)
		for r := range k {
			o1[l*k+r] -= dot(b.a11[(l*k+r)*k:(l*k+r+1)*k], x1[l*k:(l+1)*k])
			row := b.a12[y.ptr[l]*k+r*m : y.ptr[l]*k+(r+1)*m]
			v := x1[l*k+r]
			if m > 0 && int(cols[m-1]-cols[0]) == m-1 { // without gaps, as in every complete crossing
				first := int(cols[0])
				o1[l*k+r] -= dot(row, x2[first:first+m])
				axpy(-v, row, o2[first:first+m])
				continue
			}
			for j, c := range cols {
				o1[l*k+r] -= row[j] * x2[c]
				o2[c] -= row[j] * v
			}
		}
	}
	for i := range y.q2 {
		if y.scalar {
			o2[i] -= b.a22[i] * x2[i]
			continue
		}
		o2[i] -= dot(b.a22[i*y.q2:(i+1)*y.q2], x2)
	}
}

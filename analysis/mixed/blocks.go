package mixed

import "math"

// Blocks holds the numbers of one evaluation on a layout: the crossproduct A = ZᵀWZ, Λ, and the factor of H = ΛᵀAΛ + I:
//
//	D_l = Λ₁ᵀA₁₁Λ₁ + I = L_l L_lᵀ        (k1×k1 per block level)
//	G_l = L_l⁻¹ Λ₁ᵀA₁₂Λ₂                  (k1×m_l on the pattern)
//	S   = Λ₂ᵀA₂₂Λ₂ + I − Σ G_lᵀG_l        (dense, q2×q2)
type blocks struct {
	y   *layout
	run func(n int, f func(i int))

	a11, a12, a22 []float64   // l1×k1×k1, nnz×k1 (row a of level l at ptr[l]·k1 + a·m_l), q2×q2 (q2 when scalar)
	lam           [][]float64 // per group (layout order), k×k lower, row-major
	cs            []float64   // scale per dense column when every dense group is scalar
	ld, g         []float64
	s             []float64 // q2×q2, its Cholesky factor after finish (lower)
	logD          []float64 // per chunk
	logdet        float64
	part          []chunkPart

	t        []float64 // S⁻¹, full
	v11, v12 []float64 // ΛH⁻¹Λᵀ on blocks and pattern
	v22      []float64
	dm       [][]float64 // per group: Σ over levels of the diagonal blocks of AΛH⁻¹, k×k
}

// A chunkPart is what one chunk of block levels adds up by itself, so that sums have one order on any number of cores.
type chunkPart struct {
	a22, s, p2 []float64
	m          [][]float64
	buf, row   []float64
}

func newBlocks(y *layout, run func(int, func(int))) *blocks {
	b := &blocks{y: y, run: run}
	nnz := len(y.cols)
	b.a11 = make([]float64, y.l1*y.k1*y.k1)
	b.ld = make([]float64, len(b.a11))
	b.v11 = make([]float64, len(b.a11))
	b.a12 = make([]float64, nnz*y.k1)
	b.g = make([]float64, len(b.a12))
	b.v12 = make([]float64, len(b.a12))
	b.s = make([]float64, y.q2*y.q2)
	b.t = make([]float64, y.q2*y.q2)
	b.v22 = make([]float64, y.q2*y.q2)
	b.logD = make([]float64, len(y.chunks))
	b.cs = make([]float64, y.q2)
	na := y.q2 * y.q2
	if y.scalar {
		na = y.q2
	}
	b.a22 = make([]float64, na)
	most := 0
	for l := range y.l1 {
		most = max(most, y.ptr[l+1]-y.ptr[l])
	}
	for _, g := range y.groups {
		b.lam = append(b.lam, make([]float64, g.k*g.k))
		b.dm = append(b.dm, make([]float64, g.k*g.k))
	}
	b.part = make([]chunkPart, len(y.chunks))
	for c := range b.part {
		p := &b.part[c]
		p.a22, p.s, p.p2 = make([]float64, na), make([]float64, y.q2*y.q2), make([]float64, y.q2)
		p.buf, p.row = make([]float64, 3*max(1, y.k1)*max(most, y.k1)), make([]float64, 2*y.q2)
		for _, g := range y.groups {
			p.m = append(p.m, make([]float64, g.k*g.k))
		}
	}
	return b
}

// setTheta fills Λ.
func (b *blocks) setTheta(theta []float64) {
	for t, g := range b.y.groups {
		for e, rc := range g.ent {
			b.lam[t][rc[0]*g.k+rc[1]] = theta[g.th+e]
		}
		if t > 0 && g.k == 1 {
			for j := range g.levels {
				b.cs[g.off+j] = b.lam[t][0]
			}
		}
	}
}

// accumulate forms A over one chunk with row weights w.
func (b *blocks) accumulate(c int, w []float64) {
	y, p := b.y, &b.part[c]
	if y.k1 == 0 {
		return
	}
	if !y.scalar {
		b.accumulateAny(c, w)
		return
	}
	clear(p.a22)
	for l := y.chunks[c][0]; l < y.chunks[c][1]; l++ {
		lo, hi := y.start[l], y.start[l+1]
		sum := 0.0
		if y.m2 == 0 {
			for _, v := range w[lo:hi] {
				sum += v
			}
		} else {
			a := b.a12[y.ptr[l]:y.ptr[l+1]]
			clear(a)
			for i, v := range w[lo:hi] {
				a[y.pos[lo+i]] += v
			}
			cols := y.cols[y.ptr[l]:y.ptr[l+1]]
			for j, v := range a {
				sum += v
				p.a22[cols[j]] += v
			}
		}
		b.a11[l] = sum
	}
}

func (b *blocks) accumulateAny(c int, w []float64) {
	y, p := b.y, &b.part[c]
	clear(p.a22)
	k := y.k1
	z1, z2 := make([]float64, k), make([]float64, y.w2)
	for a := range z1 {
		z1[a] = 1
	}
	for a := range z2 {
		z2[a] = 1
	}
	for l := y.chunks[c][0]; l < y.chunks[c][1]; l++ {
		m := y.ptr[l+1] - y.ptr[l]
		a11, a12 := b.a11[l*k*k:(l+1)*k*k], b.a12[y.ptr[l]*k:y.ptr[l+1]*k]
		clear(a11)
		clear(a12)
		for i := y.start[l]; i < y.start[l+1]; i++ {
			if y.z1 != nil {
				z1 = y.z1[i*k : (i+1)*k]
			}
			if y.z2 != nil {
				z2 = y.z2[i*y.w2 : (i+1)*y.w2]
			}
			for r, zr := range z1 {
				wz := w[i] * zr
				for s, zs := range z1[:r+1] {
					a11[r*k+s] += wz * zs
				}
				at := 0
				for t := range y.m2 {
					to := a12[r*m+int(y.pos[i*y.m2+t]):]
					for a := range y.groups[t+1].k {
						to[a] += wz * z2[at]
						at++
					}
				}
			}
			b.addDense(p.a22, i, w[i], z2)
		}
		for r := range k {
			for s := r + 1; s < k; s++ {
				a11[r*k+s] = a11[s*k+r]
			}
		}
	}
}

// addDense adds w·z2z2ᵀ of one row to the lower triangle of the dense part.
func (b *blocks) addDense(a22 []float64, i int, w float64, z2 []float64) {
	y := b.y
	at := 0
	for t := range y.m2 {
		c0 := int(y.col[i*y.m2+t])
		for a := range y.groups[t+1].k {
			wz := w * z2[at]
			row := a22[(c0+a)*y.q2:]
			as := 0
			for s := range t + 1 {
				d0 := int(y.col[i*y.m2+s])
				for d := range y.groups[s+1].k {
					row[d0+d] += wz * z2[as]
					as++
				}
			}
			at++
		}
	}
}

// gatherDense sums the chunks' dense parts in their order. A22 is symmetric; groups lie in the order of columns, so only
// the lower triangle was filled (and the diagonal blocks whole).
func (b *blocks) gatherDense() {
	clear(b.a22)
	for c := range b.part {
		for j, v := range b.part[c].a22 {
			b.a22[j] += v
		}
	}
	if b.y.scalar {
		return
	}
	q := b.y.q2
	for i := range q {
		for j := i + 1; j < q; j++ {
			b.a22[i*q+j] = b.a22[j*q+i]
		}
	}
}

// scaleRight multiplies a row on the pattern cols by Λ₂ in place.
func (b *blocks) scaleRight(row []float64, cols []int32) {
	if b.allScalar() {
		for j, c := range cols {
			row[j] *= b.cs[c]
		}
		return
	}
	for j := 0; j < len(cols); {
		t := b.termOf(int(cols[j]))
		k := b.y.groups[t].k
		mulLower(row[j:j+k], b.lam[t], k)
		j += k
	}
}

func (b *blocks) allScalar() bool { return b.y.w2 == b.y.m2 }

func (b *blocks) termOf(col int) int {
	for t := len(b.y.groups) - 1; t > 0; t-- {
		if col >= b.y.groups[t].off {
			return t
		}
	}
	return 0
}

// mulLower replaces the row x by xΛ, which is also Λᵀx for a column.
func mulLower(x, lam []float64, k int) {
	for c := range k {
		s := 0.0
		for r := c; r < k; r++ {
			s += x[r] * lam[r*k+c]
		}
		x[c] = s
	}
}

// mulLowerN replaces x by Λx.
func mulLowerN(x, lam []float64, k int) {
	for r := k - 1; r >= 0; r-- {
		s := 0.0
		for c := range r + 1 {
			s += lam[r*k+c] * x[c]
		}
		x[r] = s
	}
}

// logSum adds logarithms by multiplying until the product is large.
type logSum struct{ prod, sum float64 }

func (s *logSum) add(x float64) {
	if s.prod == 0 {
		s.prod = 1
	}
	s.prod *= x
	if s.prod > 1e200 {
		s.sum += math.Log(s.prod)
		s.prod = 1
	}
}

func (s *logSum) total() float64 {
	if s.prod == 0 {
		return s.sum
	}
	return s.sum + math.Log(s.prod)
}

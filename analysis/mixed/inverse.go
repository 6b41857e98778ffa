package mixed

// inverse fills V = ΛH⁻¹Λᵀ on the blocks and the pattern and, per group, the sum over its levels of the diagonal blocks of
// AΛH⁻¹, which is half of ∂log|H|/∂Λ. It follows factorChunk on every chunk and finish.
func (b *blocks) inverse() {
	y := b.y
	if y.k1 == 0 {
		return
	}
	if y.q2 > 0 {
		inverseFrom(b.s, y.q2, b.t)
	}
	b.run(len(y.chunks), b.inverseChunk)
	for t := range b.dm {
		clear(b.dm[t])
	}
	for c := range b.part {
		for t, m := range b.part[c].m {
			for i, v := range m {
				b.dm[t][i] += v
			}
		}
	}
	if y.q2 > 0 {
		b.inverseDense()
	}
}

// inverseChunk works level by level: G T on the pattern, then H₁₂ = −L⁻ᵀ(GT) and H₁₁ = L⁻ᵀ(I + (GT)Gᵀ)L⁻¹.
func (b *blocks) inverseChunk(c int) {
	y, p, k := b.y, &b.part[c], b.y.k1
	for _, m := range p.m {
		clear(m)
	}
	h11 := make([]float64, k*k)
	for l := y.chunks[c][0]; l < y.chunks[c][1]; l++ {
		cols := y.cols[y.ptr[l]:y.ptr[l+1]]
		m := len(cols)
		g := b.g[y.ptr[l]*k : y.ptr[l+1]*k]
		h12 := b.v12[y.ptr[l]*k : y.ptr[l+1]*k]
		for a := range k {
			b.timesT(g[a*m:(a+1)*m], h12[a*m:(a+1)*m], cols)
		}
		ld := b.ld[l*k*k : (l+1)*k*k]
		if k == 1 && b.allScalar() {
			b.inverseScalar(l, p, g, h12, cols)
			continue
		}
		for r := range k {
			for s := range k {
				h11[r*k+s] = dot(h12[r*m:(r+1)*m], g[s*m:(s+1)*m])
			}
			h11[r*k+r]++
		}
		backRows(ld, k, h11, k)
		for r := range k {
			backward(ld, k, h11[r*k:(r+1)*k])
		}
		backRows(ld, k, h12, m)
		scal(-1, h12)
		b.addM(l, p, h11, h12, cols)
		b.scaleV(l, h11, h12, cols)
	}
}

// inverseScalar is inverseChunk's end for intercepts: h12 holds GT and becomes ΛH₁₂Λ.
func (b *blocks) inverseScalar(l int, p *chunkPart, g, h12 []float64, cols []int32) {
	y := b.y
	th, root := b.lam[0][0], b.ld[l]
	h := (1 + dot(h12, g)) / (root * root)
	a12 := b.a12[y.ptr[l]:y.ptr[l+1]]
	m1 := b.a11[l] * th * h
	if len(p.m) == 2 {
		m2 := 0.0
		for j, col := range cols {
			hj := -h12[j] / root
			cs := b.cs[col]
			m1 += a12[j] * cs * hj
			m2 += a12[j] * th * hj
			h12[j] = th * hj * cs
		}
		p.m[1][0] += m2
	} else {
		for j, col := range cols {
			hj := -h12[j] / root
			m1 += a12[j] * b.cs[col] * hj
			p.m[b.termOf(int(col))][0] += a12[j] * th * hj
			h12[j] = th * hj * b.cs[col]
		}
	}
	p.m[0][0] += m1
	b.v11[l] = th * th * h
}

// timesT sets out = xT on the pattern.
func (b *blocks) timesT(x, out []float64, cols []int32) {
	q := b.y.q2
	clear(out)
	if b.y.full {
		for i, v := range x {
			axpy(v, b.t[i*q:(i+1)*q], out)
		}
		return
	}
	for i, v := range x {
		row := b.t[int(cols[i])*q:]
		for j, c := range cols {
			out[j] += v * row[c]
		}
	}
}

// backRows solves Lᵀx = r for every column of the k×m matrix x in place.
func backRows(l []float64, k int, x []float64, m int) {
	for r := k - 1; r >= 0; r-- {
		row := x[r*m : (r+1)*m]
		scal(1/l[r*k+r], row)
		for c := range r {
			axpy(-l[r*k+c], row, x[c*m:(c+1)*m])
		}
	}
}

// addM adds the level's share of the diagonal blocks of AΛH⁻¹.
func (b *blocks) addM(l int, p *chunkPart, h11, h12 []float64, cols []int32) {
	k, m := b.y.k1, len(cols)
	a11 := b.a11[l*k*k : (l+1)*k*k]
	a12 := b.a12[b.y.ptr[l]*k : b.y.ptr[l+1]*k]
	row, right := p.buf[:k], p.buf[k:k+m]
	for r := range k {
		copy(row, a11[r*k:(r+1)*k])
		mulLower(row, b.lam[0], k)
		copy(right, a12[r*m:(r+1)*m])
		b.scaleRight(right, cols)
		for c := range k {
			v := dot(right, h12[c*m:(c+1)*m])
			for s := range k {
				v += row[s] * h11[s*k+c]
			}
			p.m[0][r*k+c] += v
		}
	}
	if m == 0 {
		return
	}
	left := p.buf[k : k+k*m]
	copy(left, a12)
	leftLowerT(left, b.lam[0], k, m)
	for j := 0; j < m; {
		t := b.termOf(int(cols[j]))
		kt := b.y.groups[t].k
		for r := range kt {
			for c := range kt {
				for a := range k {
					p.m[t][r*kt+c] += left[a*m+j+r] * h12[a*m+j+c]
				}
			}
		}
		j += kt
	}
}

// scaleV turns H⁻¹ into ΛH⁻¹Λᵀ for one level.
func (b *blocks) scaleV(l int, h11, h12 []float64, cols []int32) {
	k, m := b.y.k1, len(cols)
	v := b.v11[l*k*k : (l+1)*k*k]
	copy(v, h11)
	for r := range k {
		mulLowerN(v[r*k:(r+1)*k], b.lam[0], k)
	}
	leftLowerN(v, b.lam[0], k, k)
	leftLowerN(h12, b.lam[0], k, m)
	for a := range k {
		b.scaleRightT(h12[a*m:(a+1)*m], cols)
	}
}

// leftLowerN replaces the k×m matrix x by Λx.
func leftLowerN(x, lam []float64, k, m int) {
	for r := k - 1; r >= 0; r-- {
		row := x[r*m : (r+1)*m]
		scal(lam[r*k+r], row)
		for c := range r {
			axpy(lam[r*k+c], x[c*m:(c+1)*m], row)
		}
	}
}

// scaleRightT multiplies a row on the pattern by Λ₂ᵀ.
func (b *blocks) scaleRightT(row []float64, cols []int32) {
	if b.allScalar() {
		for j, c := range cols {
			row[j] *= b.cs[c]
		}
		return
	}
	for j := 0; j < len(cols); {
		t := b.termOf(int(cols[j]))
		k := b.y.groups[t].k
		mulLowerN(row[j:j+k], b.lam[t], k)
		j += k
	}
}

// inverseDense adds A₂₂Λ₂T's diagonal blocks and sets V₂₂ = Λ₂TΛ₂ᵀ.
func (b *blocks) inverseDense() {
	q := b.y.q2
	if b.y.scalar {
		for j := range q {
			b.dm[1][0] += b.a22[j] * b.cs[j] * b.t[j*q+j]
			b.v22[j*q+j] = b.cs[j] * b.cs[j] * b.t[j*q+j]
		}
		return
	}
	row := make([]float64, q)
	all := make([]int32, q)
	for j := range all {
		all[j] = int32(j)
	}
	for t, g := range b.y.groups[1:] {
		for l := range g.levels {
			at := g.off + l*g.k
			for r := range g.k {
				copy(row, b.a22[(at+r)*q:(at+r+1)*q])
				b.scaleRight(row, all)
				for c := range g.k {
					b.dm[t+1][r*g.k+c] += dot(row, b.t[(at+c)*q:(at+c+1)*q])
				}
			}
		}
	}
	copy(b.v22, b.t)
	for i := range q {
		b.scaleRightT(b.v22[i*q:(i+1)*q], all)
	}
	for t, g := range b.y.groups[1:] {
		for l := range g.levels {
			at := g.off + l*g.k
			leftLowerN(b.v22[at*q:(at+g.k)*q], b.lam[t+1], g.k, q)
		}
	}
}

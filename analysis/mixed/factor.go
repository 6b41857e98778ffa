package mixed

import "math"

// factorChunk forms D, its factor and G on one chunk and the chunk's ΣGᵀG. A and Λ must be set.
func (b *blocks) factorChunk(c int) {
	y, p := b.y, &b.part[c]
	if y.k1 == 0 {
		return
	}
	clear(p.s)
	var logs logSum
	for l := y.chunks[c][0]; l < y.chunks[c][1]; l++ {
		cols := y.cols[y.ptr[l]:y.ptr[l+1]]
		g := b.g[y.ptr[l]*y.k1 : y.ptr[l+1]*y.k1]
		copy(g, b.a12[y.ptr[l]*y.k1:y.ptr[l+1]*y.k1])
		if y.k1 == 1 {
			th := b.lam[0][0]
			d := th*th*b.a11[l] + 1
			logs.add(d)
			root := math.Sqrt(d)
			b.ld[l] = root
			if b.allScalar() {
				scale := th / root
				for j, col := range cols {
					g[j] *= scale * b.cs[col]
				}
			} else {
				b.scaleRight(g, cols)
				for j := range g {
					g[j] *= th / root
				}
			}
		} else {
			b.factorLevel(l, g, cols, &logs)
		}
		for a := range y.k1 {
			addOuter(p.s, y.q2, g[a*len(cols):(a+1)*len(cols)], cols, y.full)
		}
	}
	b.logD[c] = logs.total()
}

// factorLevel does one block level with k1 > 1.
func (b *blocks) factorLevel(l int, g []float64, cols []int32, logs *logSum) {
	k, m := b.y.k1, len(cols)
	d := b.ld[l*k*k : (l+1)*k*k]
	copy(d, b.a11[l*k*k:(l+1)*k*k])
	lam := b.lam[0]
	for r := range k {
		mulLower(d[r*k:(r+1)*k], lam, k)
	}
	for c := range k { // Λᵀ from the left, row by row: row c needs rows ≥ c only
		for s := range k {
			v := 0.0
			for r := c; r < k; r++ {
				v += lam[r*k+c] * d[r*k+s]
			}
			d[c*k+s] = v
		}
	}
	for r := range k {
		d[r*k+r]++
	}
	cholesky(d, k)
	for r := range k {
		logs.add(d[r*k+r] * d[r*k+r])
	}
	if m == 0 {
		return
	}
	leftLowerT(g, lam, k, m)
	for a := range k {
		b.scaleRight(g[a*m:(a+1)*m], cols)
	}
	for r := range k {
		row := g[r*m : (r+1)*m]
		for c := range r {
			axpy(-d[r*k+c], g[c*m:(c+1)*m], row)
		}
		scal(1/d[r*k+r], row)
	}
}

// leftLowerT replaces the k×m matrix g by Λᵀg.
func leftLowerT(g, lam []float64, k, m int) {
	for c := range k {
		row := g[c*m : (c+1)*m]
		scal(lam[c*k+c], row)
		for r := c + 1; r < k; r++ {
			axpy(lam[r*k+c], g[r*m:(r+1)*m], row)
		}
	}
}

// addOuter adds xxᵀ on the pattern to the lower triangle of s.
func addOuter(s []float64, q int, x []float64, cols []int32, full bool) {
	if full {
		for i, v := range x {
			axpy(v, x[:i+1], s[i*q:i*q+i+1])
		}
		return
	}
	for i, v := range x {
		row := s[int(cols[i])*q:]
		for j, u := range x[:i+1] {
			row[cols[j]] += v * u
		}
	}
}

// finish forms and factors S and sets log|H|. It is false when S is not positive definite.
func (b *blocks) finish() bool {
	q := b.y.q2
	b.logdet = 0
	for _, v := range b.logD {
		b.logdet += v
	}
	if q == 0 {
		return true
	}
	if b.y.scalar {
		clear(b.s)
		for i := range q {
			b.s[i*q+i] = b.cs[i] * b.cs[i] * b.a22[i]
		}
	} else {
		b.scaleDense()
	}
	for c := range b.part {
		for i := range q {
			axpy(-1, b.part[c].s[i*q:i*q+i+1], b.s[i*q:i*q+i+1])
		}
	}
	for i := range q {
		b.s[i*q+i]++
	}
	if !cholesky(b.s, q) {
		return false
	}
	for i := range q {
		b.logdet += 2 * math.Log(b.s[i*q+i])
	}
	return true
}

// scaleDense puts Λ₂ᵀA₂₂Λ₂ into s.
func (b *blocks) scaleDense() {
	q := b.y.q2
	copy(b.s, b.a22)
	if b.allScalar() {
		for i := range q {
			row := b.s[i*q : i*q+i+1]
			for j := range row {
				row[j] *= b.cs[i] * b.cs[j]
			}
		}
		return
	}
	for t, g := range b.y.groups[1:] {
		for l := range g.levels {
			at := g.off + l*g.k
			for i := range q {
				mulLower(b.s[i*q+at:i*q+at+g.k], b.lam[t+1], g.k)
			}
		}
	}
	for t, g := range b.y.groups[1:] {
		for l := range g.levels {
			at := g.off + l*g.k
			leftLowerT(b.s[at*q:(at+g.k)*q], b.lam[t+1], g.k, q)
		}
	}
}

// solve replaces the right-hand side (r1 on the block levels, r2 dense) by H⁻¹ of it.
func (b *blocks) solve(r1, r2 []float64) {
	y, k := b.y, b.y.k1
	for l := range y.l1 {
		v := r1[l*k : (l+1)*k]
		forward(b.ld[l*k*k:(l+1)*k*k], k, v)
		cols := y.cols[y.ptr[l]:y.ptr[l+1]]
		g := b.g[y.ptr[l]*k : y.ptr[l+1]*k]
		for a, x := range v {
			if y.full {
				axpy(-x, g[a*y.q2:(a+1)*y.q2], r2)
				continue
			}
			for j, c := range cols {
				r2[c] -= x * g[a*len(cols)+j]
			}
		}
	}
	if y.q2 > 0 {
		forward(b.s, y.q2, r2)
		backward(b.s, y.q2, r2)
	}
	for l := range y.l1 {
		v := r1[l*k : (l+1)*k]
		cols := y.cols[y.ptr[l]:y.ptr[l+1]]
		g := b.g[y.ptr[l]*k : y.ptr[l+1]*k]
		for a := range v {
			if y.full {
				v[a] -= dot(g[a*y.q2:(a+1)*y.q2], r2)
				continue
			}
			for j, c := range cols {
				v[a] -= r2[c] * g[a*len(cols)+j]
			}
		}
		backward(b.ld[l*k*k:(l+1)*k*k], k, v)
	}
}

// leftLambda replaces (x1, x2) by Λᵀ of it, or by Λ of it when transpose is false.
func (b *blocks) leftLambda(x1, x2 []float64, transpose bool) {
	mul := mulLowerN
	if transpose {
		mul = mulLower
	}
	for t, g := range b.y.groups {
		x := x1
		if t > 0 {
			x = x2[g.off : g.off+g.k*g.levels]
		}
		if g.k == 1 {
			scal(b.lam[t][0], x)
			continue
		}
		for l := range g.levels {
			mul(x[l*g.k:(l+1)*g.k], b.lam[t], g.k)
		}
	}
}

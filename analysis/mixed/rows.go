package mixed

// addZ adds zᵢᵀx to out for the rows of one chunk; x is given on the block levels and on the dense columns.
func (b *blocks) addZ(c int, x1, x2, out []float64) {
	y := b.y
	if y.k1 == 0 {
		return
	}
	for l := y.chunks[c][0]; l < y.chunks[c][1]; l++ {
		lo, hi := y.start[l], y.start[l+1]
		if y.scalar {
			v := x1[l]
			if y.m2 == 0 {
				for i := lo; i < hi; i++ {
					out[i] += v
				}
				continue
			}
			col := y.col[lo:hi]
			for i := range col {
				out[lo+i] += v + x2[col[i]]
			}
			continue
		}
		for i := lo; i < hi; i++ {
			out[i] += b.rowZ(i, x1[l*y.k1:(l+1)*y.k1], x2)
		}
	}
}

func (b *blocks) rowZ(i int, x1, x2 []float64) float64 {
	y := b.y
	v := 0.0
	if y.z1 == nil {
		v = x1[0]
	} else {
		for a, x := range x1 {
			v += y.z1[i*y.k1+a] * x
		}
	}
	at := i * y.w2
	for t := range y.m2 {
		c0 := int(y.col[i*y.m2+t])
		for a := range y.groups[t+1].k {
			if y.z2 == nil {
				v += x2[c0+a]
			} else {
				v += y.z2[at] * x2[c0+a]
			}
			at++
		}
	}
	return v
}

// project sets o1 (block levels of the chunk) and p2 (the chunk's dense sums) to Zᵀv.
func (b *blocks) project(c int, v, o1, p2 []float64) {
	y := b.y
	clear(p2)
	if y.k1 == 0 {
		return
	}
	for l := y.chunks[c][0]; l < y.chunks[c][1]; l++ {
		lo, hi := y.start[l], y.start[l+1]
		if y.scalar {
			sum := 0.0
			if y.m2 == 0 {
				for _, x := range v[lo:hi] {
					sum += x
				}
			} else {
				col := y.col[lo:hi]
				for i, x := range v[lo:hi] {
					sum += x
					p2[col[i]] += x
				}
			}
			o1[l] = sum
			continue
		}
		o := o1[l*y.k1 : (l+1)*y.k1]
		clear(o)
		for i := lo; i < hi; i++ {
			b.rowZT(i, v[i], o, p2)
		}
	}
}

func (b *blocks) rowZT(i int, v float64, o, p2 []float64) {
	y := b.y
	if y.z1 == nil {
		o[0] += v
	} else {
		for a := range o {
			o[a] += y.z1[i*y.k1+a] * v
		}
	}
	at := i * y.w2
	for t := range y.m2 {
		c0 := int(y.col[i*y.m2+t])
		for a := range y.groups[t+1].k {
			if y.z2 == nil {
				p2[c0+a] += v
			} else {
				p2[c0+a] += y.z2[at] * v
			}
			at++
		}
	}
}

// gather sums the chunks' dense projections in their order.
func (b *blocks) gather(out []float64) {
	clear(out)
	for c := range b.part {
		for j, v := range b.part[c].p2 {
			out[j] += v
		}
	}
}

// spread sets s to zᵢᵀVzᵢ, the variance of the random part of each row of a chunk. It follows inverse.
func (b *blocks) spread(c int, s []float64) {
	y, k := b.y, b.y.k1
	lo, hi := y.start[y.chunks[c][0]], y.start[y.chunks[c][1]]
	if k == 0 {
		clear(s[lo:hi])
		return
	}
	for l := y.chunks[c][0]; l < y.chunks[c][1]; l++ {
		lo, hi := y.start[l], y.start[l+1]
		v12 := b.v12[y.ptr[l]*k : y.ptr[l+1]*k]
		if y.scalar {
			v := b.v11[l]
			if y.m2 == 0 {
				for i := lo; i < hi; i++ {
					s[i] = v
				}
				continue
			}
			pos, col := y.pos[lo:hi], y.col[lo:hi]
			for i := range pos {
				j := int(col[i])
				s[lo+i] = v + 2*v12[pos[i]] + b.v22[j*y.q2+j]
			}
			continue
		}
		for i := lo; i < hi; i++ {
			s[i] = b.rowSpread(i, b.v11[l*k*k:(l+1)*k*k], v12, y.ptr[l+1]-y.ptr[l])
		}
	}
}

func (b *blocks) rowSpread(i int, v11, v12 []float64, m int) float64 {
	y, k := b.y, b.y.k1
	z1 := func(a int) float64 {
		if y.z1 == nil {
			return 1
		}
		return y.z1[i*k+a]
	}
	z2 := func(a int) float64 {
		if y.z2 == nil {
			return 1
		}
		return y.z2[i*y.w2+a]
	}
	v := 0.0
	for r := range k {
		for s := range k {
			v += z1(r) * v11[r*k+s] * z1(s)
		}
	}
	at := 0
	for t := range y.m2 {
		c0, p0 := int(y.col[i*y.m2+t]), int(y.pos[i*y.m2+t])
		for a := range y.groups[t+1].k {
			cross := 0.0
			for r := range k {
				cross += z1(r) * v12[r*m+p0+a]
			}
			row := b.v22[(c0+a)*y.q2:]
			as := 0
			for s := range y.m2 {
				d0 := int(y.col[i*y.m2+s])
				for d := range y.groups[s+1].k {
					v += z2(at) * row[d0+d] * z2(as)
					as++
				}
			}
			v += 2 * cross * z2(at)
			at++
		}
	}
	return v
}

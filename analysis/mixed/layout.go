package mixed

import "sort"

// A group is one grouping factor of the random part with its columns: k numbers per level, and which entries of the k×k lower
// triangle Λ are free parameters.
type group struct {
	name   string
	terms  []string // k names
	k      int
	levels int
	idx    []int32   // per row, the level
	z      []float64 // n×k row-major; nil when k is 1 and every value is 1
	ent    [][2]int  // free entries (row, column) of Λ
	th     int       // place of the first one in θ
	off    int       // first column in the dense part
}

// A layout is the sparsity of ZᵀWZ, worked out once. The group with most columns is block diagonal, all others share one dense
// Schur complement of order q2. Rows are sorted by the level of the block group. Per block level only the dense columns that
// occur with it are kept: cols[ptr[l]:ptr[l+1]].
type layout struct {
	n      int
	groups []*group
	order  []int // sorted row → original row
	k1, l1 int
	start  []int     // first sorted row of each block level
	z1     []float64 // n×k1, or nil for ones
	m2, w2 int       // dense groups, their columns per row
	q2     int
	col    []int32   // n×m2: dense column of the row's level
	pos    []int32   // n×m2: its place in the pattern of the block level
	z2     []float64 // n×w2, or nil for ones
	ptr    []int
	cols   []int32
	full   bool // every dense column occurs with every block level
	scalar bool // one intercept per level in every group, at most one dense group
	ntheta int
	chunks [][2]int // ranges of block levels, fixed by the data alone
}

// newLayout sorts the rows and finds the pattern. groups may be empty.
func newLayout(n int, groups []*group) *layout {
	y := &layout{n: n, groups: append([]*group(nil), groups...), order: make([]int, n)}
	sort.SliceStable(y.groups, func(i, j int) bool {
		return y.groups[i].levels*y.groups[i].k > y.groups[j].levels*y.groups[j].k
	})
	for i := range y.order {
		y.order[i] = i
	}
	for _, g := range groups {
		g.th = y.ntheta
		y.ntheta += len(g.ent)
	}
	y.sortRows()
	if len(y.groups) > 0 {
		y.z1 = takeRows(y.groups[0].z, y.groups[0].k, y.order)
	}
	y.placeDense()
	y.findPattern()
	y.cut()
	return y
}

// sortRows orders rows by block level, and within it by the first dense level, keeping ties.
func (y *layout) sortRows() {
	y.l1, y.k1 = 1, 0
	if len(y.groups) == 0 {
		y.l1 = max(1, y.n/4096)
		for l := range y.l1 + 1 {
			y.start = append(y.start, l*y.n/y.l1)
		}
		return
	}
	a := y.groups[0]
	y.l1, y.k1 = a.levels, a.k
	if len(y.groups) > 1 {
		y.order = bucket(y.order, y.groups[1].idx, y.groups[1].levels)
	}
	y.order = bucket(y.order, a.idx, a.levels)
	y.start = make([]int, y.l1+1)
	for _, l := range a.idx {
		y.start[l+1]++
	}
	for l := range y.l1 {
		y.start[l+1] += y.start[l]
	}
}

// bucket is one pass of a stable radix sort.
func bucket(order []int, key []int32, levels int) []int {
	at := make([]int, levels+1)
	for _, i := range order {
		at[key[i]+1]++
	}
	for l := range levels {
		at[l+1] += at[l]
	}
	out := make([]int, len(order))
	for _, i := range order {
		out[at[key[i]]] = i
		at[key[i]]++
	}
	return out
}

func (y *layout) placeDense() {
	y.scalar = y.k1 <= 1 && y.z1 == nil && len(y.groups) <= 2
	if len(y.groups) < 2 {
		return
	}
	dense := y.groups[1:]
	ones := true
	for _, g := range dense {
		g.off = y.q2
		y.q2 += g.k * g.levels
		y.w2 += g.k
		ones = ones && g.z == nil
	}
	y.m2 = len(dense)
	y.scalar = y.scalar && ones
	y.col = make([]int32, y.n*y.m2)
	if !ones {
		y.z2 = make([]float64, y.n*y.w2)
	}
	for s, i := range y.order {
		at := s * y.w2
		for t, g := range dense {
			y.col[s*y.m2+t] = int32(g.off) + g.idx[i]*int32(g.k)
			for a := 0; a < g.k && !ones; a++ {
				y.z2[at] = 1
				if g.z != nil {
					y.z2[at] = g.z[i*g.k+a]
				}
				at++
			}
		}
	}
}

// findPattern collects, per block level, the sorted dense columns that occur with it.
func (y *layout) findPattern() {
	y.ptr = make([]int, y.l1+1)
	if y.m2 == 0 {
		return
	}
	y.pos = make([]int32, y.n*y.m2)
	place := make([]int32, y.q2)
	for j := range place {
		place[j] = -1
	}
	var found []int32
	for l := range y.l1 {
		found = found[:0]
		for c := y.start[l] * y.m2; c < y.start[l+1]*y.m2; c++ {
			j := y.col[c]
			if place[j] < 0 {
				for a := range int32(y.groups[1+c%y.m2].k) {
					place[j+a] = 0
					found = append(found, j+a)
				}
			}
		}
		sort.Slice(found, func(i, j int) bool { return found[i] < found[j] })
		for p, j := range found {
			place[j] = int32(p)
		}
		for c := y.start[l] * y.m2; c < y.start[l+1]*y.m2; c++ {
			y.pos[c] = place[y.col[c]]
		}
		for _, j := range found {
			place[j] = -1
		}
		y.cols = append(y.cols, found...)
		y.ptr[l+1] = len(y.cols)
	}
	y.full = len(y.cols) == y.l1*y.q2
}

// cut splits the block levels into chunks of about 4096 rows; few when the dense part is large, because each chunk has its own.
func (y *layout) cut() {
	most := 32
	if y.q2 > 0 {
		most = min(most, 1+4_000_000/(y.q2*y.q2))
	}
	want := max(1, min(y.n/4096, most))
	from := 0
	for c := range want {
		to := from
		for to < y.l1 && (y.start[to] < (c+1)*y.n/want || c == want-1) {
			to++
		}
		if to > from {
			y.chunks = append(y.chunks, [2]int{from, to})
		}
		from = to
	}
}

// takeRows copies n×k values into another row order; nil stays nil.
func takeRows(x []float64, k int, order []int) []float64 {
	if x == nil {
		return nil
	}
	out := make([]float64, len(order)*k)
	for s, i := range order {
		copy(out[s*k:(s+1)*k], x[i*k:(i+1)*k])
	}
	return out
}

package mixed

import (
	"fmt"
	"math"
	"slices"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed/formula"
)

// data is what a fit needs of a table: rows in the table's order.
type data struct {
	n, p    int
	x       []float64 // n×p row-major, columns independent
	names   []string
	keep    []int             // columns of the formula's matrix that were kept
	right   []float64         // p×p: x·right is orthogonal, which is what is fitted
	all     []int             // the columns kept, with the intercept that a cumulative model leaves out
	depends map[int][]float64 // per dropped column its combination of all
	order   map[string][]string
	y, wt   []float64
	offset  []float64 // or nil
	groups  []*group
	matrix  *formula.Matrix
	levels  []string // of the response, cumulative
	event   []bool   // of the response, cox
	binary  bool     // binomial with y in {0,1} and all weights 1
	aliased []string
}

// assemble builds the data of a model from a table.
func assemble(s Spec, t *frame.Frame) (*data, error) {
	f, err := formula.Parse(s.Formula)
	if err != nil {
		return nil, err
	}
	for name := range s.Levels {
		if _, err := t.Need(name); err != nil {
			return nil, fmt.Errorf("order levels: %w", err)
		}
	}
	opt := formula.Options{Levels: s.Levels}
	for _, name := range []string{s.Weights, s.Offset, s.Strata, s.Cluster} {
		if name != "" {
			opt.Also = append(opt.Also, name)
		}
	}
	if s.open() {
		f.Intercept = true
	}
	m, err := f.Build(t, opt)
	if err != nil {
		return nil, err
	}
	d := &data{n: m.N, matrix: m, wt: make([]float64, m.N)}
	for i := range d.wt {
		d.wt[i] = 1
	}
	if s.Weights != "" {
		if d.wt, err = weights(m.Table, s.Weights); err != nil {
			return nil, err
		}
	}
	if err := d.setOffset(s, m); err != nil {
		return nil, err
	}
	if err := d.response(s, m); err != nil {
		return nil, err
	}
	d.columns(s, m)
	d.setGroups(m)
	return d, nil
}

func weights(t *frame.Frame, name string) ([]float64, error) {
	w, err := t.Numbers(name)
	if err != nil {
		return nil, err
	}
	for i, v := range w {
		if v < 0 || math.IsInf(v, 0) {
			return nil, fmt.Errorf("%s: a weight must not be negative or infinite", t.At(i, name))
		}
	}
	return slices.Clone(w), nil
}

func (d *data) setOffset(s Spec, m *formula.Matrix) error {
	d.offset = m.Offset
	if s.Offset == "" {
		return nil
	}
	o, err := m.Table.Numbers(s.Offset)
	if err != nil {
		return err
	}
	if d.offset == nil {
		d.offset = make([]float64, d.n)
	}
	for i, v := range o {
		if math.IsInf(v, 0) {
			return fmt.Errorf("%s: an offset must be finite", m.Table.At(i, s.Offset))
		}
		d.offset[i] += v
	}
	return nil
}

// response takes the left side as the family understands it.
func (d *data) response(s Spec, m *formula.Matrix) error {
	r := m.Response
	d.y = slices.Clone(r.Y)
	if s.Log {
		if r.Kind != "number" || s.Family != "gaussian" {
			return fmt.Errorf("fit model: --log takes the logarithm of a number in a gaussian model, not of %s with family %s", r.Label, s.Family)
		}
		for i, v := range d.y {
			if !(v > 0) {
				return fmt.Errorf("fit model: %s is %v on line %d of %s, which has no logarithm", r.Label, v, m.Table.Line(i), m.Table.Name)
			}
			d.y[i] = math.Log(v)
		}
	}
	switch {
	case s.Family == "binomial":
		return d.binomial(m)
	case s.Family == "cumulative":
		return d.ordinal(m)
	case s.Family == "cox":
		return d.events(m)
	case r.Kind == "factor" && slices.Equal(r.Levels, []string{"FALSE", "TRUE"}):
	case r.Kind != "number":
		return fmt.Errorf("fit model: the response %s must be a number for family %s", r.Label, s.Family)
	}
	if s.Family == "poisson" || s.Family == "negbin" {
		for i, v := range d.y {
			if v < 0 || v != math.Floor(v) {
				return fmt.Errorf("fit model: %s is %v on line %d of %s; counts are whole numbers from 0", r.Label, v, m.Table.Line(i), m.Table.Name)
			}
		}
	}
	return d.constantResponse(s, r.Label)
}

func (d *data) constantResponse(s Spec, label string) error {
	lo, hi := slices.Min(d.y), slices.Max(d.y)
	if s.Family != "gaussian" && hi == 0 {
		return fmt.Errorf("fit model: %s is 0 in every row; there is nothing to compare (a count of 0 in n tries has the exact interval of 'stat proportion 0 n')", label)
	}
	if lo == hi && s.Family == "gaussian" {
		return fmt.Errorf("fit model: %s is %v in every row; there is no variation to explain", label, lo)
	}
	return nil
}

// binomial turns the response into successes y and trials wt.
func (d *data) binomial(m *formula.Matrix) error {
	r := m.Response
	d.binary = true
	var good, all float64
	for i, v := range d.y {
		n := d.wt[i]
		switch {
		case r.Kind == "factor":
			v = min(v, 1)
		case r.Kind == "counts":
			if v < 0 || r.Second[i] < 0 {
				return fmt.Errorf("fit model: %s is negative on line %d of %s", r.Label, m.Table.Line(i), m.Table.Name)
			}
			n *= v + r.Second[i]
			if n > 0 {
				v /= v + r.Second[i]
			}
		case r.Kind != "number":
			return fmt.Errorf("fit model: the response %s cannot be binomial", r.Label)
		}
		if v < 0 || v > 1 {
			return fmt.Errorf("fit model: %s is %v on line %d of %s; a binomial response is 0 or 1, a proportion with --weights, two levels, or cbind(k, n-k)",
				r.Label, v, m.Table.Line(i), m.Table.Name)
		}
		k := n * v
		if math.Abs(k-math.Round(k)) < 1e-9*(1+n) {
			k = math.Round(k)
		}
		d.y[i], d.wt[i] = k, n
		d.binary = d.binary && n == 1 && (k == 0 || k == 1)
		good += k
		all += n
	}
	if r.Kind == "factor" && len(r.Levels) > 2 {
		return fmt.Errorf("fit model: %s has %d levels; write %s == 'level' or use family cumulative", r.Label, len(r.Levels), r.Label)
	}
	if good == 0 || good == all {
		what := "0"
		if good > 0 {
			what = "1"
		}
		return fmt.Errorf("fit model: %s is %s in every row; no model can compare anything (give the exact interval of 'stat proportion' instead)", r.Label, what)
	}
	return nil
}

// ordinal codes the response 1 … J.
func (d *data) ordinal(m *formula.Matrix) error {
	r := m.Response
	if r.Kind == "counts" || r.Kind == "survival" {
		return fmt.Errorf("fit model: the response %s cannot be cumulative", r.Label)
	}
	d.levels = r.Levels
	if r.Kind == "number" {
		var code []int
		d.levels, code = frame.NewNumber(r.Label, r.Y).Factor()
		for i, c := range code {
			d.y[i] = float64(c)
		}
	} else {
		d.dropUnused()
	}
	if len(d.levels) < 3 {
		return fmt.Errorf("fit model: %s has %d levels; a cumulative model needs three or more (two: family binomial)", r.Label, len(d.levels))
	}
	if len(d.levels) > 200 {
		return fmt.Errorf("fit model: %s has %d levels; a cumulative model takes up to 200", r.Label, len(d.levels))
	}
	return nil
}

func (d *data) dropUnused() {
	count := make([]int, len(d.levels))
	for _, v := range d.y {
		count[int(v)]++
	}
	to := make([]int, len(count))
	var kept []string
	for l, c := range count {
		to[l] = len(kept)
		if c > 0 {
			kept = append(kept, d.levels[l])
		}
	}
	for i, v := range d.y {
		d.y[i] = float64(to[int(v)])
	}
	d.levels = kept
}

// columns keeps the independent columns of X, in order, as R drops the later of two collinear ones. A cumulative model has its
// thresholds instead of an intercept, a Cox model its baseline.
func (d *data) columns(s Spec, m *formula.Matrix) {
	from := 0 // where the intercept is implied it is there to find what is collinear with it, and then left out
	if s.open() && m.P > 0 && m.Term[0] < 0 {
		from = 1
	}
	keep, right, depends := independent(m.X, m.N, m.P, d.wt)
	d.all, d.depends, d.order = keep, depends, s.Levels
	k := len(keep)
	for r := from; r < k; r++ {
		d.right = append(d.right, right[r*k+from:(r+1)*k]...)
	}
	for _, j := range keep {
		if !s.open() || m.Term[j] >= 0 {
			d.keep = append(d.keep, j)
		}
	}
	for j, name := range m.Names {
		if slices.Contains(d.keep, j) {
			d.names = append(d.names, name)
		} else if !s.open() || m.Term[j] >= 0 {
			d.aliased = append(d.aliased, name)
		}
	}
	d.p = len(d.keep)
	d.x = pick(m.X, m.N, m.P, d.keep)
}

// pick copies some columns of a row-major matrix.
func pick(x []float64, n, p int, cols []int) []float64 {
	out := make([]float64, n*len(cols))
	for i := range n {
		for k, j := range cols {
			out[i*len(cols)+k] = x[i*p+j]
		}
	}
	return out
}

func (d *data) setGroups(m *formula.Matrix) {
	for _, r := range m.Random {
		g := &group{name: r.Group, terms: r.Names, k: len(r.Names), levels: len(r.Levels), idx: r.Index, z: r.Z}
		from := 0
		for _, size := range r.Blocks {
			for c := range size {
				for row := c; row < size; row++ {
					g.ent = append(g.ent, [2]int{from + row, from + c})
				}
			}
			from += size
		}
		d.groups = append(d.groups, g)
	}
}

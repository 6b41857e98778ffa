package protocol

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
	"pumplab/studies"
	"pumplab/studies/plan"
)

var (
	drawnKeys  = []string{"from", "count", "digits", "beyond", "critical", "time"}
	passKeys   = []string{"soft", "hard"}
	poolKeys   = []string{"pool", "area", "drugs", "weight", "vtbi", "patients"}
	defaultsIn = struct{ weight, vtbi [2]int }{[2]int{50, 110}, [2]int{50, 250}}
)

// drawing is a request for tasks that are drawn from a pool: tasks: {drawn: {from: …}}.
type drawing struct {
	node       node
	from       string
	count      int
	low, high  int // digits of the dose
	soft, hard int // how many of them pass a limit
	critical   bool
	limit      time.Duration
}

// drawn reads the request; the tasks are made once the library is there.
func (d *draft) drawn(n node) {
	what := "tasks: drawn"
	if !d.object(n, what, drawnKeys) {
		return
	}
	d.require(n, what, "from", "count")
	w := drawing{
		node: n, from: d.path(n.Get("from"), what+": from"), count: d.whole(n.Get("count"), what+": count", 1, 200, 1),
		critical: d.flag(n.Get("critical"), what+": critical"),
	}
	w.limit = d.span(n.Get("time"), what+": time")
	w.low, w.high = d.rangeOf(n.Get("digits"), what+": digits", 1, 6, [2]int{2, 4})
	if b := n.Get("beyond"); d.object(b, what+": beyond", passKeys) {
		w.soft = d.whole(b.Get("soft"), what+": beyond: soft", 0, w.count, 0)
		w.hard = d.whole(b.Get("hard"), what+": beyond: hard", 0, w.count, 0)
		if w.soft+w.hard > w.count {
			d.fail(b, "%s: beyond: %d tasks are to pass a limit, but %d are drawn", what, w.soft+w.hard, w.count)
		}
	}
	d.draws = append(d.draws, w)
}

// rangeOf reads 2..4, or one number, optionally with a unit after it.
func (d *draft) rangeOf(n node, what string, low, high int, def [2]int) (from, to int) {
	text := d.str(n, what)
	if text == "" {
		return def[0], def[1]
	}
	text, _, _ = strings.Cut(text, " ")
	a, b, ok := strings.Cut(text, "..")
	if !ok {
		b = a
	}
	from, errA := strconv.Atoi(a)
	to, errB := strconv.Atoi(b)
	if errA == nil && errB == nil && from > to {
		d.reversed(n, what, a, b)
		return def[0], def[1]
	}
	if errA != nil || errB != nil || from < low || to > high {
		d.fail(n, "%s: %q, expected a range as %d..%d", what, n.Text, low, high)
		return def[0], def[1]
	}
	return from, to
}

// reversed reports a range whose larger number comes first.
func (d *draft) reversed(n node, what, from, to string) {
	d.fail(n, "%s: %q is reversed: the smaller number comes first, as %s..%s", what, n.Text, to, from)
}

// pool is a file orders are drawn from.
type pool struct {
	area         *library.Area
	setups       []*library.Setup
	weight, vtbi [2]int
	patients     []string
}

// draw makes the tasks a drawing asks for: drawn-1, drawn-2 … The draws come from the study's seed and the pool's path, so all people
// get the same tasks.
func (d *draft) draw(fsys fs.FS, lib *library.Library, w drawing) {
	p, ok := d.pool(fsys, lib, w)
	if !ok {
		return
	}
	rng := plan.Stream(d.study.Seed, "pool", w.from)
	for i := range w.count {
		t := studies.Task{ID: fmt.Sprintf("drawn-%d", len(d.drawnIDs)+1), Critical: w.critical, Limit: w.limit}
		switch {
		case i < w.hard:
			t.Beyond = "hard"
		case i < w.hard+w.soft:
			t.Beyond = "soft"
		}
		if t.Order, ok = p.order(rng, t.Beyond, w); !ok {
			d.fail(w.node, "tasks: drawn: no drug of %s gives an order with %d to %d digits and %s limit passed", w.from, w.low, w.high, map[string]string{"": "no", "soft": "a soft", "hard": "a hard"}[t.Beyond])
			return
		}
		d.drawnIDs = append(d.drawnIDs, t.ID)
		d.taskNodes[t.ID] = w.node
		d.study.Tasks = append(d.study.Tasks, t)
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// pool reads the pool file: area and, if wanted, drugs, weight, vtbi and patients' names.
func (d *draft) pool(fsys fs.FS, lib *library.Library, w drawing) (p pool, ok bool) {
	data, err := fs.ReadFile(fsys, w.from)
	if err != nil {
		d.fail(w.node.Get("from"), "tasks: drawn: %s", unread(w.from, err))
		return p, false
	}
	r := &draft{reader: reader{written.Reader{File: w.from}}}
	root := r.Values(data)
	defer func() { d.Problems = append(d.Problems, r.Problems...) }()
	if !r.object(root, "pool", poolKeys) {
		r.fail(root, "key: value pairs are expected that begin with pool: NAME")
		return p, false
	}
	r.require(root, "pool", "pool", "area")
	var areas []string
	for _, a := range lib.Areas {
		areas = append(areas, a.Name)
	}
	if p.area, ok = lib.AreaNamed(r.word(root.Get("area"), "pool: area", "", areas)); !ok {
		return p, false
	}
	drugs := r.list(root.Get("drugs"), "pool: drugs")
	for _, n := range drugs {
		r.word(n, "pool: drugs", "", p.area.Drugs())
	}
	wanted := texts(drugs)
	for i := range p.area.Setups {
		s := &p.area.Setups[i]
		fits := s.DoseUnit != (quantity.DoseUnit{}) && s.DoseUnit.Per != "m2" && !s.Custom && (s.Pump == "" || s.Pump == quantity.LargeVolume.Name)
		if fits && (len(wanted) == 0 || slices.Contains(wanted, s.Drug)) {
			p.setups = append(p.setups, s)
		}
	}
	p.weight[0], p.weight[1] = r.rangeOf(root.Get("weight"), "pool: weight", 1, 300, defaultsIn.weight)
	p.vtbi[0], p.vtbi[1] = r.rangeOf(root.Get("vtbi"), "pool: vtbi", 1, 5000, defaultsIn.vtbi)
	p.patients = texts(r.list(root.Get("patients"), "pool: patients"))
	return p, len(r.Problems) == 0 && len(p.setups) > 0
}

// order draws until one fits: a drug, a dose with the wanted number of digits on the wanted side of the limits, a volume within them.
func (p *pool) order(rng *rand.Rand, beyond string, w drawing) (order.Order, bool) {
	between := func(r [2]int) quantity.Decimal { return quantity.Int(int64(r[0] + rng.IntN(r[1]-r[0]+1))) }
	for range 2000 {
		s := p.setups[rng.IntN(len(p.setups))]
		o := order.Order{Area: p.area.Name, Drug: s.Drug, Concentration: s.Concentration, DoseUnit: s.DoseUnit, VTBI: between(p.vtbi)}
		if len(p.patients) > 0 {
			o.Patient = p.patients[rng.IntN(len(p.patients))]
		}
		if s.DoseUnit.Per == "kg" {
			o.Weight = between(p.weight)
		}
		low, high, ok := bounds(s.Limits[library.Dose], beyond)
		if !ok {
			continue
		}
		digits := w.low + rng.IntN(w.high-w.low+1)
		o.Dose = significant(low+quantity.Decimal(rng.Int64N(int64(high-low)+1)), digits)
		if countDigits(o.Dose) != digits || o.Dose.Floor(quantity.LargeVolume.Dose.StepAt(o.Dose)) != o.Dose {
			continue
		}
		if want := or(beyond, "ok"); ders.Check(s.Limits[library.Dose], o.Dose).Kind != want {
			continue
		}
		if passed(p.area, s, o).kind == beyond {
			return o, true
		}
	}
	return order.Order{}, false
}

// bounds are between which doses lie that pass the limit, above it; without one, those within the soft limits.
func bounds(set library.LimitSet, beyond string) (low, high quantity.Decimal, ok bool) {
	if !set.UpperSoft.Set || !set.UpperHard.Set {
		return 0, 0, false
	}
	switch beyond {
	case "soft":
		return set.UpperSoft.Value, set.UpperHard.Value, true
	case "hard":
		return set.UpperHard.Value, 3 * set.UpperHard.Value, true
	}
	return set.LowerSoft.Value, set.UpperSoft.Value, true
}

// significant is d with n significant digits, the rest cut off.
func significant(d quantity.Decimal, n int) quantity.Decimal {
	step := quantity.Decimal(1)
	for v := d; v >= 10; v /= 10 {
		step *= 10
	}
	for range n - 1 {
		if step > 1 {
			step /= 10
		}
	}
	return d.Floor(step)
}

// countDigits is how many digits a person types for d: 0.05 has three.
func countDigits(d quantity.Decimal) int { return len(strings.ReplaceAll(d.String(), ".", "")) }

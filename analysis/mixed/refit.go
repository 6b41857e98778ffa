package mixed

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Rows is the number of rows in use, in the table's order without those left out.
func (m *Model) Rows() int { return m.d.n }

// Response returns a copy of the response as it is fitted: successes of a binomial (Trials of how many), counts, numbers, or the
// level's code from 0 of a cumulative model.
func (m *Model) Response() []float64 { return slices.Clone(m.d.y) }

// Trials returns a copy of the prior weights: the number of tries of a binomial.
func (m *Model) Trials() []float64 { return slices.Clone(m.d.wt) }

// WithResponse returns the same model for another response, in the form of Response, without coding the table again. The
// binomial responses must not exceed the trials, a cumulative one must use every level.
func (m *Model) WithResponse(y []float64) (*Model, error) {
	if len(y) != m.d.n {
		return nil, fmt.Errorf("refit model: %d responses for %d rows", len(y), m.d.n)
	}
	d := *m.d
	d.y = slices.Clone(y)
	if m.spec.Family == "binomial" {
		d.binary = true
		good, all := 0.0, 0.0
		for i, k := range y {
			if k < 0 || k > d.wt[i] {
				return nil, fmt.Errorf("refit model: %v successes of %v in row %d", k, d.wt[i], i+1)
			}
			d.binary = d.binary && d.wt[i] == 1 && (k == 0 || k == 1)
			good, all = good+k, all+d.wt[i]
		}
		if good == 0 || good == all {
			return nil, fmt.Errorf("refit model: the response does not vary")
		}
	}
	return &Model{spec: m.spec, run: m.run, d: &d}, nil
}

// Resample returns the same model on rows drawn as whole levels of a grouping factor: level picks[k] of the factor becomes level
// k, whoever is picked twice counting as two. This is the bootstrap that respects who the observations come from.
func (m *Model) Resample(factor string, picks []int) (*Model, error) {
	at := slices.IndexFunc(m.d.groups, func(g *group) bool { return g.name == factor })
	if at < 0 {
		return nil, fmt.Errorf("resample model: %s is not a grouping factor of the model", factor)
	}
	by := m.d.groups[at]
	members := make([][]int, by.levels)
	for i, l := range by.idx {
		members[l] = append(members[l], i)
	}
	var rows []int
	var level []int32
	for k, pick := range picks {
		if pick < 0 || pick >= by.levels {
			return nil, fmt.Errorf("resample model: %s has no level %d", factor, pick)
		}
		for _, i := range members[pick] {
			rows, level = append(rows, i), append(level, int32(k))
		}
	}
	d := *m.d
	d.n = len(rows)
	d.x, d.y, d.wt = takeRows(d.x, d.p, rows), takeRows(d.y, 1, rows), takeRows(d.wt, 1, rows)
	d.offset = takeRows(d.offset, 1, rows)
	d.groups = nil
	for j, g := range m.d.groups {
		h := *g
		h.z, h.idx = takeRows(g.z, g.k, rows), make([]int32, len(rows))
		if j == at {
			h.idx, h.levels = level, len(picks)
		} else {
			h.idx, h.levels = regroup(g, by, rows, level)
		}
		d.groups = append(d.groups, &h)
	}
	return &Model{spec: m.spec, run: m.run, d: &d}, nil
}

// regroup takes the levels of another factor along. One that is nested in the resampled factor gets new levels for every copy.
func regroup(g, by *group, rows []int, level []int32) ([]int32, int) {
	owner := make([]int32, g.levels)
	for l := range owner {
		owner[l] = -1
	}
	nested := true
	for i, l := range g.idx {
		if owner[l] >= 0 && owner[l] != by.idx[i] {
			nested = false
		}
		owner[l] = by.idx[i]
	}
	index, seen := make([]int32, len(rows)), map[[2]int32]int32{}
	for s, i := range rows {
		key := [2]int32{g.idx[i], 0}
		if nested {
			key[1] = level[s]
		}
		if _, ok := seen[key]; !ok {
			seen[key] = int32(len(seen))
		}
		index[s] = seen[key]
	}
	return index, len(seen)
}

// Estimate fits without standard errors, in about half the time, and returns the fixed effects in the order of Fit's. ok is
// false when the fit did not converge or is separated.
func (m *Model) Estimate() (fixed []float64, ok bool, err error) {
	quick := *m
	quick.quick = true
	quick.spec.Contrasts = ""
	r, err := quick.Fit()
	if err != nil {
		return nil, false, err
	}
	for _, c := range r.Fixed {
		fixed = append(fixed, c.Estimate)
	}
	return fixed, r.Converged, nil
}

// Truth is what Simulate draws from: fixed effects in the order of Fit's (of a cumulative model thresholds first), standard
// deviations in the order of Result.Random (uncorrelated), Theta of negbin, Sigma of gaussian.
type Truth struct {
	Fixed, SD    []float64
	Theta, Sigma float64
}

// Truth returns the parameters of a fit, to simulate from; correlations are left out.
func (r *Result) Truth() Truth {
	t := Truth{Theta: r.Theta, Sigma: r.Sigma}
	for _, c := range r.Fixed {
		t.Fixed = append(t.Fixed, c.Estimate)
	}
	for _, s := range r.Random {
		t.SD = append(t.SD, s.SD)
	}
	return t
}

// Simulate draws a response on the model's own rows: new levels of every grouping factor, then the outcomes.
func (m *Model) Simulate(t Truth, rng *rand.Rand) ([]float64, error) {
	d := m.d
	skip, columns := 0, 0
	if m.spec.Family == "cumulative" {
		skip = len(d.levels) - 1
	}
	for _, g := range d.groups {
		columns += g.k
	}
	if len(t.Fixed) != skip+d.p || len(t.SD) != columns {
		return nil, fmt.Errorf("simulate model: %d fixed effects and %d standard deviations given, the model has %d and %d",
			len(t.Fixed), len(t.SD), skip+d.p, columns)
	}
	eta := make([]float64, d.n)
	for i := range eta {
		eta[i] = dot(d.x[i*d.p:(i+1)*d.p], t.Fixed[skip:])
		if d.offset != nil {
			eta[i] += d.offset[i]
		}
	}
	at := 0
	for _, g := range d.groups {
		for c := range g.k {
			b := make([]float64, g.levels)
			for l := range b {
				b[l] = t.SD[at] * rng.NormFloat64()
			}
			at++
			for i := range eta {
				z := 1.0
				if g.z != nil {
					z = g.z[i*g.k+c]
				}
				eta[i] += z * b[g.idx[i]]
			}
		}
	}
	return m.draw(eta, t, rng), nil
}

func (m *Model) draw(eta []float64, t Truth, rng *rand.Rand) []float64 {
	y := make([]float64, len(eta))
	fam := m.family()
	for i, x := range eta {
		switch m.spec.Family {
		case "gaussian":
			y[i] = x + t.Sigma*rng.NormFloat64()/math.Sqrt(m.d.wt[i])
		case "cumulative":
			u := rng.Float64()
			f := fam.(*cumulative)
			for j := range f.tau {
				if lower, _, _, _, _ := f.shape(t.Fixed[j] - x); u > lower {
					y[i] = float64(j + 1)
				}
			}
		case "binomial":
			mu, _ := fam.mean(x)
			for range int(m.d.wt[i]) {
				if rng.Float64() < mu {
					y[i]++
				}
			}
		default:
			mu := math.Exp(x)
			if m.spec.Family == "negbin" && !math.IsInf(t.Theta, 0) {
				mu *= distuv.Gamma{Alpha: t.Theta, Beta: t.Theta, Src: rng}.Rand()
			}
			if mu > 0 {
				y[i] = distuv.Poisson{Lambda: mu, Src: rng}.Rand()
			}
		}
	}
	return y
}

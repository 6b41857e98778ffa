package cli

import (
	"fmt"
	"math"

	"pumplab/analysis/describe"
)

type statSUS struct {
	statConfidence
	statFile
}

// Run scores each row of ten answers from 1 to 5: odd items less one, even items from five, the sum times 2.5.
func (c *statSUS) Run(x *Context) error {
	w, err := c.wide(x, true)
	if err != nil {
		return err
	}
	if err := w.need(10, 10, "the SUS has ten items"); err != nil {
		return err
	}
	rows, err := w.rows()
	if err != nil {
		return err
	}
	scores := make([]float64, len(rows))
	for i, row := range rows {
		sum := 0.0
		for j, v := range row {
			if v == v && (v < 1 || v > 5 || v != math.Trunc(v)) {
				return fmt.Errorf("%s: %g; SUS answers are 1 to 5", w.frame.At(i, w.names[j]), v)
			}
			if j%2 == 0 {
				sum += v - 1
			} else {
				sum += 5 - v
			}
		}
		scores[i] = sum * 2.5
	}
	s, err := describe.Summarise(scores, c.Confidence)
	if err != nil {
		return fmt.Errorf("%s: no row has all ten answers", w.frame.Name)
	}
	r := w.result("System Usability Scale").
		put("scores", scores).put("mean", s.Mean).put("sd", s.SD).put("ci", s.MeanCI).put("median", s.Median).put("n", s.N)
	if s.Missing > 0 {
		r.note(fmt.Sprintf("%d row%s with an unanswered item not scored", s.Missing, plural(s.Missing)))
	}
	return r.print(x)
}

type statTLX struct {
	Args    []string `arg:"" optional:"" help:"Six ratings 0 to 100 (mental, physical, temporal, performance good to poor, effort, frustration), then six tallies that add up to 15 if wanted; or a CSV file with 6 or 12 columns."`
	Ratings []string `help:"The six ratings."`
	Weights []string `aliases:"tally,tallies" help:"The six tallies from the 15 pairwise choices."`
	Columns []string `help:"Columns of a file."`
}

// Help is shown by --help.
func (*statTLX) Help() string {
	return "Example:\n  pumplab stat tlx 70 10 55 30 60 45 5 0 3 2 4 1"
}

// Run prints raw and weighted workload.
func (c *statTLX) Run(x *Context) error {
	words := append(append(append([]string{}, c.Args...), c.Ratings...), c.Weights...)
	v, err := statNumbers(words)
	if err != nil && len(c.Args) == 1 {
		return c.table(x)
	}
	if err != nil {
		return err
	}
	raw, weighted, err := tlx(v)
	if err != nil {
		return err
	}
	return newStat("NASA-TLX").put("raw", raw).put("weighted", weighted).print(x)
}

func (c *statTLX) table(x *Context) error {
	f := statFile{File: c.Args[0], Columns: c.Columns}
	w, err := f.wide(x, true)
	if err != nil {
		return err
	}
	if n := len(w.names); n != 6 && n != 12 {
		return w.need(6, 6, "the TLX has six ratings, and six tallies if they were taken")
	}
	rows, err := w.rows()
	if err != nil {
		return err
	}
	raws, weights := make([]float64, len(rows)), make([]float64, len(rows))
	for i, row := range rows {
		raws[i], weights[i] = math.NaN(), math.NaN()
		if !complete(row) {
			continue
		}
		if raws[i], weights[i], err = tlx(row); err != nil {
			return fmt.Errorf("%s: row %d: %w", w.frame.Name, i+1, err)
		}
	}
	s, err := describe.Summarise(raws, 0.95)
	if err != nil {
		return fmt.Errorf("%s: no row has all ratings", w.frame.Name)
	}
	r := w.result("NASA-TLX").put("raw", s.Mean).put("weighted", math.NaN()).put("n", s.N).put("raw_scores", raws)
	if m, err := describe.Summarise(weights, 0.95); err == nil {
		r.values[1] = m.Mean
		r.put("weighted_scores", weights)
	}
	return r.dropped(s.Missing).print(x)
}

// tlx scores six ratings and, if there, six tallies; without tallies weighted is NaN.
func tlx(v []float64) (raw, weighted float64, err error) {
	if len(v) != 6 && len(v) != 12 {
		return 0, 0, fmt.Errorf("score TLX: %d numbers; six ratings are needed, and six tallies if wanted", len(v))
	}
	for _, r := range v[:6] {
		if !(r >= 0 && r <= 100) {
			return 0, 0, fmt.Errorf("score TLX: rating %g is not between 0 and 100", r)
		}
		raw += r
	}
	raw /= 6
	if len(v) == 6 {
		return raw, math.NaN(), nil
	}
	total := 0.0
	for i, t := range v[6:] {
		if !(t >= 0 && t <= 5) || t != math.Trunc(t) {
			return 0, 0, fmt.Errorf("score TLX: tally %g; each scale is chosen 0 to 5 times", t)
		}
		total += t
		weighted += v[i] * t
	}
	if total != 15 {
		return 0, 0, fmt.Errorf("score TLX: the tallies add up to %g; 15 choices were made", total)
	}
	return raw, weighted / 15, nil
}

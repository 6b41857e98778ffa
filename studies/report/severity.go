package report

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"
	"pumplab/studies"
)

// Weight is one rung of the scale by which wrong tasks are weighed.
type Weight struct {
	Points int    `json:"points"`
	What   string `json:"what"`
}

// The scale is an assumption that is stated and can be argued about; critical tasks count twice.
var severityScale = []Weight{
	{1, "not completed: the therapy is late"},
	{2, "running wrong, less than twice off; or outside the library"},
	{5, "running wrong, from twice to less than ten times off"},
	{10, "running wrong, ten times off or more, or another drug or concentration than ordered"},
}

// Risk is the severity-weighted risk of a design.
type Risk struct {
	Design     string            `json:"design"`
	Points     int               `json:"points"`
	PerHundred Num               `json:"points_per_100_tasks"`
	CI         describe.Interval `json:"ci"` // percentile bootstrap over people
	Rungs      []int             `json:"tasks_by_rung"`
}

// Standing is the probability of each place among the designs, place 1 first, and the price of being wrong.
type Standing struct {
	Design string `json:"design"`
	Places []Num  `json:"probability_of_place"`
	Regret Num    `json:"expected_excess_per_1000_tasks"` // over the design that is truly best
}

const (
	draws      = 20_000
	replicates = 2_000
	drawSeed   = 20_261_122
)

// rung is the index in severityScale, -1 for a task that ended well.
func rung(t studies.TaskRow) int {
	switch {
	case t.Outcome == studies.NotCompleted:
		return 0
	case t.Outcome == studies.Bypassed:
		return 1
	case !running(t):
		return -1
	}
	switch fold := deviation(t).fold; {
	case fold >= 10:
		return 3
	case fold >= 2:
		return 2
	}
	return 1
}

func points(t studies.TaskRow) int {
	i := rung(t)
	if i < 0 {
		return 0
	}
	if t.Critical {
		return 2 * severityScale[i].Points
	}
	return severityScale[i].Points
}

// off is how far what ran lay from what was ordered.
type off struct {
	field string  // first field that differs; empty if none does
	fold  float64 // the largest ratio over all numbers, 1 or more; 10 for another drug or concentration
}

var lineFields = []string{"drug", "concentration", "weight", "dose", "rate", "vtbi", "time", "area"}

// deviation holds the programmed line of a task against its order.
func deviation(t studies.TaskRow) off {
	o := off{fold: 1}
	if t.Programmed == "" {
		return o
	}
	ordered, programmed := lineOf(t.Ordered), lineOf(t.Programmed)
	see := func(field string, fold float64) {
		if o.field == "" {
			o.field = field
		}
		o.fold = max(o.fold, fold)
	}
	for _, f := range lineFields {
		a, b := ordered[f], programmed[f]
		if a == "" || a == b {
			continue
		}
		switch f {
		case "drug", "concentration":
			see(f, 10)
		case "area":
			see(f, 1)
		default:
			if x := fold(a, b); x > 1.01 { // what a pump's step changes is not another programme
				see(f, x)
			}
		}
	}
	return o
}

// fold is the ratio of two quantities of one unit, the larger over the smaller; 10 if the second is nothing.
func fold(ordered, programmed string) float64 {
	a, unitA, _ := strings.Cut(ordered, " ")
	b, unitB, _ := strings.Cut(programmed, " ")
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	switch {
	case errA != nil || errB != nil || unitA != unitB:
		return 1
	case x <= 0 || y <= 0:
		return 10
	}
	return max(x/y, y/x)
}

func lineOf(s string) map[string]string {
	out := map[string]string{}
	for _, part := range strings.Split(s, "; ") {
		if key, value, ok := strings.Cut(part, ": "); ok {
			out[key] = value
		}
	}
	return out
}

// weigh computes the severity-weighted risk of each design.
func (r *Results) weigh(rows []studies.TaskRow) {
	r.SeverityScale = severityScale
	for _, d := range r.Designs {
		of := where(rows, d.Design, "")
		who := people(of)
		at := map[string]int{}
		for i, p := range who {
			at[p] = i
		}
		sum, n := make([]float64, len(who)), make([]float64, len(who))
		k := Risk{Design: d.Design, Rungs: make([]int, len(severityScale)), CI: describe.Interval{Low: math.NaN(), High: math.NaN()}}
		for _, t := range of {
			i := at[t.Participant]
			n[i]++
			sum[i] += float64(points(t))
			k.Points += points(t)
			if at := rung(t); at >= 0 {
				k.Rungs[at]++
			}
		}
		k.PerHundred = Num(100 * float64(k.Points) / float64(len(of)))
		if len(who) > 1 && k.Points > 0 {
			b := describe.Bootstrap{Clusters: len(who), Replicates: replicates, Statistic: func(picked []int) (float64, error) {
				total, tasks := 0.0, 0.0
				for _, i := range picked {
					total, tasks = total+sum[i], tasks+n[i]
				}
				return 100 * total / tasks, nil
			}}
			if res, err := b.Run(rand.New(rand.NewPCG(drawSeed, 1)), level); err == nil {
				k.CI = res.Percentile
			}
		}
		r.Risk = append(r.Risk, k)
	}
}

// stand computes the probability of each place by the measure of the main question.
func (r *Results) stand() {
	if len(r.Designs) < 2 {
		return
	}
	var k, n []int
	for _, d := range r.Designs {
		s := d.share(r.Measure)
		k, n = append(k, s.K), append(n, s.N)
	}
	all, err := compare.NewStandings(k, n, draws, rand.New(rand.NewPCG(drawSeed, 2)))
	if err != nil {
		return // counts of the cells are counts by construction
	}
	r.Draws = draws
	for i, s := range all {
		x := Standing{Design: r.Designs[i].Design, Regret: Num(1000 * s.Regret)}
		for _, p := range s.Rank {
			x.Places = append(x.Places, Num(p))
		}
		r.Standings = append(r.Standings, x)
	}
}

// share is the share of a design's tasks that the measure counts.
func (c Cell) share(measure string) Share {
	if measure == "undetected" {
		return c.Undetected
	}
	return c.Errors
}

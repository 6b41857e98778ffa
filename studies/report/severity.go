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
	{2, "running wrong, less than twice off; or outside the library, within its limits"},
	{5, "running wrong, from twice to less than ten times off, or beyond a soft limit for what was ordered"},
	{10, "running wrong, ten times off or more, beyond a hard limit for what was ordered, or another drug or concentration"},
}

// Risk is the severity-weighted risk of a design.
type Risk struct {
	Design     string            `json:"design"`
	Points     int               `json:"points"`
	PerHundred Num               `json:"points_per_100_tasks"`
	CI         describe.Interval `json:"ci"` // percentile bootstrap over people
	Rungs      []int             `json:"tasks_by_rung"`
}

// Standing is the probability of each place among the designs, place 1 first, and the price of being wrong: by the measure of
// the main question, and by severity.
type Standing struct {
	Design         string `json:"design"`
	Places         []Num  `json:"probability_of_place"`
	Regret         Num    `json:"expected_excess_per_1000_tasks"` // over the design that is truly best
	SeverityPlaces []Num  `json:"probability_of_place_by_severity"`
	SeverityRegret Num    `json:"expected_excess_points_per_1000_tasks"`
}

const (
	draws      = 20_000
	fewest     = 5 // people from whom places are told
	replicates = 2_000
	drawSeed   = 20_261_122
)

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
func (r *Results) weigh(rows []studies.TaskRow, by *checker) {
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
			sum[i] += float64(by.points(t))
			k.Points += by.points(t)
			if at := by.rung(t); at >= 0 {
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

// stand computes the probability of each place, by the measure of the main question and by severity, with people as units.
func (r *Results) stand(rows []studies.TaskRow, by *checker) {
	who := people(rows)
	if r.Ranked = len(who); len(r.Designs) < 2 || r.Ranked < fewest {
		return
	}
	at, column := map[string]int{}, map[string]int{}
	for i, p := range who {
		at[p] = i
	}
	for i, d := range r.Designs {
		column[d.Design] = i
	}
	table := func() [][]float64 {
		out := make([][]float64, len(who))
		for i := range out {
			out[i] = make([]float64, len(r.Designs))
		}
		return out
	}
	of, ok := eventOf(r.Measure)
	if !ok {
		of = wrong
	}
	size, events, weights := table(), table(), table()
	failed, weight := 0.0, 0.0
	for _, t := range rows {
		i, d := at[t.Participant], column[t.Design]
		size[i][d]++
		if of(t) {
			events[i][d]++
		}
		if p := by.points(t); p > 0 {
			failed, weight = failed+1, weight+float64(p)
			weights[i][d] += float64(p)
		}
	}
	unit := 1.0 // points of a mean wrong task
	if failed > 0 {
		unit = weight / failed
	}
	counted, err := compare.Clusters{Sum: events, Size: size, Unit: 1}.Standings(draws, rand.New(rand.NewPCG(drawSeed, 2)))
	weighed, err2 := compare.Clusters{Sum: weights, Size: size, Unit: unit}.Standings(draws, rand.New(rand.NewPCG(drawSeed, 3)))
	if err != nil || err2 != nil {
		return // the tables are whole by construction
	}
	r.Draws = draws
	nums := func(all []float64) (out []Num) {
		for _, p := range all {
			out = append(out, Num(p))
		}
		return out
	}
	for i, d := range r.Designs {
		r.Standings = append(r.Standings, Standing{
			Design: d.Design, Places: nums(counted[i].Rank), Regret: Num(1000 * counted[i].Regret),
			SeverityPlaces: nums(weighed[i].Rank), SeverityRegret: Num(1000 * weighed[i].Regret),
		})
	}
}

// share is the share of a design's tasks that the measure counts.
func (c Cell) share(measure string) Share {
	if measure == "undetected" {
		return c.Undetected
	}
	return c.Errors
}

package report

import (
	"math"
	"slices"

	"pumplab/analysis/describe"
	"pumplab/analysis/learn"
	"pumplab/studies"
)

// Spread is how the times of single tasks lie, of one design and condition.
type Spread struct {
	Design    string    `json:"design"`
	Condition string    `json:"condition"`
	N         int       `json:"n"`
	P5        Num       `json:"p5"`
	Q1        Num       `json:"q1"`
	Median    Num       `json:"median"`
	Q3        Num       `json:"q3"`
	P95       Num       `json:"p95"`
	Each      []float64 `json:"each"`
}

// Practice is how time falls with the number of the task on one design.
type Practice struct {
	Design string            `json:"design"`
	Trial  []int             `json:"trial"`
	Time   []Mean            `json:"seconds"`
	Shape  string            `json:"shape"`
	A      Num               `json:"asymptote_seconds"`
	B      Num               `json:"gain_seconds"`
	C      Num               `json:"rate"`
	R2     Num               `json:"r2"`
	Gain   Num               `json:"first_over_last"` // ratio of the geometric means of the first and the last trial, of the same people
	CI     describe.Interval `json:"first_over_last_ci"`
	Note   string            `json:"note,omitempty"`
	fitted learn.Curve
}

func seconds(t studies.TaskRow) (float64, bool) {
	s := (t.Ended - t.Started).Seconds()
	return s, s > 0
}

// spreads collects the times of single tasks.
func (r *Results) spreads(rows []studies.TaskRow) {
	for _, c := range r.Cells {
		s := Spread{Design: c.Design, Condition: c.Condition}
		for _, t := range where(rows, c.Design, c.Condition) {
			if v, ok := seconds(t); ok {
				s.Each = append(s.Each, v)
			}
		}
		if s.N = len(s.Each); s.N == 0 {
			continue
		}
		q := func(p float64) Num {
			v, _ := describe.Quantile(s.Each, p) // there is a value and p is a share
			return Num(v)
		}
		s.P5, s.Q1, s.Median, s.Q3, s.P95 = q(0.05), q(0.25), q(0.5), q(0.75), q(0.95)
		r.Spreads = append(r.Spreads, s)
	}
}

// practise follows time over the tasks each person did on a design, in the order in which they came.
func (r *Results) practise(rows []studies.TaskRow) {
	for _, d := range r.Designs {
		var trials [][]studies.TaskRow // by number of the task
		for _, p := range people(rows) {
			var own []studies.TaskRow
			for _, t := range rows {
				if t.Design == d.Design && t.Participant == p {
					own = append(own, t)
				}
			}
			slices.SortStableFunc(own, func(a, b studies.TaskRow) int {
				if a.Session != b.Session {
					return 0
				}
				return int(a.Started - b.Started)
			})
			for i, t := range own {
				if i == len(trials) {
					trials = append(trials, nil)
				}
				trials[i] = append(trials[i], t)
			}
		}
		nan := Num(math.NaN())
		c := Practice{Design: d.Design, Shape: string(learn.Power), A: nan, B: nan, C: nan, R2: nan, Gain: nan, CI: describe.Interval{Low: math.NaN(), High: math.NaN()}}
		var n, y []float64
		for i, of := range trials {
			m := perPerson(of, true, seconds)
			m.Each = nil
			c.Trial, c.Time = append(c.Trial, i+1), append(c.Time, m)
			n, y = append(n, float64(i+1)), append(y, float64(m.Estimate))
		}
		if len(n) < 5 {
			c.Note = "too few tasks on one design to follow practice"
		} else if fit, err := learn.Fit(learn.Power, n, y); err != nil {
			c.Note = err.Error()
		} else {
			c.A, c.B, c.C, c.R2, c.Note, c.fitted = Num(fit.A), Num(fit.B), Num(fit.C), Num(fit.R2), fit.Note, fit
		}
		c.gain(trials)
		r.Practices = append(r.Practices, c)
	}
}

// gain compares the first and the last third of the tasks of the same people.
func (c *Practice) gain(trials [][]studies.TaskRow) {
	third := len(trials) / 3
	if third == 0 {
		return
	}
	var rows []studies.TaskRow
	take := func(name string, of [][]studies.TaskRow) {
		for _, trial := range of {
			for _, t := range trial {
				t.Design = name
				rows = append(rows, t)
			}
		}
	}
	take("first", trials[:third])
	take("last", trials[len(trials)-third:])
	a := Answer{Measure: "time", Kind: "superiority", First: "first", Second: "last", Level: level}
	if a.decideValue(rows, nil) == nil {
		c.Gain, c.CI = a.Difference, a.CI
	}
}

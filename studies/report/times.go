package report

import (
	"fmt"
	"math"
	"slices"

	"pumplab/analysis/describe"
	"pumplab/analysis/frame"
	"pumplab/analysis/learn"
	"pumplab/analysis/mixed"
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

// fitTimes fits the log-normal mixed model of the seconds a task, people and tasks crossed.
func (r *Results) fitTimes(rows []studies.TaskRow) {
	if len(r.Designs) < 2 {
		return
	}
	var y []float64
	var design, condition, person, task []string
	conditions, tasks, who := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, t := range rows {
		s, ok := seconds(t)
		if !ok || t.Outcome == studies.NotCompleted {
			continue
		}
		y = append(y, s)
		design, condition, person, task = append(design, t.Design), append(condition, t.Condition), append(person, t.Participant), append(task, t.Task)
		conditions[t.Condition], tasks[t.Task], who[t.Participant] = true, true, true
	}
	if len(tasks) < 2 || len(who) < 2 {
		return
	}
	formula := "seconds ~ design"
	if len(conditions) > 1 {
		formula += " + condition"
	}
	formula += " + (1|participant) + (1|task)"
	table, err := frame.New("tasks", frame.NewNumber("seconds", y), frame.NewText("design", design),
		frame.NewText("condition", condition), frame.NewText("participant", person), frame.NewText("task", task))
	var fit *mixed.Result
	if err == nil {
		fit, err = mixed.Fit(mixed.Spec{Formula: formula, Family: "gaussian", Log: true, Contrasts: "design", Adjust: "holm", Level: level}, table)
	}
	r.TimeModel = &Model{Formula: "log(seconds)" + formula[len("seconds"):], N: len(y), LogLik: Num(math.NaN())}
	if err != nil {
		r.TimeModel.Status = "The model could not be fitted: " + err.Error() + "."
		return
	}
	r.TimeModel.take(fit, true)
	r.TimeModel.Status = fmt.Sprintf("Log-normal model fitted by %s to %d completed tasks; t tests with Satterthwaite's degrees of freedom; p after Holm, intervals simultaneous after Bonferroni.", fit.Method, fit.N) + stateWords(fit)
}

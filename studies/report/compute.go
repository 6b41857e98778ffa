package report

import (
	"fmt"
	"math"
	"slices"

	"pumplab/analysis/describe"
	"pumplab/studies"
)

const level = 0.95

// Compute evaluates a study. It needs at least one measured task that ended; practice tasks are left out.
func Compute(in Input) (*Results, error) {
	r := &Results{
		Study: in.Study.Name, Version: in.Study.Version, Title: in.Study.Title, Program: in.Program,
		Made: in.Made.UTC().Format("2006-01-02 15:04 UTC"), Alpha: 0.05, Level: level,
		Unjudged: len(in.Unjudged), People: flow(in), Orders: orderSentences(in.Study), Files: in.Files, Verified: in.Verified, Timing: in.Timing,
	}
	if main, ok := mainQuestion(in.Study); ok {
		r.Measure = main.Measure
		if main.Alpha > 0 {
			r.Alpha = main.Alpha
		}
	}
	rows := r.measured(in.Tasks)
	if len(rows) == 0 {
		return nil, r.nothing()
	}
	for _, d := range in.Study.Designs {
		of := where(rows, d, "")
		if len(of) == 0 {
			continue
		}
		r.Designs = append(r.Designs, cell(d, "", of))
		for _, c := range in.Study.Conditions {
			if some := where(rows, d, c.Name); len(some) > 0 {
				r.Cells = append(r.Cells, cell(d, c.Name, some))
			}
		}
		r.AlertUse = append(r.AlertUse, alertUse(d, of, in.Alerts))
	}
	if err := r.compareDesigns(rows); err != nil {
		return nil, err
	}
	r.answer(in.Study.Questions, rows, in.Scores)
	by := newChecker(in.Library)
	r.weigh(rows, by)
	r.stand(rows, by)
	r.workload(in)
	r.loadTests(in.Scores)
	r.fitModel(rows)
	r.fitTimes(rows)
	r.spreads(rows)
	r.practise(rows)
	r.disturb(in.Study.Conditions, rows)
	r.watch(in, rows)
	r.agree(in.Codes)
	r.find(rows, in.Alerts, by)
	r.deviate(in, rows)
	r.total()
	return r, nil
}

// Nothing says why a study has nothing to evaluate yet, and what to do.
type Nothing struct{ Study, Why string }

// Error is a sentence.
func (n Nothing) Error() string {
	return fmt.Sprintf("evaluate study %s: no measured task has ended yet: %s", n.Study, n.Why)
}

func (r *Results) nothing() Nothing {
	n := Nothing{Study: r.Study}
	switch {
	case r.People.Started == 0:
		n.Why = "nobody has taken part; run a session to its end, or simulate participants"
	case r.Practice > 0:
		n.Why = fmt.Sprintf("%s, and practice is never counted; run a session to its end", count(r.Practice, "practice task is all there is", "practice tasks are all there is"))
	default:
		n.Why = fmt.Sprintf("%s without one; run a session to its end, or simulate participants", count(r.People.Started, "session was begun and is", "sessions were begun and are"))
	}
	return n
}

// mainQuestion is the question named main, or the first.
func mainQuestion(s *studies.Study) (studies.Question, bool) {
	for _, q := range s.Questions {
		if q.Name == "main" {
			return q, true
		}
	}
	if len(s.Questions) > 0 {
		return s.Questions[0], true
	}
	return studies.Question{}, false
}

func flow(in Input) Flow {
	f := Flow{Planned: in.Study.People.Planned, Started: len(in.Sessions), LeftOut: in.LeftOut}
	for _, s := range in.Sessions {
		switch s.Ended {
		case "complete":
			f.Completed++
		case "":
			f.Open++
		default:
			f.Stopped++
		}
		if s.Resumed {
			f.Resumed++
		}
		if s.Simulated {
			f.Simulated++
		}
	}
	return f
}

// measured are the rows the analysis counts, and counts what it leaves out.
func (r *Results) measured(all []studies.TaskRow) []studies.TaskRow {
	var out []studies.TaskRow
	for _, t := range all {
		switch {
		case t.Practice:
			r.Practice++
		case t.Outcome == "":
			r.Unfinished++
		default:
			out = append(out, t)
		}
	}
	return out
}

func where(rows []studies.TaskRow, design, condition string) []studies.TaskRow {
	var out []studies.TaskRow
	for _, t := range rows {
		if t.Design == design && (condition == "" || t.Condition == condition) {
			out = append(out, t)
		}
	}
	return out
}

func share(k, n int) Share {
	s := Share{K: k, N: n, Effect: Num(math.NaN()), Estimate: Num(math.NaN()), CI: describe.Interval{Low: math.NaN(), High: math.NaN()}}
	if n > 0 {
		s.Estimate = Num(float64(k) / float64(n))
		s.CI, _ = describe.Wilson(k, n, level) // k of n is a count by construction
	}
	return s
}

// shareOf is the share of tasks with an event; its interval takes the tasks of one person as alike as they are.
func shareOf(rows []studies.TaskRow, of event) Share {
	at := map[string]int{}
	var k, n []int
	total := 0
	for _, t := range rows {
		i, seen := at[t.Participant]
		if !seen {
			i = len(n)
			at[t.Participant] = i
			k, n = append(k, 0), append(n, 0)
		}
		n[i]++
		if of(t) {
			k[i]++
			total++
		}
	}
	s := share(total, len(rows))
	if i, effect, err := describe.ClusteredWilson(k, n, level); err == nil {
		s.CI, s.Effect = i, Num(effect)
	}
	return s
}

// cell sums up the tasks of one design and condition.
func cell(design, condition string, rows []studies.TaskRow) Cell {
	c := Cell{Design: design, Condition: condition, Tasks: len(rows), Ladder: map[string]int{}, Classes: map[string]int{}}
	var critical []studies.TaskRow
	for _, t := range rows {
		c.Ladder[string(t.Outcome)]++
		if t.NumberClass != "" {
			c.Classes[t.NumberClass]++
		}
		if t.Critical {
			critical = append(critical, t)
		}
		if t.CloseCall {
			c.CloseCalls++
		}
		if t.OutByTen {
			c.OutByTen++
		}
		c.Ignored += t.Ignored
		c.Corrections += t.Corrections
		c.Alerts += t.Alerts
		c.Overrides += t.Overrides
		c.Interrupted += t.Interrupts
	}
	c.Errors, c.Undetected, c.Critical = shareOf(rows, wrong), shareOf(rows, running), shareOf(critical, wrong)
	c.Seconds = perPerson(rows, true, seconds)
	c.People = len(people(rows))
	c.Presses = perPerson(rows, false, func(t studies.TaskRow) (float64, bool) { return float64(t.Presses), true })
	c.Excess = perPerson(rows, false, func(t studies.TaskRow) (float64, bool) { return float64(t.Presses - t.Optimal), t.Optimal > 0 })
	c.Resumption = perPerson(rows, true, func(t studies.TaskRow) (float64, bool) { return t.Resumption.Seconds(), t.Resumption > 0 })
	return c
}

func people(rows []studies.TaskRow) []string {
	var out []string
	for _, t := range rows {
		out = append(out, t.Participant)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// perPerson averages a measure within each person (geometrically if geo), then over people, with Student's interval between
// people: the tasks of one person are not independent of each other.
func perPerson(rows []studies.TaskRow, geo bool, of func(studies.TaskRow) (float64, bool)) Mean {
	average := describe.Mean
	if geo {
		average = describe.GeometricMean
	}
	byPerson := map[string][]float64{}
	for _, t := range rows {
		if v, ok := of(t); ok {
			byPerson[t.Participant] = append(byPerson[t.Participant], v)
		}
	}
	var each []float64
	for _, p := range people(rows) {
		if v := byPerson[p]; len(v) > 0 {
			if e, err := average(v, level); err == nil {
				each = append(each, e.Estimate)
			}
		}
	}
	nan := math.NaN()
	m := Mean{N: len(each), Estimate: Num(nan), CI: describe.Interval{Low: nan, High: nan}, Each: each}
	if len(each) > 0 {
		if e, err := average(each, level); err == nil {
			m.Estimate, m.CI = Num(e.Estimate), e.CI
		}
	}
	return m
}

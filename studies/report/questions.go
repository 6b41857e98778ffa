package report

import (
	"fmt"
	"math"

	"pumplab/analysis/compare"
	"pumplab/analysis/describe"
	"pumplab/analysis/power"
	"pumplab/studies"
)

// Answer is what one of the study's questions, fixed before data, came to for two designs.
type Answer struct {
	Question   string            `json:"question"`
	Measure    string            `json:"measure"`
	Kind       string            `json:"kind"` // superiority, non-inferiority, equivalence
	First      string            `json:"first"`
	Second     string            `json:"second"`
	Scale      string            `json:"scale"` // share; ratio of geometric means; mean
	Alpha      float64           `json:"alpha"`
	Sides      int               `json:"sides"`
	Margin     Num               `json:"margin"` // on the scale of the difference; null for superiority
	Units      int               `json:"units"`  // pairs: a person, a condition, a task; for other scales people
	FirstOnly  int               `json:"first_only"`
	SecondOnly int               `json:"second_only"`
	FirstValue Num               `json:"first_value"`
	SecondVal  Num               `json:"second_value"`
	Difference Num               `json:"difference"` // first minus second; first over second for a ratio
	Level      float64           `json:"level"`      // of CI
	CI         describe.Interval `json:"ci"`
	P          Num               `json:"p"`      // of the test that decides
	PHolm      Num               `json:"p_holm"` // over the pairs of the question
	Method     string            `json:"method"`
	Shown      bool              `json:"shown"` // the alternative the question hopes for, or for superiority a difference either way
	Flips      int               `json:"units_that_would_turn_it"`
	Needed     int               `json:"units_for_80_percent_power"`  // at the rates seen; 0: not computed
	NeedPeople int               `json:"people_for_80_percent_power"` // the same, at as many units a person as in this study
	Strict     bool              `json:"shown_at_one_sided_0.025"`    // non-inferiority and equivalence
	PerPerson  *PersonView       `json:"per_person,omitempty"`
	Note       string            `json:"note,omitempty"`
}

// PersonView is the same difference with people, not tasks, as units: Student's, of each person's own difference.
type PersonView struct {
	People     int               `json:"people"`
	Difference Num               `json:"difference"`
	CI         describe.Interval `json:"ci"`
	P          Num               `json:"p"`
	Shown      bool              `json:"shown"`
}

// answer goes through the study's questions. A pair that cannot be compared has a note instead of numbers.
func (r *Results) answer(questions []studies.Question, rows []studies.TaskRow, scores []Score) {
	for _, q := range questions {
		designs := q.Compare
		if len(designs) == 0 {
			designs = r.names()
		}
		if q.Kind == "" {
			q.Kind = "superiority"
		}
		if q.Alpha == 0 {
			q.Alpha = 0.05
		}
		from := len(r.Answers)
		for i := range designs {
			for j := i + 1; j < len(designs); j++ {
				if i > 0 && q.Kind != "superiority" { // the first is held against each of the others
					continue
				}
				a := Answer{Question: q.Name, Measure: q.Measure, Kind: q.Kind, First: designs[i], Second: designs[j], Alpha: q.Alpha, Sides: 1, Level: 1 - 2*q.Alpha, Margin: Num(q.Margin)}
				if q.Kind == "superiority" {
					a.Sides, a.Level, a.Margin = 2, level, Num(math.NaN())
				}
				if err := a.decide(rows, scores); err != nil {
					a.Note = err.Error()
				}
				r.Answers = append(r.Answers, a)
			}
		}
		holm(r.Answers[from:])
	}
}

// holm adjusts the p values of one question's pairs and decides by them.
func holm(answers []Answer) {
	var ps []float64
	var at []int
	for i, a := range answers {
		if p := float64(a.P); a.Note == "" && !math.IsNaN(p) {
			ps, at = append(ps, p), append(at, i)
		}
	}
	for i, p := range compare.HolmAdjust(ps) {
		a := &answers[at[i]]
		a.PHolm, a.Shown = Num(p), p < a.Alpha
		a.Strict = a.Kind != "superiority" && p < 0.025
		if a.Scale == "share" {
			a.turn(len(ps) == 1)
		}
	}
}

func eventOf(measure string) (event, bool) {
	switch measure {
	case "undetected":
		return running, true
	case "wrong", "error", "":
		return wrong, true
	}
	return nil, false
}

func (a *Answer) decide(rows []studies.TaskRow, scores []Score) error {
	nan := Num(math.NaN())
	a.P, a.PHolm, a.Difference, a.FirstValue, a.SecondVal = nan, nan, nan, nan, nan
	a.CI = describe.Interval{Low: math.NaN(), High: math.NaN()}
	if of, ok := eventOf(a.Measure); ok {
		a.Scale = "share"
		return a.decideShare(rows, of)
	}
	return a.decideValue(rows, scores)
}

func (a *Answer) decideShare(rows []studies.TaskRow, of event) error {
	t := paired(unitTable(rows, []string{a.First, a.Second}, of), 0, 1)
	if t.N() == 0 {
		return fmt.Errorf("no task was done with both %s and %s", a.First, a.Second)
	}
	a.Units, a.FirstOnly, a.SecondOnly = t.N(), t.First, t.Second
	a.FirstValue, a.SecondVal = Num(float64(t.Both+t.First)/float64(t.N())), Num(float64(t.Both+t.Second)/float64(t.N()))
	if a.Kind == "superiority" {
		m, err := compare.NewMcNemar(t, a.Level)
		if err != nil {
			return err
		}
		a.Difference, a.CI, a.P, a.Method = Num(m.Difference), m.Newcombe, Num(m.PExact), "McNemar's exact test, Newcombe's paired interval"
	} else {
		e, err := compare.EquivalentPaired(t, compare.Margins{Low: -float64(a.Margin), High: float64(a.Margin), Alpha: a.Alpha})
		if err != nil {
			return err
		}
		a.take(e)
		a.Method = "Tango's score test and interval"
	}
	a.byPerson(rows, of)
	return nil
}

// take keeps the p of the question: below the upper margin, or within both.
func (a *Answer) take(e compare.Equivalence) {
	a.Difference, a.CI, a.P = Num(e.Difference), e.CI, Num(e.PHigh)
	if a.Kind == "equivalence" {
		a.P = Num(e.P)
	}
}

// byPerson looks at each person's own difference, because the tasks of one person are not independent of each other.
func (a *Answer) byPerson(rows []studies.TaskRow, of event) {
	type tasks struct{ k, n [2]float64 }
	own := map[string]*tasks{}
	for _, t := range rows {
		i := 0
		switch t.Design {
		case a.First:
		case a.Second:
			i = 1
		default:
			continue
		}
		p := own[t.Participant]
		if p == nil {
			p = &tasks{}
			own[t.Participant] = p
		}
		p.n[i]++
		if of(t) {
			p.k[i]++
		}
	}
	var x, y []float64
	for _, name := range people(rows) {
		if p := own[name]; p != nil && p.n[0] > 0 && p.n[1] > 0 {
			x, y = append(x, p.k[0]/p.n[0]), append(y, p.k[1]/p.n[1])
		}
	}
	c, err := compare.PairedMeans(x, y)
	if err != nil || !(c.SE > 0) {
		return
	}
	v := PersonView{People: c.N, Difference: Num(c.Estimate), CI: c.CI(a.Level), P: Num(c.P())}
	v.Shown = float64(v.P) < a.Alpha
	if a.Kind != "superiority" {
		e, err := compare.EquivalentMeans(c, compare.Margins{Low: -float64(a.Margin), High: float64(a.Margin), Alpha: a.Alpha})
		if err != nil {
			return
		}
		v.P, v.Shown = Num(e.PHigh), e.BelowHigh
		if a.Kind == "equivalence" {
			v.P, v.Shown = Num(e.P), e.Equivalent
		}
	}
	a.PerPerson = &v
}

// turn says how many discordant units would have to have come out the other way round for the answer to be the opposite, and how
// many units would show a difference of the size seen. Only for superiority of shares; alone: no other pair is adjusted for.
func (a *Answer) turn(alone bool) {
	if a.Kind != "superiority" || !alone {
		return
	}
	more, fewer := max(a.FirstOnly, a.SecondOnly), min(a.FirstOnly, a.SecondOnly)
	for k := 1; k <= more+fewer; k++ {
		b, c := more-k, fewer+k
		if !a.Shown {
			if k > fewer {
				break
			}
			b, c = more+k, fewer-k
		}
		if p, _ := compare.ExactPaired(b, c); (p < a.Alpha) != a.Shown {
			a.Flips = k
			break
		}
	}
	if a.Shown || more == fewer {
		return
	}
	n := float64(a.Units)
	d := power.McNemar{First: float64(a.FirstOnly) / n, Second: float64(a.SecondOnly) / n, Alpha: a.Alpha, Sides: 2, Method: "normal"}
	if d.Check() == nil {
		if units, err := power.SampleSize(d, 0.8); err == nil && units < 1e7 {
			a.Needed = int(math.Ceil(units))
			if v := a.PerPerson; v != nil {
				a.NeedPeople = int(math.Ceil(units * float64(v.People) / n))
			}
		}
	}
}

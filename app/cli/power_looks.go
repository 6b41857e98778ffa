package cli

import (
	"fmt"
	"io"
	"math"

	"pumplab/analysis/power"
	"pumplab/studies"
	studyreport "pumplab/studies/report"
)

// PowerLooks are the flags of a study that may stop early.
type PowerLooks struct {
	Looks    []float64 `help:"Shares of the people after which the answer is looked at and the study may stop, rising to 1: --looks 0.5,1." placeholder:"SHARE,…"`
	Spending string    `default:"obrien-fleming" enum:"obrien-fleming,pocock" help:"How the error rate is spent over the looks (Lan & DeMets): ${enum}."`

	plan []power.Look
}

// lookAt is what happens at one look.
type lookAt struct {
	People  int     `json:"people"`
	Nominal float64 `json:"p_nominal"` // stop when p is below
	Z       float64 `json:"z"`
	Spent   float64 `json:"alpha_spent"`
	Stopped float64 `json:"stopped"` // share of studies that showed the difference here and stopped
}

// powerCount adds up what simulated studies came to.
type powerCount struct {
	person, mixed, fail int
	rates               [2]float64
	stops               []int
}

func (k *powerCount) add(v studyreport.Verdicts) {
	k.rates[0], k.rates[1] = k.rates[0]+v.Rates[0], k.rates[1]+v.Rates[1]
	k.person, k.mixed, k.fail = k.person+one(v.PerPerson), k.mixed+one(v.Mixed), k.fail+one(v.MixedFail)
}

func (k *powerCount) join(o *powerCount) {
	k.person, k.mixed, k.fail = k.person+o.person, k.mixed+o.mixed, k.fail+o.fail
	k.rates[0], k.rates[1] = k.rates[0]+o.rates[0], k.rates[1]+o.rates[1]
	for i, n := range o.stops {
		k.stops[i] += n
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// planLooks computes the boundaries for the question's error rate.
func (c *PowerLooks) planLooks(s studyreport.Scenario, sides int) (err error) {
	if len(c.Looks) == 0 {
		return nil
	}
	if c.Looks[len(c.Looks)-1] != 1 {
		return fmt.Errorf("plan study: the last of --looks is the end of the study, so it must be 1, not %g", c.Looks[len(c.Looks)-1])
	}
	c.plan, err = power.Sequential(c.Looks, s.Question.Alpha, sides, power.Spending(c.Spending))
	return err
}

// judge evaluates a study at its end, or at each look until it stops. The second column and the mixed model see the tasks at the stop.
func (c *PowerLooks) judge(s studyreport.Scenario, rows []studies.TaskRow, people int, k *powerCount) (v studyreport.Verdicts, err error) {
	if len(c.plan) == 0 {
		return s.Judge(rows)
	}
	for i, look := range c.plan {
		s.Question.Alpha = look.Nominal
		if v, err = s.Judge(firstPeople(rows, lookPeople(look, people))); err != nil {
			return v, err
		}
		if v.Shown {
			k.stops[i]++
			break
		}
	}
	return v, nil
}

// lookPeople is the number of people at a look, at least two.
func lookPeople(l power.Look, people int) int {
	return min(people, max(2, int(math.Round(l.Information*float64(people)))))
}

// firstPeople are the tasks of the first n people; rows come person after person.
func firstPeople(rows []studies.TaskRow, n int) []studies.TaskRow {
	for i := 1; i < len(rows); i++ {
		if rows[i].Participant != rows[i-1].Participant {
			if n--; n == 0 {
				return rows[:i]
			}
		}
	}
	return rows
}

// lookResults says how often studies stopped at each look, and how many people they took on average.
func (c *PowerLooks) lookResults(people int, stops []int, runs int) (out []lookAt, expected float64) {
	rest := runs
	for i, l := range c.plan {
		at := lookAt{People: lookPeople(l, people), Nominal: l.Nominal, Z: l.Z, Spent: l.Spent, Stopped: float64(stops[i]) / float64(runs)}
		ended := stops[i]
		if i == len(c.plan)-1 {
			ended = rest
		}
		rest -= ended
		expected += float64(ended) / float64(runs) * float64(at.People)
		out = append(out, at)
	}
	return out, expected
}

func printLooks(w io.Writer, a powerAt) {
	for _, l := range a.Looks {
		fmt.Fprintf(w, "        after %d people: stop when p < %.5f; %.1f %% of the studies do\n", l.People, l.Nominal, 100*l.Stopped)
	}
	if len(a.Looks) > 0 {
		fmt.Fprintf(w, "        on average %.1f people\n", a.Expected)
	}
}

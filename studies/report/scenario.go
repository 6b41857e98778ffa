package report

import (
	"fmt"
	"math"
	"math/rand/v2"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
	"pumplab/studies"
)

// Scenario is what a study is planned on: how often tasks go wrong with each of two designs, and how much people and tasks differ.
// The chance of an error is logistic: a design's intercept, plus the person's and the task's own shift, plus the shift of a condition
// that disturbs. The intercepts are set so that the rates are those of all people and tasks without disturbance.
type Scenario struct {
	Question   studies.Question
	First      string
	Second     string
	Rates      [2]float64 // of First and Second, in (0, 1)
	PersonSD   float64    // of the logit between people
	TaskSD     float64    // of the logit between tasks
	Disturbed  float64    // odds ratio in conditions with distractions; 1 no effect
	Conditions []studies.Condition
	Tasks      []string // measured, in each condition
	Mixed      bool     // also fit the report's mixed logistic model, for superiority

	base [2]float64 // intercepts, set by Ready
}

// Verdicts are what one simulated study came to: what the report would have said.
type Verdicts struct {
	Shown     bool // the report's test, on pairs of tasks
	PerPerson bool // Student's on each person's own difference
	Mixed     bool // the mixed model, where asked
	MixedFail bool // it did not converge, or a design had no error

	Rates [2]float64 // share of tasks with the event, First and Second; NaN without tasks
}

// NewScenario takes question and course from a study; rates and spreads are the planner's. The question may compare two designs only,
// on a measure that counts errors.
func NewScenario(s *studies.Study, question string) (Scenario, error) {
	c := Scenario{Disturbed: 1, Conditions: s.Conditions}
	q, ok := mainQuestion(s)
	if question != "" {
		ok = false
		for _, x := range s.Questions {
			if x.Name == question {
				q, ok = x, true
			}
		}
	}
	if !ok {
		return c, fmt.Errorf("plan study %s: it has no question %s", s.Name, question)
	}
	if _, counts := eventOf(q.Measure); !counts {
		return c, fmt.Errorf("plan study %s: question %s measures %s; power by simulation is for undetected, wrong and error; see pumplab stat power means", s.Name, q.Name, q.Measure)
	}
	designs := q.Compare
	if len(designs) == 0 {
		designs = s.Designs
	}
	if len(designs) != 2 {
		return c, fmt.Errorf("plan study %s: question %s compares %d designs; power is computed for two", s.Name, q.Name, len(designs))
	}
	if q.Kind == "" {
		q.Kind = "superiority"
	}
	if q.Alpha == 0 {
		q.Alpha = 0.05
	}
	c.Question, c.First, c.Second = q, designs[0], designs[1]
	for _, t := range s.Tasks {
		if !t.Practice {
			c.Tasks = append(c.Tasks, t.ID)
		}
	}
	if len(c.Conditions) == 0 {
		c.Conditions = []studies.Condition{{Name: "only"}}
	}
	return c, nil
}

// Ready is the scenario with its intercepts computed, to simulate from. It refuses rates and spreads that cannot be.
func (c Scenario) Ready() (Scenario, error) {
	spread := math.Hypot(c.PersonSD, c.TaskSD)
	err := c.check()
	if err == nil {
		c.base = [2]float64{intercept(c.Rates[0], spread), intercept(c.Rates[1], spread)}
	}
	return c, err
}

func (c Scenario) check() error {
	for i, d := range []string{c.First, c.Second} {
		if c.Rates[i] == 0 {
			return fmt.Errorf("plan study: the error rate of %s is 0 or not given: say what you expect of both designs, as --rate %s=0.08 --rate %s=0.03, or let --engine find it", d, c.First, c.Second)
		}
		if !(c.Rates[i] > 0 && c.Rates[i] < 1) {
			return fmt.Errorf("plan study: the error rate of %s is %g; it must lie between 0 and 1, as --rate %s=0.05", d, c.Rates[i], d)
		}
	}
	if !(c.PersonSD >= 0 && c.PersonSD <= 10 && c.TaskSD >= 0 && c.TaskSD <= 10) {
		return fmt.Errorf("plan study: standard deviations on the logit scale lie between 0 and 10, not %g and %g", c.PersonSD, c.TaskSD)
	}
	if !(c.Disturbed > 0 && c.Disturbed < 1000) {
		return fmt.Errorf("plan study: an odds ratio of %g cannot be", c.Disturbed)
	}
	if len(c.Tasks) == 0 {
		return fmt.Errorf("plan study: it has no measured task")
	}
	return nil
}

// Pairs is how many pairs of tasks one person gives.
func (c Scenario) Pairs() int { return len(c.Tasks) * len(c.Conditions) }

// Simulate draws one study of so many people and evaluates it as the report does. The scenario must be Ready.
func (c Scenario) Simulate(people int, rng *rand.Rand) (Verdicts, error) {
	return c.Judge(c.Draw(people, rng))
}

// Judge evaluates measured tasks as the report does, wherever they come from.
func (c Scenario) Judge(rows []studies.TaskRow) (Verdicts, error) {
	a := Answer{Question: c.Question.Name, Measure: c.Question.Measure, Kind: c.Question.Kind, First: c.First, Second: c.Second, Alpha: c.Question.Alpha, Sides: 1, Level: 1 - 2*c.Question.Alpha, Margin: Num(c.Question.Margin)}
	if a.Kind == "superiority" {
		a.Sides, a.Level = 2, level
	}
	if err := a.decide(rows, nil); err != nil {
		return Verdicts{}, err
	}
	v := Verdicts{Shown: float64(a.P) < a.Alpha, Rates: [2]float64{c.rate(rows, c.First), c.rate(rows, c.Second)}}
	if a.PerPerson != nil {
		v.PerPerson = a.PerPerson.Shown
	}
	if c.Mixed && a.Kind == "superiority" {
		v.Mixed, v.MixedFail = c.mixed(rows)
	}
	return v, nil
}

// rate is the share of a design's tasks that have the event.
func (c Scenario) rate(rows []studies.TaskRow, design string) float64 {
	of, _ := eventOf(c.Question.Measure)
	k, n := 0.0, 0.0
	for _, t := range rows {
		if t.Design == design {
			if n++; of(t) {
				k++
			}
		}
	}
	return k / n
}

// Draw is the tasks of one simulated study. Person after person is drawn, so that a larger study begins with the same people.
func (c Scenario) Draw(people int, rng *rand.Rand) []studies.TaskRow {
	task := make([]float64, len(c.Tasks))
	for i := range task {
		task[i] = c.TaskSD * rng.NormFloat64()
	}
	bad := studies.NotCompleted
	if c.Question.Measure == "undetected" {
		bad = studies.Undetected
	}
	rows := make([]studies.TaskRow, 0, 2*people*c.Pairs())
	for p := range people {
		own := c.PersonSD * rng.NormFloat64()
		name := fmt.Sprintf("P%05d", p+1)
		for d, design := range [2]string{c.First, c.Second} {
			for _, condition := range c.Conditions {
				shift := 0.0
				if len(condition.Distractions) > 0 {
					shift = math.Log(c.Disturbed)
				}
				for i, id := range c.Tasks {
					row := studies.TaskRow{Session: name, Participant: name, Design: design, Condition: condition.Name, Task: id, Outcome: studies.Correct}
					if rng.Float64() < logistic(c.base[d]+own+task[i]+shift) {
						row.Outcome = bad
					}
					rows = append(rows, row)
				}
			}
		}
	}
	return rows
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// intercept is the b with which logistic(b + spread·Z) is rate on average over a standard normal Z.
func intercept(rate, spread float64) float64 {
	average := func(b float64) float64 {
		const half, steps = 8.0, 400 // the trapezoidal rule is exact to rounding for a normal density
		sum, weight := 0.0, 0.0
		for i := range steps + 1 {
			z := -half + 2*half*float64(i)/steps
			w := math.Exp(-z * z / 2)
			sum, weight = sum+w*logistic(b+spread*z), weight+w
		}
		return sum / weight
	}
	low, high := -60.0, 60.0
	for range 100 {
		if middle := (low + high) / 2; average(middle) < rate {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// mixed fits the report's logistic model to the two designs.
func (c Scenario) mixed(rows []studies.TaskRow) (shown, failed bool) {
	var wrong []float64
	var design, condition, person, task []string
	of, _ := eventOf(c.Question.Measure)
	for _, t := range rows {
		v := 0.0
		if of(t) {
			v = 1
		}
		wrong = append(wrong, v)
		design, condition, person, task = append(design, t.Design), append(condition, t.Condition), append(person, t.Participant), append(task, t.Task)
	}
	formula := "wrong ~ design"
	if len(c.Conditions) > 1 {
		formula += " + condition"
	}
	table, err := frame.New("tasks", frame.NewNumber("wrong", wrong), frame.NewText("design", design), frame.NewText("condition", condition), frame.NewText("participant", person), frame.NewText("task", task))
	if err != nil {
		return false, true
	}
	fit, err := mixed.Fit(mixed.Spec{Formula: formula + " + (1|participant) + (1|task)", Family: "binomial", Contrasts: "design", Adjust: "none", Level: level}, table)
	if err != nil || !fit.Converged || fit.Has("separation") || len(fit.Contrasts) != 1 {
		return false, true
	}
	return fit.Contrasts[0].P < c.Question.Alpha, false
}

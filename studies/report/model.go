package report

import (
	"fmt"
	"math"
	"strings"

	"pumplab/analysis/describe"
	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
	"pumplab/studies"
)

// fitModel fits the mixed logistic model of "ended wrong", people and tasks crossed, where there is anything to fit: two designs,
// two people, two tasks, an error. A fit that fails is said in words, never left out silently.
func (r *Results) fitModel(rows []studies.TaskRow) {
	if len(r.Designs) < 2 {
		return
	}
	var wrong []float64
	var design, condition, person, task []string
	conditions, tasks, errors := map[string]bool{}, map[string]bool{}, 0
	for _, t := range rows {
		v := 0.0
		if t.Outcome.Error() {
			v = 1
			errors++
		}
		wrong = append(wrong, v)
		design, condition, person, task = append(design, t.Design), append(condition, t.Condition), append(person, t.Participant), append(task, t.Task)
		conditions[t.Condition], tasks[t.Task] = true, true
	}
	if errors == 0 || errors == len(rows) || len(tasks) < 2 || len(people(rows)) < 2 {
		return
	}
	formula := "wrong ~ design"
	if len(conditions) > 1 {
		formula += " + condition"
	}
	formula += " + (1|participant) + (1|task)"
	table, err := frame.New("tasks", frame.NewNumber("wrong", wrong), frame.NewText("design", design),
		frame.NewText("condition", condition), frame.NewText("participant", person), frame.NewText("task", task))
	var fit *mixed.Result
	if err == nil {
		fit, err = mixed.Fit(mixed.Spec{Formula: formula, Family: "binomial", Contrasts: "design", Adjust: "holm", Level: level}, table)
	}
	r.Model = &Model{Formula: formula, N: len(rows)}
	if err != nil {
		r.Model.Status = "The model could not be fitted: " + err.Error() + "."
		return
	}
	r.Model.take(fit, false)
	r.Model.Status = fmt.Sprintf("Fitted by %s to %d tasks, log-likelihood %.2f; p after Holm, intervals simultaneous after Bonferroni.", fit.Method, fit.N, fit.LogLik) + stateWords(fit)
}

// stateWords are the states a reader must know of, as sentences with a blank before each.
func stateWords(fit *mixed.Result) string {
	out := ""
	for _, s := range fit.States {
		out += " " + sentenceCase(s.Words) + "; " + s.Advice + "."
	}
	return out
}

func (m *Model) take(fit *mixed.Result, times bool) {
	m.LogLik, m.Sigma = Num(fit.LogLik), Num(math.NaN())
	if times {
		m.Sigma = Num(fit.Sigma)
	}
	if !fit.Converged || fit.Has("separation") {
		return
	}
	for _, c := range fit.Contrasts {
		m.Ratios = append(m.Ratios, Contrast{
			Name: c.Name, Ratio: Num(math.Exp(c.Estimate)), CI: describe.Interval{Low: math.Exp(c.Low), High: math.Exp(c.High)},
			P: Num(c.P), DF: Num(c.DF), Below: Num(c.Below(0)),
		})
	}
	for _, s := range fit.Random {
		m.SDs = append(m.SDs, SD{Group: s.Group, SD: Num(s.SD)})
	}
}

func sentenceCase(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

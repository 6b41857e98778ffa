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

// fitModel fits the mixed logistic model of "ended wrong", people and tasks crossed, where there is anything to fit: an error, and a
// task without one.
func (r *Results) fitModel(rows []studies.TaskRow) {
	wrong, errors := make([]float64, len(rows)), 0
	for i, t := range rows {
		if t.Outcome.Error() {
			wrong[i] = 1
			errors++
		}
	}
	if errors == 0 || errors == len(rows) {
		return
	}
	m, fit := r.fitCrossed(rows, "wrong", wrong, mixed.Spec{Family: "binomial"})
	if fit != nil {
		m.Status = fmt.Sprintf("Fitted by %s to %d tasks, log-likelihood %.2f; %s.", fit.Method, fit.N, fit.LogLik, adjusted) + stateWords(fit)
	}
	r.Model = m
}

// fitTimes fits the log-normal mixed model of the seconds a completed task took, people and tasks crossed.
func (r *Results) fitTimes(rows []studies.TaskRow) {
	var completed []studies.TaskRow
	var took []float64
	for _, t := range rows {
		if s, ok := seconds(t); ok && t.Outcome != studies.NotCompleted {
			completed, took = append(completed, t), append(took, s)
		}
	}
	m, fit := r.fitCrossed(completed, "seconds", took, mixed.Spec{Family: "gaussian", Log: true})
	if m != nil {
		m.Formula = "log(seconds)" + strings.TrimPrefix(m.Formula, "seconds")
	}
	if fit != nil {
		m.Status = fmt.Sprintf("Log-normal model fitted by %s to %d completed tasks; t tests with Satterthwaite's degrees of freedom; %s.", fit.Method, fit.N, adjusted) + stateWords(fit)
	}
	r.TimeModel = m
}

// adjusted says how a model's contrasts are guarded against their number.
const adjusted = "p after Holm, intervals simultaneous after Bonferroni"

// fitCrossed fits response ~ design, and condition where there are several, with people and tasks as crossed random effects. There is
// no model without two designs, two people and two tasks; a fit that fails is said in its words, never left out silently.
func (r *Results) fitCrossed(rows []studies.TaskRow, response string, y []float64, spec mixed.Spec) (*Model, *mixed.Result) {
	var design, condition, person, task []string
	conditions, tasks, who := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, t := range rows {
		design, condition, person, task = append(design, t.Design), append(condition, t.Condition), append(person, t.Participant), append(task, t.Task)
		conditions[t.Condition], tasks[t.Task], who[t.Participant] = true, true, true
	}
	if len(r.Designs) < 2 || len(tasks) < 2 || len(who) < 2 {
		return nil, nil
	}
	spec.Formula = response + " ~ design"
	if len(conditions) > 1 {
		spec.Formula += " + condition"
	}
	spec.Formula += " + (1|participant) + (1|task)"
	spec.Contrasts, spec.Adjust, spec.Level = "design", "holm", level
	m := &Model{Formula: spec.Formula, N: len(rows), LogLik: Num(math.NaN())}
	table, err := frame.New("tasks", frame.NewNumber(response, y), frame.NewText("design", design),
		frame.NewText("condition", condition), frame.NewText("participant", person), frame.NewText("task", task))
	var fit *mixed.Result
	if err == nil {
		fit, err = mixed.Fit(spec, table)
	}
	if err != nil {
		m.Status = "The model could not be fitted: " + err.Error() + "."
		return m, nil
	}
	m.take(fit, spec.Log)
	return m, fit
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

package cli

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"pumplab/analysis/mixed"
)

// finite is a float64 that JSON can hold: NaN and infinities are null.
type finite float64

// MarshalJSON writes the shortest form that reads back the same.
func (n finite) MarshalJSON() ([]byte, error) {
	v := float64(n)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, v, 'g', -1, 64), nil
}

type fitJSON struct {
	Formula    string          `json:"formula"`
	Family     string          `json:"family"`
	Link       string          `json:"link"`
	Method     string          `json:"method"`
	N          int             `json:"n"`
	Dropped    int             `json:"dropped"`
	LogLik     finite          `json:"logLik"`
	Deviance   finite          `json:"deviance"`
	AIC        finite          `json:"aic"`
	BIC        finite          `json:"bic"`
	Fixed      []fixedJSON     `json:"fixed"`
	Random     []randomJSON    `json:"random"`
	Groups     map[string]int  `json:"groups"`
	Theta      finite          `json:"theta"`
	Sigma      finite          `json:"sigma"`
	Boundary   bool            `json:"boundary"`
	Converged  bool            `json:"converged"`
	Separation bool            `json:"separation"`
	States     []stateJSON     `json:"states"`
	Means      []meanJSON      `json:"means"`
	Contrasts  []contrastJSON  `json:"contrasts"`
	Events     int             `json:"events,omitempty"`
	Tests      []testJSON      `json:"tests,omitempty"`
	Intervals  string          `json:"intervals"`
	Posterior  []posteriorJSON `json:"posterior,omitempty"`
	Seconds    finite          `json:"seconds"`
}

type testJSON struct {
	Name string `json:"name"`
	Chi2 finite `json:"chi2"`
	DF   finite `json:"df"`
	P    finite `json:"p"` // upper tail
}

type fixedJSON struct {
	Term      string `json:"term"`
	Estimate  finite `json:"estimate"`
	SE        finite `json:"se"`
	Statistic finite `json:"statistic"`
	DF        finite `json:"df"`
	P         finite `json:"p"`
	Low       finite `json:"low"`
	High      finite `json:"high"`
}

type randomJSON struct {
	Group string `json:"group"`
	Term  string `json:"term"`
	SD    finite `json:"sd"`
	Corr  any    `json:"corr"` // null, a number, or a list when there are several columns before
}

type stateJSON struct {
	Name   string `json:"name"`
	Words  string `json:"words"`
	Advice string `json:"advice"`
}

type meanJSON struct {
	Level    string `json:"level"`
	Estimate finite `json:"estimate"`
	SE       finite `json:"se"`
	DF       finite `json:"df"`
	Low      finite `json:"low"`
	High     finite `json:"high"`
	Response finite `json:"response"`
}

type contrastJSON struct {
	Contrast  string `json:"contrast"`
	Ratio     finite `json:"ratio"`
	Estimate  finite `json:"estimate"`
	SE        finite `json:"se"`
	DF        finite `json:"df"`
	Low       finite `json:"low"`
	High      finite `json:"high"`
	Statistic finite `json:"statistic"`
	P         finite `json:"p"`
	Adjust    string `json:"adjust"`
}

// fitOutput turns a result into its JSON shape.
func fitOutput(r *mixed.Result, seconds float64) fitJSON {
	out := fitJSON{
		Formula: r.Formula, Family: r.Family, Link: r.Link, Method: r.Method, N: r.N, Dropped: r.Dropped,
		LogLik: finite(r.LogLik), Deviance: finite(r.Deviance), AIC: finite(r.AIC), BIC: finite(r.BIC),
		Fixed: []fixedJSON{}, Random: []randomJSON{}, Groups: map[string]int{}, Theta: finite(r.Theta), Sigma: finite(r.Sigma),
		Boundary: r.Boundary, Converged: r.Converged, Separation: r.Has("separation"),
		States: []stateJSON{}, Means: []meanJSON{}, Contrasts: []contrastJSON{}, Seconds: finite(seconds),
	}
	for _, c := range r.Fixed {
		out.Fixed = append(out.Fixed, fixedJSON{
			c.Term, finite(c.Estimate), finite(c.SE), finite(c.Statistic), finite(c.DF), finite(c.P), finite(c.Low), finite(c.High),
		})
	}
	for _, s := range r.Random {
		out.Random = append(out.Random, randomJSON{s.Group, s.Term, finite(s.SD), corrJSON(s.Corr)})
	}
	for _, g := range r.Groups {
		out.Groups[g.Name] = g.Levels
	}
	out.Events = r.Events
	for _, t := range r.Tests {
		out.Tests = append(out.Tests, testJSON{t.Name, finite(t.Chi2), finite(t.DF), finite(t.P)})
	}
	for _, s := range r.States {
		out.States = append(out.States, stateJSON(s))
	}
	for _, m := range r.Means {
		out.Means = append(out.Means, meanJSON{
			m.Level, finite(m.Estimate), finite(m.SE), finite(m.DF), finite(m.Low), finite(m.High), finite(m.Response),
		})
	}
	for _, c := range r.Contrasts {
		out.Contrasts = append(out.Contrasts, contrastJSON{
			c.Name, finite(c.Ratio), finite(c.Estimate), finite(c.SE), finite(c.DF), finite(c.Low), finite(c.High),
			finite(c.Statistic), finite(c.P), c.Adjust,
		})
	}
	return out
}

func corrJSON(corr []float64) any {
	switch len(corr) {
	case 0:
		return nil
	case 1:
		return finite(corr[0])
	}
	out := make([]finite, len(corr))
	for i, v := range corr {
		out[i] = finite(v)
	}
	return out
}

// printFit writes a result for people.
func printFit(w io.Writer, r *mixed.Result, seconds float64) {
	fmt.Fprintf(w, "%s\n%s (%s), %s, %d rows", r.Formula, r.Family, r.Link, r.Method, r.N)
	if r.Dropped > 0 {
		fmt.Fprintf(w, " (%d left out: missing values)", r.Dropped)
	}
	for _, g := range r.Groups {
		fmt.Fprintf(w, ", %d %s", g.Levels, g.Name)
	}
	fmt.Fprintf(w, "\nlogLik %.4f  deviance %.4f  AIC %.3f  BIC %.3f\n\n", r.LogLik, r.Deviance, r.AIC, r.BIC)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "term\testimate\tse\tlow\thigh\tstatistic\tdf\tp\t\n")
	for _, c := range r.Fixed {
		fmt.Fprintf(t, "%s\t%.5f\t%.5f\t%.5f\t%.5f\t%.3f\t%s\t%s\t\n", c.Term, c.Estimate, c.SE, c.Low, c.High, c.Statistic, dfText(c.DF), pText(c.P))
	}
	t.Flush()
	for _, t := range r.Tests {
		fmt.Fprintf(w, "%s: chi-squared %.4f on %.0f df, p %s (upper tail)\n", t.Name, t.Chi2, t.DF, pText(t.P))
	}
	printRandom(w, r)
	printContrasts(w, r)
	for _, s := range r.States {
		fmt.Fprintf(w, "\n%s: %s.\n  %s.\n", strings.ToUpper(s.Name), s.Words, s.Advice)
	}
	fmt.Fprintf(w, "\nfitted in %.1f ms\n", seconds*1000)
}

func printRandom(w io.Writer, r *mixed.Result) {
	if len(r.Random) > 0 {
		fmt.Fprintln(w)
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprint(t, "group\tterm\tsd\tcorrelation\t\n")
		for _, s := range r.Random {
			corr := make([]string, len(s.Corr))
			for i, v := range s.Corr {
				corr[i] = fmt.Sprintf("%.3f", v)
			}
			fmt.Fprintf(t, "%s\t%s\t%.5f\t%s\t\n", s.Group, s.Term, s.SD, strings.Join(corr, " "))
		}
		t.Flush()
	}
	if !math.IsNaN(r.Sigma) {
		fmt.Fprintf(w, "residual sd %.5f\n", r.Sigma)
	}
	if !math.IsNaN(r.Theta) {
		fmt.Fprintf(w, "negative binomial theta %.5f\n", r.Theta)
	}
}

func printContrasts(w io.Writer, r *mixed.Result) {
	if len(r.Contrasts) == 0 {
		return
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "contrast\testimate\tse\tlow\thigh\tratio\tp (%s, two-sided)\t\n", r.Contrasts[0].Adjust)
	for _, c := range r.Contrasts {
		ratio := ""
		if !math.IsNaN(c.Ratio) {
			ratio = fmt.Sprintf("%.4f", c.Ratio)
		}
		fmt.Fprintf(t, "%s\t%.5f\t%.5f\t%.5f\t%.5f\t%s\t%s\t\n", c.Name, c.Estimate, c.SE, c.Low, c.High, ratio, pText(c.P))
	}
	t.Flush()
}

func dfText(df float64) string {
	if math.IsInf(df, 1) {
		return "∞"
	}
	return fmt.Sprintf("%.1f", df)
}

func pText(p float64) string {
	if p < 0.001 {
		return fmt.Sprintf("%.2g", p)
	}
	return fmt.Sprintf("%.4f", p)
}

package cli_test

import (
	"bytes"
	"context"
	"math"
	"strings"
	"testing"

	"pumplab/app/cli"
)

var crossedError = []string{studyTable, "error ~ design + (1|participant) + (1|task)", "--family", "binomial", "--contrasts", "design"}

func TestFitFollowsTheLikelihood(t *testing.T) {
	m := fit(t, append(crossedError, "--intervals", "profile")...)
	b, ab := row(t, m, "fixed", 1), row(t, m, "contrasts", 0)
	// R 4.2.2, glmmTMB 1.1.5: uniroot on the objective with the coefficient held, as in analysis/mixed/infer_test.go
	close9(t, "low", b["low"], 0.6540667733)
	close9(t, "high", b["high"], 1.843895551)
	if m["intervals"] != "profile" || math.Abs(ab["low"].(float64)+1.843895551) > 1e-6 || math.Abs(ab["high"].(float64)+0.6540667733) > 1e-6 {
		t.Errorf("the contrast A - B %v is not designB turned round", ab)
	}
}

func TestFitDrawsWholePeople(t *testing.T) {
	args := append(crossedError, "--intervals", "bootstrap", "--replicates", "200", "--seed", "3")
	a, b := fit(t, args...), fit(t, args...)
	first, again := row(t, a, "fixed", 1), row(t, b, "fixed", 1)
	if first["low"] != again["low"] || first["high"] != again["high"] {
		t.Errorf("the same seed gave %v and %v", first, again)
	}
	wald := row(t, fit(t, crossedError...), "fixed", 1)
	width := (first["high"].(float64) - first["low"].(float64)) / (wald["high"].(float64) - wald["low"].(float64))
	if width < 0.6 || width > 1.6 || width == 1 {
		t.Errorf("bootstrap %v, Wald %v", first, wald)
	}
	if c := row(t, a, "contrasts", 0); math.Abs(c["low"].(float64)+first["high"].(float64)) > 1e-4 {
		t.Errorf("the contrast A - B %v is not designB %v turned round", c, first)
	}
}

func TestFitCanBeStoppedWhileDrawing(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out, msg bytes.Buffer
	code := cli.Run(append([]string{"fit"}, append(crossedError, "--intervals", "bootstrap")...), &cli.Context{Out: &out, Err: &msg, Context: ctx}, nil)
	if code == 0 || out.Len() > 0 || !strings.Contains(msg.String(), "stopped") {
		t.Errorf("status %d, %q, %q", code, out.String(), msg.String())
	}
}

func TestFitSaysHowProbableADifferenceIs(t *testing.T) {
	m := fit(t, append(crossedError, "--margin", "1.25")...)
	p, c := row(t, m, "posterior", 0), row(t, m, "contrasts", 0)
	normal := func(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }
	est, se := c["estimate"].(float64), c["se"].(float64)
	for key, want := range map[string]float64{
		"first_lower": normal(-est / se), "first_lower_by_margin": normal((-math.Log(1.25) - est) / se), "first_higher_by_margin": 1 - normal((math.Log(1.25)-est)/se),
	} {
		if got := p[key].(float64); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
	}
}

func TestFitIntervalsSayWhatTheyNeed(t *testing.T) {
	for want, args := range map[string][]string{
		"belongs to --contrasts":     {studyTable, "error ~ design", "--family", "binomial", "--margin", "1.2"},
		"ratios, so --margin is one": append(crossedError, "--margin", "0.2"),
		"not a grouping factor":      {studyTable, "error ~ design", "--family", "binomial", "--intervals", "bootstrap"},
		"use its Wald interval":      {studyTable, "seconds ~ design + (1|participant)", "--intervals", "profile"},
		"too few for a level":        append(crossedError, "--intervals", "bootstrap", "--replicates", "10"),
	} {
		var out, msg bytes.Buffer
		if code := cli.Run(append([]string{"fit"}, args...), &cli.Context{Out: &out, Err: &msg}, nil); code != 2 || !strings.Contains(msg.String(), want) {
			t.Errorf("%v: status %d, %q, want %q", args, code, msg.String(), want)
		}
	}
}

package designtest_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/designtest"
)

// toy is the smallest pump with every part the laws speak of: a rate stepped up and down, a review, a running screen, a limit of 5
// that may be overridden and one of 8 that may not. Bug names one fault to build in.
type toy struct {
	Screen  string // rate, review, running
	Rate    int
	Alert   string // soft, hard
	Running int
	Left    time.Duration
}

func machine(bug string) pumpmodel.Machine {
	calls := 0
	return pumpmodel.New(pumpmodel.Spec[toy]{
		Info: func() pumpmodel.Info {
			var c []pumpmodel.Control
			for _, name := range []string{"up", "dn", "ok", "back", "stop"} {
				c = append(c, pumpmodel.Control{Name: name})
			}
			return pumpmodel.Info{Name: "toy with " + bug, Controls: c}
		},
		Start: func() toy { return toy{Screen: "rate"} },
		Step: func(s toy, e pumpmodel.Event) (toy, []pumpmodel.Output) {
			calls++
			if bug == "purity" && e.Kind == pumpmodel.Down && e.Control == "up" && calls%2 == 0 {
				s.Rate++
			}
			return step(bug, s, e)
		},
		Wait: func(s toy) (time.Duration, bool) {
			if bug == "progress" && s.Rate == 4 {
				return 0, true
			}
			return s.Left, s.Left > 0
		},
		Show: func(s toy) pumpmodel.Display { return show(bug, s) },
	})
}

func step(bug string, s toy, e pumpmodel.Event) (toy, []pumpmodel.Output) {
	answer := func(a pumpmodel.Answer, why string) []pumpmodel.Output {
		return []pumpmodel.Output{{Kind: pumpmodel.KeyAnswered, Control: e.Control, Answer: a, Why: why}}
	}
	if e.Kind == pumpmodel.Elapse {
		if bug == "additivity" {
			s.Left = max(s.Left-e.For.Round(time.Second), 0)
		} else {
			s.Left = max(s.Left-e.For, 0)
		}
		return s, nil
	}
	known := map[string]bool{"up": true, "dn": true, "ok": true, "back": true, "stop": true}[e.Control]
	if !known || e.Kind != pumpmodel.Down && e.Kind != pumpmodel.Up {
		if bug == "totality" {
			s.Rate = 0
		}
		return s, answer(pumpmodel.Ignored, "unknown")
	}
	if e.Kind == pumpmodel.Up {
		if bug == "answered" {
			return s, nil
		}
		return s, answer(pumpmodel.Accepted, "")
	}
	out := answer(pumpmodel.Accepted, "")
	s.Left = time.Minute
	limit := &pumpmodel.Limit{Kind: "upperSoft", Value: "5", Entered: strconv.Itoa(s.Rate)}
	start := func() {
		p := &pumpmodel.Programme{Rate: strconv.Itoa(s.Rate), Beyond: s.Rate > 5}
		s.Running, s.Screen = s.Rate, "running"
		out = append(out, pumpmodel.Output{Kind: pumpmodel.InfusionStarted, Programme: p})
	}
	switch k := s.Alert + " " + s.Screen + " " + e.Control; k {
	case " rate up":
		s.Rate++
		out[0].Field, out[0].After = "rate", strconv.Itoa(s.Rate)
	case " rate dn":
		s.Rate = max(s.Rate-1, 0)
		out[0].Field, out[0].After = "rate", strconv.Itoa(s.Rate)
	case " rate ok":
		switch {
		case s.Rate > 8 && bug != "hard guard":
			s.Alert = "hard"
		case s.Rate > 5 && bug != "soft guard" && bug != "hard guard":
			s.Alert = "soft"
		default:
			s.Screen = "review"
		}
	case "soft rate ok":
		s.Alert, s.Screen = "", "review"
		out = append(out, pumpmodel.Output{Kind: pumpmodel.AlertAnswered, Field: "rate", Choice: "override", Limit: limit})
	case "soft rate back", "hard rate back":
		s.Alert = ""
	case " review ok":
		start()
	case " review back":
		s.Screen = "rate"
	case " running up":
		if bug == "two steps" {
			s.Rate = min(s.Rate+1, 5)
			start()
		}
	case " running stop":
		if bug != "recoverability" {
			s = toy{Screen: "rate"}
			out = append(out, pumpmodel.Output{Kind: pumpmodel.InfusionStopped})
		}
	default:
		return s, answer(pumpmodel.Ignored, "nothing here")
	}
	return s, out
}

func show(bug string, s toy) pumpmodel.Display {
	d := pumpmodel.Display{Screen: s.Screen, Kind: s.Screen, Lit: true}
	rate := s.Rate
	if bug == "truth" && s.Screen != "running" && s.Rate > 2 {
		rate = 2
	}
	if bug == "running truth" && s.Screen == "running" {
		rate++
	}
	d.Fields = []pumpmodel.Field{{Name: "rate", Text: strconv.Itoa(rate), Cursor: -1, Active: s.Screen == "rate"}}
	hint := func(control, action string) pumpmodel.Hint { return pumpmodel.Hint{Control: control, Action: action} }
	switch {
	case s.Alert == "soft":
		d.Alert = &pumpmodel.Alert{Kind: "soft", Answers: []pumpmodel.Hint{hint("ok", "override"), hint("back", "reprogram")}}
	case s.Alert == "hard":
		d.Alert = &pumpmodel.Alert{Kind: "hard", Answers: []pumpmodel.Hint{hint("back", "reprogram")}}
	case s.Screen == "rate":
		d.Keys = []pumpmodel.Hint{hint("up", "fast-up"), hint("dn", "clear"), hint("ok", "confirm")}
	case s.Screen == "review":
		d.Keys = []pumpmodel.Hint{hint("ok", "start"), hint("back", "back")}
	default:
		d.Keys = []pumpmodel.Hint{hint("stop", "stop")}
	}
	return d
}

func limits(p pumpmodel.Programme) []pumpmodel.Output {
	rate, _ := strconv.Atoi(p.Rate)
	for _, l := range []struct {
		at   int
		kind string
	}{{8, "upperHard"}, {5, "upperSoft"}} {
		if rate > l.at {
			return []pumpmodel.Output{{Field: "rate", Limit: &pumpmodel.Limit{Kind: l.kind, Value: strconv.Itoa(l.at)}}}
		}
	}
	return nil
}

var options = designtest.Options{Seed: 1, Walks: 60, Length: 400, Limits: limits}

func TestAPumpThatKeepsTheLawsPasses(t *testing.T) {
	designtest.Laws(t, machine("nothing"), options)
}

func TestEveryLawCatchesThePumpThatBreaksIt(t *testing.T) {
	for bug, law := range map[string]string{
		"purity": "purity", "additivity": "additivity", "progress": "progress", "totality": "totality", "answered": "answered",
		"truth": "truth", "running truth": "truth", "hard guard": "guard", "soft guard": "guard", "two steps": "two steps",
		"recoverability": "recoverability",
	} {
		t.Run(bug, func(t *testing.T) {
			for _, v := range designtest.Check(machine(bug), options) {
				if v.Law == law {
					return
				}
			}
			t.Errorf("no walk found that %s is broken", law)
		})
	}
}

// The shortest way beyond the soft limit of 5 is six times up, ok, ok: eight presses, and nothing of the rest of the walk.
func TestAViolationComesWithTheShortestSequence(t *testing.T) {
	for _, v := range designtest.Check(machine("soft guard"), options) {
		if v.Law != "guard" {
			continue
		}
		presses := 0
		for _, a := range v.Acts {
			if a.Event.Kind == pumpmodel.Down {
				presses++
			}
		}
		if presses != 8 || len(v.Acts) != 8 || !strings.Contains(v.String(), "down up, down up") {
			t.Errorf("%d acts: %s", len(v.Acts), v)
		}
		return
	}
	t.Error("not found")
}

func TestWalksAreTheSameForTheSameSeed(t *testing.T) {
	a, b := designtest.Check(machine("truth"), options), designtest.Check(machine("truth"), options)
	if len(a) != len(b) || len(a) == 0 || a[0].String() != b[0].String() {
		t.Errorf("%v\n%v", a, b)
	}
}

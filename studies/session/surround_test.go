package session_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/studies"
	"pumplab/studies/session"
)

var (
	noise = studies.Disturbance{Kind: "noise", Prompt: "ward-day", Level: -18, At: []time.Duration{0}}
	glare = studies.Disturbance{Kind: "glare", Level: 60, At: []time.Duration{20 * sec, 60 * sec}, For: 15 * sec}
	alarm = studies.Disturbance{Kind: "alarm", Priority: "high", Prompt: "Bed 6: occlusion", At: []time.Duration{30 * sec}}
)

func TestNoiseIsAroundTheWholeTaskAndStopsNothing(t *testing.T) {
	step := task
	step.Disturbances = []studies.Disturbance{noise, phone}
	m := mustMachine(t, step, end)
	s, _ := m.Start()
	if v := m.Show(s); len(v.Around) != 1 || v.Around[0] != (session.Around{Kind: "noise", Name: "ward-day", Level: -18}) || v.Disturbance != nil {
		t.Errorf("at the start: %+v %+v", v.Around, v.Disturbance)
	}
	s, out := run(m, sec, press("5"), 11*sec, just(studies.Reply), 13*sec, just(studies.Done))
	want(t, out, `
		0s 0 step-began
		0s 0 disturb-began noise ward-day -18 dB
		1s 0 pump key
		10s 0 disturb-began phone
		11s 0 disturb-ended phone answered right
		12s 0 disturb-began phone
		13s 0 disturb-ended phone step-ended
		13s 0 disturb-ended noise step-ended
		13s 0 step-ended done
		13s 1 step-began
		13s 1 ended complete`)
	if v := m.Show(s); v.Around != nil {
		t.Errorf("after the task: %+v", v.Around)
	}
}

func TestGlareComesAndGoesBesideAnotherPumpsAlarm(t *testing.T) {
	step := task
	step.Disturbances = []studies.Disturbance{glare, alarm}
	m := mustMachine(t, step, end)
	s, _ := m.Start()
	s, _ = m.Advance(s, 31*sec)
	v := m.Show(s)
	if len(v.Around) != 1 || v.Around[0].Level != 60 || v.Disturbance == nil || v.Disturbance.Priority != "high" || v.Disturbance.Prompt != "Bed 6: occlusion" || v.Disturbance.Covers {
		t.Errorf("%+v %+v", v.Around, v.Disturbance)
	}
	_, out := run(m, 31*sec, press("1"), 40*sec, just(studies.Reply), 80*sec, just(studies.Done))
	for _, line := range []string{
		"20s 0 disturb-began glare 60 %", "30s 0 disturb-began alarm Bed 6: occlusion", "31s 0 pump key", "35s 0 disturb-ended glare over",
		"40s 0 disturb-ended alarm answered right", "1m0s 0 disturb-began glare 60 %", "1m15s 0 disturb-ended glare over",
	} {
		if !strings.Contains(out, line+"\n") {
			t.Errorf("no %q in\n%s", line, out)
		}
	}
}

func TestGlareMayWaitForAPress(t *testing.T) {
	step := task
	step.Disturbances = []studies.Disturbance{{Kind: "glare", Level: 60, Field: "dose", After: 1}}
	_, out := run(mustMachine(t, step, end), sec, press("5"), 2*sec, just(studies.GiveUp))
	if !strings.Contains(out, "1s 0 disturb-began glare 60 %\n") || !strings.Contains(out, "2s 0 disturb-ended glare step-ended\n") {
		t.Error(out)
	}
}

func TestAHeldSessionHoldsWhatIsAround(t *testing.T) {
	step := task
	step.Disturbances = []studies.Disturbance{glare}
	_, out := run(mustMachine(t, step, end), 25*sec, just(studies.Hold), 500*sec, just(studies.Continue), 520*sec, just(studies.Done))
	if !strings.Contains(out, "8m30s 0 disturb-ended glare over\n") {
		t.Errorf("ten of its fifteen seconds were left at 8m20s:\n%s", out)
	}
}

// However finely time is cut, what is around a task comes and goes the same.
func TestSurroundingsAreAdditive(t *testing.T) {
	step := task
	step.For = 90 * sec
	step.Disturbances = []studies.Disturbance{noise, glare, alarm, phone, {Kind: "glare", Level: 30, At: []time.Duration{sec, 3 * sec, 5 * sec}, For: 3 * sec}}
	m := mustMachine(t, step, step, end)
	rapid.Check(t, func(t *rapid.T) {
		s, _ := m.Start()
		for range rapid.IntRange(0, 4).Draw(t, "events") {
			e := rapid.SampledFrom([]studies.Event{press("1"), just(studies.Reply), just(studies.Hold), just(studies.Continue)}).Draw(t, "event")
			s, _ = m.Step(s, s.Now+time.Duration(rapid.Int64Range(0, int64(40*sec)).Draw(t, "gap")), e)
		}
		a := time.Duration(rapid.Int64Range(0, int64(100*sec)).Draw(t, "a"))
		b := time.Duration(rapid.Int64Range(0, int64(100*sec)).Draw(t, "b"))
		whole, outs := m.Advance(s, a+b)
		half, first := m.Advance(s, a)
		halves, second := m.Advance(half, b)
		if whole != halves || told(outs) != told(first)+told(second) {
			t.Fatalf("cut at %v of %v:\n%s\n%s%s", a, a+b, told(outs), told(first), told(second))
		}
		if w, ok := m.Wait(s); ok && w <= 0 {
			t.Fatalf("wait %v", w)
		}
	})
}

package outcome_test

import (
	"encoding/json"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/studies"
	"pumplab/studies/coding"
	"pumplab/studies/journal"
	"pumplab/studies/outcome"
	"pumplab/studies/replay"
)

const dopamine = "area: Adult ICU; weight: 82 kg; drug: DOPamine; concentration: 400 mg/250 mL; dose: 5 mcg/kg/min; vtbi: 250 mL"

// right is what a pump runs for that order: 15.375 mL/h rounds to 15.4, which gives 5.008 (shared/data/worked_examples.csv).
func right() pumpmodel.Programme {
	return pumpmodel.Programme{
		Area: "Adult ICU", Drug: "DOPamine", Concentration: "400 mg/250 mL", Weight: "82", Dose: "5.008", DoseUnit: "mcg/kg/min",
		Rate: "15.4", VTBI: "250",
	}
}

// script writes a journal of one task as it goes.
type script struct {
	t       *testing.T
	study   *studies.Study
	at      time.Duration
	last    journal.Record
	records []journal.Record
}

// libraryUsed is the library of the sessions that begin makes.
const libraryUsed = "libraries/demo.yaml 0123456789ab"

func begin(t *testing.T, beyond string) *script {
	t.Helper()
	o, err := order.Parse(dopamine)
	if err != nil {
		t.Fatal(err)
	}
	s := &script{t: t, study: &studies.Study{Library: "libraries/demo.yaml", Tasks: []studies.Task{{ID: "a", Order: o, Beyond: beyond, Critical: true}}}}
	head, err := journal.EncodeHead(journal.Head{Format: journal.Format, Session: "P01-1", Participant: "P01", Files: map[string]string{"libraries/demo.yaml": "0123456789abcdef"}, Plan: studies.Plan{
		Steps: []studies.Step{{Kind: studies.StepTask, Task: "a", Design: "d", Condition: "quiet", Block: 1, Position: 2}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	s.add(head, studies.Output{Kind: studies.StepBegan})
	return s
}

func (s *script) add(event []byte, outs ...studies.Output) {
	for i := range outs {
		outs[i].At = s.at
	}
	r := journal.Next(s.last, s.at, event)
	r.Outputs = outs
	s.records, s.last = append(s.records, r), r
	s.at += time.Second
}

func (s *script) event(e studies.Event, outs ...studies.Output) *script {
	b, err := journal.EncodeEvent(e)
	if err != nil {
		s.t.Fatal(err)
	}
	s.add(b, outs...)
	return s
}

// press is a control with the pump's outputs after its answer.
func (s *script) press(control, field, before, after string, more ...pumpmodel.Output) *script {
	e := pumpmodel.Press(control)
	outs := []studies.Output{{Kind: studies.FromPump, Pump: &pumpmodel.Output{
		Kind: pumpmodel.KeyAnswered, Control: control, Answer: pumpmodel.Accepted, Field: field, Before: before, After: after,
	}}}
	for _, o := range more {
		outs = append(outs, studies.Output{Kind: studies.FromPump, Pump: &o})
	}
	return s.event(studies.Event{Kind: studies.Pump, Pump: &e}, outs...)
}

func (s *script) confirm(field, value string) *script {
	return s.press("enter", "", "", "", pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Field: field, After: value})
}

func (s *script) alert(kind, entered string) *script {
	return s.press("enter", "", "", "", pumpmodel.Output{Kind: pumpmodel.AlertRaised, Field: "dose", Limit: &pumpmodel.Limit{
		Kind: kind, Value: "20", Entered: entered, Unit: "mcg/kg/min", Ratio: "2.5",
	}})
}

func (s *script) answer(choice string) *script {
	return s.press("up", "", "", "", pumpmodel.Output{Kind: pumpmodel.AlertAnswered, Field: "dose", Choice: choice})
}

func (s *script) start(change func(*pumpmodel.Programme)) *script {
	p := right()
	if change != nil {
		change(&p)
	}
	return s.press("start", "", "", "", pumpmodel.Output{Kind: pumpmodel.InfusionStarted, Programme: &p})
}

func (s *script) stop() *script {
	return s.press("stop", "", "", "", pumpmodel.Output{Kind: pumpmodel.InfusionStopped})
}

func (s *script) end(why string) outcome.Result {
	s.t.Helper()
	s.event(studies.Event{Kind: studies.Done}, studies.Output{Kind: studies.StepEnded, Why: why})
	r, err := outcome.Of(replay.Of(s.records), outcome.Context{
		Study: s.study, Layout: func(string) coding.Layout { return coding.Telephone },
		Optimal: func(string, string) int { return 3 },
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func TestOutcomeFollowsTheLadder(t *testing.T) {
	dose50 := func(p *pumpmodel.Programme) { p.Dose, p.Rate = "50.016", "153.8" }
	for name, c := range map[string]struct {
		do   func(*script) *script
		far  string // beyond
		why  string
		want studies.Outcome
		calm bool // not a close call
	}{
		"as ordered":                  {func(s *script) *script { return s.confirm("dose", "5").start(nil) }, "", "done", studies.Correct, true},
		"wrong, confirmed, put right": {func(s *script) *script { return s.confirm("dose", "50").confirm("dose", "5").start(nil) }, "", "done", studies.Corrected, false},
		"started wrong, put right":    {func(s *script) *script { return s.start(dose50).stop().start(nil) }, "", "done", studies.Corrected, false},
		"soft limit caught it":        {func(s *script) *script { return s.alert("upperSoft", "50").answer("reprogram").start(nil) }, "", "done", studies.CaughtSoft, false},
		"hard limit caught it":        {func(s *script) *script { return s.alert("upperHard", "500").answer("reprogram").start(nil) }, "", "done", studies.CaughtHard, false},
		"overridden, seen later": {func(s *script) *script {
			return s.alert("upperSoft", "50").answer("override").confirm("dose", "5").start(nil)
		}, "", "done", studies.Corrected, false},
		"overridden wrong":                      {func(s *script) *script { return s.alert("upperSoft", "50").answer("override").start(dose50) }, "", "done", studies.OverriddenSoft, true},
		"nuisance alert overridden":             {func(s *script) *script { return s.alert("upperSoft", "5").answer("override").start(nil) }, "soft", "done", studies.Correct, true},
		"running wrong":                         {func(s *script) *script { return s.confirm("dose", "50").start(dose50) }, "", "done", studies.Undetected, true},
		"running wrong at the timeout":          {func(s *script) *script { return s.start(dose50) }, "", "timeout", studies.Undetected, true},
		"right but not said so":                 {func(s *script) *script { return s.start(nil) }, "", "timeout", studies.Correct, true},
		"nothing started":                       {func(s *script) *script { return s.confirm("dose", "5") }, "", "done", studies.NotCompleted, true},
		"stopped again":                         {func(s *script) *script { return s.start(nil).stop() }, "", "given up", studies.NotCompleted, true},
		"outside the library":                   {func(s *script) *script { return s.start(func(p *pumpmodel.Programme) { p.Drug, p.Basic = "", true }) }, "", "done", studies.Bypassed, true},
		"cannot be, and is not started":         {func(s *script) *script { return s.alert("upperHard", "5").answer("reprogram") }, "hard", "given up", studies.Correct, true},
		"cannot be, and time ran out":           {func(s *script) *script { return s.alert("upperHard", "5") }, "hard", "timeout", studies.NotCompleted, true},
		"cannot be, and something else started": {func(s *script) *script { return s.start(func(p *pumpmodel.Programme) { p.Dose, p.Rate = "4", "12.3" }) }, "hard", "done", studies.Undetected, true},
	} {
		r := c.do(begin(t, c.far)).end(c.why)
		if len(r.Tasks) != 1 {
			t.Errorf("%s: %+v", name, r)
			continue
		}
		if got := r.Tasks[0]; got.Outcome != c.want || got.CloseCall == c.calm {
			t.Errorf("%s: %s, close call %v; want %s, %v", name, got.Outcome, got.CloseCall, c.want, !c.calm)
		}
	}
}

func TestTasksTheParticipantDidNotEndAreNotJudged(t *testing.T) {
	for _, why := range []string{"skipped", "stopped", "interrupted"} {
		r := begin(t, "").end(why)
		if len(r.Tasks) != 0 || len(r.Unjudged) != 1 || string(r.Unjudged[0].Outcome) != why {
			t.Errorf("%s: %+v", why, r)
		}
	}
}

func TestRowHasTheMeasuresOfTheTask(t *testing.T) {
	s := begin(t, "")
	s.press("5", "dose", "", "5").press("0", "dose", "5", "50") // 1 s, 2 s
	s.event(studies.Event{Kind: studies.Stray, Code: "KeyQ"}, studies.Output{Kind: studies.DisturbBegan, Which: "question"})
	s.event(studies.Event{Kind: studies.Reply}, studies.Output{Kind: studies.DisturbEnded, Why: "answered"}) // 4 s
	s.at += 2 * time.Second
	s.press("backspace", "dose", "50", "5") // 7 s: three seconds after the question
	s.event(studies.Event{Kind: studies.Assist}, studies.Output{Kind: studies.Noted, Which: "assist"})
	s.confirm("dose", "50").start(nil)
	got := s.end("done").Tasks[0]
	want := studies.TaskRow{
		Session: "P01-1", Participant: "P01", Block: 1, Position: 2, Design: "d", Condition: "quiet", Task: "a", Ordered: dopamine,
		Programmed: "area: Adult ICU; weight: 82 kg; drug: DOPamine; concentration: 400 mg/250 mL; dose: 5.008 mcg/kg/min; rate: 15.4 mL/h; vtbi: 250 mL",
		Outcome:    studies.Corrected, NumberClass: "zero added", OutByTen: true, Started: 0, Ended: 11 * time.Second, Presses: 5, Optimal: 3,
		Corrections: 1, Interrupts: 1, Resumption: 3 * time.Second, Critical: true, Assisted: true, CloseCall: true,
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// shared/domain/ders.md: each alert record holds device, care area, library version, drug, therapy, concentration and weight.
func TestAlertRowSaysWhatWasOnThePump(t *testing.T) {
	s := begin(t, "").confirm("area", "Adult ICU").confirm("drug", "heparin").confirm("drug", "DOPamine").confirm("concentration", "400 mg/250 mL")
	got := s.confirm("weight", "82").alert("upperSoft", "50").answer("override").end("done").Alerts
	want := studies.OnPump{Device: "d", Area: "Adult ICU", Drug: "DOPamine", Concentration: "400 mg/250 mL", Weight: "82", Library: libraryUsed}
	if len(got) != 1 || got[0].OnPump != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestAlertRowSaysWhetherTheEntryWasWrong(t *testing.T) {
	got := begin(t, "").alert("upperSoft", "50").answer("reprogram").confirm("dose", "5").start(nil).end("done").Alerts
	want := studies.AlertRow{
		Session: "P01-1", Participant: "P01", Task: "a", At: time.Second, Field: "dose", LimitKind: "upperSoft", LimitValue: "20",
		Entered: "50", Ratio: "2.5", Answer: "reprogram", Final: "5.008", Latency: time.Second, Wrong: true, OnPump: studies.OnPump{Device: "d", Library: libraryUsed},
	}
	if len(got) != 1 || got[0] != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestCorrectionsAreClearingTakingBackAndTurningRound(t *testing.T) {
	type key struct{ control, before, after string }
	for name, c := range map[string]struct {
		keys []key
		want int
	}{
		"typed straight":            {[]key{{"1", "", "1"}, {"5", "1", "15"}, {".", "15", "15"}, {"4", "15", "15.4"}}, 0},
		"one symbol back":           {[]key{{"1", "", "1"}, {"6", "1", "16"}, {"backspace", "16", "1"}, {"5", "1", "15"}}, 1},
		"cleared":                   {[]key{{"1", "", "1"}, {"6", "1", "16"}, {"clear", "16", ""}, {"1", "", "1"}, {"5", "1", "15"}}, 1},
		"stepped up":                {[]key{{"UP", "", "1"}, {"UP", "1", "2"}, {"up", "2", "2.1"}}, 0},
		"stepped past and back":     {[]key{{"UP", "", "1"}, {"UP", "1", "2"}, {"dn", "2", "1.9"}, {"dn", "1.9", "1.8"}}, 1},
		"stepped, cleared, stepped": {[]key{{"up", "", "1"}, {"up", "1", "2"}, {"clear", "2", "0"}, {"up", "0", "1"}}, 1},
		"cursor moved":              {[]key{{"left", "", "0"}, {"left", "0", "0"}, {"up", "0", "100"}, {"right", "100", "100"}, {"up", "100", "110"}}, 0},
	} {
		s := begin(t, "")
		for _, k := range c.keys {
			s.press(k.control, "rate", k.before, k.after)
		}
		if got := s.start(nil).end("done").Tasks[0].Corrections; got != c.want {
			t.Errorf("%s: %d corrections, want %d", name, got, c.want)
		}
	}
}

// The reaction to an alert can run from the frame that first showed it: one journalled while the task is on, or after it.
func TestAnAlertIsSeenAtTheFirstFrameThatShowsIt(t *testing.T) {
	shown := func(s *script, frames ...studies.Frame) *script {
		text, err := json.Marshal(studies.ShownFrames{Frames: frames})
		if err != nil {
			t.Fatal(err)
		}
		return s.event(studies.Event{Kind: studies.Shown, Value: string(text)})
	}
	frame := func(of, at time.Duration) studies.Frame { return studies.Frame{Of: of, At: at} }
	s := begin(t, "") // records come a second after another: the first alert at 1 s
	s.alert("upperSoft", "50")
	shown(s, frame(500*time.Millisecond, 510*time.Millisecond), frame(time.Second, 1004*time.Millisecond), frame(2*time.Second, 2003*time.Millisecond))
	s.answer("reprogram").alert("upperSoft", "60") // at 4 s
	s.event(studies.Event{Kind: studies.Done}, studies.Output{Kind: studies.StepEnded, Why: "done"})
	shown(s, frame(4*time.Second, 4007*time.Millisecond))
	r, err := outcome.Of(replay.Of(s.records), outcome.Context{Study: s.study})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Alerts) != 2 || r.Alerts[0].Seen != 1004*time.Millisecond || r.Alerts[1].Seen != 4007*time.Millisecond {
		t.Errorf("alerts %+v, want them seen at 1.004 and 4.007 s", r.Alerts)
	}
}

package session_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/studies"
	"pumplab/studies/session"
)

const sec = time.Second

var (
	task     = studies.Step{Kind: studies.StepTask, Task: "a"}
	question = studies.Disturbance{Kind: "question", Field: "dose or rate", After: 2, Prompt: "7 + 8", Right: "15", Covers: true}
	phone    = studies.Disturbance{Kind: "phone", At: []time.Duration{10 * sec, 12 * sec}}
	end      = studies.Step{Kind: studies.StepEnd, Text: "Thanks"}
)

// run applies events at their times and returns all outputs, those of the start first.
func run(m *session.Machine, events ...any) (session.State, string) {
	s, out := m.Start()
	text := told(out)
	at := time.Duration(0)
	for _, e := range events {
		switch e := e.(type) {
		case time.Duration:
			at = e
		case studies.Event:
			s, out = m.Step(s, at, e)
			text += told(out)
		}
	}
	return s, text
}

func want(t *testing.T, got, want string) {
	t.Helper()
	trim := func(s string) string {
		lines := strings.Split(strings.TrimSpace(s), "\n")
		for i := range lines {
			lines[i] = strings.TrimSpace(lines[i])
		}
		return strings.Join(lines, "\n")
	}
	if trim(got) != trim(want) {
		t.Errorf("got\n%s\nwant\n%s", trim(got), trim(want))
	}
}

func TestATaskIsProgrammedAndEndedByDone(t *testing.T) {
	m := mustMachine(t, task, end)
	s, out := run(m, sec, press("5"), release("5"), press("enter"), 2*sec, press("1"), press("2"), press("start"), 3*sec, just(studies.Done))
	want(t, out, `
		0s 0 step-began
		1s 0 pump key
		1s 0 pump key
		1s 0 pump key
		2s 0 pump key
		2s 0 pump key
		2s 0 pump key
		2s 0 pump started
		3s 0 step-ended done right
		3s 1 step-began
		3s 1 ended complete`)
	if v := m.Show(s); v.Ended != "complete" || v.Title != "Thanks" {
		t.Errorf("shown at the end: %+v", v)
	}
}

func TestEachTaskMeetsAFreshPump(t *testing.T) {
	m := mustMachine(t, task, task, end)
	s, _ := run(m, press("5"), just(studies.Done))
	if f, _ := m.Show(s).Pump.FieldNamed("dose"); f.Text != "" {
		t.Errorf("the second task shows %q of the first", f.Text)
	}
	s, _ = run(m, press("5"))
	if f, _ := m.Show(s).Pump.FieldNamed("dose"); f.Text != "5" {
		t.Errorf("the first task shows %q, want 5", f.Text)
	}
}

func TestAnOrderBeyondAHardLimitIsRightWhenNothingRuns(t *testing.T) {
	hard := studies.Step{Kind: studies.StepTask, Task: "h"}
	_, out := run(mustMachine(t, hard), press("5"), just(studies.GiveUp))
	if !strings.Contains(out, "given up right") {
		t.Error(out)
	}
	_, out = run(mustMachine(t, hard), press("1"), press("5"), press("5"), press("enter"), press("1"), press("2"), press("start"), just(studies.Done))
	if strings.Contains(out, "right") {
		t.Errorf("running it counts as right:\n%s", out)
	}
}

func TestAStoppedInfusionIsNotTheOrder(t *testing.T) {
	_, out := run(mustMachine(t, task, end), press("5"), press("enter"), press("1"), press("2"), press("start"), press("stop"), just(studies.Done))
	if strings.Contains(out, "done right") {
		t.Error(out)
	}
}

func TestAQuestionCoversThePumpAfterThePressItWaitsFor(t *testing.T) {
	step := task
	step.Disturbances = []studies.Disturbance{question}
	m := mustMachine(t, step, end)
	s, out := run(m, sec, press("1"), release("1"), 2*sec, press("2"), 3*sec, release("2"), press("5"), 4*sec, studies.Event{Kind: studies.Reply}, 5*sec, studies.Event{Kind: studies.Reply, Value: " 15 "}, press("1"))
	want(t, out, `
		0s 0 step-began
		1s 0 pump key
		1s 0 pump key
		2s 0 pump key
		2s 0 disturb-began question 7 + 8
		3s 0 pump key
		3s 0 refused pump the pump is covered 5
		4s 0 refused reply a question wants an answer
		5s 0 disturb-ended question answered 15 right
		5s 0 pump key`)
	if got := m.Show(s).Pump.Title; got != "0 nags, 1 down" {
		t.Errorf("pump says %q: a key stayed down behind the cover", got)
	}
}

func TestAQuestionWhosePressFallsIntoACallComesAfterIt(t *testing.T) {
	step := task
	step.Disturbances = []studies.Disturbance{question, {Kind: "phone", At: []time.Duration{2 * sec}}}
	_, out := run(mustMachine(t, step, end), sec, press("1"), 3*sec, press("2"), 4*sec, just(studies.Reply), 5*sec, press("enter"), 6*sec, press("1"), 7*sec, press("5"))
	if strings.Contains(out, "question") {
		t.Errorf("a press in another field brought it:\n%s", out)
	}
	_, out = run(mustMachine(t, step, end), sec, press("1"), 3*sec, press("2"), 4*sec, just(studies.Reply), 5*sec, press("5"))
	if !strings.HasSuffix(out, "5s 0 pump key\n5s 0 disturb-began question 7 + 8\n") {
		t.Error(out)
	}
}

func TestAWrongReplyEndsTheQuestionToo(t *testing.T) {
	step := task
	step.Disturbances = []studies.Disturbance{question}
	_, out := run(mustMachine(t, step), press("1"), press("1"), studies.Event{Kind: studies.Reply, Value: "16"})
	if !strings.HasSuffix(out, "disturb-ended question answered 16\n") {
		t.Error(out)
	}
}

func TestAPhoneRingsUntilItIsAnsweredAndTheNextCallWaits(t *testing.T) {
	step := task
	step.Disturbances = []studies.Disturbance{phone}
	m := mustMachine(t, step, end)
	s, out := run(m, 11*sec, press("1"), 14*sec, just(studies.Reply))
	want(t, out, `
		0s 0 step-began
		10s 0 disturb-began phone
		11s 0 pump key
		14s 0 disturb-ended phone answered right
		14s 0 disturb-began phone`)
	if v := m.Show(s); v.Disturbance == nil || !v.Disturbance.Ringing {
		t.Errorf("shown: %+v", v.Disturbance)
	}
}

func TestADisturbanceMayBeAnnouncedAndEndByItself(t *testing.T) {
	step := task
	step.Disturbances = []studies.Disturbance{{Kind: "question", Prompt: "?", At: []time.Duration{5 * sec}, Warn: 2 * sec, For: 3 * sec, Covers: true}}
	m := mustMachine(t, step, end)
	s, _ := m.Start()
	if w, ok := m.Wait(s); !ok || w != 5*sec {
		t.Fatalf("wait %v %v", w, ok)
	}
	s, _ = m.Advance(s, 6*sec)
	if d := m.Show(s).Disturbance; d == nil || !d.Warning || d.Covers || d.Prompt != "" {
		t.Errorf("while announced: %+v", d)
	}
	s, out := m.Advance(s, 6*sec)
	want(t, told(out), "7s 0 disturb-began question ?\n10s 0 disturb-ended question over")
	if m.Show(s).Disturbance != nil {
		t.Error("still on")
	}
}

func TestATimeLimitEndsTheTaskAndABreakEndsByItself(t *testing.T) {
	step := task
	step.For = 40 * sec
	m := mustMachine(t, step, studies.Step{Kind: studies.StepBreak, For: 10 * sec}, task, end)
	s, _ := m.Start()
	s, out := m.Advance(s, 52*sec)
	want(t, told(out), `
		30s 0 pump nag
		40s 0 step-ended timeout
		40s 1 step-began
		50s 1 step-ended done
		50s 2 step-began`)
	if m.Show(s).Step.Kind != studies.StepTask {
		t.Error("no task after the break")
	}
}

func TestHoldingStopsTheTimeOfPumpAndLimit(t *testing.T) {
	step := task
	step.For = 40 * sec
	m := mustMachine(t, step, end)
	s, out := run(m, 10*sec, press("1"), just(studies.Hold), 20*sec, release("1"), press("1"), 1000*sec, just(studies.Continue))
	want(t, out, `
		0s 0 step-began
		10s 0 pump key
		10s 0 held
		20s 0 pump key
		20s 0 refused pump the session is held 1
		16m40s 0 resumed`)
	if v := m.Show(s); v.Remain != 30*sec {
		t.Errorf("%v of the limit remain, want 30s", v.Remain)
	}
	_, outs := m.Advance(s, 30*sec)
	want(t, told(outs), "17m10s 0 pump nag\n17m10s 0 step-ended timeout\n17m10s 1 step-began\n17m10s 1 ended complete")
}

func TestPracticeStopsOnceEnoughAreRightInARow(t *testing.T) {
	p := task
	p.Practice, p.UntilRight = true, 2
	m := mustMachine(t, p, p, p, p, task, end)
	right := []any{press("5"), press("enter"), press("1"), press("2"), press("start"), just(studies.Done)}
	var events []any
	events = append(events, just(studies.Done)) // wrong
	events = append(events, right...)
	events = append(events, right...)
	s, _ := run(m, events...)
	if v := m.Show(s); v.Index != 4 || v.Step.Practice {
		t.Errorf("at step %d, want the measured task 4", v.Index)
	}
}

func TestAQuestionnaireTakesOnlyValuesOfItsScale(t *testing.T) {
	m := mustMachine(t, studies.Step{Kind: studies.StepAsk, Instrument: "scale"}, end)
	rate := func(item, v string) studies.Event { return studies.Event{Kind: studies.Rate, Item: item, Value: v} }
	s, out := run(m, rate("two", "3"), rate("one", "55"), rate("one", "57"), rate("two", "6"), rate("six", "1"), rate("two", "x"))
	want(t, out, `
		0s 0 step-began
		0s 0 item-rated two 3
		0s 0 item-rated one 55
		0s 0 refused rate one takes 0 to 100 in steps of 5
		0s 0 refused rate two takes 1 to 5 in steps of 1
		0s 0 refused rate the questionnaire has no such item
		0s 0 refused rate two takes 1 to 5 in steps of 1`)
	if v := m.Show(s); v.Rated["one"] != "55" || v.Rated["two"] != "3" || len(v.Rated) != 2 {
		t.Errorf("rated %v", v.Rated)
	}
	s, _ = m.Step(s, 0, rate("one", ""))
	if v := m.Show(s); len(v.Rated) != 1 {
		t.Errorf("taken back, but %v", v.Rated)
	}
}

func TestWhatDoesNotFitTheMomentIsRefused(t *testing.T) {
	m := mustMachine(t, studies.Step{Kind: studies.StepIntro}, task, end)
	_, out := run(m, press("1"), just(studies.Done), just(studies.Reply), just(studies.Continue), just(studies.Next), just(studies.Next), release("1"), just("dance"), just(studies.Stop), just(studies.Next), just(studies.Stray))
	want(t, out, `
		0s 0 step-began
		0s 0 refused pump no task is on 1
		0s 0 refused done no task is on
		0s 0 refused reply nothing disturbs
		0s 0 refused continue the session is not held
		0s 0 step-ended done
		0s 1 step-began
		0s 1 refused next a task ends by done or give up
		0s 1 refused pump it was not pressed on this pump 1
		0s 1 refused dance unknown kind of event
		0s 1 step-ended stopped
		0s 1 ended stopped
		0s 1 refused next the session has ended`)
}

func TestTheExperimenterCanDisturbSkipAndNote(t *testing.T) {
	m := mustMachine(t, task, task, end)
	_, out := run(m, studies.Event{Kind: studies.Disturb, Item: "phone"}, studies.Event{Kind: studies.Disturb, Item: "question"}, studies.Event{Kind: studies.Note, Value: "yawns"}, just(studies.Skip))
	want(t, out, `
		0s 0 step-began
		0s 0 disturb-began phone
		0s 0 refused disturb something disturbs already
		0s 0 noted note yawns
		0s 0 disturb-ended phone step-ended
		0s 0 step-ended skipped
		0s 1 step-began`)
}

func TestAPlanThatNamesTheUnknownIsRefusedAllAtOnce(t *testing.T) {
	_, err := session.New(session.Parts{Study: tinyStudy(), Plan: studies.Plan{Steps: []studies.Step{
		{Kind: studies.StepTask, Design: "lost", Task: "z"}, {Kind: studies.StepAsk, Instrument: "q"},
	}}})
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("got %v, want three problems", err)
	}
}

// Additivity: however finely time is cut, state and outputs are the same.
func TestAdvanceIsAdditive(t *testing.T) {
	steps := func() []studies.Step {
		step := task
		step.For = 90 * sec
		step.Disturbances = []studies.Disturbance{phone, {Kind: "phone", At: []time.Duration{11 * sec}, For: 20 * sec, Warn: sec}, question}
		return []studies.Step{step, {Kind: studies.StepBreak, For: 7 * sec}, step, end}
	}
	m := mustMachine(t, steps()...)
	rapid.Check(t, func(t *rapid.T) {
		s, _ := m.Start()
		for range rapid.IntRange(0, 6).Draw(t, "events") {
			e := rapid.SampledFrom([]studies.Event{press("1"), release("1"), just(studies.Reply), press("start")}).Draw(t, "event")
			s, _ = m.Step(s, s.Now+time.Duration(rapid.Int64Range(0, int64(40*sec)).Draw(t, "gap")), e)
		}
		a := time.Duration(rapid.Int64Range(0, int64(100*sec)).Draw(t, "a"))
		b := time.Duration(rapid.Int64Range(0, int64(100*sec)).Draw(t, "b"))
		whole, outs := m.Advance(s, a+b)
		half, first := m.Advance(s, a)
		halves, second := m.Advance(half, b)
		if whole != halves {
			t.Fatalf("states differ:\n%+v\n%+v", whole, halves)
		}
		if x, y := told(outs), told(first)+told(second); x != y {
			t.Fatalf("outputs differ:\n%s\n%s", x, y)
		}
		if w, ok := m.Wait(s); ok && w <= 0 {
			t.Fatalf("wait %v", w)
		}
	})
}

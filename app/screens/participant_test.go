package screens_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pumplab/studies"
)

func taskStep() studies.Step {
	return studies.Step{Kind: studies.StepTask, Block: 1, Position: 1, Design: "keypad", Condition: "quiet", Task: "t"}
}

func TestKeysOfATaskReachThePumpAndTheJournal(t *testing.T) {
	f := mustSession(t, taskStep(), studies.Step{Kind: studies.StepEnd, Text: "Thank you\nDone."})
	f.press("5", ".", "2", "5")
	f.write(t, "s-task")
	f.press("F5")
	f.press("F12")
	var got []string
	for _, e := range f.journal.events(t) {
		s := string(e.Kind)
		if e.Pump != nil {
			s += " " + string(e.Pump.Kind) + " " + e.Pump.Control
		} else {
			s += " " + e.Code
		}
		if e.Stamp != "callback" {
			t.Errorf("%s: stamp %q", s, e.Stamp)
		}
		got = append(got, s)
	}
	want := []string{
		"pump down 5", "pump up 5", "pump down .", "pump up .", "pump down 2", "pump up 2", "pump down 5", "pump up 5",
		"stray F5", "done F12",
	}
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("record %d: %s, want %s", i+2, got[i], want[i])
		}
	}
	f.write(t, "s-end")
}

func TestAQuestionTakesTheKeyboardAndIsAnswered(t *testing.T) {
	step := taskStep()
	step.Disturbances = []studies.Disturbance{{Kind: "question", Field: "dose", After: 2, Prompt: "Quick one: what is 250 mL divided by 8 hours?", Right: "31", Covers: true}}
	f := mustSession(t, step)
	f.press("5", ".")
	if f.desk.Look().Disturbance == nil {
		t.Fatal("no question after the second press")
	}
	f.press("3")
	f.screen.Rune('3')
	f.press("1")
	f.screen.Rune('1')
	f.write(t, "s-question")
	f.press(fyne.KeyReturn)
	if d := f.desk.Look().Disturbance; d != nil {
		t.Fatalf("still on: %+v", d)
	}
	events := f.journal.events(t)
	last := events[len(events)-1]
	if last.Kind != studies.Reply || last.Value != "31" {
		t.Errorf("last record %+v, want the reply 31", last)
	}
	if text := f.desk.Look().Pump.Fields[1].Text; text != "5." {
		t.Errorf("the pump took the reply: %q", text)
	}
}

func TestThePhoneRingsUntilItIsAnswered(t *testing.T) {
	step := taskStep()
	step.Disturbances = []studies.Disturbance{{Kind: "phone", At: []time.Duration{2 * time.Second}}}
	f := mustSession(t, step)
	f.clock.now = 3 * time.Second
	f.screen.Tick()
	if f.desk.Look().Disturbance == nil {
		t.Fatal("no phone")
	}
	f.press("7")
	f.write(t, "s-phone")
	if got := f.desk.Look().Pump.Fields[1].Text; got != "7" {
		t.Errorf("the pump shows %q while the phone rings, want 7", got)
	}
	f.press("F10")
	if f.desk.Look().Disturbance != nil {
		t.Error("the phone rings after it was answered")
	}
}

func TestAQuestionnaireIsAnsweredWithTheKeyboardAlone(t *testing.T) {
	f := mustSession(t, studies.Step{Kind: studies.StepAsk, Instrument: "sus", Design: "keypad"}, studies.Step{Kind: studies.StepAsk, Instrument: "raw-tlx", Design: "keypad"},
		studies.Step{Kind: studies.StepIntro, Text: "Pump 2 of 3\nThe next orders are for this pump. Take a moment to look at it once the first order appears. The first orders are for practice."})
	for range 9 {
		f.press("4")
	}
	f.write(t, "s-sus")
	f.press(fyne.KeyReturn)
	if f.desk.Look().Index != 0 {
		t.Fatal("left the page with an item open at the first press")
	}
	f.press("2", fyne.KeyReturn)
	if f.desk.Look().Index != 1 {
		t.Fatal("did not go on")
	}
	f.press(fyne.KeyRight, fyne.KeyRight, fyne.KeyDown, fyne.KeyLeft, fyne.KeyLeft)
	rated := f.desk.Look().Rated
	if rated["mental"] != "55" || rated["physical"] != "45" {
		t.Errorf("rated %v, want mental 55 and physical 45", rated)
	}
	f.write(t, "s-tlx")
	f.press(fyne.KeyReturn, fyne.KeyReturn)
	if f.desk.Look().Index != 2 {
		t.Fatal("did not leave with items open at the second press")
	}
	f.write(t, "s-intro")
}

func TestABreakCountsDownAndPauseCovers(t *testing.T) {
	f := mustSession(t, studies.Step{Kind: studies.StepBreak, For: 2 * time.Minute, Text: "A short break\nThe next pump is waiting. Go on whenever you are ready."}, taskStep())
	f.clock.now = 17 * time.Second
	f.screen.Tick()
	f.write(t, "s-break")
	f.clock.now = 121 * time.Second
	f.screen.Tick()
	if f.desk.Look().Index != 1 {
		t.Fatal("the break did not end by itself")
	}
	f.desk.Say(studies.Event{Kind: studies.Hold})
	f.write(t, "s-held")
	f.press("5")
	if got := f.desk.Look().Pump.Fields[1].Text; got != "" {
		t.Errorf("the pump took a key while held: %q", got)
	}
}

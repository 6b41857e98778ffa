package screens_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pumplab/app/look"
	"pumplab/app/screens"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/studies"

	"fyne.io/fyne/v2/test"
)

// ears hear what a session makes heard.
type ears struct {
	room      string
	level     int
	elsewhere string
	ringing   bool
}

func (e *ears) Play([]pumpmodel.Tone)        {}
func (e *ears) Ring(on bool)                 { e.ringing = on }
func (e *ears) Room(name string, level int)  { e.room, e.level = name, level }
func (e *ears) Elsewhere(t []pumpmodel.Tone) { e.elsewhere = ""; addName(&e.elsewhere, t) }

func addName(into *string, tones []pumpmodel.Tone) {
	for _, t := range tones {
		*into += t.Name
	}
}

func disturbedStep(ds ...studies.Disturbance) studies.Step {
	s := taskStep()
	s.Disturbances = ds
	return s
}

func TestNoiseIsHeardWhileTheTaskLastsAndNotInAPause(t *testing.T) {
	f := mustSession(t, disturbedStep(studies.Disturbance{Kind: "noise", Prompt: "ward-day", Level: -18, At: []time.Duration{0}}), studies.Step{Kind: studies.StepEnd, Text: "Thank you"})
	heard := &ears{}
	test.NewTempApp(t).Settings().SetTheme(look.Light())
	screens.NewParticipant(f.desk, map[string]*design.Design{"keypad": keypadDesign()}, 96/25.4, heard)
	if heard.room != "ward-day" || heard.level != -18 {
		t.Errorf("in the task: %+v", heard)
	}
	f.desk.Say(studies.Event{Kind: studies.Hold})
	if heard.room != "" {
		t.Errorf("in a pause: %+v", heard)
	}
	f.desk.Say(studies.Event{Kind: studies.Continue})
	if heard.room != "ward-day" {
		t.Errorf("after it: %+v", heard)
	}
	f.desk.Say(studies.Event{Kind: studies.Done})
	if heard.room != "" {
		t.Errorf("after the task: %+v", heard)
	}
}

func TestAnotherPumpsAlarmIsSeenHeardAndSilenced(t *testing.T) {
	f := mustSession(t, disturbedStep(studies.Disturbance{Kind: "alarm", Priority: "high", Prompt: "Bed 6: occlusion downstream", At: []time.Duration{2 * time.Second}}))
	heard := &ears{}
	second := screens.NewParticipant(f.desk, map[string]*design.Design{"keypad": keypadDesign()}, 96/25.4, heard)
	f.clock.now = 3 * time.Second
	f.desk.Tick()
	second.Tick()
	f.write(t, "d-alarm")
	if !textsOf(f.window)["Bed 6: occlusion downstream"] || heard.elsewhere != "high" || heard.ringing {
		t.Errorf("texts %v, heard %+v", textsOf(f.window), heard)
	}
	f.press("5")
	if got := f.desk.Look().Pump.Fields[1].Text; got != "5" {
		t.Errorf("the pump under an alarm elsewhere shows %q, want 5", got)
	}
	f.press(fyne.KeyF10)
	if textsOf(f.window)["Bed 6: occlusion downstream"] || heard.elsewhere != "" {
		t.Errorf("silenced, but %+v", heard)
	}
}

func TestGlareLiesOverTheScreenAndTakesNoKey(t *testing.T) {
	f := mustSession(t, disturbedStep(studies.Disturbance{Kind: "glare", Level: 60, At: []time.Duration{0}, For: 10 * time.Second}))
	lit := f.window.Canvas().Capture()
	f.write(t, "d-glare")
	f.press("5")
	if got := f.desk.Look().Pump.Fields[1].Text; got != "5" {
		t.Errorf("the pump shows %q, want 5", got)
	}
	f.clock.now = 11 * time.Second
	f.desk.Tick()
	dark := f.window.Canvas().Capture()
	x, y := lit.Bounds().Dx()*60/100, lit.Bounds().Dy()*40/100
	l, _, _, _ := lit.At(x, y).RGBA()
	d, _, _, _ := dark.At(x, y).RGBA()
	if l <= d {
		t.Errorf("at its middle the screen is %d with the light and %d without", l>>8, d>>8)
	}
}

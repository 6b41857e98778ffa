package screens_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/app/screens"
	"pumplab/pumpmodel/design"
	"pumplab/studies"
)

// texts are all texts on a window.
func texts(o fyne.CanvasObject, into map[string]bool) {
	switch o := o.(type) {
	case *canvas.Text:
		into[o.Text] = true
	case *fyne.Container:
		for _, c := range o.Objects {
			texts(c, into)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			texts(c, into)
		}
	}
}

// seen reports whether a sentence is on the window, perhaps broken into lines.
func seen(texts map[string]bool, sentence string) bool {
	for t := range texts {
		if t != "" && len(t) > 8 && strings.Contains(sentence, strings.TrimSpace(t)) {
			return true
		}
	}
	return false
}

func textsOf(w fyne.Window) map[string]bool {
	out := map[string]bool{}
	texts(w.Content(), out)
	return out
}

// mustTap taps the button of that text.
func mustTap(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	var find func(o fyne.CanvasObject) fyne.Tappable
	find = func(o fyne.CanvasObject) fyne.Tappable {
		var inner []fyne.CanvasObject
		switch o := o.(type) {
		case *fyne.Container:
			inner = o.Objects
		case fyne.Widget:
			inner = test.WidgetRenderer(o).Objects()
		}
		for _, c := range inner {
			if b := find(c); b != nil {
				return b
			}
		}
		b, ok := o.(fyne.Tappable)
		written := map[string]bool{}
		texts(o, written)
		if ok && written[text] {
			return b
		}
		return nil
	}
	b := find(w.Content())
	if b == nil {
		t.Fatalf("no button %q", text)
	}
	test.Tap(b)
}

func TestTheConsoleShowsWhatHappensAndActs(t *testing.T) {
	second := taskStep()
	second.Position = 2
	f := mustSession(t, studies.Step{Kind: studies.StepIntro, Text: "Welcome\nHello."}, taskStep(), second, studies.Step{Kind: studies.StepEnd, Text: "Thank you\nDone."})
	c := screens.NewConsole(f.desk, map[string]*design.Design{"keypad": keypadDesign()}, studies.Plan{
		Participant: "P01", Steps: []studies.Step{{Kind: studies.StepIntro}, taskStep(), second, {Kind: studies.StepEnd}},
	})
	w := test.NewWindow(c.Object()) // closed below: a window closed twice never returns
	c.Listen(w.Canvas())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1180, 720))
	f.press(fyne.KeyReturn, "5", ".", "2", "F5")
	f.clock.now += time.Second
	c.Tick()
	writePicture(t, w, "c-task")
	got := textsOf(w)
	for _, want := range []string{"P01", "Step 2 of 4 · keypad · quiet · t", "Dose = 5.2 mcg/kg/min", "5.2", "F5", "bound to nothing", "0:00:02"} {
		if !got[want] {
			t.Errorf("the console does not show %q", want)
		}
	}
	mustTap(t, w, "Pause  F4")
	if !f.desk.Look().Held {
		t.Error("pause did not hold the session")
	}
	f.clock.now += time.Second
	c.Tick()
	mustTap(t, w, "Go on  F4")
	if f.desk.Look().Held {
		t.Error("go on did not continue the session")
	}
	mustTap(t, w, "Skip step  F7")
	if f.desk.Look().Index != 1 {
		t.Error("skip acted at the first press")
	}
	mustTap(t, w, "Skip? Again  F7")
	if f.desk.Look().Index != 2 {
		t.Error("skip did not act at the second press")
	}
	mustType(w, fyne.KeyF8)
	f.clock.now += 5 * time.Second
	c.Tick()
	mustType(w, fyne.KeyF8)
	if f.desk.Look().Ended != "" {
		t.Error("stop acted although the first press was long ago")
	}
	mustType(w, fyne.KeyF2) // the note line has the keyboard now, and keys still act
	test.Type(w.Canvas().Focused(), "looks away")
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF3})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF4})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF4})
	events := f.journal.events(t)
	if e := events[len(events)-3]; e.Kind != studies.Assist || e.Value != "looks away" {
		t.Errorf("F3 in the note line came to %+v", e)
	}
	if e := events[len(events)-1]; e.Kind != studies.Continue {
		t.Errorf("F4 in the note line came to %+v", e)
	}
	w.Close()
	f.press("7")
	if f.desk.Look().Pump.Fields[1].Text != "7" {
		t.Error("the session stopped with the console")
	}
}

// mustType is a key on a window where nothing has the focus.
func mustType(w fyne.Window, name fyne.KeyName) {
	w.Canvas().(interface{ OnTypedKey() func(*fyne.KeyEvent) }).OnTypedKey()(&fyne.KeyEvent{Name: name})
}

func TestIntakeRefusesWhatIsMissingInSentences(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Light())
	var began string
	in := screens.NewIntake(screens.IntakeParts{
		Study: &studies.Study{Title: "Do chevrons prevent what keypads let through?", People: studies.People{Ask: []studies.Ask{{Name: "years in role", Max: 60}}}},
		Code:  "P01", Check: func(string) error { return nil }, Course: func(string) []string { return []string{"keypad, quiet: 8 orders"} },
		Begin: func(code string, answers map[string]string) { began = code + " " + answers["years in role"] }, Back: func() {},
	})
	w := test.NewTempWindow(t, in.Object())
	w.Resize(fyne.NewSize(1240, 800))
	mustTap(t, w, "Start the session")
	writePicture(t, w, "c-intake")
	if got := textsOf(w); !seen(got, "Say the participant's years in role.") {
		t.Errorf("no sentence says what is missing: %v", got)
	}
	if began != "" {
		t.Error("a session began without an answer")
	}
}

func TestIntakeSaysWhatBecomesOfAnAnswerThatIdentifies(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Light())
	var began map[string]string
	in := screens.NewIntake(screens.IntakeParts{
		Study: &studies.Study{Title: "Do chevrons prevent what keypads let through?", People: studies.People{Ask: []studies.Ask{
			{Name: "role", Choices: []string{"nurse", "other"}, Identifying: true}, {Name: "e-mail", Text: true, Identifying: true},
		}}},
		Code: "P01", Check: func(string) error { return nil }, Course: func(string) []string { return []string{"keypad, quiet: 8 orders"} },
		Begin: func(code string, answers map[string]string) { began = answers }, Back: func() {},
	})
	w := test.NewTempWindow(t, in.Object())
	w.Resize(fyne.NewSize(1240, 800))
	writePicture(t, w, "c-intake-identifying")
	if got := textsOf(w); !seen(got, "  May stay empty. Kept encrypted, apart from the data.") {
		t.Errorf("nothing says what becomes of the answer: %v", got)
	}
	mustTap(t, w, "Start the session")
	if began == nil || began["e-mail"] != "" {
		t.Errorf("an answer that may stay empty held the session up: %v", began)
	}
}

func TestHomeSaysWhatToDoFirst(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Light())
	do := &did{}
	w := test.NewTempWindow(t, screens.NewHome(nil, []string{"demo", "short"}, do).Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1240, 800))
	writePicture(t, w, "c-home-empty")
	mustTap(t, w, "Make the demo study")
	if do.created != "demo" {
		t.Errorf("made %q, want demo", do.created)
	}
	parts.Tell(w.Canvas(), "The study cannot be opened", "Study.yaml:12:5: tasks: dopamine: the drug \"DOPamin\" is not in the library, did you mean DOPamine?")
	writePicture(t, w, "c-tell")
	test.NewTempApp(t).Settings().SetTheme(look.Dark())
	dark := test.NewTempWindow(t, screens.NewHome([]screens.StudyCard{
		{Name: "keys", Title: "Do chevrons prevent what keypads let through?", Designs: []string{"a", "b"}, Planned: 24, Complete: 3, Sessions: []screens.SessionLine{
			{Participant: "P01", When: "2026-11-22 09:05", State: "complete"},
			{Participant: "P02", When: "2026-11-22 10:10", State: "interrupted"},
			{Participant: "P03", When: "2026-11-22 11:15", State: "stopped"},
			{Participant: "S01", When: "2026-11-22 12:20", State: "complete", Simulated: true},
		}},
		{Name: "bad", Title: "bad", Folder: "/data/bad", Problem: "Study.yaml:3:1: title is missing."},
	}, []string{"demo", "short"}, do).Object())
	dark.SetPadded(false)
	dark.Resize(fyne.NewSize(1240, 800))
	writePicture(t, dark, "c-home-dark")
	for _, want := range []string{"P02", "2026-11-22 10:10", "cut off, can go on", "stopped early", "complete, simulated"} {
		if !textsOf(dark)[want] {
			t.Errorf("the list of sessions does not say %q", want)
		}
	}
	screens.Help(dark.Canvas())
	writePicture(t, dark, "c-help")
	dark.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if len(dark.Canvas().Overlays().List()) > 0 {
		t.Error("F1 does not close the help that it opened")
	}
	mustTap(t, dark, "Show results")
	if do.results == 0 {
		t.Error("results were not asked for")
	}
}

func TestTheFrameOfABankCardIsAsLargeAsSaid(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Light())
	var got float64
	c := screens.NewCalibrate(4, func(m float64) { got = m }, func() {})
	w := test.NewTempWindow(t, c.Object())
	w.Resize(fyne.NewSize(1240, 800))
	c.Listen(w.Canvas())
	w.Canvas().(interface{ OnTypedKey() func(*fyne.KeyEvent) }).OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyRight})
	writePicture(t, w, "c-size")
	if !textsOf(w)["4.020 screen units a millimetre: the frame is 344 units wide"] { // 85.60 mm (ISO/IEC 7810, ID-1) × 4.02
		t.Error("the frame's size is not said")
	}
	mustTap(t, w, "It matches")
	if got != 4.02 {
		t.Errorf("kept %v, want 4.02", got)
	}
}

// did remembers what the home screen asked for.
type did struct {
	created string
	results int
}

func (d *did) Participant(string)     {}
func (d *did) Results(string)         { d.results++ }
func (d *did) Create(template string) { d.created = template }
func (d *did) Choose()                {}
func (d *did) Demo()                  {}
func (d *did) Shade()                 {}
func (d *did) Size()                  {}
func (d *did) Try()                   {}
func (d *did) Sessions(string)        {}
func (d *did) Help()                  {}

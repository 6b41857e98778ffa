package screens_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"pumplab/app/capture"
	"pumplab/app/look"
	"pumplab/app/screens"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/order"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/questionnaire"
	"pumplab/studies/session"
)

// handClock is a clock that stands where the test puts it.
type handClock struct {
	now     time.Duration
	changes []capture.Change // what the next look at the machine's clocks finds
}

func (c *handClock) Now() time.Duration { return c.now }
func (c *handClock) Anchor() (at time.Duration, utc string) {
	return c.now, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(c.now).Format(time.RFC3339Nano)
}

func (c *handClock) Changes() []capture.Change {
	found := c.changes
	c.changes = nil
	return found
}

func (c *handClock) Stamp() capture.Stamp { return capture.Stamp{At: c.now, Kind: "callback"} }

// memory is a journal that keeps its records.
type memory struct{ records []journal.Record }

func (m *memory) Append(r journal.Record) error { m.records = append(m.records, r); return nil }

// events are the outside facts of the journal, the head left out.
func (m *memory) events(t *testing.T) []studies.Event {
	t.Helper()
	var out []studies.Event
	for _, r := range m.records[1:] {
		e, err := journal.DecodeEvent(r.Event)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// dosePump edits one number with digits.
func dosePump() pumpmodel.Machine {
	type state struct{ text string }
	return pumpmodel.New(pumpmodel.Spec[state]{
		Info:  func() pumpmodel.Info { return pumpmodel.Info{Name: "keypad", Pump: "large-volume"} },
		Start: func() state { return state{} },
		Step: func(s state, e pumpmodel.Event) (state, []pumpmodel.Output) {
			if e.Kind == pumpmodel.Elapse {
				return s, nil
			}
			o := pumpmodel.Output{Kind: pumpmodel.KeyAnswered, Control: e.Control, Answer: pumpmodel.Ignored}
			if e.Kind == pumpmodel.Down && len(e.Control) == 1 && len(s.text) < 5 {
				s.text += e.Control
				o.Answer, o.Field, o.After = pumpmodel.Accepted, "dose", s.text
			}
			return s, []pumpmodel.Output{o}
		},
		Wait: func(state) (time.Duration, bool) { return 0, false },
		Show: func(s state) pumpmodel.Display {
			return pumpmodel.Display{
				Screen: "dose", Kind: "enter", Title: "DOPamine", Lit: true,
				Fields: []pumpmodel.Field{
					{Name: "weight", Label: "Weight", Text: "82", Unit: "kg", Fixed: true, Cursor: -1},
					{Name: "dose", Label: "Dose", Text: s.text, Unit: "mcg/kg/min", Active: true, Cursor: len(s.text)},
				},
				Keys:  []pumpmodel.Hint{{Control: "enter", Does: "confirm", Action: "confirm"}, {Control: "back", Does: "weight", Action: "back"}},
				Lamps: []pumpmodel.Lamp{{Name: "alarm", Colour: "yellow", Flash: 600, Duty: 50}},
			}
		},
	})
}

// keypadDesign is the face of dosePump.
func keypadDesign() *design.Design {
	d := &design.Design{Name: "keypad", Show: design.ShowRules{Decimals: "smaller"}}
	d.Face = design.Face{
		Width: 21000, Height: 13000, Housing: "#E3E6E8",
		Displays: []design.Panel{{Name: "main", Box: design.Box{X: 1000, Y: 1600, W: 11800, H: 7400}, Kind: "lcd"}},
		Lamps:    []design.LampPlace{{Name: "alarm", X: 1000, Y: 550, Size: 500}},
	}
	for i, n := range []string{"7", "8", "9", "4", "5", "6", "1", "2", "3", ".", "0", "clear"} {
		k := design.Key{Name: n, Shape: "rect", Role: "digit", X: design.MM(14200 + 1900*(i%3)), Y: design.MM(1600 + 1900*(i/3)), W: 1600, H: 1600, Bound: n}
		if n == "clear" {
			k.Label, k.Bound = "C", "BackSpace"
		}
		d.Face.Keys = append(d.Face.Keys, k)
	}
	d.Face.Keys = append(d.Face.Keys,
		design.Key{Name: "enter", Label: "ENTER", Shape: "rect", Role: "confirm", X: 14200, Y: 9300, W: 3500, H: 1600, Bound: "Return"},
		design.Key{Name: "back", Label: "BACK", Shape: "rect", Role: "neutral", X: 18000, Y: 9300, W: 1600, H: 1600, Bound: "Escape"})
	return d
}

func tlx() *questionnaire.Instrument {
	in := &questionnaire.Instrument{
		Name: "raw-tlx", Title: "How was it with this pump?",
		Intro: "Mark on each line how it was for you, with the pump you have just used.",
	}
	for _, q := range [][4]string{
		{"mental", "How mentally demanding was the task?", "Very low", "Very high"},
		{"physical", "How physically demanding was the task?", "Very low", "Very high"},
		{"temporal", "How hurried or rushed was the pace of the task?", "Very low", "Very high"},
		{"performance", "How successful were you in accomplishing what you were asked to do?", "Perfect", "Failure"},
		{"effort", "How hard did you have to work to accomplish your level of performance?", "Very low", "Very high"},
		{"frustration", "How insecure, discouraged, irritated, stressed, and annoyed were you?", "Very low", "Very high"},
	} {
		in.Items = append(in.Items, questionnaire.Item{ID: q[0], Text: q[1], Low: q[2], High: q[3], Max: 100, Step: 5})
	}
	return in
}

func sus() *questionnaire.Instrument {
	in := &questionnaire.Instrument{Name: "sus", Title: "What do you think of this pump?", Intro: "Say how far you agree with each sentence."}
	for i, q := range []string{
		"I think that I would like to use this system frequently.", "I found the system unnecessarily complex.",
		"I thought the system was easy to use.", "I think that I would need the support of a technical person to be able to use this system.",
		"I found the various functions in this system were well integrated.", "I thought there was too much inconsistency in this system.",
		"I would imagine that most people would learn to use this system very quickly.", "I found the system very cumbersome to use.",
		"I felt very confident using the system.", "I needed to learn a lot of things before I could get going with this system.",
	} {
		in.Items = append(in.Items, questionnaire.Item{ID: "sus" + string(rune('0'+i)), Text: q, Low: "Strongly disagree", High: "Strongly agree", Min: 1, Max: 5, Step: 1})
	}
	return in
}

// fixture is a session of every kind of step on a software window.
type fixture struct {
	clock   *handClock
	journal *memory
	desk    *screens.Desk
	screen  *screens.Participant
	window  fyne.Window
}

func mustOrder(t *testing.T) order.Order {
	t.Helper()
	o, err := order.Parse("area: Adult ICU; drug: DOPamine; concentration: 400 mg/250 mL; weight: 82 kg; dose: 5 mcg/kg/min; vtbi: 250 mL; patient: Bed 4")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func mustSession(t *testing.T, steps ...studies.Step) *fixture {
	t.Helper()
	study := &studies.Study{Name: "s", Tasks: []studies.Task{{ID: "t", Order: mustOrder(t)}}}
	m, err := session.New(session.Parts{
		Study: study, Plan: studies.Plan{Study: "s", Participant: "P01", Steps: steps},
		Pumps:       map[string]pumpmodel.Machine{"keypad": dosePump()},
		Instruments: map[string]*questionnaire.Instrument{"raw-tlx": tlx(), "sus": sus()},
	})
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{clock: &handClock{}, journal: &memory{}}
	s, err := session.Open(m, journal.Head{Session: "x", Participant: "P01"}, f.journal)
	if err != nil {
		t.Fatal(err)
	}
	test.NewTempApp(t).Settings().SetTheme(look.Light())
	f.desk = screens.NewDesk(s, f.clock)
	f.screen = screens.NewParticipant(f.desk, map[string]*design.Design{"keypad": keypadDesign()}, 96/25.4, nil)
	f.window = test.NewTempWindow(t, f.screen.Object())
	f.window.SetPadded(false)
	f.window.Resize(fyne.NewSize(1280, 1024))
	return f
}

// press is a key down and up 80 ms later.
func (f *fixture) press(names ...fyne.KeyName) {
	for _, n := range names {
		f.clock.now += 150 * time.Millisecond
		f.screen.KeyDown(n, f.clock.Stamp())
		f.clock.now += 80 * time.Millisecond
		f.screen.KeyUp(n, f.clock.Stamp())
	}
}

// write keeps a picture of the window where PUMPLAB_PICTURES says, so that a person can look at it.
func (f *fixture) write(t *testing.T, name string) {
	t.Helper()
	writePicture(t, f.window, name)
}

func writePicture(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	dir := os.Getenv("PUMPLAB_PICTURES")
	if dir == "" {
		return
	}
	out, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := png.Encode(out, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

package screens

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/capture"
	"pumplab/app/face"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// TrialKey is one use of a control and what the pump answered.
type TrialKey struct{ Control, Answer, Why, After string }

// TrialView is what a trial of a design shows.
type TrialView struct {
	Design   *design.Design // nil until its file could be read
	Display  pumpmodel.Display
	Problems []string   // of the file as it is now; the pump is then the last one without problems
	Findings []string   // of the usability lint
	Keys     []TrialKey // the last ones
}

// Trial is a design that is tried without a study.
type Trial interface {
	Follow() bool // reads the design again if its folder has changed
	Restart(at time.Duration)
	Tell(at time.Duration, e pumpmodel.Event)
	Pass(at time.Duration) bool
	View() TrialView
}

// TrialParts is what the screen needs.
type TrialParts struct {
	Trial     Trial
	Clock     Clock
	Millis    float64 // Fyne units a true millimetre
	Sounds    Sounds  // nil is silent
	Source    string  // the folder's path, or that the design is built in
	Built     []string
	Chosen    string // one of Built, or empty for a folder
	Libraries []string
	Library   string // one of Libraries

	Choose func(design string)  // another built-in design
	Shelve func(library string) // another library
	Folder func()               // a folder from the disk
	Back   func()
	Free   func() // gives the keyboard back to the pump
}

// faults are what can be made to happen to the pump, in the words of fault events.
var faults = []string{"occlusion", "air", "empty", "door", "battery", "flow", "network", "key"}

// TryOut is the screen on which a design is tried: left which one and what befalls it, middle the pump, right what its file says.
type TryOut struct {
	parts  TrialParts
	root   *fyne.Container
	pump   *face.Pump
	stage  *fyne.Container // holds the pump
	about  *fyne.Container
	faults []*widget.Check
	shown  *design.Design
	keys   string // the list of keys that is drawn
}

// NewTryOut shows a trial.
func NewTryOut(p TrialParts) *TryOut {
	t := &TryOut{parts: p, stage: container.NewStack(), about: container.NewStack()}
	t.root = container.NewStack(parts.Frame(t.where(), t.thing(), t.about, primary("Start again", t.restart)))
	t.update(true)
	return t
}

// Object is what goes into the window.
func (t *TryOut) Object() fyne.CanvasObject { return t.root }

func (t *TryOut) where() fyne.CanvasObject {
	p := t.parts
	designs := widget.NewSelect(p.Built, nil)
	designs.PlaceHolder = "Built-in design"
	designs.Selected = p.Chosen
	designs.OnChanged = p.Choose
	libraries := widget.NewSelect(p.Libraries, nil)
	libraries.Selected = p.Library
	libraries.OnChanged = p.Shelve
	col := parts.Column(look.Grid, heading("Design"), designs,
		leading(widget.NewButtonWithIcon("Open a folder", theme.FolderOpenIcon(), p.Folder)),
		parts.Gap(look.Grid), heading("Drug library"), libraries,
		parts.Gap(look.Grid), heading("What befalls the pump"))
	both := container.NewGridWithColumns(2)
	for _, f := range faults {
		check := widget.NewCheck(strings.ToUpper(f[:1])+f[1:], func(on bool) {
			kind := pumpmodel.Repair
			if on {
				kind = pumpmodel.Fault
			}
			p.Trial.Tell(p.Clock.Now(), pumpmodel.Event{Kind: kind, Text: f})
			t.update(false)
			p.Free()
		})
		t.faults = append(t.faults, check)
		both.Add(check)
	}
	col.Add(both)
	col.Add(parts.Gap(look.Grid))
	col.Add(leading(widget.NewButton("Back to the studies", p.Back)))
	return place("Try a design", col)
}

func (t *TryOut) thing() fyne.CanvasObject {
	title := parts.Column(0, look.Line("Try a design", look.Ink, look.Title, true),
		parts.Gap(4), parts.Prose("Use the keys with the pointer or the keyboard. Nothing is recorded. While the folder's files are edited the pump follows, and does again what was done since it was started.", look.Quiet, look.Text),
		parts.Gap(2*look.Grid))
	return container.NewBorder(title, nil, nil, nil, t.stage)
}

// restart switches the pump off and on, with nothing wrong with it.
func (t *TryOut) restart() {
	t.parts.Trial.Restart(t.parts.Clock.Now())
	for _, f := range t.faults {
		f.Checked = false
		f.Refresh()
	}
	t.update(false)
	t.parts.Free()
}

// Tick lets time pass for the pump and follows the folder.
func (t *TryOut) Tick() {
	at := t.parts.Clock.Now()
	t.parts.Trial.Pass(at)
	t.update(t.parts.Trial.Follow())
	if t.pump != nil {
		t.pump.Tick(at)
	}
}

// KeyDown is a key of the keyboard going down.
func (t *TryOut) KeyDown(name fyne.KeyName, s capture.Stamp) {
	if t.pump != nil {
		t.pump.KeyDown(name, s)
	}
}

// KeyUp is a key of the keyboard coming up.
func (t *TryOut) KeyUp(name fyne.KeyName, s capture.Stamp) {
	if t.pump != nil {
		t.pump.KeyUp(name, s)
	}
}

func (t *TryOut) used(in face.Input) {
	if !in.Stray {
		t.parts.Trial.Tell(in.Stamp.At, in.Event)
		t.update(false)
	}
}

// update shows the trial as it is; read says that its file was read again.
func (t *TryOut) update(read bool) {
	v := t.parts.Trial.View()
	switch {
	case v.Design == nil:
		t.stage.Objects = []fyne.CanvasObject{parts.Card(parts.Column(look.Grid, look.Line("There is no pump yet", look.Ink, look.Strong, true),
			parts.Prose("Its file has the problems at the right. The pump appears when they are mended; there is no need to open the folder again.", look.Ink, look.Text)))}
	case v.Design != t.shown:
		t.shown = v.Design
		t.pump = face.NewPump(v.Design, t.parts.Millis, t.parts.Clock, t.used)
		t.stage.Objects = []fyne.CanvasObject{t.pump}
		t.stage.Refresh()
		fallthrough
	default:
		t.pump.Set(v.Display)
		if t.parts.Sounds != nil {
			t.parts.Sounds.Play(v.Display.Tones)
		}
	}
	if keys := fmt.Sprint(v.Keys); read || keys != t.keys {
		t.keys = keys
		t.about.Objects = []fyne.CanvasObject{container.NewVScroll(t.aside(v))}
		t.about.Refresh()
	}
}

// aside is the right column: the design, its file's problems and findings, the last keys.
func (t *TryOut) aside(v TrialView) fyne.CanvasObject {
	col := parts.Column(0)
	if d := v.Design; d != nil {
		col.Add(parts.Prose(d.Title, look.Ink, look.Strong))
		col.Add(parts.Gap(4))
		col.Add(look.Line(fmt.Sprintf("%s, version %d · %s", d.Name, d.Version, d.Pump.Name), look.Quiet, look.Small, false))
		if len(d.Flaws) > 0 {
			col.Add(parts.Prose("Flawed by intent: "+strings.Join(d.Flaws, ", "), look.Caution, look.Small))
		}
	}
	col.Add(parts.Prose(t.parts.Source, look.Quiet, look.Small))
	list := func(title string, role look.Role, lines []string) {
		if len(lines) == 0 {
			return
		}
		col.Add(parts.Gap(2 * look.Grid))
		col.Add(heading(title))
		for _, l := range lines {
			col.Add(parts.Prose(l, role, look.Small))
			col.Add(parts.Gap(4))
		}
	}
	title := "A problem in the file"
	if n := len(v.Problems); n > 1 {
		title = fmt.Sprintf("%d problems in the file", n)
	}
	list(title, look.Critical, v.Problems)
	if len(v.Problems) > 0 && v.Design != nil {
		col.Add(parts.Prose("The pump is the last one without problems.", look.Quiet, look.Small))
	}
	col.Add(parts.Gap(2 * look.Grid))
	col.Add(heading("Last keys"))
	if len(v.Keys) == 0 {
		col.Add(look.Line("None yet", look.Quiet, look.Text, false))
	}
	for i := len(v.Keys) - 1; i >= 0; i-- {
		k := v.Keys[i]
		role, said := look.Ink, k.Answer
		if k.Answer != string(pumpmodel.Accepted) {
			role = look.Caution
		} else if k.After != "" {
			said = k.After
		}
		col.Add(container.NewBorder(nil, nil, look.Line(k.Control, look.Ink, look.Text, true), nil, look.Number(said, role, look.Text)))
		if k.Why != "" {
			col.Add(parts.Prose(k.Why, look.Quiet, look.Small))
		}
	}
	list("Usability", look.Caution, v.Findings)
	return col
}

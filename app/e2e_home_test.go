//go:build linux && !headless

package main_test

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/jezek/xgb/xproto"

	"pumplab/app/capture"
	"pumplab/app/look"
	"pumplab/app/screens"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/protocol"
	"pumplab/studies/session"
)

const (
	mainTitle    = "Pump Lab"
	consoleTitle = "Pump Lab · console"
)

// TestADayInTheLaboratoryByMouseAndKeyboard goes from home through intake, a session with its console, and the results to the report.
func TestADayInTheLaboratoryByMouseAndKeyboard(t *testing.T) {
	s := mustScreen(t)
	opened := fakeBrowser(t)
	dir := filepath.Join(t.TempDir(), "study")
	mustRun(t, "study", "new", dir, "--template", "demo")
	l := mustStart(t, s, dir, dir)
	l.focus(mainTitle)
	s.settled()
	s.save("day-1-home")
	s.tap("F1")
	s.settled()
	s.save("day-2-help")
	s.tap("Escape")
	s.settled()

	// A participant comes.
	l.turns("the intake", func() { l.clickOn(homeScreen, button("Run a participant")) })
	l.takeIn()
	l.attend()
	l.vetted()

	// One order, then the experimenter.
	p := faultless()
	for began := false; ; {
		v := l.view()
		if began && v.Step.Kind != studies.StepTask || v.Index > 3 {
			break
		}
		if began = v.Step.Kind == studies.StepTask; began && len(l.events) > 6 && v.Index > 1 {
			break
		}
		l.step(p)
	}
	s.save("day-5-session")
	l.direct()
	eventually(t, 20*time.Second, "a stopped session", func() bool {
		var status string
		return l.db.QueryRow("SELECT status FROM session").Scan(&status) == nil && status == "stopped"
	})
	l.focus(mainTitle)
	l.raise(mainTitle)
	s.settled()
	s.save("day-8-stopped")
	l.turns("home", func() { s.tap("Escape") })

	// Simulated people fill the study; the results are looked at and the report opened.
	mustRun(t, "simulate", dir, "--participants", "2", "--seed", "1")
	s.settled()
	l.turns("the results", func() { l.clickOn(homeScreen, button("Show results")) })
	s.save("day-9-results")
	l.clickOn(homeScreen, button("Run a participant")) // every screen has its primary action at the same place
	eventually(t, 30*time.Second, "the report in a browser", func() bool {
		at, err := os.ReadFile(opened)
		return err == nil && strings.Contains(string(at), "report.html")
	})
	if _, err := os.Stat(filepath.Join(dir, "report", "report.html")); err != nil {
		t.Error(err)
	}
	s.settled()
	s.save("day-10-report-opened")
}

// fakeBrowser stands in for the desktop's opener; what it was asked to open is in the file.
func fakeBrowser(t *testing.T) (opened string) {
	t.Helper()
	bin := t.TempDir()
	opened = filepath.Join(bin, "opened")
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\necho \"$@\" > "+opened+"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return opened
}

// takeIn fills the intake in and starts the session.
func (l *lab) takeIn() {
	l.t.Helper()
	kit, err := protocol.Load(os.DirFS(l.dir))
	if err != nil {
		l.t.Fatal(err)
	}
	intake := func() fyne.CanvasObject {
		return screens.NewIntake(screens.IntakeParts{
			Study: kit.Study, Consent: kit.Consent, Check: func(string) error { return nil }, Back: func() {},
		}).Object()
	}
	l.screen.write("p01") // the code has the keyboard from the start
	l.clickOn(intake, func(o fyne.CanvasObject) bool { _, ok := o.(*widget.Select); return ok })
	time.Sleep(300 * time.Millisecond) // the list is drawn
	l.screen.save("day-3-choice")
	l.screen.tap("Down")
	l.screen.tap("Return")
	l.clickOn(intake, func(o fyne.CanvasObject) bool {
		e, ok := o.(*widget.Entry)
		return ok && strings.Contains(e.PlaceHolder, " to ")
	})
	l.screen.write("7")
	l.clickOn(intake, func(o fyne.CanvasObject) bool { _, ok := o.(*widget.Check); return ok })
	time.Sleep(300 * time.Millisecond) // the tick is drawn
	l.screen.save("day-4-intake")
	l.clickOn(intake, button("Start the session"))
}

// direct pauses the session by a click on the console, goes on by its key, writes a note, closes the console, opens it again from
// the participant's screen and stops the session.
func (l *lab) direct() {
	l.t.Helper()
	l.focus(consoleTitle)
	l.raise(consoleTitle)
	l.clickAt(consoleTitle, l.onConsole(fyne.KeyF4))
	l.await("pause", 1, func(e studies.Event) bool { return e.Kind == studies.Hold })
	time.Sleep(600 * time.Millisecond) // the console draws four times a second
	l.screen.save("day-6-console")
	l.screen.tap("F2")
	l.screen.write("fine so far")
	l.screen.tap("F3")
	l.await("help given", 1, func(e studies.Event) bool { return e.Kind == studies.Assist && e.Value == "fine so far" })
	l.screen.tap("F4")
	l.await("go on", 1, func(e studies.Event) bool { return e.Kind == studies.Continue })
	l.shut(consoleTitle)
	l.focus(mainTitle)
	l.screen.key("Control", true)
	l.screen.key("Shift", true)
	l.screen.tap("c")
	l.screen.key("Shift", false)
	l.screen.key("Control", false)
	eventually(l.t, 10*time.Second, "the console again", func() bool { _, ok := l.find(consoleTitle); return ok })
	l.focus(consoleTitle)
	l.raise(consoleTitle)
	time.Sleep(600 * time.Millisecond) // it draws four times a second
	l.screen.save("day-7-console-again")
	l.screen.tap("F8")
	l.screen.tap("F8")
	l.await("stop", 1, func(e studies.Event) bool { return e.Kind == studies.Stop })
	for _, e := range l.events {
		switch e.Kind {
		case studies.Hold, studies.Continue, studies.Assist, studies.Stop:
			if e.Stamp != capture.Raw && e.Stamp != capture.Hook {
				l.t.Errorf("the experimenter's %s is stamped %s, want raw or hook as the participant's keys", e.Kind, e.Stamp)
			}
		}
	}
}

// homeScreen is the home screen laid out as the program does it; its buttons are where they are for every study.
func homeScreen() fyne.CanvasObject {
	return screens.NewHome([]screens.StudyCard{{Title: "t"}}, []string{"demo", "short"}, unmoved{}).Object()
}

// onConsole is where the deed of a key is in the console's window.
func (l *lab) onConsole(key fyne.KeyName) func(size fyne.Size) fyne.Position {
	return func(size fyne.Size) fyne.Position {
		test.NewTempApp(l.t).Settings().SetTheme(look.Light())
		run, err := session.Open(l.machine, journal.Head{Session: "x", Participant: "p01"}, nowhere{})
		if err != nil {
			l.t.Fatal(err)
		}
		c := screens.NewConsole(screens.NewDesk(run, stillClock{}), l.designs, l.machine.Plan())
		w := test.NewTempWindow(l.t, c.Object())
		w.SetPadded(false)
		w.Resize(size)
		at, ok := c.Spot(key)
		if !ok {
			l.t.Fatalf("the console has nothing on %s", key)
		}
		return at
	}
}

// button is a button of that text.
func button(text string) func(fyne.CanvasObject) bool {
	return func(o fyne.CanvasObject) bool { b, ok := o.(*widget.Button); return ok && b.Text == text }
}

// changed is the share of the screen's points that differ.
func changed(a, b *image.NRGBA) float64 {
	n := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if a.Pix[i] != b.Pix[i] || a.Pix[i+1] != b.Pix[i+1] || a.Pix[i+2] != b.Pix[i+2] {
			n++
		}
	}
	return float64(4*n) / float64(len(a.Pix))
}

// turns does something and waits until another screen is shown.
func (l *lab) turns(to string, do func()) {
	l.t.Helper()
	before := l.screen.shot()
	do()
	eventually(l.t, 30*time.Second, to+" on the screen", func() bool { return changed(before, l.screen.shot()) > 0.02 })
	time.Sleep(500 * time.Millisecond) // what is drawn late is drawn; a cursor may blink on it for ever
}

// shut asks a window to close, as its close button does.
func (l *lab) shut(title string) {
	l.t.Helper()
	atom := func(name string) xproto.Atom {
		r, err := xproto.InternAtom(l.screen.conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			l.t.Fatal(err)
		}
		return r.Atom
	}
	w, _ := l.find(title)
	e := xproto.ClientMessageEvent{Format: 32, Window: w, Type: atom("WM_PROTOCOLS"), Data: xproto.ClientMessageDataUnionData32New([]uint32{uint32(atom("WM_DELETE_WINDOW")), 0, 0, 0, 0})}
	if err := xproto.SendEventChecked(l.screen.conn, false, w, xproto.EventMaskNoEvent, string(e.Bytes())).Check(); err != nil {
		l.t.Fatal(err)
	}
	eventually(l.t, 10*time.Second, title+" closed", func() bool { _, ok := l.find(title); return !ok })
}

// unmoved is a home screen's actions that do nothing.
type unmoved struct{}

func (unmoved) Participant(string) {}
func (unmoved) Results(string)     {}
func (unmoved) Create(string)      {}
func (unmoved) Choose()            {}
func (unmoved) Demo()              {}
func (unmoved) Shade()             {}
func (unmoved) Size()              {}
func (unmoved) Try()               {}
func (unmoved) Sessions(string)    {}
func (unmoved) Help()              {}

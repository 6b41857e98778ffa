//go:build linux && !headless

package main_test

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/jezek/xgb/xproto"

	"pumplab/app/capture"
	"pumplab/app/look"
	"pumplab/studies/journal"
)

// find is the program's window of that title.
func (l *lab) find(title string) (xproto.Window, bool) {
	l.t.Helper()
	named, err := xproto.InternAtom(l.screen.conn, false, uint16(len("_NET_WM_NAME")), "_NET_WM_NAME").Reply()
	if err != nil {
		l.t.Fatal(err)
	}
	tree, err := xproto.QueryTree(l.screen.conn, l.screen.root).Reply()
	if err != nil {
		return 0, false
	}
	for _, w := range tree.Children {
		name, err := xproto.GetProperty(l.screen.conn, false, w, named.Atom, xproto.GetPropertyTypeAny, 0, 64).Reply()
		if err == nil && string(name.Value) == title {
			return w, true
		}
	}
	return 0, false
}

// focus gives the keyboard to the window of that title: there is no window manager to do it.
func (l *lab) focus(title string) {
	l.t.Helper()
	eventually(l.t, 20*time.Second, "a window named "+title, func() bool {
		w, ok := l.find(title)
		return ok && xproto.SetInputFocusChecked(l.screen.conn, xproto.InputFocusParent, w, xproto.TimeCurrentTime).Check() == nil
	})
}

// raise puts a window above the others.
func (l *lab) raise(title string) {
	l.t.Helper()
	if w, ok := l.find(title); ok {
		_ = xproto.ConfigureWindowChecked(l.screen.conn, w, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove}).Check()
	}
}

// clickAt clicks on a place of a window, which is told how large the window is.
func (l *lab) clickAt(title string, place func(size fyne.Size) fyne.Position) {
	l.t.Helper()
	w, ok := l.find(title)
	if !ok {
		l.t.Fatalf("no window %s", title)
	}
	g, err := xproto.GetGeometry(l.screen.conn, xproto.Drawable(w)).Reply()
	if err != nil {
		l.t.Fatal(err)
	}
	at := place(fyne.NewSize(float32(g.Width), float32(g.Height)))
	l.screen.click(int(at.X)+int(g.X), int(at.Y)+int(g.Y))
}

// clickOn clicks on the middle of an object of a laboratory screen. Where it is is asked of the same screen, laid out as large as
// the window is.
func (l *lab) clickOn(build func() fyne.CanvasObject, match func(fyne.CanvasObject) bool) {
	l.t.Helper()
	l.clickAt("Pump Lab", func(size fyne.Size) fyne.Position {
		app := test.NewTempApp(l.t)
		app.Settings().SetTheme(look.Light())
		w := test.NewTempWindow(l.t, build())
		w.SetPadded(false)
		w.Resize(size)
		o := within(w.Content(), match)
		if o == nil {
			l.t.Fatal("the screen has no such object")
		}
		return app.Driver().AbsolutePositionForObject(o).AddXY(o.Size().Width/2, o.Size().Height/2)
	})
}

// within is the first object in a tree that matches.
func within(o fyne.CanvasObject, match func(fyne.CanvasObject) bool) fyne.CanvasObject {
	if match(o) {
		return o
	}
	var inner []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inner = o.Objects
	case fyne.Widget:
		inner = test.WidgetRenderer(o).Objects()
	}
	for _, c := range inner {
		if found := within(c, match); found != nil {
			return found
		}
	}
	return nil
}

// write types a text in small letters.
func (s *screen) write(text string) {
	s.t.Helper()
	for _, r := range text {
		name := string(r)
		if r == ' ' {
			name = "Space"
		}
		s.tap(name)
	}
}

// nowhere is a journal for screens that are only laid out.
type nowhere struct{}

// Append keeps nothing.
func (nowhere) Append(journal.Record) error { return nil }

// stillClock stands still.
type stillClock struct{}

// Stamp is the beginning.
func (stillClock) Stamp() capture.Stamp { return capture.Stamp{Kind: "callback"} }

// Now is the beginning.
func (stillClock) Now() time.Duration { return 0 }

// Anchor is some day.
func (stillClock) Anchor() (at time.Duration, utc string) { return 0, "2026-01-01T00:00:00Z" }

// Changes are none.
func (stillClock) Changes() []capture.Change { return nil }

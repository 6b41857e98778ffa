//go:build linux && !headless

package main_test

import (
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"pumplab/pumpmodel"
)

// must fails unless a request to the X server went well.
func (s *screen) must(what string, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("%s: %v", what, err)
	}
}

// frame is a window of the test's own at a place of the screen, as a window manager or another program has them.
func (s *screen) frame(x, y, w, h int) xproto.Window {
	s.t.Helper()
	id, err := xproto.NewWindowId(s.conn)
	s.must("name a window", err)
	setup := xproto.Setup(s.conn).DefaultScreen(s.conn)
	s.must("make a window", xproto.CreateWindowChecked(s.conn, setup.RootDepth, id, s.root, int16(x), int16(y), uint16(w), uint16(h), 0,
		xproto.WindowClassInputOutput, setup.RootVisual, xproto.CwBackPixel|xproto.CwOverrideRedirect, []uint32{0x804020, 1}).Check())
	s.must("show a window", xproto.MapWindowChecked(s.conn, id).Check())
	return id
}

// place moves a window and gives it a size.
func (s *screen) place(id xproto.Window, x, y, w, h int) {
	s.t.Helper()
	s.must("move a window", xproto.ConfigureWindowChecked(s.conn, id,
		xproto.ConfigWindowX|xproto.ConfigWindowY|xproto.ConfigWindowWidth|xproto.ConfigWindowHeight,
		[]uint32{uint32(x), uint32(y), uint32(w), uint32(h)}).Check())
}

// hold gives a window the keyboard.
func (s *screen) hold(id xproto.Window) {
	s.t.Helper()
	eventually(s.t, 10*time.Second, "the keyboard for the participant's window", func() bool {
		return xproto.SetInputFocusChecked(s.conn, xproto.InputFocusParent, id, xproto.TimeCurrentTime).Check() == nil
	})
}

// Whatever a window manager or another program does with the participant's window (cover it, move it, put a frame around it, minimise
// and restore it, change its size), what is painted in parts afterwards looks as if all had been painted.
func TestPartsArePaintedRightWhateverHappensToTheWindow(t *testing.T) {
	s := mustScreen(t)
	l := mustSession(t, s, metronomeStudy(t), "P01")
	l.toTask()
	l.raise("Pump Lab")
	w, ok := l.find("Pump Lab")
	if !ok {
		t.Fatal("no window of the participant's")
	}
	console, ok := l.find("Pump Lab · console")
	if !ok {
		t.Fatal("no console")
	}
	s.must("lower the console", xproto.UnmapWindowChecked(s.conn, console).Check()) // it has a clock: the screen would never be the same twice
	s.hold(w)
	work := func() {
		t.Helper()
		for _, key := range []string{"Down", "Up", "Down"} {
			l.half(key, pumpmodel.Down)
			l.half(key, pumpmodel.Up)
		}
		l.half("Up", pumpmodel.Down) // held: a key that is drawn down
		l.drawn(l.seq)
	}
	rest := func() { l.half("Up", pumpmodel.Up) }
	var over, around xproto.Window
	for _, x := range []struct {
		when     string
		do, undo func()
	}{
		{"covered in part", func() { over = s.frame(420, 200, 500, 400) }, func() {
			s.must("close a window", xproto.DestroyWindowChecked(s.conn, over).Check())
		}},
		{"moved and made smaller, which the toolkit undoes in full screen", func() { s.place(w, 60, 40, 1100, 860) }, func() {}},
		{"minimised and shown again", func() {
			s.must("hide", xproto.UnmapWindowChecked(s.conn, w).Check())
			s.settled()
			s.must("show", xproto.MapWindowChecked(s.conn, w).Check())
			s.hold(w)
		}, func() {}},
		{"in a frame", func() {
			around = s.frame(30, 20, 1240, 990)
			s.must("frame", xproto.ReparentWindowChecked(s.conn, w, around, 6, 24).Check())
			s.hold(w)
			s.place(around, 50, 44, 1200, 960)
		}, func() {
			s.must("unframe", xproto.ReparentWindowChecked(s.conn, w, s.root, 0, 0).Check())
			s.must("close the frame", xproto.DestroyWindowChecked(s.conn, around).Check())
			s.hold(w)
		}},
	} {
		x.do()
		work()
		l.asPaintedWhole("when it is " + x.when)
		rest()
		x.undo()
		work()
		l.asPaintedWhole("after it was " + x.when)
		rest()
	}
}

//go:build linux && !headless

package main_test

import (
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"pumplab/pumpmodel"
	"pumplab/studies"
)

// holdFor is long enough for an X server to repeat a key several times: its own default is 660 ms, then every 40 ms.
const holdFor = 1500 * time.Millisecond

// serverRepeats counts how often the server tells a window of ours that a held key went down.
func (s *screen) serverRepeats(code string) int {
	s.t.Helper()
	w, err := xproto.NewWindowId(s.conn)
	if err != nil {
		s.t.Fatal(err)
	}
	setup := xproto.Setup(s.conn).DefaultScreen(s.conn)
	err = xproto.CreateWindowChecked(s.conn, setup.RootDepth, w, s.root, 0, 0, 100, 100, 0, xproto.WindowClassInputOutput, setup.RootVisual,
		xproto.CwEventMask, []uint32{xproto.EventMaskKeyPress}).Check()
	if err != nil {
		s.t.Fatal(err)
	}
	defer xproto.DestroyWindow(s.conn, w)
	xproto.MapWindow(s.conn, w)
	eventually(s.t, 5*time.Second, "the focus on the counting window", func() bool {
		return xproto.SetInputFocusChecked(s.conn, xproto.InputFocusParent, w, xproto.TimeCurrentTime).Check() == nil
	})
	s.press(code, true)
	time.Sleep(holdFor)
	s.press(code, false)
	n := 0
	for {
		e, err := s.conn.PollForEvent()
		if e == nil && err == nil {
			return n
		}
		if _, ok := e.(xproto.KeyPressEvent); ok {
			n++
		}
	}
}

// A key that is held is one press, however often the window system repeats it. Fyne 2.7.1 hands repeats to TypedKey only; this fails
// on a version that hands them to KeyDown.
func TestAHeldKeyIsOnePress(t *testing.T) {
	s := mustScreen(t)
	if n := s.serverRepeats("5"); n < 3 {
		t.Fatalf("the X server repeats a held key %d times: nothing would be proved", n)
	}
	l := mustSession(t, s, metronomeStudy(t), "P01")
	key := l.toTask()[0]
	l.catchUp()
	from := len(l.events)
	s.press(key, true)
	time.Sleep(holdFor)
	s.press(key, false)
	l.await("the release of "+key, 1, func(e studies.Event) bool { return e.Pump != nil && e.Pump.Kind == pumpmodel.Up })
	time.Sleep(200 * time.Millisecond)
	l.catchUp()
	presses := 0
	for _, e := range l.events[from:] {
		if keyName(e.Code) == keyName(key) && (e.Kind == studies.Stray || e.Pump != nil && e.Pump.Kind == pumpmodel.Down) {
			presses++
		}
	}
	if presses != 1 {
		t.Errorf("a held key is journalled as %d presses", presses)
	}
}

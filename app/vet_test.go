//go:build linux && !headless

package main_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"pumplab/app/capture"
	"pumplab/studies"
)

// measured waits until the instrument has measured itself since the session began or went on, and then once more for each time it was
// asked to again.
func (l *lab) measured(again int) {
	l.t.Helper()
	eventually(l.t, 30*time.Second, "the instrument's check", func() bool {
		l.catchUp()
		n := 0
		for _, e := range l.events {
			switch e.Kind {
			case studies.Resume:
				n = 0
			case studies.Quality:
				if err := json.Unmarshal([]byte(e.Value), &l.check); err != nil {
					l.t.Fatal(err)
				}
				n++
			}
		}
		return n > again
	})
}

// vetted waits for the instrument's check. On a machine too busy for good key times the experimenter lets the session go on all the same.
func (l *lab) vetted() {
	l.t.Helper()
	l.measured(0)
	if l.check.Bad {
		l.goOn()
	}
	l.focus("Pump Lab") // the console may have come later than the session, and with the keyboard
}

// goOn chooses, on the console, to go on with poor times.
func (l *lab) goOn() {
	l.t.Helper()
	l.focus(consoleTitle)
	l.screen.settled()
	l.screen.key("Shift", true)
	l.screen.tap("Tab")
	l.screen.key("Shift", false)
	l.screen.tap("Space")
	l.chosen(capture.WentOn)
	l.focus("Pump Lab")
}

// chosen waits until the journal has a choice of the experimenter.
func (l *lab) chosen(choice string) {
	l.t.Helper()
	eventually(l.t, 10*time.Second, "the choice that the experimenter "+choice, func() bool {
		l.catchUp()
		return l.has(studies.Note, choice)
	})
}

// has reports whether a fact about the timing has been journalled.
func (l *lab) has(kind studies.EventKind, value string) bool {
	for _, e := range l.events {
		if e.Kind == kind && e.Item == capture.TimingItem && e.Value == value {
			return true
		}
	}
	return false
}

// close asks the window of a title to close, as a window manager does.
func (l *lab) close(title string) {
	l.t.Helper()
	w, ok := l.find(title)
	if !ok {
		l.t.Fatalf("no window %s", title)
	}
	atom := func(name string) uint32 {
		r, err := xproto.InternAtom(l.screen.conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			l.t.Fatal(err)
		}
		return uint32(r.Atom)
	}
	e := xproto.ClientMessageEvent{Format: 32, Window: w, Type: xproto.Atom(atom("WM_PROTOCOLS")), Data: xproto.ClientMessageDataUnionData32New([]uint32{atom("WM_DELETE_WINDOW"), 0, 0, 0, 0})}
	if err := xproto.SendEventChecked(l.screen.conn, false, w, 0, string(e.Bytes())).Check(); err != nil {
		l.t.Fatal(err)
	}
	eventually(l.t, 10*time.Second, title+" closed", func() bool { _, there := l.find(title); return !there })
}

// A machine on which key times will be poor holds the session on its first page: the participant cannot begin before the experimenter
// has chosen. Measuring again, going on and stopping are facts of the session.
func TestPoorTimingHoldsTheSessionUntilTheExperimenterHasChosen(t *testing.T) {
	t.Setenv("PUMPLAB_WITHOUT", "hook,pump")
	begin := func(t *testing.T) (*lab, *screen) {
		s := mustScreen(t)
		dir := metronomeStudy(t)
		l := mustStart(t, s, dir, "session", dir, "--participant", "P01")
		l.attend()
		l.measured(0)
		if !l.check.Bad {
			t.Fatalf("times on the toolkit's grid were good enough: %s", l.check.Verdict)
		}
		eventually(t, 10*time.Second, "a session that is held", func() bool { l.catchUp(); return l.has(studies.Hold, "") })
		return l, s
	}
	t.Run("go on", func(t *testing.T) {
		l, s := begin(t)
		l.focus("Pump Lab")
		l.tap("Return")
		if v := l.view(); !v.Held || v.Index != 0 {
			t.Errorf("the participant is at step %d, held %v: nobody has chosen yet", v.Index, v.Held)
		}
		l.focus(consoleTitle)
		s.settled()
		s.save("poor-timing")
		s.tap("Space")
		l.chosen(capture.MeasuredAgain)
		l.measured(1)
		if v := l.view(); !v.Held {
			t.Error("measured again, as poor as before: the session goes on all the same")
		}
		l.close(consoleTitle)
		l.focus("Pump Lab")
		s.key("Control", true)
		s.key("Shift", true)
		s.tap("c")
		s.key("Shift", false)
		s.key("Control", false)
		l.goOn() // the question has come again with the console
		eventually(t, 10*time.Second, "a session that goes on", func() bool { l.catchUp(); return l.has(studies.Continue, "") })
		l.tap("Return")
		if v := l.view(); v.Held || v.Index != 1 {
			t.Errorf("the participant is at step %d, held %v, after the experimenter let the session go on", v.Index, v.Held)
		}
	})
	t.Run("stop", func(t *testing.T) {
		l, s := begin(t)
		l.focus(consoleTitle)
		s.settled()
		s.tap("Tab")
		s.tap("Space")
		l.chosen(capture.WasStopped)
		eventually(t, 10*time.Second, "a session that is stopped", func() bool { l.catchUp(); return l.view().Ended == "stopped" })
	})
}

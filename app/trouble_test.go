//go:build linux && !headless

package main_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/studies"
)

// The study's folder is taken away in mid-session, as when a stick is pulled: the window says so over the pump, trying again in vain
// says so too, and when the folder is back the session goes on with nothing lost and no key down that was let go meanwhile.
func TestAPausedSessionSaysSoAndGoesOn(t *testing.T) {
	dir := metronomeStudy(t)
	s := mustScreen(t)
	l := mustSession(t, s, dir, "P01")
	l.toTask()
	l.raise("Pump Lab")
	before := s.settled()
	if err := os.Rename(dir, dir+"-pulled"); err != nil {
		t.Fatal(err)
	}
	eventually(t, 30*time.Second, "a window that says that the session is paused", func() bool {
		s.tap("F3") // a key of the pump that does nothing here
		time.Sleep(150 * time.Millisecond)
		return s.shot().NRGBAAt(1200, 60) != before.NRGBAAt(1200, 60) // what lies behind a question is shaded
	})
	s.save("session-paused")
	paused := s.settled()
	s.tap("Space") // try again: in vain
	eventually(t, 10*time.Second, "a window that says that it did not work", func() bool { return !bytes.Equal(s.shot().Pix, paused.Pix) })
	s.save("session-paused-still")
	if err := os.Rename(dir+"-pulled", dir); err != nil {
		t.Fatal(err)
	}
	s.settled()
	l.catchUp()
	s.tap("Space") // try again
	l.await("a note that the session went on", 1, func(e studies.Event) bool {
		return e.Kind == studies.Note && strings.HasPrefix(e.Value, "paused: ") && strings.Contains(e.Value, "went on in")
	})
	eventually(t, 10*time.Second, "the screen as it was before the session was paused", func() bool { return bytes.Equal(s.shot().Pix, before.Pix) })
	from := len(l.events)
	s.tap("F3")
	l.await("a key after it", 1, func(e studies.Event) bool { return e.Code == "F3" })
	for _, e := range l.events[from:] {
		if e.Code != "" && e.Code != "F3" {
			t.Errorf("%s was meant for the window that said so, not for the session", e.Code)
		}
	}
	_ = l.cmd.Process.Kill()
	_ = l.cmd.Wait()
	if out := mustRun(t, "verify", dir); !strings.Contains(out, "verified") {
		t.Errorf("verify: %s", out)
	}
}

// Another program holds the database: the window says so instead of standing still, and goes on by itself once that has let go.
func TestALockedDatabasePausesTheSessionUntilItIsFree(t *testing.T) {
	dir := metronomeStudy(t)
	s := mustScreen(t)
	l := mustSession(t, s, dir, "P01")
	l.toTask()
	l.raise("Pump Lab")
	before := s.settled()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "study.db")+"?_busy_timeout=20000")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	s.tap("F3")
	eventually(t, 30*time.Second, "a window that says that the session is paused", func() bool {
		return s.shot().NRGBAAt(1200, 60) != before.NRGBAAt(1200, 60)
	})
	s.save("session-locked")
	if _, err := db.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	l.await("a note that the session went on", 1, func(e studies.Event) bool {
		return e.Kind == studies.Note && strings.Contains(e.Value, "another program") && strings.Contains(e.Value, "went on in")
	})
	_ = l.cmd.Process.Kill()
	_ = l.cmd.Wait()
	if out := mustRun(t, "verify", dir); !strings.Contains(out, "verified") {
		t.Errorf("verify: %s", out)
	}
}

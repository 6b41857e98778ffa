package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/studies/sqlite"
)

// A hold counts as long as its program is there. Its process says so on this computer since it was started; elsewhere, on another
// computer of the same name or with a wrong clock, only that the file is touched.
func TestAHoldLeftBehindIsTakenOver(t *testing.T) {
	host, _ := os.Hostname()
	text, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	boot := strings.TrimSpace(string(text))
	held := func(host, boot string, pid int, more string) string {
		return fmt.Sprintf(`{"program":"x","host":%q,"boot":%q,"pid":%d%s}`, host, boot, pid, more)
	}
	for name, c := range map[string]struct {
		text    string
		quiet   time.Duration
		touched bool
		held    bool
	}{
		"this process":                           {held(host, boot, os.Getpid(), ""), time.Hour, false, true},
		"dead process":                           {held(host, boot, 2147483646, ""), 0, false, false},
		"another of its number":                  {held(host, boot, os.Getpid(), `,"started":"1"`), 0, false, boot == ""},
		"this computer before it started":        {held(host, "before", os.Getpid(), ""), time.Minute, false, boot == ""},
		"another of this name":                   {held(host, "another", 2147483646, ""), 0, true, boot != ""},
		"another machine":                        {held("elsewhere", "", 1, ""), time.Minute, false, true},
		"another machine, gone":                  {held("elsewhere", "", 1, ""), time.Hour, false, false},
		"another machine, its clock behind":      {held("elsewhere", "", 1, ""), time.Hour, true, true},
		"another machine, its clock before ours": {held("elsewhere", "", 1, ""), -time.Hour, true, true},
		"gone, its clock before ours":            {held("elsewhere", "", 1, ""), -time.Hour, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			lock := filepath.Join(dir, sqlite.HoldName)
			os.WriteFile(lock, []byte(c.text), 0o644)
			then := time.Now().Add(-c.quiet)
			os.Chtimes(lock, then, then)
			if c.touched {
				tick := time.NewTicker(200 * time.Millisecond)
				done := make(chan struct{})
				t.Cleanup(func() { tick.Stop(); close(done) })
				go func() {
					for {
						select {
						case <-done:
							return
						case <-tick.C:
							then = then.Add(time.Second)
							os.Chtimes(lock, then, then)
						}
					}
				}()
			}
			s := MustOpen(t, filepath.Join(dir, sqlite.FileName))
			if err := s.Hold("pumplab"); (err != nil) != c.held {
				t.Errorf("error %v", err)
			}
		})
	}
}

// A computer that slept and whose study was taken over meanwhile pauses its session, and leaves the other's hold alone.
func TestAProgramWhoseHoldWasTakenPauses(t *testing.T) {
	dir := t.TempDir()
	s := MustOpen(t, filepath.Join(dir, sqlite.FileName))
	if err := s.Hold("pumplab"); err != nil {
		t.Fatal(err)
	}
	_, j, c := mustBeginIn(t, s)
	lock := filepath.Join(dir, sqlite.HoldName)
	other := `{"program":"pumplab 2","host":"elsewhere","pid":1}`
	if err := os.WriteFile(lock, []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	var err error
	for range 200 {
		if err = j.Append(c.press(true)); err != nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err == nil || !strings.Contains(err.Error(), "pumplab 2 on elsewhere took the study over") {
		t.Errorf("error %v", err)
	}
	s.Close()
	if text, err := os.ReadFile(lock); err != nil || string(text) != other {
		t.Errorf("%s %v", text, err)
	}
}

package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// HoldName is the name of the file that says which program runs a session in a study folder.
const HoldName = "study.lock"

// staleAfter is how long a program on another machine may be silent before its hold counts no more; it says it is there every beat.
const staleAfter = 2 * time.Minute

// Held says who runs a session in a study folder. It is the error of a Hold that came second, and the content of the file.
type Held struct {
	Program string `json:"program"`
	Host    string `json:"host"`
	PID     int    `json:"pid"`
	Boot    string `json:"boot,omitempty"`    // which start of its computer, to tell it from another computer of that name
	Started string `json:"started,omitempty"` // when the process began, as its system counts, to tell it from a later one of that number
	Since   string `json:"since"`             // UTC, RFC 3339

	file string
}

func (h Held) Error() string {
	return fmt.Sprintf("the study is in use: %s on %s (process %d) runs a session in it since %s UTC; end that session first, or delete %s if that program is gone",
		h.Program, h.Host, h.PID, strings.TrimSuffix(h.Since, "Z"), h.file)
}

// Hold makes this program the one that runs sessions in the study folder; the error is a Held if another one does. A hold that a
// program left behind when it was killed is taken over. Reading needs no hold. Close lets go.
func (s *Store) Hold(program string) error {
	s.write.Lock()
	defer s.write.Unlock()
	if s.hold.Load() != nil {
		return nil
	}
	if s.readOnly {
		return errReadOnly(s.path)
	}
	host, _ := os.Hostname()
	me := Held{Program: program, Host: host, Boot: boot(), PID: os.Getpid(), Started: processStart(os.Getpid()), Since: time.Now().UTC().Format(time.RFC3339)}
	file := filepath.Join(filepath.Dir(s.path), HoldName)
	text, err := json.Marshal(me)
	if err != nil {
		return err
	}
	for range 3 {
		err = writeNew(file, text)
		if !errors.Is(err, fs.ErrExist) {
			break
		}
		var other Held
		if other, err = readHold(file); err != nil {
			continue // let go this moment, or unreadable
		}
		if !gone(other, host) {
			return other
		}
		aside := fmt.Sprintf("%s-stale-%d", file, os.Getpid())
		if err = os.Rename(file, aside); err == nil {
			os.Remove(aside)
		}
	}
	if err != nil {
		return fmt.Errorf("hold study %s: %w", filepath.Dir(s.path), err)
	}
	me.file = file
	s.hold.Store(&me)
	return nil
}

// Holder is who runs a session in a study folder now; false if nobody does.
func Holder(dir string) (Held, bool) {
	host, _ := os.Hostname()
	h, err := readHold(filepath.Join(dir, HoldName))
	return h, err == nil && !stale(h, host)
}

func (s *Store) letGo() {
	if me := s.hold.Swap(nil); me != nil && me.lost() == nil {
		os.Remove(me.file)
	}
}

// touch says to other machines that this program is still there.
func (s *Store) touch() {
	if me := s.hold.Load(); me != nil && me.lost() == nil {
		now := time.Now()
		os.Chtimes(me.file, now, now)
	}
}

// lost is the hold of a program that has taken a study over from one that was silent too long, asleep perhaps; nil if nobody has.
func (h Held) lost() error {
	now, err := readHold(h.file)
	if err != nil || now == h {
		return nil
	}
	return fmt.Errorf("while this computer was silent %s on %s took the study over: end that session first", now.Program, now.Host)
}

// writeNew makes a file that must not be there yet, whole or not at all.
func writeNew(file string, text []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), HoldName+"-")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(text)
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	if err = os.Link(tmp.Name(), file); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // a file system without links
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

func readHold(file string) (Held, error) {
	h := Held{file: file}
	info, err := os.Lstat(file)
	if err == nil && (!info.Mode().IsRegular() || info.Size() > 1<<16) {
		err = fmt.Errorf("%s was not made by pumplab; delete it", file)
	}
	if err != nil {
		return h, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return h, err
	}
	if err := json.Unmarshal(text, &h); err != nil {
		return h, fmt.Errorf("read %s: %w; delete it if no program runs a session in that folder", file, err)
	}
	return h, nil
}

// stale reports whether the program behind a hold seems to be gone: on this machine by its process, on another by its silence.
func stale(h Held, host string) bool {
	if h.here(host) {
		return !alive(h.PID) || h.Started != "" && processStart(h.PID) != h.Started
	}
	if h.Host == host { // this computer before it was started again, or another of its name
		return true
	}
	info, err := os.Stat(h.file)
	return err == nil && time.Since(info.ModTime()).Abs() > staleAfter
}

// here reports whether a hold is of a process of this computer since it was started.
func (h Held) here(host string) bool { return h.Host == host && h.Boot == boot() }

// gone reports whether the program behind a hold is gone. One that may be on another computer, whose clock may be wrong, is watched
// for some beats: if it is there it says so.
func gone(h Held, host string) bool {
	if !stale(h, host) || h.here(host) {
		return stale(h, host)
	}
	before, err := os.Stat(h.file)
	if err != nil {
		return true
	}
	time.Sleep(3 * beatEvery)
	after, err := os.Stat(h.file)
	return err != nil || after.ModTime().Equal(before.ModTime())
}

//go:build linux && !headless

package main_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	_ "github.com/mattn/go-sqlite3"

	"pumplab/app/capture"
	"pumplab/app/face"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/participant"
	"pumplab/studies/protocol"
	"pumplab/studies/session"
)

// lab is the running program and a mirror of its session: what the journal says must be on the screen.
type lab struct {
	t       *testing.T
	screen  *screen
	dir     string
	cmd     *exec.Cmd
	stderr  *bytes.Buffer
	log     string // the file that also has it
	db      *sql.DB
	machine *session.Machine
	pumps   map[string]pumpmodel.Machine
	designs map[string]*design.Design
	state   session.State
	seq     int
	seen    time.Time       // when the last record was seen
	speed   time.Duration   // session time for each time that passes
	events  []studies.Event // all facts so far
	check   capture.Quality // what the instrument found out about itself

	injected []injection
}

// injection is one real key event: what the journal must hold.
type injection struct{ key, phase string }

// mustSession starts the program on a participant's session and waits until it is on the screen and the instrument has measured itself.
func mustSession(t *testing.T, s *screen, dir, code string) *lab {
	t.Helper()
	l := mustStart(t, s, dir, "session", dir, "--participant", code)
	l.attend()
	l.vetted()
	return l
}

// mustStart starts the program with arguments.
func mustStart(t *testing.T, s *screen, dir string, args ...string) *lab {
	t.Helper()
	l := &lab{t: t, screen: s, dir: dir, stderr: &bytes.Buffer{}, speed: 1}
	l.cmd = exec.Command(mustBuild(t), args...)
	l.cmd.Env = append(os.Environ(), "DISPLAY="+s.display, "LIBGL_ALWAYS_SOFTWARE=1", "HOME="+t.TempDir(), "LANG=C.UTF-8")
	l.log = filepath.Join(t.TempDir(), "stderr")
	log, err := os.Create(l.log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	l.cmd.Stderr = io.MultiWriter(l.stderr, log)
	if err := l.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.cmd.Process.Kill(); _ = l.cmd.Wait() })
	return l
}

// attend waits until a session is in the journal and on the screen, and mirrors it from then on.
func (l *lab) attend() {
	t, dir := l.t, l.dir
	t.Helper()
	var err error
	if l.db, err = sql.Open("sqlite3", "file:"+filepath.Join(dir, "study.db")+"?mode=ro&_busy_timeout=5000"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.db.Close() })
	eventually(t, 60*time.Second, "a session in the journal; the program says: "+l.stderr.String(), func() bool { return len(l.records(0)) > 0 })
	first := l.records(0)
	head, err := journal.DecodeHead(first[0].Event)
	if err != nil {
		t.Fatal(err)
	}
	kit, err := protocol.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if l.machine, err = kit.Machine(head.Plan); err != nil {
		t.Fatal(err)
	}
	l.pumps, l.designs = kit.Pumps, kit.Designs
	l.state, _ = l.machine.Start()
	l.seq, l.seen = 1, time.Now()
	l.focus("Pump Lab")
}

// records are the journal's records after a number.
func (l *lab) records(after int) []journal.Record {
	rows, err := l.db.Query("SELECT seq, at_ns, event FROM record WHERE session = (SELECT max(session) FROM record) AND seq > ? ORDER BY seq", after)
	if err != nil {
		return nil // the program has not made the table yet
	}
	defer rows.Close()
	var out []journal.Record
	for rows.Next() {
		var r journal.Record
		if err := rows.Scan(&r.Seq, &r.At, &r.Event); err != nil {
			l.t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// catchUp steps the mirror through what has been journalled since.
func (l *lab) catchUp() {
	l.t.Helper()
	for _, r := range l.records(l.seq) {
		if r.Seq != l.seq+1 {
			l.t.Fatalf("record %d follows record %d", r.Seq, l.seq)
		}
		e, err := journal.DecodeEvent(r.Event)
		if err != nil {
			l.t.Fatal(err)
		}
		l.state, _ = l.machine.Step(l.state, r.At, e)
		l.seq, l.seen = r.Seq, time.Now()
		l.events = append(l.events, e)
	}
}

// await waits until n more facts with this code have been journalled.
func (l *lab) await(what string, n int, match func(studies.Event) bool) {
	l.t.Helper()
	from, got := len(l.events), 0
	eventually(l.t, 10*time.Second, fmt.Sprintf("%s in the journal; last facts: %s", what, l.tail()), func() bool {
		l.catchUp()
		for ; from < len(l.events); from++ {
			if match(l.events[from]) {
				got++
			}
		}
		return got >= n
	})
}

// drawn waits until the program says that what a record brought about has been handed to the screen.
func (l *lab) drawn(seq int) {
	l.t.Helper()
	eventually(l.t, 10*time.Second, fmt.Sprintf("the frame of record %d", seq), func() bool {
		l.catchUp()
		return slices.ContainsFunc(l.frames(), func(f studies.Frame) bool { return f.Seq >= seq })
	})
}

// frames are the frames that the program says were the first to show a change.
func (l *lab) frames() (all []studies.Frame) {
	l.t.Helper()
	for _, e := range l.events {
		var s studies.ShownFrames
		if e.Kind != studies.Shown {
			continue
		}
		if err := json.Unmarshal([]byte(e.Value), &s); err != nil {
			l.t.Fatal(err)
		}
		all = append(all, s.Frames...)
	}
	return all
}

// tail is the last facts, for messages.
func (l *lab) tail() string {
	text, _ := json.Marshal(l.events[max(0, len(l.events)-4):])
	return string(text)
}

// tap is a real key that is journalled once, at its press.
func (l *lab) tap(key string) {
	l.t.Helper()
	l.screen.tap(key)
	l.injected = append(l.injected, injection{keyName(key), "down"})
	l.await("key "+key, 1, func(e studies.Event) bool { return keyName(e.Code) == keyName(key) })
}

// half is a key of the pump going down or coming up, awaited in the journal.
func (l *lab) half(key string, kind pumpmodel.EventKind) {
	l.t.Helper()
	l.screen.press(key, kind == pumpmodel.Down)
	l.injected = append(l.injected, injection{keyName(key), string(kind)})
	l.await(string(kind)+" of "+key, 1, func(e studies.Event) bool {
		return keyName(e.Code) == keyName(key) && e.Pump != nil && e.Pump.Kind == kind
	})
}

// keyName makes the names of one key equal.
func keyName(s string) string {
	s = strings.ToLower(s)
	for from, to := range map[string]string{"prior": "pageup", "next": "pagedown", "period": ".", "enter": "return"} {
		if s == from {
			return to
		}
	}
	return s
}

// view is what is on the screen about now.
func (l *lab) view() session.View {
	state, _ := l.machine.Advance(l.state, time.Since(l.seen)*l.speed)
	return l.machine.Show(state)
}

// step does one move of a faultless person with real keys.
func (l *lab) step(p *participant.Person) {
	l.t.Helper()
	m := p.Act(l.view())
	if m.Event == nil {
		time.Sleep(min(m.After, 20*time.Millisecond)) // the person looks on, while a key is held
		l.catchUp()
		return
	}
	switch e := *m.Event; e.Kind {
	case studies.Pump:
		l.pump(e.Pump, m.Hold > 0)
	case studies.Next:
		l.tap("Return")
	case studies.Done:
		l.tap("F12")
	case studies.GiveUp:
		l.tap("F11")
	case studies.Reply:
		for _, r := range e.Value {
			l.tap(string(r))
		}
		l.tap("Return")
	case studies.Rate:
		l.tap(e.Value)
	default:
		l.t.Fatalf("a person does %s, which no key of the window does", e.Kind)
	}
}

// pump is a control of the pump on its key of the keyboard: a whole press, or one half of a hold.
func (l *lab) pump(e *pumpmodel.Event, whole bool) {
	l.t.Helper()
	info := l.pumps[l.machine.Show(l.state).Step.Design].Info()
	i := slices.IndexFunc(info.Controls, func(c pumpmodel.Control) bool { return c.Name == e.Control })
	if i < 0 {
		l.t.Fatalf("%s has no control %q", info.Name, e.Control)
	}
	key := info.Controls[i].Key
	if info.Name == "chevron-form" { // this pump is worked with the mouse
		l.point(info.Name, e.Control)
		key = mouse
	}
	if whole || e.Kind == pumpmodel.Down {
		l.half(key, pumpmodel.Down)
	}
	if whole || e.Kind == pumpmodel.Up {
		l.half(key, pumpmodel.Up)
	}
}

// mouse is the left button as the journal names it.
const mouse = "button1"

// point moves the pointer onto a control of the pump. Where it is on the screen is asked of the widget itself, laid out as the
// session lays it out: beside the card, 24 + 336 + 8 + 12 units from the left, 36 from the other edges.
func (l *lab) point(name, control string) {
	l.t.Helper()
	test.NewTempApp(l.t)
	w := face.NewPump(l.designs[name], 96/25.4, nil, func(face.Input) {})
	area := test.NewTempWindow(l.t, w)
	area.SetPadded(false)
	area.Resize(fyne.NewSize(1280-380-36, 1024-72))
	at, ok := w.Place(control)
	if !ok {
		l.t.Fatalf("%s shows no control %q", name, control)
	}
	l.screen.point(int(at.X)+380, int(at.Y)+36)
}

//go:build !headless

package main_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/jezek/xgb/xproto"
	_ "github.com/mattn/go-sqlite3"

	"pumplab/app/face"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/participant"
	"pumplab/studies/protocol"
	"pumplab/studies/session"
)

var built struct {
	sync.Once
	path string
	out  []byte
	err  error
}

// mustBuild is the built program.
func mustBuild(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "pumplab-e2e")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "pumplab")
		built.out, built.err = exec.Command("go", "build", "-o", built.path, ".").CombinedOutput()
	})
	if built.err != nil {
		t.Fatalf("build the program: %v\n%s", built.err, built.out)
	}
	return built.path
}

// mustRun runs a command of the program and returns what it printed.
func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(mustBuild(t), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("pumplab %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// shortStudy is a study folder of three pumps and two orders each, with questions that interrupt and no intake.
func shortStudy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "study")
	mustRun(t, "study", "new", dir, "--template", "short")
	path := filepath.Join(dir, "study.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	replaced := string(text)
	for old, with := range map[string]string{
		"  ask: {role: [nurse, physician, other]}\n": "",
		"fivekey-menu]}\n\npeople":                   "fivekey-menu]}\n  surroundings: {within: [interrupted]}\n\npeople",
		"\ntasks:":                                   "\nsurroundings:\n  interrupted:\n    - question: {when: dose or rate after 2 presses, ask: arithmetic, until: answered, covers: pump}\n\ntasks:",
	} {
		if strings.Count(replaced, old) != 1 {
			t.Fatalf("the short study has changed: it has no single %q", old)
		}
		replaced = strings.Replace(replaced, old, with, 1)
	}
	if err := os.WriteFile(path, []byte(replaced), 0o666); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "study", "check", dir)
	return dir
}

// lab is the running program and a mirror of its session: what the journal says must be on the screen.
type lab struct {
	t       *testing.T
	screen  *screen
	dir     string
	cmd     *exec.Cmd
	stderr  *bytes.Buffer
	db      *sql.DB
	machine *session.Machine
	pumps   map[string]pumpmodel.Machine
	designs map[string]*design.Design
	state   session.State
	seq     int
	seen    time.Time       // when the last record was seen
	events  []studies.Event // all facts so far

	injected []injection
}

// injection is one real key event: what the journal must hold.
type injection struct{ key, phase string }

// mustSession starts the program on a participant's session and waits until it is on the screen.
func mustSession(t *testing.T, s *screen, dir, code string) *lab {
	t.Helper()
	l := &lab{t: t, screen: s, dir: dir, stderr: &bytes.Buffer{}}
	l.cmd = exec.Command(mustBuild(t), "session", dir, "--participant", code)
	l.cmd.Env = append(os.Environ(), "DISPLAY="+s.display, "LIBGL_ALWAYS_SOFTWARE=1", "HOME="+t.TempDir(), "LANG=C.UTF-8")
	l.cmd.Stderr = l.stderr
	if err := l.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.cmd.Process.Kill(); _ = l.cmd.Wait(); l.db.Close() })
	var err error
	if l.db, err = sql.Open("sqlite3", "file:"+filepath.Join(dir, "study.db")+"?mode=ro&_busy_timeout=5000"); err != nil {
		t.Fatal(err)
	}
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
	return l
}

// records are the journal's records after a number.
func (l *lab) records(after int) []journal.Record {
	rows, err := l.db.Query("SELECT seq, at_ns, event FROM record WHERE seq > ? ORDER BY session DESC, seq", after)
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

// focus gives the keyboard to the window of that title: there is no window manager to do it.
func (l *lab) focus(title string) {
	l.t.Helper()
	named, err := xproto.InternAtom(l.screen.conn, false, uint16(len("_NET_WM_NAME")), "_NET_WM_NAME").Reply()
	if err != nil {
		l.t.Fatal(err)
	}
	eventually(l.t, 20*time.Second, "a window named "+title, func() bool {
		tree, err := xproto.QueryTree(l.screen.conn, l.screen.root).Reply()
		if err != nil {
			return false
		}
		for _, w := range tree.Children {
			name, err := xproto.GetProperty(l.screen.conn, false, w, named.Atom, xproto.GetPropertyTypeAny, 0, 64).Reply()
			if err == nil && string(name.Value) == title {
				return xproto.SetInputFocusChecked(l.screen.conn, xproto.InputFocusParent, w, xproto.TimeCurrentTime).Check() == nil
			}
		}
		return false
	})
}

// view is what is on the screen about now.
func (l *lab) view() session.View {
	state, _ := l.machine.Advance(l.state, time.Since(l.seen))
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

func faultless() *participant.Person {
	p := participant.Faultless()
	stream := func(n uint64) *rand.Rand { return rand.New(rand.NewPCG(1, n)) }
	return participant.New(p, participant.Streams{Slips: stream(1), Times: stream(2), Choices: stream(3)})
}

func TestASessionWithRealKeysIsJournalledAndReported(t *testing.T) {
	s := mustScreen(t)
	dir := shortStudy(t)
	l := mustSession(t, s, dir, "P01")
	p := faultless()
	shown := map[string]bool{}
	for range 3000 {
		v := l.view()
		if v.Ended != "" {
			break
		}
		l.picture(shown, v)
		l.step(p)
	}
	if v := l.machine.Show(l.state); v.Ended != "complete" {
		t.Fatalf("the session has not come to its end: %+v\n%s", v.Step, l.stderr)
	}
	s.save("session-end")
	l.screen.tap("Escape")
	eventually(t, 20*time.Second, "an end in the session table", func() bool {
		var status string
		return l.db.QueryRow("SELECT status FROM session").Scan(&status) == nil && status == "complete"
	})
	s.save("home-after")
	_ = l.cmd.Process.Kill()
	_ = l.cmd.Wait()

	if out := mustRun(t, "verify", dir); !strings.Contains(out, "verified") {
		t.Errorf("verify: %s", out)
	}
	out := filepath.Join(t.TempDir(), "report")
	mustRun(t, "report", dir, "--out", out)
	page, err := os.ReadFile(filepath.Join(out, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, design := range []string{"keypad-wizard", "chevron-form", "fivekey-menu"} {
		if !strings.Contains(string(page), design) {
			t.Errorf("the report does not name %s", design)
		}
	}
	l.outcomes()
	l.oneToOne()
	l.replies()
}

// replies fails unless every question was answered with what a faultless person types: the key that brought a question is no
// part of its answer.
func (l *lab) replies() {
	l.t.Helper()
	asked := 0
	for _, e := range l.events {
		if e.Kind == studies.Reply {
			asked++
			if strings.Trim(e.Value, "-0123456789") != "" {
				l.t.Errorf("a question was answered %q", e.Value)
			}
		}
	}
	if asked == 0 {
		l.t.Error("no question was answered")
	}
}

// oneToOne fails unless event_v1 holds the injected key events, each once, in their order.
func (l *lab) oneToOne() {
	l.t.Helper()
	rows, err := l.db.Query("SELECT code, CASE WHEN phase = 'up' THEN 'up' ELSE 'down' END FROM event_v1 WHERE code IS NOT NULL AND code <> '' ORDER BY seq")
	if err != nil {
		l.t.Fatal(err)
	}
	defer rows.Close()
	var got []injection
	for rows.Next() {
		var i injection
		if err := rows.Scan(&i.key, &i.phase); err != nil {
			l.t.Fatal(err)
		}
		i.key = keyName(i.key)
		got = append(got, i)
	}
	if !slices.Equal(got, l.injected) {
		n := 0
		for n < min(len(got), len(l.injected)) && got[n] == l.injected[n] {
			n++
		}
		l.t.Errorf("the journal holds %d key events, %d were injected; they part at %d: %v … and %v …", len(got), len(l.injected), n, got[n:min(n+3, len(got))], l.injected[n:min(n+3, len(l.injected))])
	}
}

// picture saves the first sight of each kind of screen.
func (l *lab) picture(shown map[string]bool, v session.View) {
	name := string(v.Step.Kind)
	switch {
	case v.Disturbance != nil:
		name = "disturbance-" + v.Disturbance.Kind
	case v.Pump != nil && v.Pump.Alert != nil:
		name = v.Step.Design + "-alert-" + v.Pump.Alert.Kind
	case v.Pump != nil:
		name = v.Step.Design + "-" + v.Pump.Kind
	}
	if !shown[name] {
		shown[name] = true
		l.screen.save("session-" + name)
	}
}

// outcomes fails unless every task of a faultless person is right.
func (l *lab) outcomes() {
	l.t.Helper()
	var got struct {
		Tasks []studies.TaskRow `json:"tasks"`
	}
	if err := json.Unmarshal([]byte(mustRun(l.t, "outcomes", l.dir, "--json")), &got); err != nil {
		l.t.Fatal(err)
	}
	if len(got.Tasks) != 6 {
		l.t.Fatalf("%d tasks, want 6", len(got.Tasks))
	}
	interrupted := 0
	for _, task := range got.Tasks {
		if task.Outcome != studies.Correct {
			l.t.Errorf("%s on %s: %s (programmed %s)", task.Task, task.Design, task.Outcome, task.Programmed)
		}
		interrupted += task.Interrupts
	}
	if interrupted == 0 {
		l.t.Error("nobody was interrupted")
	}
}

func TestAKilledProgramHasJournalledWhatItShowedAndCarriesOn(t *testing.T) {
	s := mustScreen(t)
	dir := shortStudy(t)
	l := mustSession(t, s, dir, "P01")
	p := faultless()
	for l.view().Pump == nil || len(l.events) < 12 {
		l.step(p)
	}
	// One more key, awaited on the screen and not in the journal; then the kill.
	step := l.machine.Show(l.state).Index
	before := s.settled()
	key := l.anyKey()
	s.key(key, true)
	eventually(t, 10*time.Second, "a change on the screen", func() bool { return !bytes.Equal(before.Pix, s.shot().Pix) })
	if err := l.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = l.cmd.Wait()
	s.key(key, false)
	n := len(l.events)
	l.catchUp()
	if len(l.events) != n+1 || keyName(l.events[n].Code) != keyName(key) {
		t.Fatalf("the screen had shown key %s; the journal has %d new facts: %s", key, len(l.events)-n, l.tail())
	}
	mustRun(t, "verify", dir)

	// Opened again, the session is where it was, the interrupted task is over, and it can be ended properly.
	again := mustSession(t, s, dir, "P01")
	again.catchUp()
	v := again.view()
	if !v.Held || v.Index != step+1 {
		t.Errorf("after reopening: held %v at step %d, want held at step %d", v.Held, v.Index, step+1)
	}
	s.save("killed-and-reopened")
	again.focus("Pump Lab · console")
	again.screen.tap("F4") // go on
	again.await("go on", 1, func(e studies.Event) bool { return e.Kind == studies.Continue })
	again.focus("Pump Lab")
	again.events = nil
	q := faultless()
	for range 40 {
		again.step(q)
	}
	if out := mustRun(t, "verify", dir); !strings.Contains(out, "verified") {
		t.Errorf("verify: %s", out)
	}
}

// anyKey is a key that changes the pump's display now.
func (l *lab) anyKey() string {
	l.t.Helper()
	v := l.view()
	for _, c := range l.pumps[v.Step.Design].Info().Controls {
		press := pumpmodel.Press(c.Name)
		if next, _ := l.machine.Step(l.state, l.state.Now, studies.Event{Kind: studies.Pump, Pump: &press}); l.machine.Show(next).Pump.Digest() != v.Pump.Digest() {
			return c.Key
		}
	}
	l.t.Fatalf("no key changes the display:\n%s", v.Pump)
	return ""
}

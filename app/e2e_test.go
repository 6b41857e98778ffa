//go:build linux && !headless

package main_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/participant"
	"pumplab/studies/session"
)

var built struct {
	sync.Once
	path string
	out  []byte
	err  error
}

// mustBuild is the built program, or the one that PUMPLAB_PROGRAM names: `make windows` puts one there that runs under Wine.
func mustBuild(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		if built.path = os.Getenv("PUMPLAB_PROGRAM"); built.path != "" {
			return
		}
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
	rows, err := l.db.Query("SELECT code, CASE WHEN phase = 'up' THEN 'up' ELSE 'down' END FROM event_v1 WHERE code IS NOT NULL AND code <> '' AND kind NOT IN ('note', 'hold', 'continue', 'clock') ORDER BY seq")
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

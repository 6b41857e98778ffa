package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"pumplab/assets"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/participant"
	"pumplab/studies/plan"
	"pumplab/studies/protocol"
	"pumplab/studies/replay"
	"pumplab/studies/session"
	"pumplab/studies/sqlite"
)

const powerVictim = "PUMPLAB_POWER_VICTIM"

// The power fails at random moments of a session that a person works through at their own pace, in the worst way that the syncs allow:
// what no sync covered is there, torn or gone. At most one second is lost, what is there is whole, and the session goes on right.
func TestAPowerCutCostsAtMostOneSecond(t *testing.T) { cutPower(t, 30, 1) }

// BenchmarkPowerCuts tries 240 more.
func BenchmarkPowerCuts(b *testing.B) {
	for b.Loop() {
		for seed := range uint64(6) {
			cutPower(b, 40, 2+seed)
		}
	}
}

func cutPower(t testing.TB, cuts int, seed uint64) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 9))
	dir, notes := recordedSession(t, seed)
	all, slow := shown(notes), longestSync(notes)
	first := 0 // the session begins
	for notes[first].kind != 'R' {
		first++
	}
	lost, oldest, resumed, unbegun := 0, time.Duration(0), 0, 0
	for n := range cuts {
		at := first + rng.IntN(len(notes)-first)
		if n < cuts/6 {
			at = rng.IntN(first + 40) // while the database is made and the session begins
		}
		now := notes[at].when
		after := t.TempDir()
		if err := lay(after, cut(rng, dir, notes[:at+1])); err != nil {
			t.Fatal(err)
		}
		had := shown(notes[:at+1])
		kept := openAfter(t, after, had)
		if kept < len(had) {
			lost += len(had) - kept
			oldest = max(oldest, now-had[kept].when)
			if now-had[kept].when > time.Second+slow {
				t.Errorf("cut %d: %d of %d records are there; the oldest that is lost was on the screen for %v (slowest sync %v)", n, kept, len(had), now-had[kept].when, slow)
			}
		}
		if kept == 0 {
			unbegun++
		} else if goesOn(t, after) {
			resumed++
		}
	}
	t.Logf("power cuts tried %d, records shown %d, slowest sync %v; lost in all %d records, the oldest after %v; damaged files 0, sessions resumed right %d, not begun yet %d",
		cuts, len(all), slow.Round(time.Millisecond), lost, oldest.Round(time.Millisecond), resumed, unbegun)
	if lost == 0 || resumed < cuts/2 {
		t.Errorf("the test tries nothing: %d records lost, %d sessions resumed", lost, resumed)
	}
}

// recordedSession runs a session in a process of its own on the file layer and returns its folder and what was done in it.
func recordedSession(t testing.TB, seed uint64) (dir string, notes []note) {
	t.Helper()
	layer := filepath.Join(t.TempDir(), "filelayer.so")
	if out, err := exec.Command("cc", "-shared", "-fPIC", "-O1", "-o", layer, "testdata/filelayer.c", "-ldl", "-lpthread").CombinedOutput(); err != nil {
		t.Fatalf("compile the file layer: %v\n%s", err, out)
	}
	dir = t.TempDir()
	log := filepath.Join(t.TempDir(), "log")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), powerVictim+"="+dir, "LD_PRELOAD="+layer, "FILELAYER_DIR="+dir, "FILELAYER_LOG="+log, "FILELAYER_SYNC_US=20000", fmt.Sprint("SEED=", seed))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	notes, err := readNotes(log)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[byte]int{}
	for _, n := range notes {
		kinds[n.kind]++
	}
	if kinds['W'] < 500 || kinds['R'] < 200 || kinds['S'] < 6 || kinds['E'] < 6 || kinds['C'] < 2 {
		t.Fatalf("the file layer saw %v", kinds)
	}
	return dir, notes
}

// shows notes every record once it is on the screen, and takes a person's time for it.
type shows struct {
	session.Journal
	log *os.File
	rng *rand.Rand
}

func (s shows) Append(r journal.Record) error {
	err := s.Journal.Append(r)
	if err == nil {
		_, err = s.log.Write(noteBytes('R', "", r.Seq, r.Hash))
		time.Sleep(time.Duration(1+s.rng.IntN(20)) * time.Millisecond)
	}
	return err
}

// sitForPower works through a session in the folder, as the window does.
func sitForPower(dir, log string, seed uint64) error {
	f, err := os.OpenFile(log, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	tell := func(kind byte) func(string) {
		return func(path string) { f.Write(noteBytes(kind, path, 0, "")) }
	}
	sqlite.OnSync(tell('S'), tell('E'))
	kit, err := shortKit()
	if err != nil {
		return err
	}
	s, err := sqlite.Open(filepath.Join(dir, sqlite.FileName))
	if err != nil {
		return err
	}
	if err := s.Keep(); err != nil {
		return err
	}
	p, err := plan.Make(kit.Study, "P01", 0)
	if err != nil {
		return err
	}
	m, err := kit.Machine(p)
	if err != nil {
		return err
	}
	files, err := s.Freeze(kit.Files)
	if err != nil {
		return err
	}
	j, err := s.Journal("P01-1")
	if err != nil {
		return err
	}
	head := journal.Head{Program: "test", Session: "P01-1", Participant: "P01", Started: "2026-01-02T03:04:05Z", Files: files}
	run, err := session.Open(m, head, shows{j, f, rand.New(rand.NewPCG(seed, 3))})
	if err != nil {
		return err
	}
	if err := participant.Run(run, sitter(seed)); err != nil {
		return err
	}
	return s.Close()
}

func sitter(seed uint64) *participant.Person {
	stream := func(purpose string) *rand.Rand { return plan.Stream(seed, purpose) }
	return participant.New(participant.Typical(), participant.Streams{Slips: stream("slips"), Times: stream("times"), Choices: stream("choices")})
}

func shortKit() (*protocol.Kit, error) {
	files, err := protocol.Template(protocol.Sources{
		Studies: assets.Studies(), Designs: assets.Designs(), Libraries: assets.Libraries(), Questionnaires: assets.Questionnaires(),
	}, "short")
	if err != nil {
		return nil, err
	}
	return protocol.Load(protocol.Frozen(files))
}

// openAfter opens what a power cut left and returns how many records are there; they must be the ones that were written.
func openAfter(t testing.TB, dir string, had []note) (kept int) {
	t.Helper()
	s, err := sqlite.Open(filepath.Join(dir, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if wrong := s.Check(); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	sessions, err := s.Sessions()
	if err != nil || len(sessions) == 0 {
		return 0
	}
	var chain journal.Chain
	for r, err := range s.Checked("P01-1") {
		if err == nil {
			err = chain.Add(r)
		}
		if err != nil {
			t.Fatal(err)
		}
		if kept++; kept <= len(had) && r.Hash != string(had[kept-1].data) {
			t.Fatalf("record %d is another than the one that was shown", r.Seq)
		}
	}
	return kept
}

// goesOn resumes the session with another person to its end; false if it had ended.
func goesOn(t testing.TB, dir string) bool {
	t.Helper()
	s, err := sqlite.Open(filepath.Join(dir, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	records, err := s.Load("P01-1")
	if err != nil {
		t.Fatal(err)
	}
	head, err := journal.DecodeHead(records[0].Event)
	if err != nil {
		t.Fatal(err)
	}
	files, err := s.Frozen(head.Files)
	if err != nil {
		t.Fatal(err)
	}
	kit, err := protocol.Load(protocol.Frozen(files))
	if err != nil {
		t.Fatal(err)
	}
	build := func(h journal.Head) (*session.Machine, error) { return kit.Machine(h.Plan) }
	before, err := replay.Check(replay.Of(records), build)
	if err != nil {
		t.Fatal(err)
	}
	if before.View.Ended != "" {
		return false
	}
	m, err := build(head)
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.Journal("P01-1")
	if err != nil {
		t.Fatal(err)
	}
	run, err := session.Restore(m, records, j)
	if err != nil {
		t.Fatal(err)
	}
	if before.View.Step.Kind == studies.StepTask && run.View().Index != before.View.Index+1 {
		t.Errorf("cut at step %d, resumed at %d", before.View.Index, run.View().Index)
	}
	if _, err := run.Apply(run.Last().At, studies.Event{Kind: studies.Continue}); err != nil {
		t.Fatal(err)
	}
	if err := participant.Run(run, sitter(7)); err != nil {
		t.Fatal(err)
	}
	if _, err := replay.Check(s.Checked("P01-1"), build); err != nil {
		t.Fatal(err)
	}
	infos, err := s.Sessions()
	if err != nil || infos[0].Status != "complete" || !infos[0].Resumed {
		t.Errorf("%+v %v", infos, err)
	}
	return true
}

func init() {
	powerLoss = func(dir string) {
		seed, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64)
		if err == nil {
			err = sitForPower(dir, os.Getenv("FILELAYER_LOG"), seed)
		}
		if err != nil {
			fmt.Println("error:", err)
			os.Exit(3)
		}
		os.Exit(0)
	}
}

package cli_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/app/cli"
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

const victimStudy = "PUMPLAB_SESSION_VICTIM"

// TestMain turns the test program into one that runs a session when it is told a study folder.
func TestMain(m *testing.M) {
	if study := os.Getenv(victimStudy); study != "" {
		run := func() error { return sitAlone(study, os.Stdout) }
		if command := os.Getenv("PUMPLAB_SCALE"); command != "" {
			run = func() error { return scaled(command, study) }
		}
		if err := run(); err != nil {
			fmt.Println("error:", err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func testAssets() cli.Assets {
	return cli.Assets{
		Designs: assets.Designs, Libraries: assets.Libraries, Studies: assets.Studies, Questionnaires: assets.Questionnaires, Texts: assets.Texts,
	}
}

func mustStudy(t testing.TB) (folder string, kit *protocol.Kit) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "study")
	kit, err := cli.NewStudy(testAssets(), "short", folder)
	if err != nil {
		t.Fatal(err)
	}
	return folder, kit
}

// shower says of every record that it is on the screen: after the journal has it, as the window does.
type shower struct {
	session.Journal
	out io.Writer
}

func (s shower) Append(r journal.Record) error {
	err := s.Journal.Append(r)
	if err == nil {
		fmt.Fprintln(s.out, r.Seq, r.Hash)
	}
	return err
}

// sitAlone lets a simulated person work through a session as the window drives one: held, kept, one commit a record.
func sitAlone(study string, out io.Writer) error {
	kit, err := cli.OpenStudy(study)
	if err != nil {
		return err
	}
	s, err := sqlite.Open(filepath.Join(study, sqlite.FileName))
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Hold("test"); err != nil {
		return err
	}
	if err := s.Keep(); err != nil {
		return err
	}
	run, err := begin(kit, s, out)
	if err != nil {
		return err
	}
	return participant.Run(run, person(1))
}

func person(seed uint64) *participant.Person {
	stream := func(purpose string) *rand.Rand { return plan.Stream(seed, purpose) }
	return participant.New(participant.Typical().Personal(stream("person")), participant.Streams{
		Slips: stream("slips"), Times: stream("times"), Choices: stream("choices"),
	})
}

func begin(kit *protocol.Kit, s *sqlite.Store, out io.Writer) (*session.Session, error) {
	p, err := plan.Make(kit.Study, "P01", 0)
	if err != nil {
		return nil, err
	}
	m, err := kit.Machine(p)
	if err != nil {
		return nil, err
	}
	files, err := s.Freeze(kit.Files)
	if err != nil {
		return nil, err
	}
	j, err := s.Journal("P01-1")
	if err != nil {
		return nil, err
	}
	head := journal.Head{Program: "test", Session: "P01-1", Participant: "P01", Started: "2026-01-02T03:04:05Z", Files: files}
	return session.Open(m, head, shower{j, out})
}

// kill starts a session in a process of its own and kills it at a random moment; it returns what had been on the screen.
func kill(t testing.TB, study string, rng *rand.Rand) (shown int, hash string) {
	t.Helper()
	cmd := osexec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimStudy+"="+study)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	at := 1 + rng.IntN(300)
	delay := time.Duration(rng.IntN(1500)) * time.Microsecond
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "error") {
			t.Fatal(lines.Text())
		}
		fmt.Sscan(lines.Text(), &shown, &hash)
		if shown == at {
			time.AfterFunc(delay, func() { cmd.Process.Kill() })
		}
	}
	cmd.Wait()
	if shown < at {
		t.Fatalf("the session ended after %d records, before it could be killed at %d", shown, at)
	}
	return shown, hash
}

// Sessions are killed at random moments: nothing that was shown is missing, the file is sound, the interrupted
// task is marked, and the session goes on at the next one to its end.
func TestKilledSessionsLoseNothingAndGoOn(t *testing.T) {
	killSessions(t, 50, rand.New(rand.NewPCG(4, 3)))
}

// BenchmarkKills tries 200 more.
func BenchmarkKills(b *testing.B) {
	for b.Loop() {
		killSessions(b, 200, rand.New(rand.NewPCG(4, 5)))
	}
}

func killSessions(t testing.TB, n int, rng *rand.Rand) {
	t.Helper()
	lost, kept, late := 0, 0, 0
	for range n {
		study, kit := mustStudy(t)
		shown, hash := kill(t, study, rng)
		s, err := sqlite.Open(filepath.Join(study, sqlite.FileName))
		if err != nil {
			t.Fatal(err)
		}
		records, err := s.Load("P01-1")
		if err != nil {
			t.Fatal(err)
		}
		if len(records) < shown || records[shown-1].Hash != hash {
			t.Errorf("%d records were shown, %d are in the journal", shown, len(records))
			lost += shown - len(records)
		}
		kept += len(records)
		if wrong := s.Check(); len(wrong) > 0 {
			t.Fatal(wrong)
		}
		if err := s.Hold("the next program"); err != nil {
			t.Errorf("the dead program's hold was not taken over: %v", err)
		}
		if !goOn(t, kit, s, records) {
			late++
		}
		s.Close()
		if out, status := runStudy(t, "verify", study); status != 0 {
			t.Fatalf("status %d: %s", status, out)
		}
	}
	t.Logf("%d kills, %d of them after the session's end: %d records kept, %d lost", n, late, kept, lost)
	if late > n/5 {
		t.Errorf("%d of %d kills came too late to try anything", late, n)
	}
}

// goOn resumes a session and lets another simulated person end it; false if it had ended already.
func goOn(t testing.TB, kit *protocol.Kit, s *sqlite.Store, records []journal.Record) bool {
	t.Helper()
	before, err := replay.Check(replay.Of(records), func(h journal.Head) (*session.Machine, error) { return kit.Machine(h.Plan) })
	if err != nil {
		t.Fatal(err)
	}
	m, err := kit.Machine(before.Head.Plan)
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
	if before.View.Ended != "" { // the kill came after its last record
		return false
	}
	marked := false
	for _, o := range run.Last().Outputs {
		marked = marked || o.Kind == studies.StepEnded && o.Why == "interrupted" && o.Step == before.View.Index
	}
	if task := before.View.Step.Kind == studies.StepTask; task != marked || task && run.View().Index != before.View.Index+1 {
		t.Errorf("killed at step %d (%s), resumed at %d, marked %v", before.View.Index, before.View.Step.Kind, run.View().Index, marked)
	}
	if _, err := run.Apply(run.Last().At, studies.Event{Kind: studies.Continue}); err != nil {
		t.Fatal(err)
	}
	if err := participant.Run(run, person(2)); err != nil {
		t.Fatal(err)
	}
	if infos, err := s.Sessions(); err != nil || infos[0].Status != "complete" || !infos[0].Resumed {
		t.Errorf("%+v %v", infos, err)
	}
	return true
}

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
			run = func() error { return scaled(command, study, os.Getenv("PUMPLAB_SCALE_PEOPLE")) }
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

// A byte is changed at random places of the database. Verify either finds it or it changed nothing; what is computed is either
// what it was or an error; recover writes a file that verifies.
func TestADamagedByteNeverGivesAWrongAnalysis(t *testing.T) {
	damage(t, 100, rand.New(rand.NewPCG(4, 4)))
}

// BenchmarkDamage tries 500 more.
func BenchmarkDamage(b *testing.B) {
	for b.Loop() {
		damage(b, 500, rand.New(rand.NewPCG(4, 6)))
	}
}

func damage(t testing.TB, n int, rng *rand.Rand) {
	t.Helper()
	study, _ := mustDemo(t, "2")
	sound, err := os.ReadFile(filepath.Join(study, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	want := mustRunStudy(t, nil, "outcomes", study, "--json")
	count := map[string]int{}
	for n := range n {
		bad := append([]byte(nil), sound...)
		at := rng.IntN(len(bad))
		was := bad[at]
		bad[at] ^= byte(1 + rng.IntN(255))
		for _, end := range []string{"-wal", "-shm"} {
			os.Remove(filepath.Join(study, sqlite.FileName+end))
		}
		if err := os.WriteFile(filepath.Join(study, sqlite.FileName), bad, 0o644); err != nil {
			t.Fatal(err)
		}
		place := fmt.Sprintf("byte %d of %d, %02x → %02x", at, len(bad), was, bad[at])
		said, status := runStudy(t, "verify", study)
		count[fmt.Sprintf("verify %d", status)]++
		if status != 0 && strings.TrimSpace(said) == "" {
			t.Errorf("%s: verify says nothing", place)
		}
		got, computed := runStudy(t, "outcomes", study, "--json")
		count[fmt.Sprintf("outcomes %d", computed)]++
		if computed == 0 && got != want {
			t.Errorf("%s: other outcomes without an error; verify: %d %s", place, status, said)
		}
		if status == 0 && computed != 0 {
			t.Errorf("%s: verified, but %s", place, got)
		}
		if status != 0 && n%5 == 0 {
			recoverDamaged(t, study, place)
		}
	}
	t.Log(count)
}

// recoverDamaged brings what is left of a study into a new file and verifies it.
func recoverDamaged(t testing.TB, study, place string) {
	t.Helper()
	again := t.TempDir()
	out, status := runStudy(t, "recover", study, "--out", filepath.Join(again, sqlite.FileName), "--json")
	if status == 2 {
		t.Errorf("%s: recover: %s", place, out)
		return
	}
	if said, status := runStudy(t, "verify", again); status != 0 {
		t.Errorf("%s: recovered, but %d %s", place, status, said)
	}
}

func TestABackupIsTheStudyAgain(t *testing.T) {
	study, _ := mustDemo(t, "2")
	want := mustRunStudy(t, nil, "outcomes", study, "--json")
	if out, status := runStudy(t, "backup", study); status != 2 || !strings.Contains(out, "--to DIR") {
		t.Errorf("status %d: %s", status, out)
	}
	text, err := os.ReadFile(filepath.Join(study, protocol.File))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(study, protocol.File), append(text, "\nbackup: ../safe\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	var done struct{ Backup string }
	mustRunStudy(t, &done, "backup", study)
	if filepath.Dir(done.Backup) != filepath.Join(filepath.Dir(study), "safe") {
		t.Error(done.Backup)
	}
	mustRunStudy(t, nil, "simulate", study, "--participants", "1") // what happens afterwards is not in it
	again := t.TempDir()
	b, err := os.ReadFile(done.Backup)
	if err == nil {
		err = os.WriteFile(filepath.Join(again, sqlite.FileName), b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	mustRunStudy(t, nil, "verify", again)
	if got := mustRunStudy(t, nil, "outcomes", again, "--json"); got != want {
		t.Error("the backup gives other outcomes")
	}
}

func TestPiecesOfASessionComeTogether(t *testing.T) {
	study, kit := mustStudy(t)
	elsewhere := t.TempDir()
	s, err := sqlite.Open(filepath.Join(study, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	run, err := begin(kit, s, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for run.Last().Seq < 40 {
		if _, err := run.Apply(run.Last().At+time.Second, studies.Event{Kind: studies.Next}); err != nil {
			t.Fatal(err)
		}
	}
	j, err := s.Journal("P01-1")
	if err != nil {
		t.Fatal(err)
	}
	part, next, err := j.Elsewhere(elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.MoveTo(next); err != nil {
		t.Fatal(err)
	}
	if err := participant.Run(run, person(3)); err != nil {
		t.Fatal(err)
	}
	last := run.Last()
	path := part.Path()
	if err := part.Close(); err != nil {
		t.Fatal(err)
	}
	s.Close()
	var done struct {
		Database string
		Sessions []sqlite.Recovered
		Lost     int
	}
	mustRunStudy(t, &done, "recover", study, path)
	if done.Lost != 0 || len(done.Sessions) != 1 || done.Sessions[0].Records != last.Seq {
		t.Fatalf("%+v, want %d records", done, last.Seq)
	}
	if out, status := runStudy(t, "recover", study, path); status != 2 || !strings.Contains(out, "there already") {
		t.Errorf("status %d: %s", status, out)
	}
	if err := os.Rename(done.Database, filepath.Join(study, sqlite.FileName)); err != nil {
		t.Fatal(err)
	}
	var checked struct {
		Sessions []struct {
			Hash   string
			Status string
		}
	}
	mustRunStudy(t, &checked, "verify", study)
	if checked.Sessions[0].Hash != last.Hash || checked.Sessions[0].Status != "complete" {
		t.Errorf("%+v", checked)
	}
}

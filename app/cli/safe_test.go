package cli_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/app/cli"
	"pumplab/studies"
	"pumplab/studies/participant"
	"pumplab/studies/protocol"
	"pumplab/studies/sqlite"
)

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
	t.Logf("bytes damaged %d: verify named %d and found the rest without effect; outcomes as before %d, refused with an error %d, wrong 0",
		n, count["verify 1"]+count["verify 2"], count["outcomes 0"], count["outcomes 1"]+count["outcomes 2"])
}

// A recording that another version made and that replays otherwise here is told apart from a damaged one.
func TestVerifySaysThatAnotherVersionRecorded(t *testing.T) {
	study, _ := mustDemo(t, "1")
	db, err := sql.Open("sqlite3", filepath.Join(study, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var guard, outputs string
	if err := db.QueryRow("SELECT sql FROM sqlite_schema WHERE name = 'record_is_never_changed'").Scan(&guard); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow("SELECT coalesce(outputs, '') FROM record WHERE session = 1 AND seq = 50").Scan(&outputs); err != nil {
		t.Fatal(err)
	}
	const shown = "0000000000000000" // as if the pump had shown something else
	seal := sha256.Sum256([]byte(fmt.Sprintf("%d:%s%s", len(outputs), outputs, shown)))
	for _, q := range []string{"DROP TRIGGER record_is_never_changed", fmt.Sprintf("UPDATE record SET display = '%s', seal = x'%x' WHERE session = 1 AND seq = 50", shown, seal[:8]), guard} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	for version, other := range map[string]bool{"test": false, "9.9": true} {
		var out bytes.Buffer
		x := &cli.Context{Context: context.Background(), Out: &out, Err: &out, Version: version, Assets: testAssets()}
		err := (&cli.VerifyCmd{Study: study}).Run(x)
		said := strings.Contains(out.String(), "recorded by pumplab test and this is pumplab 9.9")
		if cli.Exit(err) != 1 || !strings.Contains(out.String(), "broken at record 50") || said != other {
			t.Errorf("version %s: %v %s", version, err, out.String())
		}
	}
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
	later := mustRunStudy(t, nil, "outcomes", study, "--json")
	again := filepath.Join(t.TempDir(), "again")
	for _, folder := range []string{again, study} { // in a new folder, as on a new computer, and over what came later
		var put struct {
			Kept  string
			Files []string
		}
		mustRunStudy(t, &put, "restore", folder, filepath.Dir(done.Backup))
		mustRunStudy(t, nil, "verify", folder)
		mustRunStudy(t, nil, "study", "check", folder)
		if got := mustRunStudy(t, nil, "outcomes", folder, "--json"); got != want {
			t.Errorf("%s: the backup gives other outcomes", folder)
		}
		if folder == again && (put.Kept != "" || len(put.Files) < 5) || folder == study && (put.Kept == "" || len(put.Files) > 0) {
			t.Errorf("%s: %+v", folder, put)
		}
		if put.Kept != "" { // and back
			mustRunStudy(t, nil, "restore", folder, put.Kept)
			if got := mustRunStudy(t, nil, "outcomes", folder, "--json"); got != later {
				t.Error("what was there before the backup came back is lost")
			}
		}
	}
}

// A database that was left with its log by a killed program is replaced: that log must not be folded into the restored file.
func TestARestoredDatabaseTakesNoLogOfAnother(t *testing.T) {
	study, kit := mustStudy(t)
	kill(t, study, rand.New(rand.NewPCG(4, 8)))
	if info, err := os.Stat(filepath.Join(study, sqlite.FileName+"-wal")); err != nil || info.Size() == 0 {
		t.Fatal("the killed program left no log", err)
	}
	other, _ := mustDemo(t, "1")
	var done struct{ Backup string }
	mustRunStudy(t, &done, "backup", other, "--to", t.TempDir())
	var put struct{ Kept string }
	mustRunStudy(t, &put, "restore", study, done.Backup)
	if a, b := mustRunStudy(t, nil, "outcomes", other), mustRunStudy(t, nil, "outcomes", study); a != b {
		t.Errorf("restored:\n%s\nwhere the backup gives\n%s", b, a)
	}
	mustRunStudy(t, nil, "verify", study)
	mustRunStudy(t, nil, "restore", study, put.Kept)
	s, err := sqlite.Open(filepath.Join(study, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	records, err := s.Load("P01-1")
	if err != nil || !goOn(t, kit, s, records) {
		t.Errorf("the killed session is not what it was: %v", err)
	}
}

// What is no backup is not restored, and nothing is touched while somebody sits in front.
func TestRestoreRefusesWhatItCannotCheck(t *testing.T) {
	study, _ := mustDemo(t, "1")
	var done struct{ Backup string }
	mustRunStudy(t, &done, "backup", study, "--to", t.TempDir())
	before, err := os.ReadFile(filepath.Join(study, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(t.TempDir(), "half.db")
	b, err := os.ReadFile(done.Backup)
	if err == nil {
		err = os.WriteFile(half, b[:len(b)/2], 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	refused := func(want string, line ...string) {
		t.Helper()
		out, status := runStudy(t, append([]string{"restore"}, line...)...)
		if status != 2 || !strings.Contains(out, want) {
			t.Errorf("%v: status %d: %s", line, status, out)
		}
		if after, err := os.ReadFile(filepath.Join(study, sqlite.FileName)); err != nil || !bytes.Equal(after, before) {
			t.Errorf("%v: the database was touched, %v", line, err)
		}
	}
	refused("half.db", study, half)
	refused("holds no backup", study, t.TempDir())
	refused("study.yaml", study, filepath.Join(study, protocol.File))
	s, err := sqlite.Open(filepath.Join(study, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Hold("a session"); err != nil {
		t.Fatal(err)
	}
	refused("the study is in use", study, done.Backup)
	if out, status := runStudy(t, "simulate", study, "--participants", "1"); status != 2 || !strings.Contains(out, "the study is in use") {
		t.Errorf("simulated beside a session: status %d: %s", status, out)
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
	mustRunStudy(t, nil, "restore", study, done.Database)
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

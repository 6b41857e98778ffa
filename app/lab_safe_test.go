package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/app/cli"
	"pumplab/studies"
)

// The folder of a study is lost in the middle of a session, as when a stick is pulled: the session pauses, goes on in another folder to
// its end, and the pieces come together in a study whose session is complete.
func TestASessionOutlivesItsFolder(t *testing.T) {
	lab := mustLab(t)
	run, err := lab.Begin("P01", nil, time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run.Session.Apply(time.Second, studies.Event{Kind: studies.Next}); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(lab.Folder, lab.Folder+"-pulled"); err != nil {
		t.Fatal(err)
	}
	at := time.Second
	for range 200 {
		at += time.Second
		if _, err = run.Session.Apply(at, studies.Event{Kind: studies.Note, Value: "still here"}); err != nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err == nil || run.Session.Stuck() == nil || !strings.Contains(err.Error(), "gone") {
		t.Fatalf("error %v", err)
	}
	part, err := lab.Elsewhere(run, filepath.Join(t.TempDir(), "rescue"))
	if err != nil {
		t.Fatal(err)
	}
	giveUpAll(t, run, at)
	if err := lab.Finish(run.ID); err == nil || !strings.Contains(err.Error(), "pumplab recover") {
		t.Errorf("error %v", err)
	}
	last := run.Session.Last().Seq
	lab.Close()
	if err := os.Rename(lab.Folder+"-pulled", lab.Folder); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	x := &cli.Context{Context: context.Background(), Out: &out, Err: &out, Assets: assetFiles()}
	if err := (&cli.RecoverCmd{Study: lab.Folder, Pieces: []string{part}}).Run(x); err != nil {
		t.Fatal(err, out.String())
	}
	for _, end := range []string{"-wal", "-shm"} {
		os.Remove(filepath.Join(lab.Folder, "study.db"+end))
	}
	if err := os.Rename(filepath.Join(lab.Folder, "recovered.db"), filepath.Join(lab.Folder, "study.db")); err != nil {
		t.Fatal(err)
	}
	if err := (&cli.VerifyCmd{Study: lab.Folder}).Run(x); err != nil {
		t.Fatal(err, out.String())
	}
	again, err := OpenLab(lab.Folder, "pumplab test")
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if s, err := again.Store.Sessions(); err != nil || len(s) != 1 || s[0].Status != "complete" || s[0].Records != last {
		t.Errorf("%+v %v, want %d records", s, err, last)
	}
}

func TestTwoLabsCannotRunSessionsInOneFolder(t *testing.T) {
	lab := mustLab(t)
	if _, err := lab.Begin("P01", nil, time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	other, err := OpenLab(lab.Folder, "pumplab test")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Begin("P02", nil, time.Date(2026, 3, 4, 5, 6, 8, 0, time.UTC)); err == nil || !strings.Contains(err.Error(), "the study is in use") {
		t.Errorf("error %v", err)
	}
	var out bytes.Buffer
	x := &cli.Context{Context: context.Background(), Out: &out, Err: &out, Assets: assetFiles()}
	if err := (&cli.VerifyCmd{Study: lab.Folder}).Run(x); err != nil {
		t.Errorf("reading needs no hold: %v %s", err, out.String())
	}
	if _, err := other.Resume("P01-20260304T050607"); err == nil {
		t.Error("a session that runs was resumed")
	}
	lab.Close()
	if _, err := other.Begin("P02", nil, time.Date(2026, 3, 4, 5, 6, 8, 0, time.UTC)); err != nil {
		t.Error(err)
	}
}

func TestASessionIsBackedUpWhereTheStudySays(t *testing.T) {
	dir := mustLab(t).Folder
	file := filepath.Join(dir, "study.yaml")
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, append(text, "\nbackup: ../copies\n"...), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	lab, err := OpenLab(dir, "pumplab test")
	if err != nil {
		t.Fatal(err)
	}
	defer lab.Close()
	run, err := lab.Begin("P01", nil, time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	giveUpAll(t, run, 0)
	if err := lab.Finish(run.ID); err != nil {
		t.Fatal(err)
	}
	found, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), "copies", "study-*.db"))
	if len(found) != 1 {
		t.Errorf("backups: %v", found)
	}
}

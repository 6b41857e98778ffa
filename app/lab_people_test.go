package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/app/cli"
	"pumplab/studies"
)

// mustAsk opens a lab whose study asks for an e-mail address and encrypts it for a new key.
func mustAsk(t *testing.T) (lab *Lab, keyFile string) {
	t.Helper()
	keyFile = filepath.Join(t.TempDir(), "key.txt")
	var made struct{ Public string }
	if err := json.Unmarshal([]byte(mustPeople(t, func(c *cli.PeopleCmd, x *cli.Context) error {
		c.Key.File = keyFile
		return c.Key.Run(x)
	})), &made); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "study")
	if _, err := cli.NewStudy(assetFiles(), "short", dir); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "study.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	asked := strings.Replace(string(text), "ask: {role: [nurse, physician, other]}", "ask: {role: [nurse, physician, other], e-mail: identifying}\n  recipients: ["+made.Public+"]", 1)
	if err := os.WriteFile(file, []byte(asked), 0o666); err != nil {
		t.Fatal(err)
	}
	lab, err = OpenLab(dir, "pumplab test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lab.Close() })
	return lab, keyFile
}

func mustPeople(t *testing.T, run func(*cli.PeopleCmd, *cli.Context) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(&cli.PeopleCmd{}, &cli.Context{Context: context.Background(), Out: &out, Err: &out, JSON: true, Assets: assetFiles()}); err != nil {
		t.Fatal(err, out.String())
	}
	return out.String()
}

// What identifies a person is readable with the key and is in no other file of the study, and no export takes it.
func TestWhatIdentifiesAPersonIsOnlyInTheEncryptedFile(t *testing.T) {
	lab, key := mustAsk(t)
	const secret = "someone@example.org"
	run, err := lab.Begin("P01", map[string]string{"role": "nurse", "e-mail": secret, "shoe size": "44"}, time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	giveUpAll(t, run, 0)
	if err := lab.Finish(run.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := lab.Begin("P02", map[string]string{"role": "other", "e-mail": ""}, time.Date(2026, 3, 4, 6, 6, 7, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	read := mustPeople(t, func(c *cli.PeopleCmd, x *cli.Context) error {
		c.Read.Study, c.Read.Identity = lab.Folder, key
		return c.Read.Run(x)
	})
	var people struct {
		People []struct {
			Participant, Session, File string
			Answers                    map[string]string
		}
	}
	if err := json.Unmarshal([]byte(read), &people); err != nil {
		t.Fatal(err)
	}
	if len(people.People) != 1 || people.People[0].Answers["e-mail"] != secret || len(people.People[0].Answers) != 1 || people.People[0].Session != run.ID {
		t.Errorf("%s", read)
	}
	copies := t.TempDir()
	if _, err := cli.Backup(lab.Store, lab.Folder, copies); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(copies, "people", run.ID+".age")); err != nil || !bytes.HasPrefix(b, []byte("-----BEGIN AGE")) {
		t.Errorf("the backup lacks the encrypted file: %v", err)
	}
	lab.Close()
	for _, format := range []string{"csv", "bids", "psych-ds", "datapackage", "parquet"} {
		x := &cli.Context{Context: context.Background(), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Assets: assetFiles()}
		if err := (&cli.ExportCmd{Study: lab.Folder, Format: format, Out: filepath.Join(lab.Folder, "out-"+format)}).Run(x); err != nil {
			t.Fatal(err)
		}
	}
	files := 0
	err = filepath.Walk(lab.Folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if files++; bytes.Contains(b, []byte("example.org")) || bytes.Contains(b, []byte("shoe")) {
			t.Errorf("%s holds what identifies the participant", path)
		}
		return err
	})
	if err != nil || files < 30 {
		t.Error(files, err)
	}
}

// A question that is marked identifying after answers were recorded stops the export, until it is left out by name.
func TestAnAnswerThatWasMarkedLateIsNotExported(t *testing.T) {
	lab, _ := mustAsk(t)
	lab.Kit.Study.People.Ask[1] = studies.Ask{Name: "e-mail", Choices: []string{"a", "b"}} // as the file had it then
	if _, err := lab.Begin("P01", map[string]string{"role": "nurse", "e-mail": "a"}, time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	lab.Close()
	x := &cli.Context{Context: context.Background(), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Assets: assetFiles()}
	c := cli.ExportCmd{Study: lab.Folder, Format: "csv", Out: filepath.Join(t.TempDir(), "out")}
	if err := c.Run(x); err == nil || !strings.Contains(err.Error(), `"e-mail" is marked identifying`) {
		t.Fatalf("%v", err)
	}
	if _, err := os.Stat(c.Out); err == nil {
		t.Error("something was written")
	}
	c.Without = []string{"e-mail"}
	if err := c.Run(x); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(c.Out, "session.csv")); err != nil || strings.Contains(string(b), "e_mail") || !strings.Contains(string(b), ",role\n") {
		t.Errorf("%s %v", b, err)
	}
}

func TestASessionDoesNotBeginIfTheEncryptedFileCannotBeKept(t *testing.T) {
	lab, _ := mustAsk(t)
	elsewhere := t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(lab.Folder, "people")); err != nil { // a folder from elsewhere that leads out
		t.Fatal(err)
	}
	_, err := lab.Begin("P01", map[string]string{"role": "nurse", "e-mail": "someone@example.org"}, time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC))
	if err == nil || !strings.Contains(err.Error(), "keep what identifies P01") {
		t.Errorf("%v", err)
	}
	if sessions, err := lab.Store.Sessions(); err != nil || len(sessions) != 0 {
		t.Errorf("%+v %v", sessions, err)
	}
	if left, _ := os.ReadDir(elsewhere); len(left) > 0 {
		t.Errorf("%v was written outside the study", left)
	}
}

package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A pipe in place of a file of a study folder from elsewhere would be waited for without end; a link would show what it leads to.
func TestWhatIsNoPlainFileInAStudyFolderIsRefused(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret words"), 0o600); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "key.txt")
	mustRunStudy(t, nil, "people", "key", key)
	whole, _ := mustDemo(t, "1")
	for name, line := range map[string][]string{
		"study.yaml":          {"study", "check"},
		"libraries/demo.yaml": {"study", "check"},

		"designs/keypad-wizard/design.yaml": {"study", "check"},
		"study.db":                          {"verify"},
		"study.lock":                        {"restore"},
		"people/P01.age":                    {"people", "read", "--identity", key},
		"coding/R1.csv":                     {"report"},
		"study.schema.json":                 {"study", "pack"},
		"questionnaires/sus.yaml":           {"study", "check"},
	} {
		for kind, put := range map[string]func(string) error{
			"pipe": func(at string) error { return syscall.Mkfifo(at, 0o600) },
			"link": func(at string) error { return os.Symlink(secret, at) },
		} {
			study := filepath.Join(t.TempDir(), "study")
			if err := os.CopyFS(study, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			out := filepath.Join(t.TempDir(), "out")
			at := filepath.Join(study, filepath.FromSlash(name))
			os.Remove(at)
			if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), put(at)); err != nil {
				t.Fatal(err)
			}
			words := append(append([]string{}, line...), study)
			switch name {
			case "study.lock":
				words = append(words, filepath.Join(study, "study.db"))
			case "study.schema.json", "coding/R1.csv":
				words = append(words, "--out", out)
			}
			answered := make(chan string, 1)
			go func() {
				said, status := runStudy(t, words...)
				if status == 0 && name != "study.schema.json" && name != "study.lock" {
					said += " STATUS 0"
				}
				answered <- said
			}()
			select {
			case said := <-answered:
				if strings.Contains(said, "secret words") || strings.Contains(said, "STATUS 0") {
					t.Errorf("%s is a %s: %s", name, kind, said)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("%s is a %s: waited for", name, kind)
			}
			if packed, err := os.ReadFile(out); err == nil && strings.Contains(string(packed), "secret words") {
				t.Errorf("%s is a %s: what it leads to was packed", name, kind)
			}
		}
	}
}

package cli_test

import (
	"bytes"
	"context"
	shell "os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pumplab/app/cli"
)

// run is a command's output and exit status.
func runWords(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out, errs bytes.Buffer
	x := &cli.Context{Context: context.Background(), Out: &out, Err: &errs, Version: "test", Assets: testAssets()}
	status := cli.Run(args, x, func(cli.Opening) error { return nil })
	return out.String() + errs.String(), status
}

func TestTheWordsThatCanFollowAreOffered(t *testing.T) {
	for _, c := range []struct{ line, some string }{
		{"", "design entry fit report simulate"},
		{"des", "design"},
		{"design ", "check graph list press render try"},
		{"design check ke", "keypad-permissive keypad-wizard"},
		{"design check keypad-wizard --", "--json --library --prove --seed"},
		{"entry five", "fivekey-carry fivekey-wrap"},
		{"stat fi", "fisher"},
		{"ders ", "demo hospital"},
		{"completion ", "bash fish zsh"},
	} {
		out, status := runWords(t, append([]string{"words", "--"}, strings.Split(c.line, " ")...)...)
		got := strings.Fields(out)
		for _, w := range strings.Fields(c.some) {
			if !slices.Contains(got, w) {
				t.Errorf("%q: %q is not offered, but %v (status %d)", c.line, w, got, status)
			}
		}
		if strings.Contains(out, "words") && c.line == "" {
			t.Error("the hidden command is offered")
		}
	}
	if out, _ := runWords(t, "words", "--", "report", ""); out != "" {
		t.Errorf("where a file is meant the shell completes; offered was %q", out)
	}
}

// TestBashCompletes has bash itself run the script with a program of that name.
func TestBashCompletes(t *testing.T) {
	bash, err := shell.LookPath("bash")
	if err != nil {
		t.Fatal(err)
	}
	script, _ := runWords(t, "completion", "bash")
	said, _ := runWords(t, "words", "--", "design", "")
	answer := filepath.Join(t.TempDir(), "answer")
	text := "pumplab() { printf '%s\\n' \"$@\" >" + answer + "; printf '%s\\n' " + strings.Join(strings.Fields(said), " ") + "; }\n" + script +
		"COMP_WORDS=(pumplab design pr); COMP_CWORD=2; _pumplab; echo \"${COMPREPLY[*]}\"\n"
	out, err := shell.Command(bash, "-c", text).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "press" {
		t.Errorf("bash completes %q (%v)", out, err)
	}
}

func TestEveryCommandShowsAnExample(t *testing.T) {
	var walk func(words []string)
	walk = func(words []string) {
		out, status := runWords(t, append(slices.Clone(words), "--help")...)
		if status != 0 {
			t.Errorf("%v --help: status %d", words, status)
		}
		_, below, group := strings.Cut(out, "\nCommands:\n")
		if !group {
			if !strings.Contains(out, "Example") {
				t.Errorf("%v --help shows no example", words)
			}
			return
		}
		for _, line := range strings.Split(below, "\n") {
			f := strings.Fields(line)
			if strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   ") && len(f) > 1 {
				name := f[0]
				if len(words) > 0 {
					name = f[len(words)]
				}
				walk(append(slices.Clone(words), name))
			}
		}
	}
	walk(nil)
}

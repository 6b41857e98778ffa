package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The old library gives every alert that the log has, and a stricter one more.
func TestWhatIfReplaysWhatWasProgrammed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if out, status := program(t, "demo", "--out", dir, "--participants", "3", "--template", "demo"); status != 0 {
		t.Fatal(out)
	}
	whatif := func(now string) (got struct {
		Attempts, Judged, Infusions, Appears, Vanishes int
		Before, After                                  struct{ Total int }
		Logged                                         int `json:"logged_alerts"`
		Agreed                                         int `json:"logged_alerts_old_library_gives_too"`
		Changes                                        []struct {
			Change, Setup string
			N             int
		}
	},
	) {
		t.Helper()
		out := libraryOut(t, "library", "whatif", "demo", now, "--study", filepath.Join(dir, "study"), "--json")
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	same := whatif("demo")
	if same.Attempts < 100 || same.Judged != same.Attempts || same.Logged == 0 || same.Agreed != same.Logged || same.Before != same.After || len(same.Changes) > 0 {
		t.Errorf("%+v", same)
	}
	file := inFolder(t)
	rewrite(t, file, "hard: ..50, soft: 1..20", "hard: ..40, soft: 1..4.9")
	if got := whatif(file); got.Appears == 0 || got.After.Total != got.Before.Total+got.Appears || got.Changes[0].Setup != "DOPamine 400 mg/250 mL" || got.Changes[0].N != got.Appears {
		t.Errorf("%+v", got)
	}
	rewrite(t, file, "- drug: heparin\n", "- drug: heparine\n")
	if out := libraryOut(t, "library", "whatif", "demo", file, "--study", filepath.Join(dir, "study")); !strings.Contains(out, `× not judged: after: find drug "heparin" in Adult ICU`) {
		t.Error(out)
	}
	if _, status, err := runLibrary(t, "library", "whatif", "demo", file, "--study", t.TempDir()); status != 2 || !strings.Contains(err.Error(), "it has no study.db yet") {
		t.Error(status, err)
	}
}

func TestTheDiffIsWrittenAsAPage(t *testing.T) {
	file := inFolder(t)
	page := file + ".html"
	libraryOut(t, "library", "diff", "demo", file, "--html", page)
	if text, err := os.ReadFile(page); err != nil || !strings.Contains(string(text), "<td>status</td>") {
		t.Errorf("%v %s", err, text)
	}
}

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
	rewrite(t, file, "hard: ..50, soft: 1..20", "hard: ..60, soft: 1..15")
	rewrite(t, file, "use: research and teaching only, never for clinical use", "use: research and teaching only, never for clinical use <script>alert(1)</script>")
	page := file + ".html"
	libraryOut(t, "library", "diff", "demo", file, "--html", page)
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"of which 1 limit is loosened: look there first.", "Adult ICU</caption>", `<th scope="row">loosened</th><td class="word">DOPamine 400 mg/250 mL</td><td class="word">dose upper hard</td><td>50</td><td>60</td>`,
		"&lt;script&gt;alert(1)&lt;/script&gt;",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in the page", want)
		}
	}
	for _, not := range []string{"<script", "http://", "https://"} {
		if strings.Contains(string(text), not) {
			t.Errorf("%q on the page", not)
		}
	}
	libraryOut(t, "library", "diff", "demo", "demo", "--html", page)
	if text, err := os.ReadFile(page); err != nil || !strings.Contains(string(text), "Nothing changed in meaning.") {
		t.Errorf("%v %s", err, text)
	}
}

// A ward day without people: the same seed gives the same days, a stricter library more alerts, and the page says what it rests on.
func TestWhatIfOfASimulatedWardDay(t *testing.T) {
	file := inFolder(t)
	page := file + ".html"
	type result struct {
		Infusions, Attempts, Judged, Appears, Vanishes int
		Before, After                                  struct {
			Total     int
			Low, High float64
		}
		WardDay struct {
			Days        int
			Seed        uint64
			Assumptions []string
		} `json:"ward_day"`
	}
	whatif := func(now string, line ...string) (got result) {
		t.Helper()
		out := libraryOut(t, append([]string{"library", "whatif", "demo", now, "--ward-day", "--infusions", "200", "--days", "20", "--json"}, line...)...)
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	same := whatif(file)
	if same.Infusions != 4000 || same.Attempts < 8000 || same.Judged < same.Attempts*95/100 || same.Before != same.After || same.Before.Total < 50 || same.Before.Total > same.Judged/10 {
		t.Errorf("%+v", same)
	}
	if again := whatif(file); again.Before != same.Before {
		t.Errorf("the same seed gave %v and %v", same.Before, again.Before)
	}
	if other := whatif(file, "--seed", "2"); other.Before == same.Before {
		t.Error("another seed gave the same days")
	}
	rewrite(t, file, "hard: ..50, soft: 1..20", "hard: ..40, soft: 1..4")
	strict := whatif(file, "--html", page)
	if strict.Appears == 0 || strict.After.Total != strict.Before.Total+strict.Appears-strict.Vanishes || strict.Before.Total != same.Before.Total || !(strict.After.Low < strict.After.High) || len(strict.WardDay.Assumptions) < 5 {
		t.Errorf("%+v", strict)
	}
	text, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(text), "On 20 simulated ward days of 200 infusions there would be") || !strings.Contains(string(text), "every setup as likely as any other") {
		t.Errorf("the page: %v", err)
	}
	if _, status, err := runLibrary(t, "library", "whatif", "demo", file, "--ward-day", "--days", "0"); status != 2 || !strings.Contains(err.Error(), "at least one of each") {
		t.Error(status, err)
	}
}

package library_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"pumplab/pumpmodel/library"
)

func lint(t *testing.T, from, to string) []library.Finding {
	t.Helper()
	l, err := library.Read("small.yaml", edited(t, from, to))
	if err != nil {
		t.Fatal(err)
	}
	return library.Lint(l)
}

func TestASoundLibraryHasNoFindings(t *testing.T) {
	if got := lint(t, "small", "small"); len(got) > 0 {
		t.Fatal(got)
	}
}

func TestEachRuleFindsItsFault(t *testing.T) {
	const setup = "      - drug: vancomycin\n"
	// order is refused by Read and tested with a library made in code below; the rules of PCA in pca_test.go
	seen := map[string]bool{"order": true, "pca-reservoir": true, "pca-accumulated": true, "pca-windows": true}
	for _, c := range []struct{ rule, from, to, where, what string }{
		{"start-on-limit", "start: 3", "start: 20", "18:9", "the start value 20 is the upper soft limit"},
		{"high-alert-open", "hard: 0.5..50, ", "hard: 0.5.., ", "15:9", "a high-alert drug without an upper hard limit on its dose"},
		{"soft-is-hard", "hard: ..500 mL/h", "soft: ..500 mL/h, hard: ..500 mL/h", "35:9", "are both 500"},
		{"token-minimum", "hard: 0.5..50", "hard: 0.0001..50", "18:9", "the lower hard limit is 0.0001"},
		{"mixed-dose-units", setup, "      - drug: morphine\n        concentration: 100 mg/100 mL\n        dose: {unit: mcg/kg/h, soft: ..40}\n" + setup, "32:9", "morphine 100 mg/100 mL: dosed in mcg/kg/h here and in mg/h in line 24"},
		{"wide-soft-range", "hard: 0.5..50, soft: 1..20, start: 3", "soft: 0.5..501, hard: ..600", "18:9", "wider than 1000-fold"},
		{"look-alike", "drug: DOPamine", "drug: dopamine", "15:9", "its tall-man letters are DOPamine"},
		{"look-alike", setup, "      - drug: Morphine\n        rate: {soft: ..9 mL/h}\n" + setup, "30:9", "Morphine and morphine are the same name in other letters"},
		{"look-alike", setup, "      - drug: vancomicin\n        rate: {soft: ..9 mL/h}\n" + setup, "32:9", "vancomycin looks like vancomicin"},
		{"look-alike", setup, "      - drug: cefazolin\n        aliases: [Morphine]\n        rate: {soft: ..9 mL/h}\n" + setup, "30:9", "Morphine, another name of cefazolin, is a name of morphine too"},
		{"wide-soft-range", "hard: 0.5..50, soft: 1..20, start: 3", "soft: 0.5..500.000001", "18:9", "wider than 1000-fold"},
		{"custom-open", "soft: 0.5..2, hard: ..5}", "soft: 0.5..}", "24:9", "a custom concentration without an upper limit"},
		{"undeliverable", "hard: 0.5..50, ", "hard: 0.03..50, ", "18:9", "is 0.03375 mL/h at 30 kg, which the pump cannot deliver"},
		{"undeliverable", "400 mg/250 mL", "4 mg/250 mL", "18:9", "mL/h at 250 kg; at most 999 mL/h can be delivered"},
		{"undeliverable", "hard: ..500 mL/h", "hard: ..500.5 mL/h", "35:9", "500.5 cannot be set on a large-volume pump"},
		{"beyond-device", "max rate: 999 mL/h", "max rate: 480 mL/h", "35:9", "the upper hard value 500 is above the device limit of 480 mL/h"},
	} {
		seen[c.rule] = true
		hit := false
		for _, f := range lint(t, c.from, c.to) {
			hit = hit || f.Rule == c.rule && strings.Contains(f.String(), c.what) && strings.HasPrefix(f.String(), "small.yaml:"+c.where+":") && f.Reason != ""
		}
		if !hit {
			t.Errorf("%s: %q → %q found %v", c.rule, c.from, c.to, lint(t, c.from, c.to))
		}
	}
	for _, r := range library.Rules {
		if !seen[r.Name] {
			t.Errorf("no test for rule %s", r.Name)
		}
	}
}

// Issue 3: errors and findings, each with place, reason, and the rule's name. Where only rules are broken the linter's findings come too.
func TestWhatIsRefusedNamesItsRule(t *testing.T) {
	const twice = "      - drug: vancomycin\n"
	for _, c := range []struct{ rule, from, to, where string }{
		{"order", "hard: 0.5..50, soft: 1..20, start: 3", "hard: ..50, soft: 1..20, start: 21", "18:9"},
		{"custom-open", "        concentration limits: {unit: mg/mL, soft: 0.5..2, hard: ..5}\n", "", "25:9"},
		{"unlike-units", "unit: mcg/kg/min", "unit: units/kg/min", "18:9"},
		{"duplicate", twice, "      - drug: morphine\n        concentration: custom\n        concentration limits: {unit: mg/mL, soft: 1..2}\n        rate: {soft: ..9 mL/h}\n" + twice, ""},
		{"", "unit: mcg/kg/min", "unit: mcg/kg/minute", ""},
	} {
		_, problems, findings := library.Examine("small.yaml", edited(t, c.from, c.to))
		if len(problems) != 1 || problems[0].Rule != c.rule || c.where != "" && !strings.HasPrefix(problems[0].String(), "small.yaml:"+c.where+":") || len(findings) != 0 {
			t.Errorf("%s: %v %v", c.rule, problems, findings)
		}
		if c.rule != "" && library.ReasonOf(c.rule) == "" {
			t.Errorf("%s: no reason", c.rule)
		}
	}
	bad := strings.Replace(string(edited(t, "start: 3", "start: 20")), "soft: 1..180 min", "", 1)
	bad = strings.Replace(bad, "hard: ..500 mL/h", "soft: ..600 mL/h, hard: ..500 mL/h", 1)
	if l, problems, findings := library.Examine("small.yaml", []byte(bad)); l == nil || len(problems) != 1 || problems[0].Rule != "order" || len(findings) != 1 || findings[0].Rule != "start-on-limit" {
		t.Errorf("both at once: %v %v", problems, findings)
	}
}

// shared/domain/ders.md: limit checking always or once per exceed.
func TestCheckingOncePerExceedIsOnce(t *testing.T) {
	l, err := library.Read("small.yaml", edited(t, "checking: once", "checking: once per exceed"))
	if err != nil || l.Areas[0].Checking != "once" {
		t.Errorf("%v %v", l, err)
	}
}

func TestCrossedLimitsOfALibraryMadeInCodeAreFound(t *testing.T) {
	l := &library.Library{Areas: []library.Area{{Name: "A", Weight: library.LimitSet{LowerSoft: library.At(5000), UpperSoft: library.At(4000)}}}}
	if got := library.Lint(l); len(got) != 1 || got[0].Rule != "order" {
		t.Fatal(got)
	}
}

func TestThePairsOfTheTallManTableAreKnown(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(mustText(t, "tall_man.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	known := map[[2]string]bool{}
	for _, p := range library.TallManPairs() {
		known[p] = true
	}
	for _, row := range rows[1:] {
		if !known[[2]string{row[0], row[1]}] {
			t.Errorf("%s and %s are not known", row[0], row[1])
		}
	}
}

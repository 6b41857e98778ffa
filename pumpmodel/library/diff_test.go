package library_test

import (
	"strings"
	"testing"

	"pumplab/pumpmodel/library"
)

// changes is the diff from small.yaml to an edit of it, one line each.
func changes(t *testing.T, pairs ...string) string {
	t.Helper()
	text := mustText(t, "small.yaml")
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("no %q", pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	was, err := library.Read("was", []byte(mustText(t, "small.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	now, err := library.Read("now", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range library.Diff(was, now) {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, "\n")
}

func TestWhatTheDiffSaysIsWhatChangedInMeaning(t *testing.T) {
	const d = "Adult ICU, DOPamine 400 mg/250 mL, "
	for _, c := range []struct {
		want string
		edit []string
	}{
		{"", nil},
		{"", []string{"library: small\nversion: 1\n", "# moved\nversion: 1\nlibrary: small\n"}},
		{"", []string{"hard: 0.5..50, soft: 1..20", "soft: 1.0..20, hard: 0.50..50"}},
		{"changed: version: 1 → 2", []string{"version: 1\n", "version: 2\n"}},
		{"loosened: " + d + "dose upper hard: 50 → 60", []string{"0.5..50", "0.5..60"}},
		{"tightened: " + d + "dose upper hard: 50 → 40", []string{"0.5..50", "0.5..40"}},
		{"loosened: " + d + "dose lower hard: 0.5 → none", []string{"0.5..50", "..50"}},
		{"tightened: " + d + "dose lower hard: 0.5 → 0.6", []string{"0.5..50", "0.6..50"}},
		{"loosened: " + d + "dose lower soft: 1 → 0.7", []string{"1..20", "0.7..20"}},
		{"changed: " + d + "dose start: 3 → 4", []string{"start: 3", "start: 4"}},
		{"removed: " + d + "advisory: was central line preferred", []string{"        advisory: central line preferred\n", ""}},
		{"tightened: Adult ICU, vancomycin 1 g/250 mL (intermittent), rate upper soft: none → 300", []string{"{hard: ..500 mL/h}", "{hard: ..500 mL/h, soft: ..300 mL/h}"}},
		{"changed: Adult ICU, DOPamine 800 mg/250 mL, concentration: 400 mg/250 mL → 800 mg/250 mL", []string{"400 mg/250 mL", "800 mg/250 mL"}},
		{"changed: " + d + "dose unit: mcg/kg/min → mcg/kg/h\nchanged: " + d + "dose upper hard: 50 → 60", []string{"mcg/kg/min, hard: 0.5..50", "mcg/kg/h, hard: 0.5..60"}},
		{"changed: Adult ICU, max rate: 999 mL/h → 500 mL/h", []string{"999 mL/h", "500 mL/h"}},
		{"changed: Adult ICU, alarm volume: 0 % → 40 %\nchanged: Adult ICU, callback before: 0 min → 60 min", []string{"air: 100 uL", "air: 100 uL, alarm volume: 40 %, callback before: 1 h"}},
		{"loosened: Adult ICU, weight upper hard: 250 → 300", []string{"30..250 kg", "30..300 kg"}},
		{"added: Ward: 3 setups\nremoved: Adult ICU: was 3 setups", []string{"Adult ICU:", "Ward:"}},
		{"added: Adult ICU, dopexamine 400 mg/250 mL\nremoved: Adult ICU, DOPamine 400 mg/250 mL", []string{"drug: DOPamine", "drug: dopexamine"}},
	} {
		if got := changes(t, c.edit...); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.edit, got, c.want)
		}
	}
}

func TestASecondConcentrationIsAddedNotChanged(t *testing.T) {
	setup := "      - drug: DOPamine\n        concentration: 800 mg/250 mL\n        dose: {unit: mcg/kg/min, hard: ..50}\n"
	if got := changes(t, "      - drug: vancomycin\n", setup+"      - drug: vancomycin\n"); got != "added: Adult ICU, DOPamine 800 mg/250 mL" {
		t.Error(got)
	}
}

package library_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"strings"
	"testing"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

func mustHospital(t testing.TB) (*library.Library, []string) {
	t.Helper()
	data, err := os.ReadFile("../../assets/libraries/hospital.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return mustRead(t, "hospital.yaml", string(data)), strings.Split(string(data), "\n")
}

// Issue 3: one adult/paediatric library with at least 60 drugs and 4 care areas, PCA and epidural, and what it is for said in it.
func TestTheHospitalLibraryIsWhole(t *testing.T) {
	l, _ := mustHospital(t)
	drugs, deliveries, therapies, custom := map[string]bool{}, map[string]bool{}, map[string]bool{}, 0
	for _, a := range l.Areas {
		for _, s := range a.Setups {
			drugs[s.Drug], deliveries[s.Delivery], therapies[s.Therapy] = true, true, true
			if s.Custom {
				custom++
			}
		}
	}
	if len(drugs) < 60 || len(l.Areas) < 5 || !deliveries["pca"] || !therapies["epidural"] || custom == 0 {
		t.Errorf("%d drugs, %d care areas, deliveries %v, therapies %v", len(drugs), len(l.Areas), deliveries, therapies)
	}
	if l.Use != "research and teaching only, never for clinical use" || len(l.Sources) == 0 {
		t.Errorf("use %q, sources %q", l.Use, l.Sources)
	}
	for _, f := range library.Lint(l) {
		t.Error(f)
	}
}

func csvRows(t *testing.T, name string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(mustText(t, name))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// Each drug says where its values come from; what names a source agrees with the copy of it in testdata: a soft range within a factor
// of two of the usual one at both ends, the same strength.
func TestTheHospitalLibrarysSourcesSayWhatIsClaimed(t *testing.T) {
	usual := map[string][]string{}
	for _, r := range csvRows(t, "usual_dose_ranges.csv") {
		usual[r[0]] = r
	}
	said := regexp.MustCompile(`# (d [UO], c [CALO]|c O, time O|O)(;|$)`)
	l, lines := mustHospital(t)
	claims := 0
	for _, a := range l.Areas {
		for _, s := range a.Setups {
			got := said.FindStringSubmatch(lines[s.At.Line-1])
			if got == nil {
				t.Errorf("line %d: %s does not say where its values come from", s.At.Line, s.Drug)
				continue
			}
			if strings.HasPrefix(got[1], "d U") {
				claims++
				near(t, &s, usual[strings.ToLower(s.Drug)])
			}
			if source := map[byte]string{'C': "Conway", 'A': "ASHP", 'L': "litfl"}[got[1][len(got[1])-1]]; source != "" && len(got[1]) > 1 {
				claims++
				strength(t, &s, source)
			}
		}
	}
	if claims < 60 {
		t.Errorf("only %d claims were compared", claims)
	}
}

func near(t *testing.T, s *library.Setup, row []string) {
	t.Helper()
	if row == nil || row[3] != s.DoseUnit.String() {
		t.Errorf("line %d: %s in %s: the source has %q", s.At.Line, s.Drug, s.DoseUnit, row)
		return
	}
	set := s.Limits[library.Dose]
	for i, b := range []library.Bound{set.LowerSoft, set.UpperSoft} {
		if v := quantity.MustParse(row[1+i]); v > 0 && (b.Value > 2*v || 2*b.Value < v) {
			t.Errorf("line %d: %s: soft limit %s is not near the usual %s", s.At.Line, s.Drug, b.Value, v)
		}
	}
}

// strength looks for the setup's amount per mL among a source's: "1600 and 3200 mcg/mL", "1 mg/mL (mg/h)".
func strength(t *testing.T, s *library.Setup, source string) {
	t.Helper()
	var there []string
	for _, r := range csvRows(t, "standard_concentrations.csv") {
		name := strings.TrimSuffix(strings.ToLower(r[0]), " dc")
		drug := strings.ToLower(s.Drug)
		if !strings.Contains(r[3], source) || !strings.HasPrefix(drug, strings.Fields(name)[0]) {
			continue
		}
		unit := regexp.MustCompile(`[a-z]+/mL`).FindString(r[2])
		for _, n := range regexp.MustCompile(`[\d.]+`).FindAllString(r[2], -1) {
			there = append(there, n+" "+unit)
			if c, err := quantity.ParseConcentration(n + " " + unit); err == nil && same(c, s.Concentration) {
				return
			}
		}
	}
	t.Errorf("line %d: %s %s: %s has %q", s.At.Line, s.Drug, s.Concentration, source, there)
}

func same(a, b quantity.Concentration) bool {
	r, err := quantity.Ratio(a.Unit, b.Unit)
	if err != nil {
		return false
	}
	left := r.Mul(r, a.Amount.Rat())
	left.Quo(left, a.Volume.Rat())
	right := b.Amount.Rat()
	return left.Cmp(right.Quo(right, b.Volume.Rat())) == 0
}

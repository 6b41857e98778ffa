package library_test

import (
	"strings"
	"testing"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

const testsFile = `tests: small
entries:
  - area: Adult ICU
    drug: DOPamine
    weight: 80 kg
    dose in mcg/kg/min: {20: ok, 20.1: upper soft}
  - area: Ward
    drug: morphine
    therapy: PCA
    in 1 h in mg: {13: upper hard}
    pca dose in mg:
      0.4: lower soft # a comment
`

func TestATestsFileIsRead(t *testing.T) {
	tests, err := library.ReadTests("x.tests.yaml", []byte(testsFile))
	if err != nil || len(tests.Entries) != 4 || tests.Library != "small" {
		t.Fatalf("%+v %v", tests, err)
	}
	want := library.TestEntry{
		Area: "Ward", Drug: "morphine", Therapy: "PCA", Field: library.In1h, Unit: "mg", Value: quantity.MustParse("13"), Expect: "upper hard",
		At: written.Place{Line: 10, Col: 20},
	}
	if tests.Entries[2] != want {
		t.Errorf("%+v", tests.Entries[2])
	}
	if e := tests.Entries[1]; e.Weight != quantity.MustParse("80") || e.String() != "Adult ICU, DOPamine, dose 20.1 mcg/kg/min" {
		t.Errorf("%v", e)
	}
}

func TestAFaultyTestsFileIsRefusedWithPlaces(t *testing.T) {
	for from, c := range map[string]struct{ to, want string }{
		"20.1: upper soft": {"20.1: upper sfot", `x:6:40: dose in mcg/kg/min 20.1 cannot come to "upper sfot", did you mean "upper soft"?`},
		"20: ok":           {"2O: ok", `x:6:26: dose in mcg/kg/min: read number "2O"`},
		"dose in":          {"dosis in", `x:6:5: "dosis in mcg/kg/min" is no field with its unit`},
		"therapy":          {"theraphy", `an entry has no key "theraphy", did you mean "therapy"?`},
		"weight: 80 kg":    {"weight: 80", `write 80 kg`},
		"    drug: DO":     {"    therapy: DO", `x:3:5: an entry: "drug" is missing`},
		"tests: small":     {"library: small", `the tests file has no key "library"`},
	} {
		_, err := library.ReadTests("x", []byte(strings.Replace(testsFile, from, c.to, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q → %q:\n got %v\nwant %s", from, c.to, err, c.want)
		}
	}
}

func FuzzReadTests(f *testing.F) {
	f.Add(testsFile)
	f.Add("tests: x\nentries: [{area: a, drug: b, rate in mL/h: {1: ok}}]\n")
	f.Fuzz(func(t *testing.T, data string) {
		tests, err := library.ReadTests("x", []byte(data))
		if (tests == nil) == (err == nil) {
			t.Fatal(tests, err)
		}
	})
}

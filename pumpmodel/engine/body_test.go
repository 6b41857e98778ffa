package engine_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/designtest"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
)

const bedside = `library: bedside
version: 1
use: research and teaching only, never for clinical use
care areas:
  A:
    device: {max rate: 999 mL/h, max vtbi: 3000 mL, kvo: 5 mL/h, max weight: 250 kg, occlusion: 400 mmHg, air: 100 uL}
    weight: {soft: 40..150 kg, hard: 30..250 kg}
    checking: always
    setups:
      - drug: fluorouracil
        concentration: 5000 mg/100 mL
        dose: {unit: mg/m2/h, soft: ..50, hard: ..100}
        vtbi: {hard: ..500 mL}
      - drug: morphine
        concentration: custom
        concentration limits: {unit: mg/mL, soft: 0.5..2, hard: ..5}
        dose: {unit: mg/h, soft: ..10, hard: ..20}
        vtbi: {hard: ..500 mL}
`

// mustBedside is the keypad wizard with pages for what is typed at the bedside, and the library above.
func mustBedside(t *testing.T) (*design.Design, *library.Library, pumpmodel.Machine) {
	t.Helper()
	text := strings.NewReplacer(
		"concentration: {choose: concentrations, then: weight}", "concentration: {choose: concentrations, then: amount}\n  amount: {enter: amount, then: diluent}\n  diluent: {enter: diluent, then: weight}",
		"weight: {enter: weight, then: dose}", "weight: {enter: weight, then: height}\n  height: {enter: [height, surface], then: dose}",
	).Replace(mustSource(t, "keypad-wizard"))
	d, err := design.Load(fstest.MapFS{"bedside/design.yaml": {Data: []byte(text)}}, "bedside")
	if err != nil {
		t.Fatal(err)
	}
	lib, err := library.Read("bedside.yaml", []byte(bedside))
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.New(d, lib)
	if err != nil {
		t.Fatal(err)
	}
	return d, lib, m
}

func digits(s string) []string { return append(strings.Split(s, ""), "enter") }

// 70 kg and 175 cm are 1.84 m² (Mosteller: sqrt(70 × 175 / 3600) = 1.8446); 50 mg/m²/h at 50 mg/mL is 1.84 mL/h, given as 1.8.
func TestADoseBySurfaceFromHeightAndWeight(t *testing.T) {
	_, _, m := mustBedside(t)
	s, _ := press(m, m.Start(), "enter", "enter", "enter")
	s, _ = press(m, s, digits("70")...)
	s, _ = press(m, s, digits("175")...)
	s, _ = press(m, s, digits("50")...)
	s, _ = press(m, s, digits("100")...)
	d := m.Show(s)
	if text(t, d, "surface") != "1.84" || text(t, d, "rate") != "1.8" {
		t.Fatalf("\n%s", d)
	}
	s, out := does(t, m, s, "start")
	if !has(out, pumpmodel.InfusionStarted) {
		t.Fatalf("\n%s", m.Show(s))
	}
	for _, o := range out {
		if o.Programme != nil && (o.Programme.Surface != "1.84" || o.Programme.Weight != "70") {
			t.Errorf("%+v", o.Programme)
		}
	}
}

func TestASurfaceCanBeEnteredItself(t *testing.T) {
	_, _, m := mustBedside(t)
	s, _ := press(m, m.Start(), "enter", "enter", "enter")
	s, _ = press(m, s, digits("70")...)
	s, _ = press(m, s, "F2")
	s, _ = press(m, s, digits("2")...)
	s, _ = press(m, s, digits("50")...)
	s, _ = press(m, s, digits("100")...)
	if d := m.Show(s); text(t, d, "surface") != "2" || text(t, d, "rate") != "2" {
		t.Fatalf("\n%s", d)
	}
}

// A concentration typed at the bedside is held against its limits: 50 mg in 100 mL is at the lower soft limit, 40 mg below it, 501 mg
// above the hard one; at 0.5 mg/mL 5 mg/h is 10 mL/h.
func TestACustomConcentrationWithinItsLimits(t *testing.T) {
	_, _, m := mustBedside(t)
	for amount, want := range map[string]string{"50": "", "40": "soft", "200": "", "300": "soft", "501": "hard"} {
		s, _ := press(m, m.Start(), "enter", "enter", "dn", "enter")
		s, _ = press(m, s, digits(amount)...)
		s, out := press(m, s, digits("100")...)
		got := ""
		if a := m.Show(s).Alert; a != nil {
			got = a.Kind
		}
		if got != want || (want == "") != has(out, pumpmodel.FieldConfirmed) {
			t.Errorf("%s mg/100 mL: %q, want %q\n%s", amount, got, want, m.Show(s))
		}
	}
	s, _ := press(m, m.Start(), "enter", "enter", "dn", "enter")
	s, _ = press(m, s, append(digits("50"), digits("100")...)...)
	s, _ = press(m, s, append(digits("5"), digits("100")...)...)
	if d := m.Show(s); text(t, d, "rate") != "10" || text(t, d, "concentration") != "50 mg/100 mL" {
		t.Errorf("\n%s", d)
	}
}

func TestADesignThatAsksForMoreKeepsTheLaws(t *testing.T) {
	d, lib, m := mustBedside(t)
	started := 0
	designtest.Laws(t, m, designtest.Options{Seed: 5, Walks: 60, Length: 500, Limits: func(p pumpmodel.Programme) []pumpmodel.Output {
		started++
		return engine.Passed(lib, d.Pump, p)
	}})
	if started < 10 {
		t.Errorf("only %d infusions were started", started)
	}
}

func TestADesignThatDoesNotAskGivesNeither(t *testing.T) {
	lib, err := library.Read("bedside.yaml", []byte(bedside))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.New(mustDesign(t, "keypad-wizard"), lib); err == nil {
		t.Error("a design without the fields gives a dose by m² or a custom concentration")
	}
}

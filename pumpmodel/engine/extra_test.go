package engine_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
)

// mustWard is a design on the hospital library, which has boluses, loading doses and delays.
func mustWard(t *testing.T, name string) (pumpmodel.Machine, *design.Design, *library.Library) {
	t.Helper()
	data, err := os.ReadFile("../../assets/libraries/hospital.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lib, err := library.Read("hospital.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	d := mustDesign(t, name)
	m, err := engine.New(d, lib)
	if err != nil {
		t.Fatal(err)
	}
	return m, d, lib
}

// morphine is keypad-wizard giving 2 mg/h of morphine, 100 mg/100 mL, 50 mL: 2 mL/h. Its bolus has a soft limit of 5 mg, a hard one of
// 10 mg, and is given at 2 mg/min at most: 120 mL/h.
func morphine(t *testing.T) (pumpmodel.Machine, pumpmodel.State) {
	t.Helper()
	m, _, _ := mustWard(t, "keypad-wizard")
	s, out := press(m, m.Start(), strings.Fields("enter enter 6 6 6 6 6 enter 2 enter 5 0 enter start")...)
	if !has(out, pumpmodel.InfusionStarted) {
		t.Fatalf("it does not run:\n%s", m.Show(s))
	}
	return m, s
}

func keysOf(text string) []string { return strings.Fields(text) }

func value(d pumpmodel.Display, role string) string {
	for _, l := range d.Lines {
		if l.Role == role {
			return l.Text
		}
	}
	return ""
}

func find(out []pumpmodel.Output, kind pumpmodel.OutputKind) pumpmodel.Output {
	for _, o := range out {
		if o.Kind == kind {
			return o
		}
	}
	return pumpmodel.Output{}
}

// 4 mg at 1 mg/min is 4 mL at 60 mL/h for 4 min, on top of 2 mL/h.
func TestGIP_1_4_4_ABolusIsGivenOnTopOfTheMaintenanceRateWhichThenGoesOn(t *testing.T) {
	m, s := morphine(t)
	s, out := press(m, s, keysOf("F1 4 enter 1 enter start")...)
	o := find(out, pumpmodel.DoseStarted)
	if o.Field != "bolus" || o.Programme == nil || o.Programme.Bolus != "4" || o.Programme.BolusUnit != "mg" || o.Programme.BolusVolume != "4" || o.Programme.BolusRate != "60" {
		t.Fatalf("%+v\n%s", o, m.Show(s))
	}
	s, out = pumpmodel.Advance(m, s, time.Minute)
	d := m.Show(s)
	if got := value(d, "value"); got != "BOLUS 1 of 4 mL given, 3 mL left at 60 mL/h, 3 min" || d.Status != "INFUSING · BOLUS" || len(out) > 0 {
		t.Errorf("%q, %q, %v", got, d.Status, out)
	}
	s, out = pumpmodel.Advance(m, s, 3*time.Minute)
	if o := find(out, pumpmodel.DoseComplete); o.Text != "4" || o.At != 3*time.Minute {
		t.Errorf("%+v", o)
	}
	if d := m.Show(s); d.Status != "INFUSING" || value(d, "value") != "" || text(t, d, "rate") != "2" {
		t.Errorf("\n%s", d)
	}
	_, out = does(t, m, s, "pause", "stop", "confirm")
	if o := find(out, pumpmodel.InfusionStopped); o.Text != "4.133333" { // 4 mL and 4 min of 2 mL/h
		t.Errorf("given in all: %s", o.Text)
	}
}

func TestABolusOverATimeHasTheRateThatFollows(t *testing.T) {
	m, s := morphine(t)
	s, _ = press(m, s, keysOf("F1 4 enter F2 1 0 enter")...) // over 10 min: 24 mL/h, 0.4 mg/min
	d := m.Show(s)
	if text(t, d, "bolus-rate") != "0.4" || !strings.Contains(d.String(), "the bolus is 4 mL at 24 mL/h, 10 min; then 2 mL/h") {
		t.Errorf("\n%s", d)
	}
}

func TestTheLimitsOfABolusAreAskedAndHeld(t *testing.T) {
	m, s := morphine(t)
	_, out := press(m, s, keysOf("F1 1 1 enter")...)
	if o := find(out, pumpmodel.AlertRaised); o.Field != "bolus" || o.Limit.Kind != "upperHard" || o.Limit.Value != "10" || o.Limit.Unit != "mg" {
		t.Errorf("%+v", o)
	}
	_, out = press(m, s, keysOf("F1 4 enter 2 . 5 enter")...)
	if o := find(out, pumpmodel.AlertRaised); o.Field != "bolus-rate" || o.Limit.Kind != "upperHard" || o.Limit.Unit != "mg/min" {
		t.Errorf("%+v", o)
	}
	_, out = press(m, s, keysOf("F1 4 enter F2 1 enter")...) // 4 mg in a minute is 4 mg/min
	if o := find(out, pumpmodel.AlertRaised); o.Field != "bolus-rate" || o.Limit.Kind != "upperHard" || o.Limit.Entered != "4" {
		t.Errorf("%+v", o)
	}
	s, out = press(m, s, keysOf("F1 7 enter F3 2 enter start")...)
	if o := find(out, pumpmodel.AlertAnswered); o.Choice != "override" || o.Limit.Kind != "upperSoft" {
		t.Errorf("%+v", o)
	}
	if o := find(out, pumpmodel.DoseStarted); o.Programme == nil || !o.Programme.Beyond {
		t.Errorf("%+v", o)
	}
	if d := m.Show(s); !slices.Contains(d.Marks, "BEYOND SOFT LIMIT") {
		t.Errorf("the mark does not stay:\n%s", d)
	}
	s, _ = pumpmodel.Advance(m, s, 4*time.Minute)
	if d := m.Show(s); len(d.Marks) > 0 {
		t.Errorf("the mark outlasts the bolus:\n%s", d)
	}
}

func TestGIP_3_1_3_ABolusIsStoppedByAKeyByAnAlarmAndByThePower(t *testing.T) {
	m, s := morphine(t)
	s, _ = press(m, s, keysOf("F1 4 enter 1 enter start")...)
	s, _ = pumpmodel.Advance(m, s, time.Minute)
	_, byKey := does(t, m, s, "stop-dose")
	_, byAlarm := fault(m, s, pumpmodel.Fault, "occlusion")
	_, byPower := fault(m, s, pumpmodel.Fault, "power")
	for name, out := range map[string][]pumpmodel.Output{"key": byKey, "alarm": byAlarm, "power": byPower} {
		if o := find(out, pumpmodel.DoseStopped); o.After != "1" || o.Before != "4" || o.Why == "" {
			t.Errorf("%s: %+v", name, o)
		}
	}
	held, _ := does(t, m, s, "pause")
	later, out := pumpmodel.Advance(m, held, 90*time.Second)
	if len(out) > 0 || !strings.HasSuffix(value(m.Show(later), "value"), "paused") {
		t.Errorf("a pause does not hold the bolus: %v\n%s", out, m.Show(later))
	}
	later, _ = does(t, m, later, "start")
	if _, out = pumpmodel.Advance(m, later, 3*time.Minute); find(out, pumpmodel.DoseComplete).At != 3*time.Minute {
		t.Errorf("it does not go on: %v", out)
	}
}

func TestANewRateWhileABolusIsGivenLeavesItsVolume(t *testing.T) {
	m, s := morphine(t)
	s, _ = press(m, s, keysOf("F1 4 enter 1 enter start")...)
	s, _ = pumpmodel.Advance(m, s, time.Minute)
	s, out := press(m, s, keysOf("F2 enter 4 enter dn dn enter start")...)
	if !has(out, pumpmodel.InfusionChanged) {
		t.Fatalf("\n%s", m.Show(s))
	}
	if _, out = pumpmodel.Advance(m, s, 3*time.Minute); find(out, pumpmodel.DoseComplete).Text != "4" {
		t.Errorf("%v", out)
	}
}

// 50 mcg/kg of milrinone 20 mg/100 mL at 80 kg is 20 mL; over 10 min it is 120 mL/h, before 0.3 mcg/kg/min, which is 7.2 mL/h.
func TestALoadingDoseGoesFirstAndTheMaintenanceFollowsByItself(t *testing.T) {
	m, _, _ := mustWard(t, "keypad-wizard")
	ready := keysOf("enter enter 6 6 6 6 enter 8 0 enter 0 . 3 enter 5 0 enter F2 5 0 enter F2 1 0 enter")
	s, _ := press(m, m.Start(), ready...)
	if d := m.Show(s); d.Kind != "review" || text(t, d, "loading") != "50" {
		t.Fatalf("\n%s", d)
	}
	s, out := does(t, m, s, "start")
	if o := find(out, pumpmodel.InfusionStarted); !o.Programme.Loading || o.Programme.BolusVolume != "20" || o.Programme.BolusRate != "120" {
		t.Errorf("%+v", o.Programme)
	}
	if d := m.Show(s); d.Status != "LOADING DOSE" || !has(out, pumpmodel.DoseStarted) || text(t, d, "remaining") != "50" {
		t.Errorf("\n%s", d)
	}
	s, out = pumpmodel.Advance(m, s, 10*time.Minute)
	if d := m.Show(s); !has(out, pumpmodel.DoseComplete) || d.Status != "INFUSING" || text(t, d, "remaining") != "50" {
		t.Errorf("%v\n%s", out, d)
	}
}

func TestADelayedStartBeginsByItselfUnlessAnAlarmKeepsIt(t *testing.T) {
	m, _, _ := mustWard(t, "keypad-wizard")
	s, _ := press(m, m.Start(), keysOf("enter enter 6 6 6 6 6 enter 2 enter 5 0 enter F3 3 0 enter")...)
	s, out := does(t, m, s, "start")
	if o := find(out, pumpmodel.InfusionStarted); o.Programme.Delay != "30" || find(out, pumpmodel.HoldBegan).After != "30" {
		t.Fatalf("%v", out)
	}
	called, out := pumpmodel.Advance(m, s, 25*time.Minute) // the library calls 5 min before
	if !alarm(out, "call back") || m.Show(called).Status != "DELAYED START · 5 min left" || lit(m.Show(called), "run") {
		t.Errorf("%v\n%s", out, m.Show(called))
	}
	begun, out := pumpmodel.Advance(m, called, 5*time.Minute)
	if m.Show(begun).Status != "INFUSING" || find(out, pumpmodel.HoldEnded).Why != "" {
		t.Errorf("%v\n%s", out, m.Show(begun))
	}
	now, out := does(t, m, s, "start")
	if m.Show(now).Status != "INFUSING" || find(out, pumpmodel.HoldEnded).Why != "started" {
		t.Errorf("it cannot be started at once: %v", out)
	}
	open, _ := fault(m, s, pumpmodel.Fault, "door")
	open, _ = pumpmodel.Advance(m, open, 30*time.Minute)
	if m.Show(open).Status != "STOPPED BY ALARM" {
		t.Errorf("with the door open:\n%s", m.Show(open))
	}
	_, out = press(m, m.Start(), keysOf("enter enter 6 6 6 6 6 enter 2 enter 5 0 enter F3 7 2 1 enter")...)
	if o := find(out, pumpmodel.AlertRaised); o.Field != "delay" || o.Limit.Kind != "upperHard" || o.Limit.Value != "720" {
		t.Errorf("12 h 1 min: %+v", o)
	}
}

func TestStandbyHoldsAPausedInfusionAndNeverStartsIt(t *testing.T) {
	m, s := morphine(t)
	s, _ = does(t, m, s, "pause")
	long, out := pumpmodel.Advance(m, s, 2*time.Minute)
	if !alarm(out, "long pause") {
		t.Fatal("no alarm of a long pause")
	}
	s, out = press(m, long, keysOf("F1 6 0 enter start")...)
	if m.Show(s).Status != "STANDBY · 60 min left" || !has(out, pumpmodel.AlarmCleared) {
		t.Fatalf("%v\n%s", out, m.Show(s))
	}
	s, out = pumpmodel.Advance(m, s, time.Hour)
	if d := m.Show(s); d.Status != "PAUSED" || !alarm(out, "standby over") {
		t.Errorf("%v\n%s", out, d)
	}
}

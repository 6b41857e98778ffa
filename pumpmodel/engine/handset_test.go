package engine_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/engine"
)

// What a pump for patient-controlled analgesia promises, on the design pca-handset and the hospital library. The programme is the one
// of laws_test.go: morphine 1 mg/mL, 1 mg a demand, 8 min lockout, 0.5 mg/h besides, 2 mg at the start, at most 8 mg in 1 h and 24 mg
// in 4 h.

func mustPCA(t *testing.T, text string) (pumpmodel.Machine, pumpmodel.State) {
	t.Helper()
	m := mustMachine(t, "pca-handset")
	s, taken := mustOrder(t, m, m.Start(), text)
	if !taken {
		t.Fatalf("%s is not taken", text)
	}
	if m.Show(s).Alert != nil {
		s, _ = does(t, m, s, "acknowledge")
	}
	s, out := does(t, m, s, "start")
	if !has(out, pumpmodel.InfusionStarted) {
		t.Fatalf("%s is not started:\n%s", text, m.Show(s))
	}
	return m, s
}

// ask presses the patient's button; it tells whether a dose was given, or why not.
func ask(t *testing.T, m pumpmodel.Machine, s pumpmodel.State) (next pumpmodel.State, given bool, why string) {
	t.Helper()
	s, out := press(m, s, "demand")
	i := slices.IndexFunc(out, func(o pumpmodel.Output) bool { return o.Kind == pumpmodel.Demanded })
	if i < 0 {
		t.Fatalf("the button was not answered: %+v", out)
	}
	return s, out[i].Choice == "given", out[i].Why
}

func later(m pumpmodel.Machine, s pumpmodel.State, d time.Duration) pumpmodel.State {
	s, _ = pumpmodel.Advance(m, s, d)
	return s
}

func TestPCA_R5_2_0_3_ADemandWithinTheLockoutIsRefusedAndCounted(t *testing.T) {
	m, s := mustPCA(t, strings.Replace(onDemand, "pca loading: 2 mg; ", "", 1))
	s, given, _ := ask(t, m, s)
	if !given || m.Show(s).Status != "INFUSING · DOSE" {
		t.Fatalf("the first demand is not met:\n%s", m.Show(s))
	}
	early, given, why := ask(t, m, later(m, s, 8*time.Minute-time.Second))
	if given || why != "lockout" || text(t, m.Show(early), "demands") != "2, 1 given" {
		t.Errorf("a second before the end of the lockout: %q\n%s", why, m.Show(early))
	}
	onTime, given, why := ask(t, m, later(m, s, 8*time.Minute))
	if !given || text(t, m.Show(onTime), "next") != "in 8 min" {
		t.Errorf("at its end: %q\n%s", why, m.Show(onTime))
	}
}

// The dose flows at the pump's own rate on top of the continuous one, and is given to the last hundredth of a mL.
func TestADemandGivesItsDoseOnTopOfTheContinuousRate(t *testing.T) {
	m, s := mustPCA(t, strings.Replace(onDemand, "pca loading: 2 mg; ", "", 1))
	s, _, _ = ask(t, m, s)
	s = later(m, s, time.Hour)
	s, _ = press(m, s, "history")
	// 1 mL on demand and 0.5 mL/h for an hour
	if f, _ := m.Show(s).FieldNamed("total"); f.Text != "1.5" || f.Unit != "mg, 1.5 mL" {
		t.Errorf("given %s %s", f.Text, f.Unit)
	}
}

// What would be more than the most in a time is not given, the patient's continuous rate falls to KVO with an alarm, and both end when
// a dose could be given again.
func TestPCA_R5_2_0_5_TheMostInATimeIsNotPassed(t *testing.T) {
	m, s := mustPCA(t, strings.Replace(onDemand, "in 1 h: 8 mg", "in 1 h: 4 mg", 1))
	for range 2 {
		s, _, _ = ask(t, m, later(m, s, 8*time.Minute))
	}
	s, met, why := ask(t, m, later(m, s, 8*time.Minute))
	d := m.Show(s)
	if met || why != "the most in a time is met" || d.Status != "KVO · MOST GIVEN" || d.Alert == nil || d.Alert.Title != "MOST IN A TIME GIVEN" || !sounds(d) {
		t.Fatalf("a fifth mg in an hour: %q\n%s", why, d)
	}
	s = later(m, s, time.Hour)
	if d := m.Show(s); d.Status != "INFUSING" {
		t.Errorf("an hour later:\n%s", d)
	}
	if _, met, why := ask(t, m, s); !met {
		t.Errorf("an hour later a demand is refused: %s", why)
	}
}

func TestGIP_1_4_11_And_3_1_3_NoDoseInAnAlarmAndAnAlarmEndsOne(t *testing.T) {
	m, s := mustPCA(t, onDemand)
	if m.Show(s).Status != "INFUSING · DOSE" {
		t.Fatalf("no loading dose:\n%s", m.Show(s))
	}
	s, _ = fault(m, s, pumpmodel.Fault, "occlusion")
	if _, given, why := ask(t, m, later(m, s, time.Hour)); given {
		t.Errorf("given in an alarm: %s", why)
	}
	s, _ = fault(m, s, pumpmodel.Repair, "occlusion")
	s, _ = does(t, m, s, "start")
	if d := m.Show(s); d.Status != "INFUSING" {
		t.Errorf("the dose goes on after the alarm:\n%s", d)
	}
}

// The patient's button does nothing to what a nurse is entering, and is met while they are.
func TestTheButtonLeavesWhatIsBeingEnteredAlone(t *testing.T) {
	m, s := mustPCA(t, strings.Replace(onDemand, "pca loading: 2 mg; ", "", 1))
	s, _ = does(t, m, s, "change")
	s, _ = press(m, s, "enter", "2")
	before := m.Show(s)
	s, given, _ := ask(t, m, s)
	after := m.Show(s)
	f, _ := after.ActiveField()
	g, _ := before.ActiveField()
	if !given || f != g || after.Screen != before.Screen {
		t.Errorf("given: %v\n%s", given, after)
	}
	if x, out := press(m, m.Start(), "demand"); out[0].Answer != pumpmodel.Ignored || x != m.Start() {
		t.Error("the button does something while nothing is programmed")
	}
}

func TestGIP_1_5_5_And_1_5_6_TheReservoirIsWatched(t *testing.T) {
	m, s := mustPCA(t, "area: General ward; drug: BUPivacaine with fentaNYL; pca dose: 5 mL; lockout: 20 min; continuous: 12 mL/h; in 1 h: 25 mL; in 4 h: 60 mL")
	s, out := pumpmodel.Advance(m, s, 20*time.Hour+24*time.Minute) // 250 mL at 12 mL/h: 5 mL are left after 20 h 25 min
	if alarm(out, "low reservoir") {
		t.Errorf("too early: %+v", out)
	}
	s, out = pumpmodel.Advance(m, s, 2*time.Minute)
	if !alarm(out, "low reservoir") || text(t, m.Show(s), "remaining") != "4.8" {
		t.Errorf("not told: %+v\n%s", out, m.Show(s))
	}
	s, out = pumpmodel.Advance(m, s, time.Hour)
	if d := m.Show(s); !alarm(out, "empty") || d.Status != "STOPPED BY ALARM" || d.Does("start") != "" {
		t.Errorf("empty: %+v\n%s", out, d)
	}
	s, _ = fault(m, s, pumpmodel.Repair, "empty")
	s, _ = does(t, m, s, "silence", "start")
	if d := m.Show(s); d.Status != "INFUSING" || text(t, d, "remaining") != "250" {
		t.Errorf("with a new container:\n%s", d)
	}
}

func TestPCA_R6_6_0_4_ThePrescriptionIsKeptFor96HoursWithoutPower(t *testing.T) {
	m, s := mustPCA(t, onDemand)
	off, _ := fault(m, later(m, s, time.Hour), pumpmodel.Fault, "power")
	for _, c := range []struct {
		after time.Duration
		kept  bool
	}{{96 * time.Hour, true}, {96*time.Hour + time.Second, false}} {
		x, _ := fault(m, later(m, off, c.after), pumpmodel.Repair, "power")
		x = later(m, x, time.Minute)
		if kept := m.Show(x).Kind == "running"; kept != c.kept {
			t.Errorf("after %v:\n%s", c.after, m.Show(x))
		}
	}
}

// A continuous rate and a loading dose may be left out; what is left out is not given, and the review says 0.
func TestWhatIsLeftEmptyIsNotGiven(t *testing.T) {
	m := mustMachine(t, "pca-handset")
	s, _ := keyed(m, m.Start(), "enter enter 6 enter enter 1 enter 8 enter enter enter 8 enter 2 4 enter")
	d := m.Show(s)
	if d.Kind != "review" || text(t, d, "continuous") != "0" || text(t, d, "pca-loading") != "0" {
		t.Fatalf("the review:\n%s", d)
	}
	s, out := does(t, m, s, "start")
	if i := slices.IndexFunc(out, func(o pumpmodel.Output) bool { return o.Kind == pumpmodel.InfusionStarted }); i < 0 || out[i].Programme.PCA != (pumpmodel.Analgesia{
		Unit: "mg", Dose: "1", Volume: "1", Lockout: "8", Continuous: "0", Loading: "0", LoadingVolume: "0", In1h: "8", In4h: "24",
	}) {
		t.Errorf("started: %+v", out)
	}
	s = later(m, s, 10*time.Hour)
	if d := m.Show(s); d.Status != "INFUSING" || text(t, d, "remaining") != "60" || d.Does("pause") == "" {
		t.Errorf("ten hours without a demand:\n%s", d)
	}
	if s, given, _ := ask(t, m, s); !given || text(t, m.Show(later(m, s, time.Minute)), "remaining") != "59" {
		t.Errorf("then a demand:\n%s", m.Show(s))
	}
}

func TestNumbersOfAnalgesiaThatDoNotGoTogetherAreRefused(t *testing.T) {
	m := mustMachine(t, "pca-handset")
	for order, want := range map[string]string{
		strings.Replace(onDemand, "in 1 h: 8 mg", "in 1 h: 1.4 mg", 1):    "the continuous rate and one demand are more than 1.4 mg in 1 h",
		strings.Replace(onDemand, "in 1 h: 8 mg", "in 1 h: 2.2 mg", 1):    "the continuous rate and the loading dose are more than 2.2 mg in 1 h",
		strings.Replace(onDemand, "pca dose: 1 mg", "pca dose: 19 mg", 1): "more than",
		strings.Replace(onDemand, "1 mg;", "0.01 mg;", 1):                 "it would be 0.01 mL; the pump gives 0.1 to 9999",
	} {
		s, out := m.Step(m.Start(), pumpmodel.Event{Kind: pumpmodel.Ordered, Text: order})
		if s != m.Start() || !strings.Contains(out[0].Why, want) {
			t.Errorf("%s: %q", order, out[0].Why)
		}
	}
}

// The library's limits hold on every number of the programme: a soft one is overridden, a hard one is entered anew.
func TestLimitsOfAnalgesia(t *testing.T) {
	const upTo = "enter enter 6 enter enter "
	m := mustMachine(t, "pca-handset")
	for _, c := range []struct{ keys, field, kind string }{
		{"3 enter", "pca-dose", "upperSoft"},
		{"6 enter", "pca-dose", "upperHard"},
		{"1 enter 5 enter", "lockout", "lowerSoft"},
		{"1 enter 4 enter", "lockout", "lowerHard"},
		{"1 enter 8 enter 1 . 5 enter", "continuous", "upperSoft"},
		{"1 enter 8 enter enter 9 enter", "pca-loading", "upperHard"},
		{"1 enter 8 enter enter enter 1 2 enter", "in-1h", "upperSoft"},
		{"1 enter 8 enter enter enter 8 enter 4 6 enter", "in-4h", "upperHard"},
	} {
		s, out := keyed(m, m.Start(), upTo+c.keys)
		i := slices.IndexFunc(out, func(o pumpmodel.Output) bool {
			return o.Kind == pumpmodel.AlertRaised && o.Field == c.field && o.Limit.Kind == c.kind
		})
		if i < 0 || m.Show(s).Alert == nil {
			t.Errorf("%s: no %s of %s:\n%s", c.keys, c.kind, c.field, m.Show(s))
		}
	}
}

func TestAFileForAnalgesiaSaysWhatItNeeds(t *testing.T) {
	good := mustSource(t, "pca-handset")
	for _, c := range []struct{ name, old, new, want string }{
		{"no button", ", demand: demand}", "}", "no control is bound to demand"},
		{"no history", "history: history, ", "", "no control is bound to history"},
		{"another pump", "pump: pca", "pump: syringe", "demand is for pump: pca"},
		{"its fields", "pump: pca", "pump: syringe", "screen dose asks for pca-dose, which is for pump: pca"},
		{"other fields", "enter: lockout,", "enter: rate,", "but pump: pca has pca-dose, lockout"},
		{"a field less", "hours: {enter: in-4h,", "hours: {enter: in-1h,", "must ask for the concentration, weight, pca-dose, lockout and in-4h"},
		{"channels", "pump: pca", "pump: pca\nchannels: [A, B]", "a pump for patient-controlled analgesia has one channel"},
	} {
		t.Run(c.name, func(t *testing.T) { refused(t, good, c.old, c.new, c.want) })
	}
}

// Exhaustively, over values below, at, between and above each limit: no demand dose runs beyond
// a hard limit, nor beyond a soft one that nobody overrode.
func TestAnalgesiaIsProvedToKeepItsLimits(t *testing.T) {
	d := mustDesign(t, "pca-handset")
	if len(engine.ScenariosOf(d)) < 8 {
		t.Fatal(engine.ScenariosOf(d))
	}
	for _, about := range []string{"demand dose"} {
		p, err := engine.Prove(d, about, false, 0)
		if err != nil || p.Broken != "" || !p.Complete || p.Started < 20 {
			t.Errorf("%v %v", p, err)
		}
	}
}

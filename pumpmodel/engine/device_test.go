package engine_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/engine"
)

// What a pump with two channels and secondary infusions promises, on the design two-channel and the demo library.

const (
	dopamineKeys = "3 3 3 3 enter enter 8 2 enter 5 enter 2 5 0 enter start" // from the list of drugs: 5 mcg/kg/min at 82 kg
	salineKeys   = "dn enter 1 0 0 enter 5 0 0 enter start"                  // General ward: 0.9 % sodium chloride, 100 mL/h
	cefazolin    = "secondary enter 2 0 0 enter 1 0 0 enter start"           // General ward: 100 mL in half an hour
)

func keyed(m pumpmodel.Machine, s pumpmodel.State, keys string) (pumpmodel.State, []pumpmodel.Output) {
	return press(m, s, strings.Fields(keys)...)
}

// mustPrimary is a primary infusion of 100 mL/h on channel A.
func mustPrimary(t *testing.T) (pumpmodel.Machine, pumpmodel.State) {
	t.Helper()
	m := mustMachine(t, "two-channel")
	s, out := keyed(m, m.Start(), "enter dn enter "+salineKeys)
	if !has(out, pumpmodel.InfusionStarted) {
		t.Fatalf("not started:\n%s", m.Show(s))
	}
	return m, s
}

func channel(t *testing.T, d pumpmodel.Display, name string) pumpmodel.Channel {
	t.Helper()
	i := slices.IndexFunc(d.Channels, func(c pumpmodel.Channel) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("no channel %s in\n%s", name, d)
	}
	return d.Channels[i]
}

// The alert comes as soon as the drug is chosen, names the other channel, and is asked once; another drug is chosen, or it is
// overridden and the drug is given twice.
func TestGIP_2_2_7_2_TheSameDrugOnTwoChannelsIsAnAlertThatCanBeOverridden(t *testing.T) {
	m := mustMachine(t, "two-channel")
	s, _ := keyed(m, m.Start(), "enter enter "+dopamineKeys)
	s, out := keyed(m, s, "B enter 3 3 3 3 enter enter")
	d := m.Show(s)
	if !has(out, pumpmodel.AlertRaised) || d.Alert == nil || !strings.Contains(d.Alert.Text[0], "channel A") || len(d.Tones) == 0 {
		t.Fatalf("no alert:\n%s", d)
	}
	other, _ := does(t, m, s, "reprogram")
	if d := m.Show(other); d.Kind != "choose" || d.Alert != nil {
		t.Errorf("another drug cannot be chosen:\n%s", d)
	}
	s, _ = does(t, m, s, "override")
	s, out = keyed(m, s, "3 enter 2 5 0 enter start")
	if d := m.Show(s); !has(out, pumpmodel.InfusionStarted) || channel(t, d, "A").Status != "INFUSING" || channel(t, d, "B").Status != "INFUSING" {
		t.Errorf("not started once it was overridden:\n%s", d)
	}
}

// Left alone for too long, the alert goes with the programme it is about: nothing is chosen any more, and programming begins anew. Found
// by the proof about two channels.
func TestTheSameDrugLeftUnansweredIsGivenUp(t *testing.T) {
	m := mustMachine(t, "two-channel")
	s, _ := keyed(m, m.Start(), "enter enter "+dopamineKeys)
	s, _ = keyed(m, s, "B enter 3 3 3 3 enter enter")
	if d := m.Show(s); d.Alert == nil || d.Alert.Title != "SAME DRUG TWICE" {
		t.Fatalf("no alert:\n%s", d)
	}
	s, _ = pumpmodel.Advance(m, s, 11*time.Minute)
	if d := m.Show(s); d.Channel != "B" || d.Screen != "patient" || d.Alert != nil {
		t.Errorf("\n%s", d)
	}
	s, _ = keyed(m, s, "dn enter enter enter") // the same patient, the area, a drug
	if d := m.Show(s); d.Channel != "B" || !slices.ContainsFunc(d.Fields, func(f pumpmodel.Field) bool { return f.Name == "rate" }) {
		t.Errorf("programming does not begin anew:\n%s", d)
	}
}

// A drug that was chosen on B before A gave it is found when B is shown again.
func TestTheSameDrugIsFoundThoughItWasChosenFirst(t *testing.T) {
	m := mustMachine(t, "two-channel")
	s, _ := keyed(m, m.Start(), "enter enter 3 3 3 3 enter enter 8 2 enter 5 enter 2 5 0 enter B enter 3 3 3 3 enter enter 3 enter 2 5 0 enter")
	s, out := keyed(m, s, "A start")
	if !has(out, pumpmodel.InfusionStarted) {
		t.Fatalf("A did not start:\n%s", m.Show(s))
	}
	s, _ = press(m, s, "B")
	if d := m.Show(s); d.Alert == nil || d.Alert.Title != "SAME DRUG TWICE" {
		t.Errorf("no alert:\n%s", d)
	}
	if _, out := press(m, s, "start"); has(out, pumpmodel.InfusionStarted) {
		t.Error("B starts it without an answer")
	}
}

func TestAlarmsOfEitherChannelAreSeenAndHeardWhicheverIsShown(t *testing.T) {
	m, s := mustPrimary(t)
	for _, shown := range []string{"", "B", "secondary"} {
		x := s
		if shown != "" {
			x, _ = press(m, x, shown)
		}
		x, out := fault(m, x, pumpmodel.Fault, "air")
		d := m.Show(x)
		if !alarm(out, "air") || !sounds(d) || !lit(d, "alarm") || d.Alert == nil || d.Alert.Title != "A: AIR IN LINE" || channel(t, d, "A").Alarm != "medium" {
			t.Errorf("%q is shown:\n%s", shown, d)
		}
		if x, _ = does(t, m, x, "silence"); sounds(m.Show(x)) {
			t.Errorf("%q is shown: not silenced:\n%s", shown, m.Show(x))
		}
	}
}

// What is wrong with the line of one channel leaves the other alone; what is wrong with the pump concerns both, and is said once.
func TestAFaultIsOfOneChannelOrOfThePump(t *testing.T) {
	m, s := mustPrimary(t)
	s, _ = keyed(m, s, "B enter dn dn enter 5 0 enter 5 0 enter start")
	x, _ := fault(m, s, pumpmodel.Fault, "occlusion B")
	if d := m.Show(x); channel(t, d, "A").Status != "INFUSING" || channel(t, d, "B").Status != "STOPPED BY ALARM" {
		t.Errorf("occlusion B:\n%s", d)
	}
	x, out := fault(m, s, pumpmodel.Fault, "battery")
	if d := m.Show(x); len(out) != 1 || d.Alert.Title != "BATTERY LOW" || len(d.Alert.Text) != 0 {
		t.Errorf("battery: %+v\n%s", out, d)
	}
	if x, _ = fault(m, s, pumpmodel.Fault, "overheated"); lit(m.Show(x), "run") {
		t.Errorf("it goes on overheated:\n%s", m.Show(x))
	}
}

// The primary is held while the secondary is given, gets nothing meanwhile, and goes on by itself; all of it by the clock.
func TestASecondaryInfusionHoldsThePrimaryAndReturnsToIt(t *testing.T) {
	m, s := mustPrimary(t)
	s, _ = pumpmodel.Advance(m, s, time.Hour)
	s, out := keyed(m, s, cefazolin)
	if !has(out, pumpmodel.InfusionStarted) {
		t.Fatalf("not started:\n%s", m.Show(s))
	}
	x, _ := pumpmodel.Advance(m, s, 20*time.Minute)
	x, _ = press(m, x, "secondary")
	if d := m.Show(x); d.Status != "HELD" || text(t, d, "remaining") != "400" || d.Does("start") != "" || d.Does("pause") != "" {
		t.Errorf("the primary is not held:\n%s", d)
	}
	x, out = pumpmodel.Advance(m, s, 30*time.Minute)
	d := m.Show(x)
	if !has(out, pumpmodel.VolumeComplete) || !has(out, pumpmodel.InfusionResumed) || d.Channel != "A" || d.Status != "INFUSING" ||
		d.Alert == nil || d.Alert.Title != "A SECONDARY: INFUSION COMPLETE" {
		t.Errorf("no return to the primary: %+v\n%s", out, d)
	}
	x, _ = pumpmodel.Advance(m, x, time.Hour)
	if d := m.Show(x); text(t, d, "remaining") != "300" {
		t.Errorf("an hour later:\n%s", d)
	}
}

// A person who ends the secondary decides what comes next: the primary stays paused, and the pump says so after two minutes.
func TestAStoppedSecondaryLeavesThePrimaryPaused(t *testing.T) {
	m, s := mustPrimary(t)
	s, _ = keyed(m, s, cefazolin)
	s, _ = does(t, m, s, "pause", "stop", "confirm")
	if d := m.Show(s); d.Channel != "A" || d.Status != "PAUSED" || d.Does("start") == "" {
		t.Fatalf("the primary is not paused:\n%s", d)
	}
	if _, out := pumpmodel.Advance(m, s, 2*time.Minute); !alarm(out, "long pause") {
		t.Errorf("a long pause is not told: %+v", out)
	}
	if s, out := does(t, m, s, "start"); !has(out, pumpmodel.InfusionResumed) || m.Show(s).Status != "INFUSING" {
		t.Errorf("not resumed:\n%s", m.Show(s))
	}
}

func TestStoppingThePrimaryStopsItsSecondary(t *testing.T) {
	m, s := mustPrimary(t)
	s, _ = keyed(m, s, cefazolin+" secondary")
	s, out := does(t, m, s, "stop", "confirm")
	var ended []string
	for _, o := range out {
		if o.Kind == pumpmodel.InfusionStopped {
			ended = append(ended, o.Channel)
		}
	}
	if !slices.Equal(ended, []string{"A", "A secondary"}) || lit(m.Show(s), "run") {
		t.Errorf("ended %v:\n%s", ended, m.Show(s))
	}
}

func TestASecondaryIsOfWhatIsGivenIntermittentlyOnly(t *testing.T) {
	m, s := mustPrimary(t)
	s, _ = press(m, s, "secondary")
	d := m.Show(s)
	if d.Channel != "A secondary" || len(d.Items) == 0 || d.Items[0].Label != "ceFAZolin" || strings.Contains(d.String(), "sodium") && !strings.Contains(d.String(), "channel") {
		t.Errorf("the list:\n%s", d)
	}
	for _, i := range d.Items {
		if strings.Contains(i.Label, "sodium") || strings.Contains(i.Label, "Basic") {
			t.Errorf("%s is offered as a secondary", i.Label)
		}
	}
	s, _ = does(t, m, s, "back")
	if d := m.Show(s); d.Channel != "A" || d.Kind != "running" {
		t.Errorf("back does not lead to the primary:\n%s", d)
	}
	if b, out := keyed(m, s, "B secondary"); out[len(out)-2].Answer != pumpmodel.Ignored || m.Show(b).Channel != "B" {
		t.Errorf("a secondary without a primary: %+v", out)
	}
}

// A power failure holds everything; afterwards each infusion is resumed by hand, the held primary after its secondary.
func TestPowerLossKeepsTheHeldPrimary(t *testing.T) {
	m, s := mustPrimary(t)
	s, _ = keyed(m, s, cefazolin)
	s, _ = fault(m, s, pumpmodel.Fault, "power")
	s, _ = pumpmodel.Advance(m, s, time.Hour)
	s, _ = fault(m, s, pumpmodel.Repair, "power")
	s, _ = pumpmodel.Advance(m, s, time.Minute)
	if d := m.Show(s); lit(d, "run") || !sounds(d) {
		t.Fatalf("something flows:\n%s", d)
	}
	s, _ = does(t, m, s, "silence", "start")
	s, out := pumpmodel.Advance(m, s, 30*time.Minute)
	if d := m.Show(s); !has(out, pumpmodel.InfusionResumed) || d.Channel != "A" || d.Status != "INFUSING" {
		t.Errorf("%+v\n%s", out, d)
	}
	lost, _ := fault(m, s, pumpmodel.Fault, "power")
	lost, _ = pumpmodel.Advance(m, lost, 5*time.Hour)
	lost, _ = fault(m, lost, pumpmodel.Repair, "power")
	if lost, _ = pumpmodel.Advance(m, lost, time.Minute); lost != m.Start() {
		t.Error("settings outlast four hours")
	}
}

// While one channel infuses the other is of the same patient in the same care area, and no library comes into use.
func TestTheChannelsAreOnePatients(t *testing.T) {
	m := func() pumpmodel.Machine {
		next := mustLibrary(t)
		next.Hash = "new"
		m, err := engine.New(mustDesign(t, "two-channel"), mustLibrary(t), next)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}()
	s, _ := keyed(m, m.Start(), "enter dn enter "+salineKeys)
	s, out := m.Step(s, pumpmodel.Event{Kind: pumpmodel.Library, Text: "new"})
	if len(out) != 0 {
		t.Fatalf("%+v", out)
	}
	s, _ = press(m, s, "B")
	if _, out := press(m, s, "dn", "enter"); out[0].Answer == pumpmodel.Blocked {
		t.Errorf("the care area that is used: %+v", out)
	}
	for _, keys := range []string{"up enter", "back enter"} {
		if x, out := keyed(m, s, keys); out[len(out)-2].Answer != pumpmodel.Blocked || !strings.Contains(m.Show(x).String(), "note: the pump is infusing") {
			t.Errorf("%s: %+v\n%s", keys, out, m.Show(x))
		}
	}
	x, out := keyed(m, s, "back dn enter enter")
	if has(out, pumpmodel.LibraryChanged) {
		t.Errorf("a library comes into use while A infuses:\n%s", m.Show(x))
	}
}

func TestAnOrderGoesToTheChannelItNames(t *testing.T) {
	m, s := mustPrimary(t)
	const order = "area: General ward; drug: ceFAZolin; concentration: 2 g/100 mL; rate: 200 mL/h; vtbi: 100 mL; channel: "
	for _, name := range []string{"B", "A secondary"} {
		x, taken := mustOrder(t, m, s, order+name)
		if d := m.Show(x); !taken || d.Channel != name || d.Kind != "review" || text(t, d, "vtbi") != "100" {
			t.Errorf("%s:\n%s", name, d)
		}
		x, out := does(t, m, x, "start")
		if !has(out, pumpmodel.InfusionStarted) || out[1].Programme.Channel != name {
			t.Errorf("%s: %+v\n%s", name, out, m.Show(x))
		}
	}
	if _, taken := mustOrder(t, m, m.Start(), order+"A secondary"); taken {
		t.Error("a secondary without a primary")
	}
}

func TestAFileWithChannelsSaysHowTheyAreReached(t *testing.T) {
	good := mustSource(t, "two-channel")
	for _, c := range []struct{ name, old, new, want string }{
		{"no key", "channel-a: A, channel-b: B, ", "", "no control turns to the other channel"},
		{"no secondary key", ", secondary: secondary", "", "no control goes to the secondary infusion"},
		{"one channel", "channels: [A, B]", "channels: [A]", ":6:11: channels must be [A, B]"},
		{"unknown channel", "channels: [A, B]", "channels: [A, C]", `unknown channel "C"`},
		{"none", "channels: [A, B]\n", "", "channel-a is bound, but the design has one channel"},
		{"lamp", "channels: [A, B]\n", "", "lamp run A is for a design with channels"},
		{"no secondary", "secondary: yes\n", "", "secondary is bound, but the design gives no secondary infusions"},
	} {
		t.Run(c.name, func(t *testing.T) { refused(t, good, c.old, c.new, c.want) })
	}
}

// A pump with one channel and secondary infusions is the same without the other channel.
func TestOneChannelWithASecondary(t *testing.T) {
	src := strings.NewReplacer("channels: [A, B]\n", "", "channel-a: A, channel-b: B, ", "",
		"    run A: {at: 14 114, size: 5 mm, colours: [green]}\n", "", "run B:", "run:").Replace(mustSource(t, "two-channel"))
	d, err := load(src)
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.New(d, mustLibrary(t))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := keyed(m, m.Start(), "enter dn enter "+salineKeys)
	if d := m.Show(s); d.Channel != "" || len(d.Channels) != 0 {
		t.Errorf("one infusion:\n%s", d)
	}
	s, _ = keyed(m, s, cefazolin)
	if d := m.Show(s); channel(t, d, "primary").Status != "HELD" || !channel(t, d, "secondary").Shown {
		t.Errorf("two:\n%s", d)
	}
}

package engine_test

import (
	"slices"
	"strings"
	"testing"

	"pumplab/pumpmodel/design"
)

// shared/data: number keys at least 19 mm apart, every key at least 9 mm; the instrument is about 210 x 130 mm.
func TestFacesAreBuiltLikeInstruments(t *testing.T) {
	for _, name := range shipped {
		f := mustDesign(t, name).Face
		if f.Width < 20000 || f.Width > 24000 || f.Height < 10000 || f.Height > 16000 {
			t.Errorf("%s is %s x %s mm", name, f.Width, f.Height)
		}
		left, right := f.Width, design.MM(0)
		roles := map[string]bool{}
		keyboard := map[string]bool{}
		for _, k := range f.Keys {
			left, right = min(left, k.X), max(right, k.X+k.W)
			roles[k.Role] = true
			if k.X%50 != 0 || k.Y%50 != 0 || k.W%50 != 0 || k.H%50 != 0 {
				t.Errorf("%s: %s is not on the half-millimetre grid", name, k.Name)
			}
			if k.Shape != "slider" && (k.Bound == "" || keyboard[k.Bound]) { // beside a slider stand keys that nudge it
				t.Errorf("%s: %s has no keyboard key of its own", name, k.Name)
			}
			keyboard[k.Bound] = true
			if k.Kind == "dial" && (k.CW == "" || k.CCW == "" || keyboard[k.CW] || keyboard[k.CCW]) {
				t.Errorf("%s: %s cannot be turned by a keyboard", name, k.Name)
			}
		}
		for _, p := range f.Displays {
			left, right = min(left, p.Box.X), max(right, p.Box.X+p.Box.W)
		}
		if left != f.Width-right {
			t.Errorf("%s: the left margin is %s mm, the right one %s mm", name, left, f.Width-right)
		}
		if !roles["start"] || !roles["confirm"] {
			t.Errorf("%s has no key coloured as start or confirm: %v", name, roles)
		}
		lamps := map[string]bool{}
		for _, l := range f.Lamps {
			kind, _, _ := strings.Cut(l.Name, " ") // run A
			lamps[kind] = slices.Contains(l.Colours, "red") || kind == "run"
		}
		if !lamps["alarm"] || !lamps["run"] {
			t.Errorf("%s lacks a lamp: %v", name, lamps)
		}
	}
}

func TestTheLintFindsWhatItIsFor(t *testing.T) {
	rules := func(d *design.Design) map[string]bool {
		out := map[string]bool{}
		for _, f := range d.Lint() {
			out[f.Rule] = true
		}
		return out
	}
	d := mustDesign(t, "keypad-wizard")
	if got := rules(d); len(got) != 0 {
		t.Errorf("keypad-wizard: %v", got)
	}
	d.Face.Keys[0].W = 800
	d.Face.Keys[0].Bound = ""
	d.Face.Keys[1].Colour, d.Face.Keys[1].Print = "#808080", "#909090"
	for i, k := range d.Face.Keys {
		switch k.Name {
		case "2":
			d.Face.Keys[i].X -= 200
		case "stop":
			d.Face.Keys[i].X += 200
		}
	}
	d.Alerts.Soft.Override = d.Keys["confirm"]
	d.Flaws = []string{"digits-during-error"}
	d.Show.TrailingZeros, d.Show.TallMan = "always", false
	got := rules(d)
	for _, want := range []string{"key-size", "keyboard", "key-pitch", "contrast", "destructive-neighbour", "alert-by-habit", "flawed-by-intent", "trailing-zeros", "tall-man"} {
		if !got[want] {
			t.Errorf("no finding of %s", want)
		}
	}
}

// What a design keeps is told with its reason, what it accepts in vain is told too; nothing is silent.
func TestAnAcceptedFindingIsListedWithItsReason(t *testing.T) {
	d := mustDesign(t, "vendor-example")
	got := d.Accept(d.Lint())
	if len(got) != 1 || got[0].Rule != "destructive-neighbour" || got[0].Accepted == "" || !strings.HasPrefix(got[0].String(), "accepted · destructive-neighbour: ") {
		t.Errorf("%v", got)
	}
	d.Accepts = map[string]string{"key-size": "it is small"}
	got = d.Accept(d.Lint())
	if len(got) != 2 || got[0].Accepted != "" || got[1].Rule != "nothing-to-accept" {
		t.Errorf("%v", got)
	}
	for old, want := range map[string]string{
		"accepts: {destructive-neighbour: ": "accepts: {destructive-neighbor: ",
		"the picture has START and STOP":    "",
	} {
		text := strings.Replace(mustSource(t, "vendor-example"), old, want, 1)
		if want == "" {
			text = text[:strings.Index(text, "accepts:")] + "accepts: {key-size: \"\"}\n"
		}
		if _, err := load(text); err == nil {
			t.Errorf("%q was taken", text[strings.Index(text, "accepts:"):])
		}
	}
}

func TestEveryDesignIsBuiltInAndNamedAsItsFolder(t *testing.T) {
	for _, name := range shipped {
		m := mustMachine(t, name)
		if got := m.Info().Name; got != name {
			t.Errorf("%s calls itself %s", name, got)
		}
	}
}

// WCAG 2.2: black on white is 21 to 1; #767676 on white is the lightest grey that passes 4.5 to 1 (4.54).
func TestContrastIsThatOfTheGuideline(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"#000000", "#FFFFFF", 2100}, {"#FFFFFF", "#767676", 454}, {"#123456", "#123456", 100}, {"grey", "#FFFFFF", 0}} {
		if got := design.Contrast(c.a, c.b); got != c.want {
			t.Errorf("%s on %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// A field that shows nothing cannot be confirmed with what it held before.
func TestAnEmptyFieldIsNotConfirmedWithItsOldNumber(t *testing.T) {
	m, s := at(t, "keypad-wizard", "5", "enter", "F1", "2", "2", "enter", "F1")
	if f, _ := m.Show(s).ActiveField(); f.Text != "" {
		t.Fatalf("the field still shows %s", f.Text)
	}
	if _, out := press(m, s, "enter"); out[0].Answer != "blocked" {
		t.Errorf("an empty dose was confirmed: %+v", out[0])
	}
}

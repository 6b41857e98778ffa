package delivery_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
)

// mustTable reads a copy of shared/data/NAME as maps by column.
func mustTable(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, v := range row {
			m[rows[0][i]] = v
		}
		out = append(out, m)
	}
	return out
}

var number = regexp.MustCompile(`[0-9.]+`)

// mustRange reads "75-200" as its two ends; a single number is both.
func mustRange(t *testing.T, s string) (lo, hi float64) {
	t.Helper()
	n := number.FindAllString(s, 2)
	if len(n) == 0 {
		t.Fatalf("no number in %q", s)
	}
	lo, _ = strconv.ParseFloat(n[0], 64)
	hi = lo
	if len(n) > 1 && strings.Contains(s, "-") {
		hi, _ = strconv.ParseFloat(n[1], 64)
	}
	return lo, hi
}

func within(t *testing.T, what string, v, lo, hi float64) {
	t.Helper()
	if v < lo || v > hi {
		t.Errorf("%s: %g is outside %g to %g", what, v, lo, hi)
	}
}

func TestEveryPriorityIsThatOfTheTable(t *testing.T) {
	for _, row := range mustTable(t, "alarm_priority.csv") {
		harm := row["harm"]
		harms := map[string]delivery.Harm{
			"death or irreversible injury": delivery.Death, "reversible injury": delivery.Reversible,
			"minor injury or discomfort": delivery.Discomfort,
		}
		for _, onset := range []delivery.Onset{delivery.Immediate, delivery.Prompt, delivery.Delayed} {
			want := strings.Fields(strings.ToLower(row[string(onset)]))[0]
			if got := delivery.PriorityOf(harms[harm], onset); string(got) != want {
				t.Errorf("%s, %s: %s, want %s", harm, onset, got, want)
			}
		}
	}
}

// Rows of alarm_conditions.csv that a channel has, by our word. The actions we set otherwise are named in Causes' comment.
func TestConditionsFollowTheTable(t *testing.T) {
	ours := map[string]delivery.Condition{
		"basal over-infusion": delivery.OverInfusion, "basal under-infusion": delivery.UnderInfusion, "max dose warning": delivery.MaxDose,
		"upstream occlusion": delivery.Upstream, "pump overheated": delivery.Overheated, "low reservoir": delivery.LowReservoir,
		"alert-stop-start sequence": delivery.RestartLoop, "air in line": delivery.Air, "empty reservoir": delivery.Empty,
		"downstream occlusion": delivery.Occlusion, "low battery": delivery.Battery, "long pause": delivery.PauseLong,
	}
	differs := map[delivery.Condition]bool{
		delivery.Battery: true, delivery.PauseLong: true, delivery.LowReservoir: true, delivery.RestartLoop: true, delivery.UnderInfusion: true,
	}
	for _, row := range mustTable(t, "alarm_conditions.csv") {
		c, ok := ours[row["condition"]]
		if !ok {
			continue
		}
		delete(ours, row["condition"])
		cause, known := delivery.CauseOf(c)
		if !known || string(cause.Priority()) != strings.ToLower(row["priority"]) {
			t.Errorf("%s: priority %s, want %s", c, cause.Priority(), row["priority"])
		}
		if string(cause.Action) != row["pump_action"] && !differs[c] {
			t.Errorf("%s: action %s, want %s", c, cause.Action, row["pump_action"])
		}
	}
	if len(ours) > 0 {
		t.Errorf("rows not found: %v", ours)
	}
}

func TestSignalsLieWithinTheTable(t *testing.T) {
	for _, row := range mustTable(t, "alarm_signals.csv") {
		p := delivery.Priority(strings.ToLower(row["priority"]))
		if p == "all" {
			continue
		}
		lamp, tone := delivery.Signal(p)
		if !strings.Contains(row["light_colour"], lamp.Colour) || lamp.Colour == "" {
			t.Errorf("%s: lamp %q, want %s", p, lamp.Colour, row["light_colour"])
		}
		if row["flash_hz"] == "constant" {
			within(t, "flash", float64(lamp.Flash), 0, 0)
		} else {
			lo, hi := mustRange(t, row["flash_hz"])
			within(t, string(p)+" flash", float64(lamp.Flash)/1000, lo, hi)
		}
		lo, hi := mustRange(t, row["flash_duty"])
		within(t, string(p)+" duty", float64(lamp.Duty), lo, hi)
		lo, hi = mustRange(t, row["pulse_duration_ms"])
		for _, pulse := range tone.Pulses {
			within(t, string(p)+" pulse ms", float64(pulse.For.Milliseconds()), lo, hi)
		}
		within(t, string(p)+" end to start s", (tone.Every - length(tone)).Seconds(), first(mustRange(t, row["inter_burst_s"])), last(row["inter_burst_s"]))
		within(t, string(p)+" start to start s", tone.Every.Seconds(), first(mustRange(t, row["inter_burst_s"])), last(row["inter_burst_s"]))
		if got, want := notes(tone), melody(row["melody_drug_delivery"]); got != want {
			t.Errorf("%s: melody %s, want %s", p, got, want)
		}
	}
}

func first(lo, _ float64) float64 { return lo }

// last is the upper end of an interval between bursts; ">15" has none.
func last(s string) float64 {
	if strings.HasPrefix(s, ">") {
		return 1e9
	}
	n := number.FindAllString(s, 2)
	v, _ := strconv.ParseFloat(n[1], 64)
	return v
}

func length(tone pumpmodel.Tone) time.Duration {
	end := tone.Pulses[len(tone.Pulses)-1]
	return end.At + end.For
}

func notes(tone pumpmodel.Tone) string {
	var out []string
	for _, p := range tone.Pulses {
		out = append(out, p.Note)
	}
	return strings.Join(out, " ")
}

// melody writes "C5 D4 G4 - C5 D4 (x2)" out.
func melody(s string) string {
	once, twice := strings.CutSuffix(s, " (x2)")
	once = strings.ReplaceAll(once, " -", "")
	if twice {
		return once + " " + once
	}
	return once
}

// gaps are the silences between pulses in milliseconds.
func gaps(tone pumpmodel.Tone) []float64 {
	var out []float64
	for i := 1; i < len(tone.Pulses); i++ {
		before := tone.Pulses[i-1]
		out = append(out, float64((tone.Pulses[i].At - before.At - before.For).Milliseconds()))
	}
	return out
}

// The spacing rules of alarm_signals.csv: x = 50-125 ms, 2x + td between 3-4 and 8-9, 350-1300 ms between 5-6; y = 125-250 ms.
func TestPulsesAreSpacedByTheRules(t *testing.T) {
	_, high := delivery.Signal(delivery.High)
	g := gaps(high)
	if len(g) != 9 {
		t.Fatalf("high: %d gaps", len(g))
	}
	x, td := g[0], float64(high.Pulses[0].For.Milliseconds())
	within(t, "x", x, 50, 125)
	for i, v := range g {
		switch i + 1 {
		case 3, 8:
			within(t, "2x+td", v, 2*x+td, 2*x+td)
		case 5:
			within(t, "between the bursts of five", v, 350, 1300)
		default:
			within(t, "x again", v, x, x)
		}
	}
	for _, p := range []delivery.Priority{delivery.Medium, delivery.Low} {
		_, tone := delivery.Signal(p)
		for _, v := range gaps(tone) {
			within(t, string(p)+" y", v, 125, 250)
		}
	}
}

// GIP 3.1.1 and 3.1.2: every alarm is seen and heard, and names its condition.
func TestEveryConditionIsSeenHeardAndNamed(t *testing.T) {
	titles := map[string]bool{}
	for _, c := range delivery.Causes {
		lamp, tone := delivery.Alarms{}.Raise(c.Condition).Signal()
		if lamp.Colour == "" || len(tone.Pulses) == 0 || c.Title == "" || titles[c.Title] {
			t.Errorf("%s: lamp %q, %d pulses, title %q", c.Condition, lamp.Colour, len(tone.Pulses), c.Title)
		}
		titles[c.Title] = true
	}
}

func TestSilenceEndsAfterTwoMinutesAndWithANewCondition(t *testing.T) {
	a := delivery.Alarms{}.Raise(delivery.Occlusion).Silence(time.Hour)
	if w, ok := a.Wait(); !ok || w != 2*time.Minute || a.Audible() {
		t.Fatalf("silenced for an hour: %v", w)
	}
	if a.Elapse(2*time.Minute - 1).Audible() {
		t.Fatal("heard before two minutes")
	}
	if !a.Elapse(2 * time.Minute).Audible() {
		t.Fatal("not heard after two minutes")
	}
	if a.Raise(delivery.Occlusion).Audible() || !a.Raise(delivery.Air).Audible() {
		t.Fatal("only a new condition ends the silence")
	}
	if (delivery.Alarms{}).Silence(time.Minute) != (delivery.Alarms{}) {
		t.Fatal("silence without an alarm is kept for the next one")
	}
}

func TestTheMostUrgentConditionIsShown(t *testing.T) {
	a := delivery.Alarms{}.Raise(delivery.Battery).Raise(delivery.Occlusion)
	if lamp, tone := a.Signal(); lamp.Colour != "yellow" || tone.Name != "medium" {
		t.Fatalf("%+v %s", lamp, tone.Name)
	}
	if lamp, _ := a.Clear(delivery.Occlusion).Signal(); lamp.Colour != "cyan" {
		t.Fatalf("battery alone: %+v", lamp)
	}
	if lamp, tone := a.Clear(delivery.Occlusion).Clear(delivery.Battery).Signal(); lamp.Colour != "" || len(tone.Pulses) != 0 {
		t.Fatal("a signal without a condition")
	}
}

func TestCausesAreListedByUrgency(t *testing.T) {
	rank := map[delivery.Priority]int{delivery.High: 0, delivery.Medium: 1, delivery.Low: 2}
	for i := 1; i < len(delivery.Causes); i++ {
		if rank[delivery.Causes[i].Priority()] < rank[delivery.Causes[i-1].Priority()] {
			t.Errorf("%s stands after %s", delivery.Causes[i].Condition, delivery.Causes[i-1].Condition)
		}
	}
}

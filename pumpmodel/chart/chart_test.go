package chart_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/chart"
	"pumplab/pumpmodel/quantity"
)

func event(at time.Duration, kind pumpmodel.OutputKind) chart.Event {
	return chart.Event{At: at, Output: pumpmodel.Output{Kind: kind}}
}

func programme(at time.Duration, kind pumpmodel.OutputKind, drug, rate string) chart.Event {
	e := event(at, kind)
	e.Output.Programme = &pumpmodel.Programme{Drug: drug, Rate: rate}
	return e
}

const h = time.Hour

func TestAnInfusionWithAChangeAndAPause(t *testing.T) {
	all := chart.Fold([]chart.Event{
		event(0, pumpmodel.ScreenChanged),
		programme(1*h, pumpmodel.InfusionStarted, "DOPamine", "15.4"),
		programme(2*h, pumpmodel.InfusionChanged, "DOPamine", "30.8"),
		event(3*h, pumpmodel.InfusionPaused),
		event(5*h, pumpmodel.InfusionResumed),
		event(6*h, pumpmodel.InfusionStopped),
		event(7*h, pumpmodel.InfusionPaused),
	})
	if len(all) != 1 || all[0].Drug != "DOPamine" || !all[0].Ended || all[0].Stop != 6*h || len(all[0].Pauses) != 1 || len(all[0].Entries) != 2 {
		t.Fatalf("%+v", all)
	}
	// 1 h at 15.4, 1 h at 30.8, 2 h pause, 1 h at 30.8
	for at, want := range map[time.Duration]string{h: "0", 2 * h: "15.4", 3 * h: "46.2", 4 * h: "46.2", 5 * h: "46.2", 6 * h: "77", 9 * h: "77"} {
		if got := all[0].Volume(at); got.String() != want {
			t.Errorf("documented at %v: %s, want %s", at, got, want)
		}
	}
	for at, want := range map[time.Duration]string{0: "", h: "15.4", 2 * h: "30.8", 4 * h: "", 5 * h: "30.8", 6 * h: ""} {
		if got := all[0].RateAt(at); got != want {
			t.Errorf("rate at %v: %q, want %q", at, got, want)
		}
	}
}

func TestCompletionEndsWhatIsDocumentedUntilANewVolume(t *testing.T) {
	events := []chart.Event{
		programme(0, pumpmodel.InfusionStarted, "ceFAZolin", "200"),
		event(h/2, pumpmodel.VolumeComplete),
		programme(2*h, pumpmodel.InfusionChanged, "ceFAZolin", "100"),
	}
	if got := chart.Fold(events[:2])[0].Volume(2 * h); got.String() != "100" {
		t.Errorf("after completion: %s", got)
	}
	if got := chart.Fold(events)[0].Volume(3 * h); got.String() != "200" {
		t.Errorf("after a new volume: %s", got)
	}
	events = append(events, event(4*h, pumpmodel.VolumeComplete))
	if got := chart.Fold(events)[0].Volume(9 * h); got.String() != "300" {
		t.Errorf("after two volumes: %s", got)
	}
}

func TestANewStartOrANewPatientEndsTheEpisode(t *testing.T) {
	all := chart.Fold([]chart.Event{
		programme(0, pumpmodel.InfusionStarted, "heparin", "20"),
		programme(h, pumpmodel.InfusionStarted, "", "125"),
		event(2*h, pumpmodel.NewPatient),
	})
	if len(all) != 2 || !all[0].Ended || all[0].Stop != h || all[1].Drug != "" || !all[1].Ended {
		t.Fatalf("%+v", all)
	}
}

func TestAlarmsAndLimitsAreNoted(t *testing.T) {
	start := programme(0, pumpmodel.InfusionStarted, "heparin", "20")
	start.Output.Programme.Beyond = true
	alarm := event(h, pumpmodel.AlarmRaised)
	alarm.Output.Text, alarm.Output.Why = "occlusion", "medium"
	got := chart.Fold([]chart.Event{start, alarm})[0]
	if !got.Beyond || len(got.Alarms) != 1 || got.Alarms[0] != (chart.Note{At: h, Condition: "occlusion", Priority: "medium"}) {
		t.Fatalf("%+v", got)
	}
}

func TestLawTheDocumentedVolumeNeverFallsNorExceedsTheHighestRate(t *testing.T) {
	kinds := []pumpmodel.OutputKind{
		pumpmodel.InfusionStarted, pumpmodel.InfusionChanged, pumpmodel.InfusionPaused, pumpmodel.InfusionResumed,
		pumpmodel.VolumeComplete, pumpmodel.InfusionStopped, pumpmodel.AlarmRaised, pumpmodel.KeyAnswered,
	}
	rapid.Check(t, func(t *rapid.T) {
		var events []chart.Event
		at := time.Duration(0)
		for range rapid.IntRange(0, 12).Draw(t, "events") {
			at += time.Duration(rapid.Int64Range(0, int64(2*h)).Draw(t, "gap"))
			events = append(events, programme(at, rapid.SampledFrom(kinds).Draw(t, "kind"), "heparin", "100"))
		}
		for _, e := range chart.Fold(events) {
			before := quantity.Decimal(0)
			for now := e.Start; now < at+3*h; now += 20 * time.Minute {
				v := e.Volume(now)
				most := quantity.Decimal(int64(now-e.Start)/int64(time.Second))*quantity.One*100/3600 + quantity.One
				if v < before || v > most {
					t.Fatalf("at %v: %s after %s, at most %s: %+v", now, v, before, most, e)
				}
				before = v
			}
		}
	})
}

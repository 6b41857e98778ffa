package delivery_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/quantity"
)

func ml(s string) quantity.Decimal { return quantity.MustParse(s) }

// run lets t pass, a wait at a time, and counts the events.
func run(d delivery.Delivery, t time.Duration) (delivery.Delivery, map[delivery.Event]int) {
	seen := map[delivery.Event]int{}
	for t > 0 {
		part := t
		if w, ok := d.Wait(); ok {
			part = min(part, w)
		}
		var e delivery.Event
		d, e = d.Elapse(part)
		if e != "" {
			seen[e]++
		}
		t -= part
	}
	return d, seen
}

func TestAnHourAtARateGivesThatVolume(t *testing.T) {
	d := delivery.Delivery{}.Start(ml("15.4"), ml("250"), ml("20"))
	d, _ = run(d, time.Hour)
	if d.Given() != ml("15.4") || d.Remaining() != ml("234.6") || d.Mode != delivery.Infusing {
		t.Fatalf("after an hour: %+v given %s", d, d.Given())
	}
}

// 250 mL at 15.4 mL/h: 974 min (shared/domain/ders.md, Computing). 1 mL at 120 mL/h is half a minute, rounded up.
func TestRemainingTimeUsesTheRoundedRateAndRoundsHalfUp(t *testing.T) {
	for _, c := range []struct {
		v, rate string
		want    int64
	}{{"250", "15.4", 974}, {"1", "120", 1}, {"0.9", "120", 0}, {"1000", "125", 480}, {"0.1", "999", 0}} {
		got, ok := delivery.RemainingMinutes(ml(c.v), ml(c.rate))
		if !ok || got != c.want {
			t.Errorf("%s mL at %s mL/h: %d min, want %d", c.v, c.rate, got, c.want)
		}
	}
	if _, ok := delivery.RemainingMinutes(ml("250"), 0); ok {
		t.Error("a rate of 0 has a remaining time")
	}
}

func TestCompletionTurnsToKVOAtTheLowerOfKVOAndRate(t *testing.T) {
	for _, c := range []struct{ rate, kvo, flow string }{{"100", "20", "20"}, {"4", "20", "4"}, {"100", "0", "0"}} {
		d, seen := run(delivery.Delivery{}.Start(ml(c.rate), ml("8"), ml(c.kvo)), 3*time.Hour)
		if d.Mode != delivery.KVO || d.Given() != ml("8") || d.Flow() != ml(c.flow) || seen[delivery.Completed] != 1 {
			t.Errorf("%s mL/h, KVO %s: %s at %s, given %s, %v", c.rate, c.kvo, d.Mode, d.Flow(), d.Given(), seen)
		}
	}
}

func TestKVOIsCountedApart(t *testing.T) {
	d, _ := run(delivery.Delivery{}.Start(ml("100"), ml("100"), ml("20")), 3*time.Hour)
	if d.GivenKVO() != ml("40") || d.Given() != ml("100") || d.Total() != ml("140") {
		t.Fatalf("kvo %s given %s total %s", d.GivenKVO(), d.Given(), d.Total())
	}
	if _, ok := d.Wait(); ok {
		t.Fatal("KVO is not endless")
	}
}

func TestAChangedRateKeepsCountingAndANewVolumeCountsFromNow(t *testing.T) {
	d, _ := run(delivery.Delivery{}.Start(ml("100"), ml("250"), ml("20")), time.Hour)
	faster := d.Change(ml("200"), ml("250"))
	if faster.Given() != ml("100") || faster.Remaining() != ml("150") {
		t.Fatalf("rate change: given %s, left %s", faster.Given(), faster.Remaining())
	}
	more := d.Change(ml("100"), ml("500"))
	if more.Given() != 0 || more.Remaining() != ml("500") || more.Total() != ml("100") {
		t.Fatalf("volume change: given %s, left %s, total %s", more.Given(), more.Remaining(), more.Total())
	}
}

func TestAtKVOARateAloneDoesNotRestartButANewVolumeDoes(t *testing.T) {
	d, _ := run(delivery.Delivery{}.Start(ml("100"), ml("100"), ml("20")), 2*time.Hour)
	if rate := d.Change(ml("10"), ml("100")); rate.Mode != delivery.KVO || rate.Flow() != ml("10") {
		t.Fatalf("rate alone: %s at %s", rate.Mode, rate.Flow())
	}
	if vol := d.Change(ml("100"), ml("50")); vol.Mode != delivery.Infusing || vol.Remaining() != ml("50") {
		t.Fatalf("new volume: %s, %s left", vol.Mode, vol.Remaining())
	}
}

func TestPauseAndAlarmsHoldTheFlowUntilResumed(t *testing.T) {
	d, _ := run(delivery.Delivery{}.Start(ml("100"), ml("250"), ml("20")), time.Hour)
	for name, held := range map[string]delivery.Delivery{"pause": d.Pause(), "occlusion": d.Suffer(delivery.Occlusion), "door": d.Pause().Suffer(delivery.Door)} {
		held, _ = run(held, time.Hour)
		if held.Flow() != 0 || held.Given() != ml("100") {
			t.Errorf("%s: flows %s, given %s", name, held.Flow(), held.Given())
		}
		on, _ := run(held.Resume(), time.Hour)
		if on.Given() != ml("200") {
			t.Errorf("%s: after going on for an hour given %s", name, on.Given())
		}
	}
	kvo, _ := run(d, 2*time.Hour)
	if got := kvo.Pause().Resume(); got.Mode != delivery.KVO {
		t.Errorf("a paused KVO resumes as %s", got.Mode)
	}
	if got := d.Suffer(delivery.Battery); got != d {
		t.Errorf("a low battery changes the delivery to %s", got.Mode)
	}
	if got := d.Suffer(delivery.FlowError); got.Mode != delivery.KVO || got.Resume().Remaining() != ml("150") {
		t.Errorf("a flow error: %s", got.Mode)
	}
	if got := d.Stop().Suffer(delivery.Air); got.Mode != delivery.Stopped {
		t.Errorf("air on a stopped pump: %s", got.Mode)
	}
}

func TestAZeroRateNeverStarts(t *testing.T) {
	if d := (delivery.Delivery{}).Start(0, ml("10"), ml("1")); d.Mode != delivery.Stopped || d.Flow() != 0 {
		t.Fatalf("%+v", d)
	}
}

func TestPreAlarmAndLongPauseComeOnceAndOnTime(t *testing.T) {
	d := delivery.Delivery{NearEnd: 5 * time.Minute, PauseLimit: 2 * time.Minute}.Start(ml("60"), ml("10"), ml("5"))
	if w, _ := d.Wait(); w != 5*time.Minute {
		t.Fatalf("10 mL at 60 mL/h, 5 min before the end: wait %v", w)
	}
	after, seen := run(d, 20*time.Minute)
	if seen[delivery.NearlyDone] != 1 || seen[delivery.Completed] != 1 || after.Mode != delivery.KVO {
		t.Fatalf("%v, %s", seen, after.Mode)
	}
	if _, seen = run(d.Pause(), time.Hour); seen[delivery.LongPause] != 1 {
		t.Fatalf("pause: %v", seen)
	}
}

func TestElapseBeyondTheWaitPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("no panic")
		}
	}()
	delivery.Delivery{}.Start(ml("60"), ml("1"), ml("1")).Elapse(time.Hour)
}

// deeds are the things that can be done to a delivery, drawn at random for the laws.
func deeds(t *rapid.T, d delivery.Delivery) delivery.Delivery {
	rate := quantity.Decimal(rapid.Int64Range(1, 9990).Draw(t, "rate")) * 100_000
	vtbi := quantity.Decimal(rapid.Int64Range(0, 99990).Draw(t, "vtbi")) * 10_000
	switch rapid.SampledFrom([]string{"start", "rate", "change", "pause", "resume", "stop", "fault", "none"}).Draw(t, "deed") {
	case "start":
		return d.Start(rate, vtbi, ml("20"))
	case "rate":
		return d.Change(rate, d.VTBI)
	case "change":
		return d.Change(rate, vtbi)
	case "pause":
		return d.Pause()
	case "resume":
		return d.Resume()
	case "stop":
		return d.Stop()
	case "fault":
		return d.Suffer(rapid.SampledFrom(delivery.Causes).Draw(t, "cause").Condition)
	}
	return d
}

func TestLawAdditivityMonotonyAndOneCompletion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := delivery.Delivery{NearEnd: 3 * time.Minute, PauseLimit: 2 * time.Minute}.Start(ml("33.3"), ml("100"), ml("20"))
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			d = deeds(t, d)
			a := time.Duration(rapid.Int64Range(0, int64(5*time.Hour)).Draw(t, "a"))
			b := time.Duration(rapid.Int64Range(0, int64(5*time.Hour)).Draw(t, "b"))
			once, events := run(d, a+b)
			half, first := run(d, a)
			twice, second := run(half, b)
			if once != twice {
				t.Fatalf("%v at once: %+v\n%v then %v: %+v", a+b, once, a, b, twice)
			}
			for e, n := range events {
				if n != first[e]+second[e] || n != 1 {
					t.Fatalf("%s came %d times at once, %d + %d in two", e, n, first[e], second[e])
				}
			}
			if half.Total() < d.Total() || once.Total() < half.Total() {
				t.Fatalf("total fell: %s, %s, %s", d.Total(), half.Total(), once.Total())
			}
			if d.VTBI > 0 && once.Given() > d.VTBI {
				t.Fatalf("gave %s of %s", once.Given(), d.VTBI)
			}
			if before := d; once.Mode == delivery.KVO && before.Mode == delivery.Infusing && events[delivery.Completed] != 1 {
				t.Fatal("completed without an event")
			}
			d = once
		}
	})
}

func TestLawADeedMovesNoFluid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, _ := run(delivery.Delivery{}.Start(ml("77.7"), ml("100"), ml("20")), time.Duration(rapid.Int64Range(0, int64(3*time.Hour)).Draw(t, "t")))
		next := deeds(t, d)
		if next.Total() != d.Total() && (next != delivery.Delivery{Mode: delivery.Infusing, Rate: next.Rate, VTBI: next.VTBI, KVORate: next.KVORate}) {
			t.Fatalf("total %s became %s: %+v", d.Total(), next.Total(), next)
		}
	})
}

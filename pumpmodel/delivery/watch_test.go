package delivery_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/quantity"
)

func TestGIP_1_2_1_VolumeAfterThreeDays(t *testing.T) {
	for _, rate := range []string{"0.1", "15.4", "999"} {
		f := delivery.Delivery{}.Start(d(rate), 0, 0)
		for range 72 {
			f, _ = f.Elapse(time.Hour)
		}
		if want := d(rate) * 72; f.Given() < want*95/100 || f.Given() > want*105/100 {
			t.Errorf("%s mL/h: %s mL after 72 h, want %s", rate, f.Given(), want)
		}
	}
}

func TestGIP_1_2_2_OverInfusionAndFreeFlow(t *testing.T) {
	w, c := delivery.Watch{}.Elapse(d("100"), d("111"), 15*time.Minute, delivery.GIPTolerance)
	if c != "" {
		t.Errorf("+11 %% for 15 min: %s", c)
	}
	if _, c = w.Elapse(d("100"), d("111"), time.Second, delivery.GIPTolerance); c != delivery.OverInfusion {
		t.Errorf("+11 %% for 15 min 1 s: %q", c)
	}
	if _, c = w.Elapse(d("100"), d("110"), time.Second, delivery.GIPTolerance); c != "" {
		t.Errorf("+10 %%: %s", c)
	}
	if _, c = (delivery.Watch{}).Elapse(0, d("1"), time.Millisecond, delivery.GIPTolerance); c != delivery.FlowError {
		t.Errorf("free flow: %q", c)
	}
}

func TestGIP_1_2_3_UnderInfusion(t *testing.T) {
	w, c := delivery.Watch{}.Elapse(d("100"), d("89"), 15*time.Minute-1, delivery.GIPTolerance)
	if c != "" {
		t.Errorf("before 15 min: %s", c)
	}
	if _, c = w.Elapse(d("100"), d("89"), 1, delivery.GIPTolerance); c != delivery.UnderInfusion {
		t.Errorf("at 15 min: %q", c)
	}
	if w, _ = w.Elapse(d("100"), d("90"), 1, delivery.GIPTolerance); w != (delivery.Watch{}) {
		t.Error("90 % counts as under-infusion")
	}
}

func TestPCA_R6_4_0_DeviationsOfBasalAndBolus(t *testing.T) {
	for _, x := range []struct {
		tol delivery.Tolerance
		at  time.Duration
	}{{delivery.BasalTolerance, 5 * time.Minute}, {delivery.BolusTolerance, time.Minute}} {
		w, c := delivery.Watch{}.Elapse(d("10"), d("12"), x.at, x.tol)
		if _, later := w.Elapse(d("10"), d("12"), 1, x.tol); c != "" || later != delivery.OverInfusion {
			t.Errorf("over for %v: %q, then %q", x.at, c, later)
		}
		w, c = delivery.Watch{}.Elapse(d("10"), d("8"), x.at-1, x.tol)
		if _, later := w.Elapse(d("10"), d("8"), 1, x.tol); c != "" || later != delivery.UnderInfusion {
			t.Errorf("under for %v: %q, then %q", x.at, c, later)
		}
	}
	if _, c := (delivery.Watch{}).Elapse(d("10"), 0, 1, delivery.BasalTolerance); c != delivery.UnderInfusion {
		t.Errorf("no flow: %q", c)
	}
}

func TestPCA_R6_5_0_18_TheThirdStartAfterTheSameAlarm(t *testing.T) {
	r, loop := delivery.Restarts{}.Again(delivery.Occlusion)
	r, again := r.Elapse(5 * time.Minute).Again(delivery.Occlusion)
	if loop || again {
		t.Error("refused before the third start")
	}
	if _, loop = r.Elapse(5*time.Minute - 1).Again(delivery.Occlusion); !loop {
		t.Error("the third start in ten minutes is not seen")
	}
	if _, loop = r.Elapse(5 * time.Minute).Again(delivery.Occlusion); loop {
		t.Error("the third start after ten minutes is refused")
	}
	if _, loop = r.Again(delivery.Air); loop {
		t.Error("another alarm is the same sequence")
	}
}

func TestRestartsAreAdditive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := delivery.Restarts{}
		for range 4 {
			a := time.Duration(rapid.Int64Range(0, int64(11*time.Minute)).Draw(t, "a"))
			b := time.Duration(rapid.Int64Range(0, int64(11*time.Minute)).Draw(t, "b"))
			whole, parts := r.Elapse(a+b), r.Elapse(a).Elapse(b)
			if whole != parts {
				t.Fatalf("%+v, %+v", whole, parts)
			}
			r, _ = whole.Again(delivery.Occlusion)
		}
	})
}

func TestGIP_1_5_5_LowReservoir(t *testing.T) {
	if c := delivery.Level(d("50"), d("44.9"), d("5")); c != "" {
		t.Errorf("5.1 mL left: %s", c)
	}
	if c := delivery.Level(d("50"), d("45"), d("5")); c != delivery.LowReservoir {
		t.Errorf("5 mL left: %q", c)
	}
}

func TestGIP_1_5_6_EmptyReservoir(t *testing.T) {
	if c := delivery.Level(d("50"), d("50"), d("5")); c != delivery.Empty {
		t.Errorf("nothing left: %q", c)
	}
	if c := delivery.Level(0, d("50"), d("5")); c != "" {
		t.Errorf("a container nobody knows the content of: %s", c)
	}
}

// Whatever is done to an infusion, what it has given never becomes less (IEC 601-2-24 through GIP 1.8.1).
func TestGIP_1_8_1_NothingFlowsBackwards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := delivery.Delivery{}.Start(d("50"), d("10"), d("5"))
		last := quantity.Decimal(0)
		for range rapid.IntRange(1, 40).Draw(t, "acts") {
			switch rapid.IntRange(0, 6).Draw(t, "act") {
			case 0:
				f = f.Pause()
			case 1:
				f = f.Resume()
			case 2:
				f = f.Suffer(delivery.Causes[rapid.IntRange(0, len(delivery.Causes)-1).Draw(t, "cause")].Condition)
			case 3:
				f = f.Change(quantity.Decimal(rapid.Int64Range(1, 999_000_000).Draw(t, "rate")), quantity.Int(rapid.Int64Range(0, 20).Draw(t, "vtbi")))
			default:
				span := time.Duration(rapid.Int64Range(1, int64(time.Hour)).Draw(t, "span"))
				if w, ok := f.Wait(); ok {
					span = min(span, w)
				}
				f, _ = f.Elapse(span)
			}
			if f.Total() < last {
				t.Fatalf("%s mL after %s", f.Total(), last)
			}
			last = f.Total()
		}
	})
}

func TestGIP_1_9_1_AirBubbles(t *testing.T) {
	for _, limit := range []string{"50", "75", "125", "175", "250", "500"} {
		if delivery.AirAlarm(d(limit), d(limit)) || !delivery.AirAlarm(d(limit)+1, d(limit)) {
			t.Errorf("at %s µL", limit)
		}
	}
	if delivery.AirAlarm(d("200"), 0) || !delivery.AirAlarm(d("201"), 0) {
		t.Error("without a limit it is not 200 µL")
	}
}

// 1 µL/mmHg and 400 mmHg hold 0.4 mL: at 24 mL/h the alarm comes after a minute.
func TestGIP_1_10_OcclusionPressureAndReleasedBolus(t *testing.T) {
	l := delivery.Line{Compliance: d("1"), Limit: d("400")}
	if err := l.Check(); err != nil {
		t.Error(err)
	}
	after, _ := l.AlarmAfter(d("24"))
	if after != time.Minute || l.Released() != d("0.4") || l.Pressure(d("24"), 30*time.Second) != d("200") || l.Pressure(d("24"), time.Hour) != d("400") {
		t.Errorf("alarm after %v, %s mL released, %s mmHg at half the time", after, l.Released(), l.Pressure(d("24"), 30*time.Second))
	}
	if (delivery.Line{Compliance: d("0.1"), Limit: d("1034")}).Check() == nil {
		t.Error("20 psi is allowed")
	}
	if (delivery.Line{Compliance: d("2"), Limit: d("251")}).Check() == nil {
		t.Error("more than 0.5 mL may be released")
	}
}

func TestGIP_1_5_1_RemainingTimeIsVolumeByRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := quantity.Decimal(rapid.Int64Range(1, 9990).Draw(t, "rate")) * quantity.One / 10
		f := delivery.Delivery{}.Start(rate, quantity.Int(rapid.Int64Range(1, 9999).Draw(t, "vtbi")), 0)
		if w, ok := f.Wait(); ok && w > time.Hour {
			f, _ = f.Elapse(time.Hour)
		}
		if rapid.Bool().Draw(t, "changed") {
			f = f.Change(rate+quantity.One, f.VTBI)
		}
		left, ok := f.RemainingMinutes()
		if !ok {
			return
		}
		exact := float64(f.Remaining()) / float64(f.Rate) * 60
		if diff := float64(left) - exact; diff < -3 || diff > 3 {
			t.Fatalf("%d min, exactly %g", left, exact)
		}
	})
}

func TestGIP_5_1_4_BatteryLowAndEmpty(t *testing.T) {
	for left, want := range map[time.Duration]delivery.Condition{
		15 * time.Minute: "", 15*time.Minute - 1: delivery.Battery, 5 * time.Minute: delivery.Battery, 5*time.Minute - 1: delivery.BatteryEmpty,
	} {
		if got := delivery.Charge(left); got != want {
			t.Errorf("%v left: %q, want %q", left, got, want)
		}
	}
}

func TestPCA_R6_6_0_4_APrescriptionIsKeptFor96Hours(t *testing.T) {
	for _, x := range []struct {
		keeps, off time.Duration
		kept       bool
	}{
		{delivery.KeptForPCA, 96 * time.Hour, true},
		{delivery.KeptForPCA, 96*time.Hour + 1, false},
		{delivery.KeptFor, 4 * time.Hour, true},
		{delivery.KeptFor, 4*time.Hour + 1, false},
	} {
		p := delivery.Power{}.Lost().Elapse(x.off-time.Minute, x.keeps).Elapse(time.Minute, x.keeps)
		if next, kept := p.Back(x.keeps); kept != x.kept || next.Ready() {
			t.Errorf("%v of %v: kept %v", x.off, x.keeps, kept)
		}
	}
}

func TestASecondaryInfusionHoldsThePrimary(t *testing.T) {
	c := delivery.Channels{Drug: [2]string{"saline"}}
	c.Flow[0] = delivery.Delivery{}.Start(d("100"), d("500"), d("5"))
	c = c.StartSecondary("cefazolin", d("200"), d("50"))
	if c.Total() != d("200") || !c.Holding {
		t.Fatalf("%s mL/h", c.Total())
	}
	for range 3 {
		w, _ := c.Wait()
		c, _ = c.Elapse(min(w, 5*time.Minute))
	}
	if c.Holding || c.Piggy || c.Total() != d("100") || c.Flow[0].Given() != 0 || c.Flow[1].Given() != d("50") {
		t.Errorf("the primary does not go on: %+v", c)
	}
	c.Flow[0] = c.Flow[0].Pause()
	if c = c.StartSecondary("cefazolin", d("200"), d("50")); c.Holding {
		t.Error("a paused primary would resume by itself")
	}
}

func TestGIP_2_2_7_2_TheSameDrugOnTwoChannels(t *testing.T) {
	c := delivery.Channels{Drug: [2]string{"DOPamine"}}
	if c.SameDrug(1, "DOPamine") {
		t.Error("an alert for a channel that gives nothing")
	}
	c.Flow[0] = delivery.Delivery{}.Start(d("10"), d("100"), 0)
	if !c.SameDrug(1, "DOPamine") || c.SameDrug(1, "DOBUTamine") || c.SameDrug(0, "DOPamine") || c.SameDrug(1, "") {
		t.Error("the same drug is not told from others")
	}
}

package delivery_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/quantity"
)

func d(s string) quantity.Decimal { return quantity.MustParse(s) }

// all lets t pass over every timeout and counts completed boluses.
func all(b delivery.Boluses, t time.Duration) (delivery.Boluses, int) {
	n := 0
	for t > 0 {
		part := t
		if w, ok := b.Wait(); ok {
			part = min(part, w)
		}
		var done bool
		if b, done = b.Elapse(part); done {
			n++
		}
		t -= part
	}
	return b, n
}

func TestGIP_1_4_3_And_R5_2_0_2_BasalAndBolusAreLimitedByThePump(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := quantity.Int(rapid.Int64Range(1, 999).Draw(t, "most"))
		b := delivery.Boluses{Basal: quantity.Int(rapid.Int64Range(0, 999).Draw(t, "basal")), Most: most}
		b, _ = b.Give(quantity.Int(rapid.Int64Range(1, 50).Draw(t, "volume")), quantity.Int(rapid.Int64Range(1, 2000).Draw(t, "rate")), 0)
		if b.Flow() > most {
			t.Fatalf("%s mL/h, the pump gives %s", b.Flow(), most)
		}
	})
	b, why := delivery.Boluses{Basal: d("100"), Most: d("100")}.Give(d("5"), d("10"), 0)
	if why != delivery.NoRateLeft || b.Flow() != d("100") {
		t.Errorf("%q, %s mL/h", why, b.Flow())
	}
}

func TestGIP_1_4_4_ABolusLeavesTheBasalRate(t *testing.T) {
	b := delivery.Boluses{Basal: d("10"), Most: d("999")}
	given, _ := b.Give(d("5"), d("100"), 0)
	if given.Basal != b.Basal || given.Flow() != d("110") {
		t.Errorf("basal %s, flow %s", given.Basal, given.Flow())
	}
	if after, n := all(given, time.Hour); n != 1 || after != b {
		t.Errorf("after the bolus %+v, before %+v", after, b)
	}
}

// 6 mL over 1 h, and after 20 min 3 mL at 90 mL/h, which take 2 min: the square bolus ends at 62 min, having given 6 mL.
func TestGIP_1_4_5_TheSquareBolusWaitsForTheNormalOne(t *testing.T) {
	b, _ := delivery.Boluses{Basal: d("1"), Most: d("999")}.Spread(d("6"), time.Hour, 0)
	b, _ = all(b, 20*time.Minute)
	if got := b.Given(b.Square); got != d("2") {
		t.Fatalf("%s mL after 20 min", got)
	}
	b, _ = b.Give(d("3"), d("90"), 0)
	if b.Flow() != d("91") {
		t.Errorf("%s mL/h: the square bolus does not wait", b.Flow())
	}
	b, n := all(b, 2*time.Minute)
	if n != 1 || b.Given(b.Square) != d("2") || b.Flow() != d("7") {
		t.Errorf("%d done, %s mL of the square bolus, %s mL/h", n, b.Given(b.Square), b.Flow())
	}
	b, _ = all(b, 40*time.Minute-1)
	if b.Square.Volume == 0 {
		t.Error("the square bolus ends early")
	}
	if b, n = all(b, 1); n != 1 || b.Flow() != d("1") {
		t.Errorf("the square bolus does not end: %+v", b)
	}
}

func TestGIP_1_4_7_ASquareBolusIsSpreadEvenly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := quantity.Decimal(rapid.Int64Range(1000, 50_000_000).Draw(t, "volume"))
		over := time.Duration(rapid.Int64Range(int64(time.Minute), int64(6*time.Hour)).Draw(t, "over"))
		b, why := delivery.Boluses{Most: d("999999")}.Spread(v, over, 0)
		if why != "" {
			t.Fatal(why)
		}
		part := time.Duration(rapid.Int64Range(1, int64(over)-1).Draw(t, "part"))
		if w, _ := b.Wait(); part >= w {
			return
		}
		b, _ = b.Elapse(part)
		want := quantity.Round(quantity.Decimal(int64(part)/1000).Rat().Mul(quantity.Decimal(int64(part)/1000).Rat(), v.Rat()).
			Quo(quantity.Decimal(int64(part)/1000).Rat().Mul(quantity.Decimal(int64(part)/1000).Rat(), v.Rat()), quantity.Decimal(int64(over)/1000).Rat()), 1)
		if diff := b.Given(b.Square) - want; diff < -20 || diff > 20 {
			t.Fatalf("%s mL after %v of %v, want %s", b.Given(b.Square), part, over, want)
		}
	})
}

func TestGIP_1_4_8_OneSquareBolusAtATime(t *testing.T) {
	b, _ := delivery.Boluses{Most: d("999")}.Spread(d("6"), time.Hour, 0)
	if again, why := b.Spread(d("1"), time.Hour, 0); why != delivery.AlreadyRuns || again != b {
		t.Errorf("%q", why)
	}
}

func TestGIP_1_4_11_NoBolusInAnAlarmThatStops(t *testing.T) {
	b := delivery.Boluses{Basal: d("1"), Most: d("999")}
	for _, c := range delivery.Causes {
		got, why := b.Give(d("1"), d("60"), delivery.Conditions(0).With(c.Condition))
		if refused := why == delivery.InAlarm && got == b; refused != (c.Action != delivery.CarryOn) {
			t.Errorf("%s (%s): %q", c.Condition, c.Action, why)
		}
	}
}

func TestGIP_1_4_12_ABolusOverTheMostIsRefused(t *testing.T) {
	b := delivery.Boluses{Most: d("999"), Dose: d("10")}
	if _, why := b.Give(d("10"), d("60"), 0); why != "" {
		t.Errorf("a bolus equal to the limit: %q", why)
	}
	if got, why := b.Give(d("10.000001"), d("60"), 0); why != delivery.DoseLimit || got != b {
		t.Errorf("a bolus over the limit: %q", why)
	}
}

func TestGIP_3_1_3_AnErrorCancelsTheBolus(t *testing.T) {
	b, _ := delivery.Boluses{Basal: d("1"), Most: d("999")}.Spread(d("6"), time.Hour, 0)
	b, _ = b.Give(d("3"), d("90"), 0)
	b, _ = all(b, time.Minute)
	b, left := b.Cancel()
	if left != d("7.5") || b.Flow() != d("1") || b.Normal != (delivery.Extra{}) || b.Square != (delivery.Extra{}) {
		t.Errorf("%s mL dropped, %+v", left, b)
	}
}

// Whatever is given in whatever order, what flowed beyond the basal rate is what the boluses gave, and letting time pass in parts
// is the same as at once.
func TestBolusesAreConservedAndAdditive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := delivery.Boluses{Basal: d("2"), Most: quantity.Int(rapid.Int64Range(3, 300).Draw(t, "most"))}
		asked, done := 0, 0
		for range rapid.IntRange(1, 12).Draw(t, "acts") {
			switch rapid.IntRange(0, 2).Draw(t, "act") {
			case 0:
				if next, why := b.Give(quantity.Decimal(rapid.Int64Range(1, 9_000_000).Draw(t, "volume")), d("77.7"), 0); why == "" {
					b, asked = next, asked+1
				}
			case 1:
				if next, why := b.Spread(quantity.Decimal(rapid.Int64Range(1, 9_000_000).Draw(t, "volume")), 31*time.Minute, 0); why == "" {
					b, asked = next, asked+1
				}
			default:
				span := time.Duration(rapid.Int64Range(2, int64(time.Hour)).Draw(t, "span"))
				cut := time.Duration(rapid.Int64Range(1, int64(span)-1).Draw(t, "cut"))
				whole, n := all(b, span)
				half, first := all(b, cut)
				half, second := all(half, span-cut)
				if whole != half || n != first+second {
					t.Fatalf("%v at once %+v, in parts %+v", span, whole, half)
				}
				b, done = whole, done+n
			}
		}
		if _, n := all(b, 10000*time.Hour); done+n != asked {
			t.Fatalf("%d boluses asked for, %d given", asked, done+n)
		}
	})
}

func TestPCA_R5_3_0_2_AClinicianBolus(t *testing.T) {
	rate, why := delivery.ClinicianRate(d("12"), d("2"), d("999"), 2*time.Hour, 10*time.Minute)
	if rate != d("8") || why != "" {
		t.Errorf("12 mL in 2 h on 2 mL/h: %s mL/h %s, want 8", rate, why)
	}
	if rate, _ = delivery.ClinicianRate(d("12"), d("2"), d("7"), 2*time.Hour, 0); rate != d("7") {
		t.Errorf("%s mL/h, the pump gives 7", rate)
	}
}

func TestPCA_R5_3_0_5_AClinicianBolusTakesAtMostSixHours(t *testing.T) {
	if _, why := delivery.ClinicianRate(d("12"), 0, d("999"), 6*time.Hour, 0); why != "" {
		t.Errorf("six hours: %q", why)
	}
	if _, why := delivery.ClinicianRate(d("12"), 0, d("999"), 6*time.Hour+1, 0); why != delivery.TooLong {
		t.Errorf("longer: %q", why)
	}
}

func TestPCA_R5_3_0_6_AClinicianBolusTakesAtLeastTheLockout(t *testing.T) {
	if _, why := delivery.ClinicianRate(d("12"), 0, d("999"), 10*time.Minute, 10*time.Minute); why != "" {
		t.Errorf("the lockout: %q", why)
	}
	if _, why := delivery.ClinicianRate(d("12"), 0, d("999"), 10*time.Minute-1, 10*time.Minute); why != delivery.TooShort {
		t.Errorf("shorter: %q", why)
	}
}

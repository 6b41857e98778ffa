package delivery_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/quantity"
)

// morphine is 1 mL a demand at 60 mL/h, 2 mL/h basal, 8 min lockout, at most 6 mL in 1 h, 10 mL in 2 h, 16 mL in 4 h.
var morphine = delivery.PCARules{
	Dose: d("1"), Rate: d("60"), Basal: d("2"), Lockout: 8 * time.Minute, Most: [3]quantity.Decimal{d("6"), d("10"), d("16")},
}

func TestPCA_R5_1_0_2_BasalFromOneToTen(t *testing.T) {
	for text, ok := range map[string]bool{"0": true, "0.9": false, "1": true, "10": true, "10.1": false} {
		r := delivery.PCARules{Dose: d("0.5"), Rate: d("60"), Lockout: 8 * time.Minute, Basal: d(text)}
		if got := len(r.Check()) == 0; got != ok {
			t.Errorf("basal %s mL/h: %v", text, r.Check())
		}
	}
}

func TestPCA_R5_1_0_5_KVOUnlessAnAlarmStopsTheFlow(t *testing.T) {
	for _, c := range delivery.Causes {
		flow := delivery.Delivery{}.Start(d("5"), d("100"), d("1")).Suffer(c.Condition).Flow()
		want := map[delivery.Action]quantity.Decimal{delivery.Off: 0, delivery.ToKVO: d("1"), delivery.CarryOn: d("5")}[c.Action]
		if flow != want {
			t.Errorf("%s: %s mL/h, want %s", c.Condition, flow, want)
		}
	}
}

func TestPCA_R5_2_0_3_NoDoseWithinTheLockout(t *testing.T) {
	p, why := delivery.PCA{Rules: morphine}.Demand(0)
	if why != "" {
		t.Fatal(why)
	}
	p = p.Elapse(8*time.Minute - time.Second)
	p, why = p.Demand(0)
	if why != delivery.Locked || p.Left() != time.Second {
		t.Errorf("a second before the lockout ends: %q, %v left", why, p.Left())
	}
	p, why = p.Elapse(time.Second).Demand(0)
	if why != "" || p.Tried != 3 || p.Met != 2 {
		t.Errorf("at its end: %q, %d of %d", why, p.Met, p.Tried)
	}
}

// In the first hour 6 mL: 2 mL basal and four demands. The fifth gives a warning, and basal falls to KVO until there is room.
func TestPCA_R5_2_0_5_TheMostInATimeIsNotPassed(t *testing.T) {
	p := delivery.PCA{Rules: morphine}
	var why delivery.Refusal
	for range 5 {
		p, why = p.Demand(0)
		p = p.Elapse(8 * time.Minute)
	}
	if why != delivery.MostGiven || p.Met != 4 || !p.Warn || p.Basal(d("0.5")) != d("0.5") {
		t.Fatalf("fifth demand: %q, %d met, basal %s", why, p.Met, p.Basal(d("0.5")))
	}
	p = p.Elapse(20*time.Minute - 1)
	if !p.Warn {
		t.Error("the warning ends before the first dose is an hour old")
	}
	if p = p.Elapse(1); p.Warn || p.Basal(d("0.5")) != d("2") {
		t.Error("the warning stays when there is room")
	}
}

// However the button is pressed, no stretch of 1, 2 or 4 hours holds more than its limit: counted from what flows, exactly, over
// windows that begin or end where a dose does (the sum is linear between).
func TestNoWindowHoldsMoreThanItsLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := delivery.PCA{Rules: morphine}
		for range rapid.IntRange(20, 120).Draw(t, "demands") {
			before := p
			var why delivery.Refusal
			if p, why = p.Demand(0); why == delivery.Locked && before.Left() == 0 {
				t.Fatal("locked without a lockout")
			}
			p = p.Elapse(time.Duration(rapid.Int64Range(int64(time.Second), int64(30*time.Minute)).Draw(t, "gap")))
		}
		takes := time.Minute // 1 mL at 60 mL/h
		grants := p.Doses[:p.N]
		for i, w := range delivery.Windows {
			for _, g := range grants {
				for _, start := range []time.Duration{g.At, g.At + takes - w} {
					sum := quantity.Decimal(int64(morphine.Basal) * int64(w/time.Hour))
					for _, x := range grants {
						overlap := min(x.At+takes, start+w) - max(x.At, start)
						if overlap > 0 {
							sum += quantity.Decimal(int64(x.Volume) * int64(overlap) / int64(takes))
						}
					}
					if sum > morphine.Most[i] {
						t.Fatalf("%s mL in %v from %v", sum, w, start)
					}
				}
			}
		}
	})
}

func TestADoseCountsHoweverItIsGiven(t *testing.T) {
	p, _ := delivery.PCA{Rules: morphine}.Grant(d("3.5")) // a loading dose
	if _, why := p.Demand(0); why != delivery.Locked {
		t.Errorf("%q", why)
	}
	if _, why := p.Elapse(8 * time.Minute).Demand(0); why != delivery.MostGiven {
		t.Errorf("3.5 + 2 + 1 mL in an hour: %q", why)
	}
	if _, why := (delivery.PCA{Rules: morphine}).Demand(delivery.Conditions(0).With(delivery.Air)); why != delivery.InAlarm {
		t.Errorf("with air in the line: %q", why)
	}
}

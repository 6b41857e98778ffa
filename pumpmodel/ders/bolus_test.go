package ders_test

import (
	"testing"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// 10 mg/mL at most 0.5 mg/kg/min for 70 kg is 0.5 × 60 × 70 ÷ 10 = 210 mL/h; the area allows 200, another pump 99.9.
func TestTheBolusRateIsTheLeastOfThree(t *testing.T) {
	s := &library.Setup{
		Drug: "drug", Concentration: quantity.Concentration{Amount: quantity.Int(10), Unit: "mg", Volume: quantity.One},
		Limits: map[library.Field]library.LimitSet{library.BolusRate: {UpperHard: library.At(quantity.One / 2)}},
		Units:  map[library.Field]string{library.BolusRate: "mg/kg/min"},
	}
	small := quantity.LargeVolume
	small.Rate = quantity.Scale{Min: quantity.One, Bands: []quantity.Band{{To: quantity.MustParse("99.9"), Step: quantity.One / 10}}}
	for _, x := range []struct {
		area   int64
		pump   quantity.Pump
		weight string
		want   string
	}{
		{0, quantity.LargeVolume, "70", "210"},
		{200, quantity.LargeVolume, "70", "200"},
		{200, small, "70", "99.9"},
		{200, small, "10.05", "30.1"}, // 30.15, rounded down: never faster than the limit
	} {
		a := &library.Area{Device: library.Device{MaxRate: quantity.Int(x.area)}}
		got, err := ders.BolusRate(a, s, x.pump, quantity.MustParse(x.weight))
		if err != nil || got != quantity.MustParse(x.want) {
			t.Errorf("%+v: %s, %v", x, got, err)
		}
	}
	if _, err := ders.BolusRate(&library.Area{}, s, small, 0); err == nil {
		t.Error("a rate by weight without one")
	}
}

func TestTheVolumeOfABolus(t *testing.T) {
	c := quantity.Concentration{Amount: quantity.Int(400), Unit: "mg", Volume: quantity.Int(250)}
	got, err := ders.BolusVolume(quantity.MustParse("2"), "mg/kg", quantity.Int(82), c, quantity.LargeVolume)
	if err != nil || got != quantity.MustParse("102.5") {
		t.Errorf("2 mg/kg × 82 kg at 1.6 mg/mL: %s mL, %v", got, err)
	}
}

func TestInAnaesthesiaHardLimitsActAsSoft(t *testing.T) {
	set := library.LimitSet{UpperSoft: library.At(quantity.Int(20)), UpperHard: library.At(quantity.Int(50))}
	if v := ders.Check(set, quantity.Int(60)).InAnaesthesia(); v.Kind != "soft" || v.Limit != "upperHard" {
		t.Errorf("%+v", v)
	}
	if v := ders.Device(library.Device{MaxRate: quantity.Int(100)}, library.Rate, quantity.Int(200)).InAnaesthesia(); v.Kind != "hard" {
		t.Errorf("what the pump cannot do: %+v", v)
	}
}

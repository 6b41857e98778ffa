package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// besides are the scenarios about what is given or held beside the infusion, by the field a design must ask for.
var besides = []struct {
	about string
	field field.Field
}{{"bolus", field.Bolus}, {"bolus rate", field.BolusRate}, {"loading dose", field.Loading}, {"delay", field.Delay}, {"standby", field.Standby}}

// extraLimits are the limits of the scenarios about a bolus and a loading dose, per kilogram: at 82 kg and 1.6 mg/mL, 200 mcg/kg are
// 10.3 mL.
func extraLimits(about string, s *library.Setup, device *library.Device) {
	n := quantity.MustParse
	set := func(a, b, c, d string) library.LimitSet {
		return library.LimitSet{LowerHard: library.At(n(a)), LowerSoft: library.At(n(b)), UpperSoft: library.At(n(c)), UpperHard: library.At(n(d))}
	}
	s.Units = map[library.Field]string{library.Bolus: "mcg/kg", library.BolusRate: "mcg/kg/min", library.Loading: "mcg/kg"}
	switch about {
	case "bolus":
		s.Limits[library.Bolus] = set("10", "20", "100", "200")
	case "bolus rate":
		s.Delivery, s.Limits[library.BolusRate] = "continuous+bolus", set("4", "10", "40", "60")
	case "loading dose":
		s.Limits[library.Loading] = set("10", "20", "100", "200")
	case "delay":
		device.Delay = n("60")
	}
}

// extraValues are what can be entered beside the infusion: places around the limits of the scenario's field, and what goes with them.
func extraValues(about string, lib *library.Library, pump quantity.Pump, out map[field.Field][]quantity.Decimal) {
	set := lib.Areas[0].Setups[0].Limits
	out[field.Dose], out[field.Bolus], out[field.BolusRate] = numbers("5"), numbers("50"), numbers("20")
	out[field.Loading], out[field.LoadingRate] = numbers("50"), numbers("90")
	switch about {
	case "bolus":
		out[field.Bolus] = places(set[library.Bolus], pump.Dose)
	case "bolus rate":
		out[field.BolusRate] = places(set[library.BolusRate], pump.Dose)
		out[field.BolusTime] = numbers("0.8", "1", "3", "7") // at 50 mcg/kg beyond hard, beyond soft, within, below
	case "loading dose":
		out[field.Loading] = places(set[library.Loading], pump.Dose)
	case "delay":
		out[field.Delay] = numbers("1", "60", "61")
	case "standby":
		out[field.Standby] = numbers("1", "60")
	}
}

func numbers(texts ...string) []quantity.Decimal {
	var out []quantity.Decimal
	for _, t := range texts {
		out = append(out, quantity.MustParse(t))
	}
	return out
}

// dose holds a bolus or loading dose that begins: within the limits or overridden for this one, the volume that its amount comes to,
// not by a single key, not in an alarm.
func (w *prover) dose(before, after *watched, o *pumpmodel.Output) string {
	p, x := o.Programme, after.S.Dose.Extra
	amount, err := quantity.Parse(p.Bolus)
	unit, uerr := quantity.ParseDoseUnit(p.BolusUnit + "/h")
	weight, werr := quantity.Parse(p.Weight)
	conc, cerr := quantity.ParseConcentration(p.Concentration)
	exact, rerr := quantity.RateOf(amount, unit, weight, conc)
	for _, e := range []error{err, uerr, werr, cerr, rerr} {
		if e != nil {
			return "a dose began that cannot be worked out: " + e.Error()
		}
	}
	volume, err := w.m.d.Pump.VTBI.Round(exact)
	switch {
	case err != nil || x.Volume != volume || volume.String() != p.BolusVolume || x.Rate.String() != p.BolusRate:
		return "another dose is given than was programmed"
	case !p.Loading && before.S.Screen == w.m.running && !before.S.Alert.On:
		return "one key gave a bolus"
	case w.m.blocking(&after.S) != "":
		return "a dose began in an alarm"
	}
	broken := w.within(after, p)
	if !p.Loading {
		for _, f := range bolusParts {
			after.Overrides[f] = 0 // the next bolus needs its own
		}
	}
	return broken
}

package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// ScenariosOf are what Prove can be about on this design: those of its kind of pump.
func ScenariosOf(d *design.Design) []string {
	if d.Pump.Name == quantity.PCA.Name {
		return []string{"weight", "demand dose", "lockout", "continuous", "loading", "most in 1 h", "most in 4 h", "occlusion", "power"}
	}
	out := Scenarios()
	for _, b := range besides {
		if d.Asks(b.field) || b.field == field.BolusRate && d.Asks(field.BolusTime) {
			out = append(out, b.about)
		}
	}
	if len(d.Channels) > 1 {
		out = append(out, "two channels")
	}
	if d.Secondary {
		out = append(out, "secondary infusion")
	}
	return out
}

// pcaOf are the limits a scenario of analgesia walks.
var pcaOf = map[string]library.Field{
	"weight": library.Weight, "demand dose": library.PCADose, "lockout": library.Lockout, "continuous": library.Continuous,
	"loading": library.Loading, "most in 1 h": library.In1h, "most in 4 h": library.In4h,
}

// provePCALibrary is one drug given on demand, by weight, with the limits a scenario is about. At 100 kg a mcg/kg is a tenth of a mL.
func provePCALibrary(about string, once bool) *library.Library {
	n := quantity.MustParse
	set := func(a, b, c, d string) library.LimitSet {
		return library.LimitSet{LowerHard: library.At(n(a)), LowerSoft: library.At(n(b)), UpperSoft: library.At(n(c)), UpperHard: library.At(n(d))}
	}
	all := map[library.Field]library.LimitSet{
		library.Weight: set("30", "40", "150", "200"), library.PCADose: set("5", "10", "20", "30"), library.Lockout: set("5", "6", "15", "30"),
		library.Continuous: {UpperSoft: library.At(n("10")), UpperHard: library.At(n("20"))},
		library.Loading:    {UpperSoft: library.At(n("50")), UpperHard: library.At(n("100"))},
		library.In1h:       {UpperSoft: library.At(n("80")), UpperHard: library.At(n("120"))},
		library.In4h:       {UpperSoft: library.At(n("250")), UpperHard: library.At(n("400"))},
	}
	s := library.Setup{
		Drug: "drug", By: library.ByWeight, Delivery: "pca", Pump: quantity.PCA.Name, Limits: map[library.Field]library.LimitSet{},
		Units:         map[library.Field]string{library.PCADose: "mcg/kg"},
		Concentration: quantity.Concentration{Amount: n("50"), Unit: "mg", Volume: n("50")},
	}
	if f := pcaOf[about]; f != "" {
		s.Limits[f] = all[f]
	}
	checking := "always"
	if once {
		checking = "once"
	}
	return &library.Library{Name: "proof", Areas: []library.Area{{
		Name: "Proof", Checking: checking, Device: library.Device{MaxRate: n("300"), MaxVTBI: n("600"), KVO: n("1"), MaxWeight: n("250")},
		Setups: []library.Setup{s},
	}}}
}

// pcaValues are what can be entered: the places around the limits of the field a scenario is about, and what goes with any of them in the
// others.
func pcaValues(about string, lib *library.Library, pump quantity.Pump) map[field.Field][]quantity.Decimal {
	n := numbers
	out := map[field.Field][]quantity.Decimal{
		field.Weight: n("100"), field.PCADose: n("12", "15"), field.Lockout: n("10"), field.Continuous: n("5"), field.PCALoading: n("30"), field.In1h: n("80"), field.In4h: n("250"),
	}
	set := lib.Areas[0].Setups[0].Limits[pcaOf[about]]
	switch f := pcaOf[about]; f {
	case "":
	case library.Weight:
		out[field.Weight], out[field.In1h], out[field.In4h] = places(set, pump.Weight), n("400"), n("900")
	case library.Lockout:
		out[field.Lockout] = places(set, minutes)
	default:
		for own := field.PCADose; own <= field.In4h; own++ {
			if field.Limit[own] == f {
				out[own] = places(set, pump.Dose)
			}
		}
	}
	return out
}

// onDemand is the machine's step with what the handset does to the flow after it, on an account without doses.
func (m *mach) onDemand(s *state, e pumpmodel.Event) []pumpmodel.Output {
	out := m.step(s, e)
	if s.Flow.Mode == delivery.Infusing {
		t := pressing{b: &bedside{m}, h: &handset{Lane: *s}}
		t.h.PCA.Rules, t.h.Give.Most = t.rules(), m.d.Pump.Rate.Max()
		t.settle()
		*s = t.h.Lane
	}
	return out
}

package participant

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// Ward is a day of programming on a ward, simulated without pumps: the numbers that would be confirmed, to hold against a library.
// It says what a change of limits does to the burden of alerts; it does not predict a ward.
type Ward struct {
	Infusions int     // a day
	Beyond    float64 // share of ordered doses and rates that lie beyond a soft limit on purpose
	Person    Params  // who types: slips, misreading, noticing
}

// TypicalWard is a ward of 400 infusions a day.
func TypicalWard() Ward { return Ward{Infusions: 400, Beyond: 0.03, Person: Typical()} }

// Assumptions are what the day rests on, in sentences.
func (w Ward) Assumptions() []string {
	p := w.Person
	return []string{
		"Each infusion is one setup of the old library that has limits on a dose rate or a rate, every setup as likely as any other (assumption: how often a ward uses a drug is not in a library).",
		"A patient's weight lies anywhere between the care area's soft limits, else between 45 and 110 kg (assumption).",
		fmt.Sprintf("The ordered dose or rate lies between the soft limits, evenly on a logarithmic scale, rounded to two digits; a missing lower one is taken as a twentieth of the upper, a missing upper one as twenty times the lower. %.2g of the orders lie beyond a soft limit on purpose, by up to a half (assumption).", w.Beyond),
		"The volume is that of the container, else the upper soft limit on it, else 250 mL (assumption).",
		fmt.Sprintf("Of the numbers read from an order, %.2g are misread; of the keys typed, %.2g slip, in the shares adjacent %.2g, omitted %.2g, doubled %.2g, transposed %.2g, another digit %.2g; %.2g of the slips are noticed at once (Panko; THERP; HEART; the shares are assumptions).",
			p.Misread, p.Slip, p.Adjacent, p.Omit, p.Double, p.Transpose, p.Other, p.SeeTyped),
		"A number that raised an alert is not entered a second time here: each number is one attempt.",
	}
}

// Day is one day's attempts on the setups of a library; session names the day. A library without limits on doses or rates gives none.
func (w Ward) Day(l *library.Library, session string, rng *rand.Rand) []ders.Attempt {
	type place struct {
		area  *library.Area
		setup *library.Setup
		field library.Field
	}
	var all []place
	for i := range l.Areas {
		a := &l.Areas[i]
		for j := range a.Setups {
			s := &a.Setups[j]
			for _, f := range []library.Field{library.Dose, library.Rate} {
				if s.Limits[f] != (library.LimitSet{}) {
					all = append(all, place{a, s, f})
					break
				}
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	var out []ders.Attempt
	for n := range w.Infusions {
		at := all[rng.IntN(len(all))]
		e := ders.Entry{Area: at.area.Name, Drug: at.setup.Drug, Therapy: at.setup.Therapy}
		if !at.setup.Custom && at.setup.Concentration.Amount > 0 {
			e.Concentration = at.setup.Concentration.String()
		}
		add := func(f library.Field, v quantity.Decimal) {
			e.Field, e.Value = f, w.typed(v, rng)
			out = append(out, ders.Attempt{Entry: e, Session: session, Task: fmt.Sprintf("infusion %d", n+1)})
		}
		if at.setup.By == library.ByWeight {
			weight := w.between(at.area.Weight, 45, 110, rng, true)
			add(library.Weight, weight)
			e.Weight = out[len(out)-1].Value
		}
		set := at.setup.Limits[at.field]
		dose := w.between(set, 1, 20, rng, false)
		if rng.Float64() < w.Beyond {
			dose = beyond(set, rng, dose)
		}
		add(at.field, dose)
		add(library.VTBI, volume(at.setup))
	}
	return out
}

// between is an ordered value between the soft limits of a set, rounded to two digits, or three for a weight; low and high where it
// has none.
func (w Ward) between(set library.LimitSet, low, high float64, rng *rand.Rand, even bool) quantity.Decimal {
	lo, hi := first(set.LowerSoft, set.LowerHard), first(set.UpperSoft, set.UpperHard)
	switch {
	case lo == 0 && hi == 0:
		lo, hi = low, high
	case lo == 0:
		lo = hi / 20
	case hi == 0:
		hi = lo * 20
	}
	v := lo * math.Pow(hi/lo, rng.Float64())
	digits := 2
	if even {
		v, digits = lo+(hi-lo)*rng.Float64(), 3
	}
	return decimal(max(lo, min(hi, rounded(v, digits))))
}

// first is the value of the first bound that is set, 0 if none is.
func first(bounds ...library.Bound) float64 {
	for _, b := range bounds {
		if b.Set && b.Value > 0 {
			v, _ := b.Value.Rat().Float64()
			return v
		}
	}
	return 0
}

// beyond is a dose past a soft limit by up to a half, upper or lower as there is one.
func beyond(set library.LimitSet, rng *rand.Rand, dose quantity.Decimal) quantity.Decimal {
	lo, hi := first(set.LowerSoft), first(set.UpperSoft)
	f := 1 + 0.5*rng.Float64()
	if hi > 0 && (lo == 0 || rng.IntN(2) == 0) {
		return decimal(rounded(hi*f, 2))
	}
	if lo > 0 {
		return decimal(rounded(lo/f, 2))
	}
	return dose
}

func volume(s *library.Setup) quantity.Decimal {
	if v := s.Concentration.Volume; v >= quantity.Int(10) {
		return v
	}
	if b := s.Limits[library.VTBI].UpperSoft; b.Set {
		return b.Value
	}
	return quantity.Int(250)
}

func rounded(v float64, digits int) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v))-float64(digits-1))
	return math.Round(v/power) * power
}

// decimal is a positive number as a pump holds it.
func decimal(v float64) quantity.Decimal {
	d, err := quantity.Parse(strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.6f", v), "0"), "."))
	if err != nil {
		return quantity.Int(1) // nothing that a library can ask for
	}
	return d
}

// typed is the number that is confirmed where v was ordered.
func (w Ward) typed(v quantity.Decimal, rng *rand.Rand) quantity.Decimal {
	p := Person{Params: w.Person, Streams: Streams{Slips: rng, Choices: rng}}
	text := v.String()
	if chance(rng, p.Misread) {
		text = p.misread(text)
	}
	out := ""
	for left := text; left != ""; {
		symbol := left[:1]
		left = left[1:]
		if chance(rng, p.Slip) && !chance(rng, p.SeeTyped) {
			switch p.class() {
			case adjacent:
				if near := entry.Neighbours("telephone", symbol); len(near) > 0 {
					symbol = near[rng.IntN(len(near))]
				}
			case omit:
				symbol = ""
			case double:
				symbol += symbol
			case transpose:
				if left != "" {
					symbol, left = left[:1], symbol+left[1:]
				}
			case other:
				symbol = fmt.Sprint(rng.IntN(10))
			}
		}
		out += symbol
	}
	if typed, err := quantity.Parse(strings.TrimSuffix(out, ".")); err == nil && typed > 0 {
		return typed
	}
	return v // nothing that a pump takes: typed anew
}

package quantity

import (
	"fmt"
	"math/big"
	"math/bits"
)

// Band is a stretch of a range with one step: values up to and including To are multiples of Step.
type Band struct{ To, Step Decimal }

// Scale is how a quantity is graded on a pump: from Min through the last band's To, finer below, coarser above. Bands are
// ascending.
type Scale struct {
	Min   Decimal
	Bands []Band
}

// Max is the largest value of the scale.
func (s Scale) Max() Decimal { return s.Bands[len(s.Bands)-1].To }

// StepAt is the step of the band v falls in; above the scale, the last band's.
func (s Scale) StepAt(v Decimal) Decimal {
	for _, b := range s.Bands {
		if v <= b.To {
			return b.Step
		}
	}
	return s.Bands[len(s.Bands)-1].Step
}

// Holds reports that v is on the scale as it stands: within it, and a multiple of its step there.
func (s Scale) Holds(v Decimal) bool {
	for _, b := range s.Bands {
		if v <= b.To {
			return v >= s.Min && v%b.Step == 0
		}
	}
	return false
}

// Round is x on the scale, rounded once, half up: with the step of the first band whose rounded value still lies in it, so
// 99.95 in bands (99.9 by 0.1, 999 by 1) is 100. A value outside the scale is refused, never clipped.
func (s Scale) Round(x *big.Rat) (Decimal, error) {
	max := s.Max()
	if over(x, 2*max) {
		return 0, s.outside(x)
	}
	for _, b := range s.Bands {
		if v := Round(x, b.Step); v <= b.To {
			if v < s.Min {
				return 0, s.outside(x)
			}
			return v, nil
		}
	}
	return 0, s.outside(x)
}

// over reports x > v, in 128 bits where they are enough.
func over(x *big.Rat, v Decimal) bool {
	n, d := x.Num(), x.Denom()
	if !n.IsInt64() || !d.IsInt64() || n.Sign() < 0 {
		return x.Cmp(v.Rat()) > 0
	}
	h1, l1 := bits.Mul64(uint64(n.Int64()), uint64(One))
	h2, l2 := bits.Mul64(uint64(d.Int64()), uint64(v))
	return h1 > h2 || h1 == h2 && l1 > l2
}

func (s Scale) outside(x *big.Rat) error {
	return fmt.Errorf("%s is outside %s to %s", trim(x), s.Min, s.Max())
}

// Exact is x as a decimal string with at most six places, trailing zeros removed; more places are rounded half up, and a number beyond the range of Decimal
// has none.
func Exact(x *big.Rat) string { return trim(x) }

func trim(x *big.Rat) string {
	if x.Cmp(big.NewRat(most, 1)) > 0 || x.Cmp(big.NewRat(-most, 1)) < 0 {
		return x.FloatString(0)
	}
	return Round(x, 1).String()
}

// most is a whole number that a Decimal holds with room to spare.
const most = 9_000_000_000_000

func d(s string) Decimal { return MustParse(s) }

// Pump is a hardware profile: what a kind of pump can be set to.
type Pump struct {
	Name      string // large-volume, syringe, pca
	Rate      Scale  // mL/h
	VTBI      Scale  // mL
	Dose      Scale  // any dose unit
	Weight    Scale  // kg
	MaxKVO    Decimal
	Reservoir Decimal // mL
}

// The hardware profiles; steps and ranges from shared/data/precision.csv (BD Guardrails Editor 12.1.3 manual).
var (
	vtbi   = Scale{d("0.1"), []Band{{d("9.99"), d("0.01")}, {d("999.9"), d("0.1")}, {d("9999"), d("1")}}}
	dose   = Scale{d("0.0001"), []Band{{d("0.9999"), d("0.0001")}, {d("9.999"), d("0.001")}, {d("99.99"), d("0.01")}, {d("999.9"), d("0.1")}, {d("99999"), d("1")}}}
	weight = Scale{d("0.1"), []Band{{d("500"), d("0.1")}}}

	LargeVolume = Pump{
		Name: "large-volume", VTBI: vtbi, Dose: dose, Weight: weight, MaxKVO: Int(20), Reservoir: Int(1000),
		Rate: Scale{d("0.1"), []Band{{d("99.9"), d("0.1")}, {d("999"), d("1")}}},
	}
	Syringe = Pump{
		Name: "syringe", VTBI: vtbi, Dose: dose, Weight: weight, MaxKVO: d("2.5"), Reservoir: Int(60),
		Rate: Scale{d("0.1"), []Band{{d("9.99"), d("0.01")}, {d("99.9"), d("0.1")}, {d("999"), d("1")}}},
	}
	// PCA is a driven syringe in a lockbox, with a handset; KVO is 1 mL/h (Open PCA R5.1.0(5)).
	PCA = Pump{
		Name: "pca", VTBI: vtbi, Dose: dose, Weight: weight, MaxKVO: d("1"), Reservoir: Int(60),
		Rate: Scale{d("0.1"), []Band{{d("9.99"), d("0.01")}, {d("99.9"), d("0.1")}, {d("999"), d("1")}}},
	}
	Pumps = []Pump{LargeVolume, Syringe} // those of the table; PCA drives a syringe
)

// PumpNamed is the hardware profile of that name; "large" is short for large-volume.
func PumpNamed(name string) (Pump, error) {
	if name == "large" {
		name = LargeVolume.Name
	}
	for i := range Pumps {
		if Pumps[i].Name == name {
			return Pumps[i], nil
		}
	}
	if name == PCA.Name {
		return PCA, nil
	}
	return Pump{}, fmt.Errorf("unknown pump %q: large-volume or syringe, or pca", name)
}

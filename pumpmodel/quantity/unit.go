package quantity

import (
	"fmt"
	"math/big"
	"strings"
)

// Dimension is what an amount unit measures. Unlike dimensions never convert into each other.
type Dimension string

// The dimensions of drug amounts.
const (
	Mass  Dimension = "mass"
	Units Dimension = "units"
	Equiv Dimension = "equivalents"
	Mole  Dimension = "moles"
	Fluid Dimension = "volume"
)

type amountUnit struct {
	name string
	dim  Dimension
	num  int64 // in the dimension's smallest unit
}

// The amount units of the drug library, smallest first in each dimension.
var amountUnits = []amountUnit{
	{"ng", Mass, 1},
	{"mcg", Mass, 1_000},
	{"mg", Mass, 1_000_000},
	{"g", Mass, 1_000_000_000},
	{"milliunit", Units, 1},
	{"unit", Units, 1_000},
	{"mEq", Equiv, 1},
	{"mmol", Mole, 1},
	{"mL", Fluid, 1},
}

func amountNamed(name string) (amountUnit, bool) {
	switch name {
	case "units":
		name = "unit"
	case "milliunits":
		name = "milliunit"
	}
	for _, u := range amountUnits {
		if u.name == name {
			return u, true
		}
	}
	return amountUnit{}, false
}

// meant ends a sentence about an unknown amount unit with the one it stands for where people write it otherwise.
func meant(name string) string {
	known := map[string]string{
		"iu": "units", "u": "units", "i.u.": "units", "mu": "milliunits", "miu": "milliunits", "µg": "mcg", "μg": "mcg", "ug": "mcg", "microgram": "mcg",
		"micrograms": "mcg", "mcgs": "mcg", "mgs": "mg", "gm": "g", "gram": "g", "grams": "g", "meq": "mEq", "ml": "mL",
	}[strings.ToLower(name)]
	if known == "" {
		return ""
	}
	return ", did you mean " + known + "?"
}

// DoseUnit is a dose rate's unit taken apart: amount [per kg or m²] per time. The zero value is no unit.
type DoseUnit struct {
	Amount string // ng mcg mg g milliunit unit mEq mmol mL
	Per    string // "", kg, m2
	Time   string // min, h, day
}

// ParseDoseUnit reads mcg/kg/min, units/h, mL/h, mg/m²/day. Plurals of unit are understood and dropped.
func ParseDoseUnit(s string) (DoseUnit, error) {
	parts := strings.Split(s, "/")
	fail := func(what string) (DoseUnit, error) {
		return DoseUnit{}, fmt.Errorf("read dose unit %q: %s; write amount[/kg|/m2]/time, as mcg/kg/min or units/h", s, what)
	}
	if len(parts) < 2 || len(parts) > 3 {
		return fail("it has " + fmt.Sprint(len(parts)) + " parts")
	}
	u := DoseUnit{Time: parts[len(parts)-1]}
	a, ok := amountNamed(parts[0])
	if !ok {
		return fail("unknown amount " + fmt.Sprintf("%q", parts[0]) + meant(parts[0]))
	}
	u.Amount = a.name
	if len(parts) == 3 {
		u.Per = strings.ReplaceAll(parts[1], "m²", "m2")
		if u.Per != "kg" && u.Per != "m2" {
			return fail("unknown basis " + fmt.Sprintf("%q", parts[1]))
		}
	}
	switch u.Time {
	case "min", "h", "day":
	case "hr", "hour":
		u.Time = "h"
	case "d", "24h":
		u.Time = "day"
	default:
		return fail("unknown time " + fmt.Sprintf("%q", u.Time))
	}
	return u, nil
}

// String is the unit as a pump shows it; "unit" is never shortened to U.
func (u DoseUnit) String() string {
	if u == (DoseUnit{}) {
		return ""
	}
	amount := u.Amount
	if amount == "unit" || amount == "milliunit" {
		amount += "s"
	}
	if u.Per != "" {
		per := strings.ReplaceAll(u.Per, "m2", "m²")
		return amount + "/" + per + "/" + u.Time
	}
	return amount + "/" + u.Time
}

// Concentration is an amount of drug in a volume. Amount and Volume are positive.
type Concentration struct {
	Amount Decimal
	Unit   string  // of Amount: mg, unit …
	Volume Decimal // mL
}

// String is the concentration as on a bag's label: 400 mg/250 mL, 16 mcg/mL.
func (c Concentration) String() string {
	unit := c.Unit
	if unit == "unit" && c.Amount != One {
		unit = "units"
	}
	if c.Volume == One {
		return c.Amount.String() + " " + unit + "/mL"
	}
	return c.Amount.String() + " " + unit + "/" + c.Volume.String() + " mL"
}

// ParseConcentration reads "400 mg/250 mL", "16 mcg/mL", "100 units/100 mL".
func ParseConcentration(s string) (Concentration, error) {
	why := ""
	fail := func() (Concentration, error) {
		return Concentration{}, fmt.Errorf("read concentration %q: %swrite amount unit/volume mL, as 400 mg/250 mL", s, why)
	}
	left, right, ok := strings.Cut(s, "/")
	if !ok {
		return fail()
	}
	num, unit, ok := strings.Cut(strings.TrimSpace(left), " ")
	if !ok {
		return fail()
	}
	a, known := amountNamed(strings.TrimSpace(unit))
	amount, err := Parse(num)
	if err != nil || !known || amount <= 0 {
		switch other := meant(strings.TrimSpace(unit)); {
		case strings.Contains(num, ","):
			why = noComma + "; "
		case other != "":
			why = fmt.Sprintf("unknown amount %q%s ", strings.TrimSpace(unit), other)
		}
		return fail()
	}
	right = strings.TrimSpace(right)
	vol, isML := strings.CutSuffix(right, "mL")
	vol = strings.TrimSpace(vol)
	volume := One
	if vol != "" {
		volume, err = Parse(vol)
	}
	if !isML || err != nil || volume <= 0 {
		return fail()
	}
	return Concentration{Amount: amount, Unit: a.name, Volume: volume}, nil
}

// alike are two amount units of one dimension; unlike or unknown ones are an error.
func alike(from, to string) (f, t amountUnit, err error) {
	f, known := amountNamed(from)
	t, too := amountNamed(to)
	switch {
	case !known:
		err = fmt.Errorf("convert %s to %s: unknown amount unit %q%s", from, to, from, meant(from))
	case !too:
		err = fmt.Errorf("convert %s to %s: unknown amount unit %q%s", from, to, to, meant(to))
	case f.dim != t.dim:
		err = fmt.Errorf("convert %s to %s: %s and %s do not convert into each other", from, to, f.dim, t.dim)
	}
	return f, t, err
}

// Converts is nil if amounts in unit from can be said in unit to, and otherwise says why not.
func Converts(from, to string) error {
	_, _, err := alike(from, to)
	return err
}

// Ratio is from/to as an exact rational: how many of unit to one of unit from is. Unlike dimensions are an error.
func Ratio(from, to string) (*big.Rat, error) {
	f, t, err := alike(from, to)
	if err != nil {
		return nil, err
	}
	return big.NewRat(f.num, t.num), nil
}

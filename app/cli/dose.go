package cli

import (
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// DoseCmd converts one dose into a pump's rate, or back.
type DoseCmd struct {
	Dose       string `xor:"given" help:"Dose in --unit."`
	Rate       string `xor:"given" help:"Rate in mL/h: the inverse, the dose it gives in --unit."`
	Unit       string `required:"" help:"Dose unit: amount[/kg|/m2]/time, as mcg/kg/min, units/h, mL/h."`
	Weight     string `help:"Patient's weight in kg, for a unit per kg."`
	BSA        string `name:"bsa" help:"Body surface in m², for a unit per m²."`
	Height     string `help:"Height in cm: with --weight the body surface by Mosteller, for a unit per m²."`
	Amount     string `help:"Amount of drug in the bag or syringe, in --amount-unit."`
	AmountUnit string `help:"Unit of the amount: ng, mcg, mg, g, milliunit, unit, mEq, mmol."`
	Volume     string `help:"Volume the amount is in, in mL."`
	VTBI       string `name:"vtbi" help:"Volume to be infused in mL: adds how long it takes."`
	Pump       string `default:"large" help:"Pump whose step and range hold: large (large-volume) or syringe."`
}

// Help is shown by --help.
func (*DoseCmd) Help() string {
	return "Example:\n  pumplab dose --dose 5 --unit mcg/kg/min --weight 82 --amount 400 --amount-unit mg --volume 250 --pump large\n" +
		"The exact rate is rounded once, half up, to the pump's step; what then lies outside its range is refused, never clipped. " +
		"For research and teaching, never for clinical use."
}

// doseResult is the answer: rate from dose, or dose from rate. Numbers are decimal strings.
type doseResult struct {
	Rate      string `json:"rate,omitempty"`
	Dose      string `json:"dose,omitempty"`
	Exact     string `json:"exact"`
	Unit      string `json:"unit"`
	DoseShown string `json:"dose_shown,omitempty"` // recomputed from the rounded rate
	DoseUnit  string `json:"dose_unit,omitempty"`
	AtRate    string `json:"at_rate,omitempty"`
	Step      string `json:"step"`
	Minutes   *int64 `json:"minutes,omitempty"`
}

// Run converts and prints. A result outside the pump's range is refused, never clipped.
func (c *DoseCmd) Run(x *Context) error {
	q, err := c.read()
	if err != nil {
		return err
	}
	if c.Rate != "" {
		return c.inverse(x, q)
	}
	if q.unit.String() == "mL/h" {
		if err := q.settable(); err != nil {
			return err
		}
	}
	exact, err := quantity.RateOf(q.given, q.unit, q.basis, q.conc)
	if err != nil {
		return err
	}
	rate, err := q.pump.Rate.Round(exact)
	if err != nil {
		return Failed(fmt.Sprintf("the rate for %s %s cannot be set: %v mL/h of the %s pump", q.given, q.unit, err, q.pump.Name))
	}
	back, err := quantity.DoseOf(rate, q.unit, q.basis, q.conc)
	if err != nil {
		return err
	}
	shown, err := q.pump.Dose.Round(back)
	if err != nil {
		return Failed(fmt.Sprintf("the dose at %s mL/h cannot be shown: %v %s", rate, err, q.unit))
	}
	out := doseResult{Rate: rate.String(), Exact: plain(exact), Unit: "mL/h", DoseShown: shown.String(), Step: q.pump.Rate.StepAt(rate).String()}
	if out.Minutes, err = q.minutes(rate); err != nil {
		return err
	}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s mL/h (exact %s, step %s)\n", out.Rate, out.Exact, out.Step)
		fmt.Fprintf(w, "dose shown: %s %s\n", out.DoseShown, q.unit)
		out.printTime(w, q)
	})
}

func (c *DoseCmd) inverse(x *Context, q question) error {
	if err := q.settable(); err != nil {
		return err
	}
	exact, err := quantity.DoseOf(q.given, q.unit, q.basis, q.conc)
	if err != nil {
		return err
	}
	dose, err := q.pump.Dose.Round(exact)
	if err != nil {
		return Failed(fmt.Sprintf("the dose at %s mL/h cannot be shown: %v %s", q.given, err, q.unit))
	}
	out := doseResult{Dose: dose.String(), Exact: plain(exact), Unit: q.unit.String(), AtRate: q.given.String(), Step: q.pump.Dose.StepAt(dose).String()}
	if out.Minutes, err = q.minutes(q.given); err != nil {
		return err
	}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s %s (exact %s, step %s) at %s mL/h\n", out.Dose, out.Unit, out.Exact, out.Step, out.AtRate)
		out.printTime(w, q)
	})
}

func (r doseResult) printTime(w io.Writer, q question) {
	if r.Minutes != nil {
		fmt.Fprintf(w, "%s mL take %d min (%d h %02d min)\n", q.vtbi, *r.Minutes, *r.Minutes/60, *r.Minutes%60)
	}
}

// question is the line, read.
type question struct {
	given quantity.Decimal // dose or rate
	unit  quantity.DoseUnit
	basis quantity.Decimal // kg or m², 0 if the unit asks for none
	conc  quantity.Concentration
	vtbi  quantity.Decimal
	pump  quantity.Pump
}

// settable refuses a rate that is given outside the pump's range, however near (GIP 1.1.2: 0.09 and 999.1 mL/h are refused).
func (q question) settable() error {
	if r := q.pump.Rate; q.given < r.Min || q.given > r.Max() {
		return Failed(fmt.Sprintf("the rate cannot be set: %s is outside %s to %s mL/h of the %s pump", q.given, r.Min, r.Max(), q.pump.Name))
	}
	return nil
}

func (q question) minutes(rate quantity.Decimal) (*int64, error) {
	if q.vtbi == 0 {
		return nil, nil
	}
	n, err := quantity.Remaining(q.vtbi, rate)
	return &n, err
}

// read reads every number of the line and asks for what is missing.
func (c *DoseCmd) read() (q question, err error) {
	var weight, bsa, height quantity.Decimal
	numbers := []struct {
		flag, text string
		to         *quantity.Decimal
	}{
		{"--dose", c.Dose, &q.given},
		{"--rate", c.Rate, &q.given},
		{"--weight", c.Weight, &weight},
		{"--bsa", c.BSA, &bsa},
		{"--height", c.Height, &height},
		{"--amount", c.Amount, &q.conc.Amount},
		{"--volume", c.Volume, &q.conc.Volume},
		{"--vtbi", c.VTBI, &q.vtbi},
	}
	for _, n := range numbers {
		if n.text == "" {
			continue
		}
		if *n.to, err = number(n.flag, n.text); err != nil {
			return q, err
		}
		if *n.to <= 0 {
			return q, fmt.Errorf("%s: %s is not a positive number", n.flag, n.text)
		}
	}
	if c.Dose == "" && c.Rate == "" {
		return q, errors.New("give --dose, or --rate for the inverse")
	}
	if q.unit, err = quantity.ParseDoseUnit(c.Unit); err != nil {
		return q, err
	}
	if q.pump, err = quantity.PumpNamed(c.Pump); err != nil {
		return q, err
	}
	if q.basis, err = basis(q.unit, weight, bsa, height); err != nil {
		return q, err
	}
	if q.unit.Amount == "mL" {
		return q, nil
	}
	if c.Amount == "" || c.AmountUnit == "" || c.Volume == "" {
		return q, fmt.Errorf("%s needs a concentration: give --amount, --amount-unit and --volume, as --amount 400 --amount-unit mg --volume 250", q.unit)
	}
	q.conc.Unit = c.AmountUnit
	_, err = quantity.Ratio(q.unit.Amount, c.AmountUnit)
	return q, err
}

// basis is what a unit is per: the weight, or the body surface given or computed.
func basis(u quantity.DoseUnit, weight, bsa, height quantity.Decimal) (quantity.Decimal, error) {
	switch {
	case u.Per == "kg" && weight == 0:
		return 0, fmt.Errorf("%s needs the patient's weight: give --weight in kg", u)
	case u.Per == "kg":
		return weight, nil
	case u.Per == "m2" && bsa > 0:
		return bsa, nil
	case u.Per == "m2" && (weight == 0 || height == 0):
		return 0, fmt.Errorf("%s needs the body surface: give --bsa in m², or --height in cm and --weight in kg", u)
	case u.Per == "m2":
		return quantity.Surface(height, weight, 10_000)
	}
	return 0, nil
}

// plain is x as a decimal string, in full where it ends, else with 15 decimals.
func plain(x *big.Rat) string {
	places, finite := x.FloatPrec()
	if !finite || places > 15 {
		places = 15
	}
	text := x.FloatString(places)
	if strings.Contains(text, ".") {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return text
}

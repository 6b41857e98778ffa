// Package order provides the medication order a person programmes a pump from, and holds a programme against it.
package order

import (
	"errors"
	"fmt"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// Order is what a prescriber asked for. Numbers are zero where the order does not give them.
type Order struct {
	Patient       string
	Area          string
	Drug          string // tall-man name; empty for a basic infusion
	Concentration quantity.Concentration
	Weight        quantity.Decimal // kg
	Dose          quantity.Decimal
	DoseUnit      quantity.DoseUnit
	Rate          quantity.Decimal // mL/h
	VTBI          quantity.Decimal // mL
	Time          quantity.Decimal // minutes
	Channel       string           // A, B, A secondary; empty where the pump has one channel
	Bolus         quantity.Decimal // amount of a bolus while it runs, or of a loading dose before, in BolusUnit
	BolusUnit     string           // mg, mcg/kg: the unit the library gives it in
	Loading       bool             // it is a loading dose: given first, the rest follows
	Over          quantity.Decimal // minutes over which it is given
	Delay         quantity.Decimal // minutes by which the start is put off
	PCA           PCA              // of patient-controlled analgesia
	Second        string           // an order for another channel, or for a secondary infusion, in the words of String; empty for none
	Change        bool             // asks for a change of what runs, not for a new infusion
}

// Keys are the words an order is written with, in the order of the card.
var Keys = []string{
	"patient", "area", "weight", "channel", "drug", "concentration", "dose", "rate", "vtbi", "time", "bolus", "loading", "over", "delay",
	"pca dose", "lockout", "continuous", "pca loading", "in 1 h", "in 4 h", "change",
}

// With is the order with one of Keys set from text, as study files and network orders write it: drug: DOPamine, concentration:
// 400 mg/250 mL, weight: 82 kg, dose: 5 mcg/kg/min, rate: 15.4 mL/h, vtbi: 250 mL, time: 30 min, bolus: 4 mg (or loading: 50 mcg/kg), over: 10 min,
// delay: 1 h, pca dose: 1 mg, lockout: 8 min, continuous: 0.5 mg/h, pca loading: 2 mg, in 4 h: 24 mg, change: yes. Numbers are positive
// and carry their unit.
func (o Order) With(key, text string) (Order, error) {
	var err error
	text = strings.TrimSpace(text)
	switch key {
	case "patient":
		o.Patient = text
	case "area":
		o.Area = text
	case "channel":
		o.Channel = text
	case "drug":
		o.Drug = text
	case "concentration":
		o.Concentration, err = quantity.ParseConcentration(text)
	case "weight":
		o.Weight, err = measured(text, "kg")
	case "dose":
		o.Dose, o.DoseUnit, err = doseOf(text)
	case "rate":
		o.Rate, err = measured(text, "mL/h")
	case "vtbi":
		o.VTBI, err = measured(text, "mL")
	case "time":
		o.Time, err = minutes(text)
	case "bolus", "loading":
		if o.Bolus != 0 {
			err = errors.New("an order has one bolus or one loading dose")
			break
		}
		o.Bolus, o.BolusUnit, err = amountOf(text)
		o.Loading = key == "loading"
	case "over":
		o.Over, err = minutes(text)
	case "delay":
		o.Delay, err = minutes(text)
	case "pca dose", "lockout", "continuous", "pca loading", "in 1 h", "in 4 h":
		o.PCA, err = o.PCA.with(key, text)
	case "change":
		if text != "yes" && text != "no" {
			err = fmt.Errorf("%q is neither yes nor no", text)
		}
		o.Change = text == "yes"
	default:
		err = errors.New("an order has no such key; it has " + strings.Join(Keys, ", "))
	}
	if err != nil {
		return o, fmt.Errorf("read order's %s: %w", key, err)
	}
	return o, nil
}

// measured reads "82 kg" as 82.
func measured(text, unit string) (quantity.Decimal, error) {
	num, found := strings.CutSuffix(text, unit)
	if !found {
		return 0, fmt.Errorf("%q has no unit: write a number and %s", text, unit)
	}
	v, err := quantity.Parse(strings.TrimSpace(num))
	if err == nil && v <= 0 {
		err = fmt.Errorf("%q is not positive", text)
	}
	return v, err
}

// minutes reads "30 min", "8 h" and "1 h 30 min".
func minutes(text string) (quantity.Decimal, error) {
	var hours quantity.Decimal
	if left, rest, ok := strings.Cut(text, "h"); ok {
		h, err := quantity.Parse(strings.TrimSpace(left))
		if err != nil || h <= 0 {
			return 0, fmt.Errorf("%q is no time: write 30 min or 1 h 30 min", text)
		}
		hours = h * 60
		if text = strings.TrimSpace(rest); text == "" {
			return hours, nil
		}
	}
	m, err := measured(text, "min")
	return hours + m, err
}

// amountOf reads "4 mg" and "50 mcg/kg".
func amountOf(text string) (quantity.Decimal, string, error) {
	v, u, err := doseOf(text + "/h") // an amount is what an hour of it at that rate gives
	if err != nil {
		return 0, "", fmt.Errorf("%q is no amount: write 4 mg or 50 mcg/kg", text)
	}
	return v, strings.TrimSuffix(u.String(), "/h"), nil
}

func doseOf(text string) (quantity.Decimal, quantity.DoseUnit, error) {
	num, unit, ok := strings.Cut(text, " ")
	if !ok {
		return 0, quantity.DoseUnit{}, fmt.Errorf("%q has no unit: write 5 mcg/kg/min", text)
	}
	u, err := quantity.ParseDoseUnit(strings.TrimSpace(unit))
	if err != nil {
		return 0, u, err
	}
	v, err := quantity.Parse(num)
	if err == nil && v <= 0 {
		err = fmt.Errorf("%q is not positive", text)
	}
	return v, u, err
}

// Parse reads an order from one line, "drug: DOPamine; dose: 5 mcg/kg/min; weight: 82 kg": the text of an Ordered event. All
// problems are reported together.
func Parse(text string) (Order, error) {
	var o Order
	var problems []error
	text, second, both := strings.Cut(text, " + ")
	if both {
		then, err := Parse(second)
		if err != nil {
			problems = append(problems, err)
		}
		o.Second = then.String()
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(text, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		key, value, ok := strings.Cut(part, ":")
		key = strings.TrimSpace(key)
		switch {
		case !ok:
			problems = append(problems, fmt.Errorf("read order: %q is not key: value", strings.TrimSpace(part)))
			continue
		case seen[key]:
			problems = append(problems, fmt.Errorf("read order's %s: it is given twice", key))
			continue
		}
		seen[key] = true
		next, err := o.With(key, value)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		o = next
	}
	return o, errors.Join(problems...)
}

// String is the order on one line; Parse reads it back.
func (o Order) String() string {
	var parts []string
	for _, key := range Keys {
		if text := o.Text(key); text != "" {
			parts = append(parts, key+": "+text)
		}
	}
	text := strings.Join(parts, "; ")
	if o.Second != "" {
		text += " + " + o.Second
	}
	return text
}

// Text is what the order says about one of Keys; empty where it says nothing. Leading zero always, trailing zero never, "units"
// spelled out, mcg never µg.
func (o Order) Text(key string) string {
	with := func(v quantity.Decimal, unit string) string {
		if v == 0 {
			return ""
		}
		return v.String() + " " + unit
	}
	switch key {
	case "patient":
		return o.Patient
	case "area":
		return o.Area
	case "channel":
		return o.Channel
	case "drug":
		return o.Drug
	case "concentration":
		if o.Concentration.Amount != 0 {
			return o.Concentration.String()
		}
	case "weight":
		return with(o.Weight, "kg")
	case "dose":
		return with(o.Dose, o.DoseUnit.String())
	case "rate":
		return with(o.Rate, "mL/h")
	case "vtbi":
		return with(o.VTBI, "mL")
	case "time":
		return duration(o.Time)
	case "bolus":
		if !o.Loading {
			return with(o.Bolus, o.BolusUnit)
		}
	case "loading":
		if o.Loading {
			return with(o.Bolus, o.BolusUnit)
		}
	case "over":
		return duration(o.Over)
	case "delay":
		return duration(o.Delay)
	case "pca dose", "lockout", "continuous", "pca loading", "in 1 h", "in 4 h":
		return o.PCA.text(key)
	case "change":
		if o.Change {
			return "yes"
		}
	}
	return ""
}

// duration writes minutes as 30 min, 8 h, 1 h 30 min.
func duration(m quantity.Decimal) string {
	hours, rest := m/(60*quantity.One), m%(60*quantity.One)
	switch {
	case m == 0:
		return ""
	case hours == 0:
		return rest.String() + " min"
	case rest == 0:
		return fmt.Sprintf("%d h", hours)
	}
	return fmt.Sprintf("%d h %s min", hours, rest)
}

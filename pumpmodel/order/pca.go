package order

import (
	"fmt"
	"strings"

	"pumplab/pumpmodel/quantity"
)

// PCA is what is ordered of patient-controlled analgesia. Amounts are in Unit; the continuous rate is Unit an hour.
type PCA struct {
	Unit                      string           // mg, mcg/kg, mL
	Dose, Continuous, Loading quantity.Decimal // what a demand gives; given besides; given once at the start
	In1h, In4h                quantity.Decimal // at most given in any hour, in any four
	Lockout                   quantity.Decimal // minutes from one met demand to the next
}

// amount is where a key's number is kept; nil for the lockout.
func (a *PCA) amount(key string) *quantity.Decimal {
	return map[string]*quantity.Decimal{
		"pca dose": &a.Dose, "continuous": &a.Continuous, "pca loading": &a.Loading, "in 1 h": &a.In1h, "in 4 h": &a.In4h,
	}[key]
}

// with is the order with one of its keys set from text: 1 mg, 0.5 mg/h, 8 min. All amounts of an order are in one unit.
func (a PCA) with(key, text string) (PCA, error) {
	if key == "lockout" {
		var err error
		a.Lockout, err = minutes(text)
		return a, err
	}
	num, unit, ok := strings.Cut(text, " ")
	if !ok {
		return a, fmt.Errorf("%q has no unit: write a number and mg, mcg/kg or mL", text)
	}
	unit = strings.TrimSpace(unit)
	if key == "continuous" {
		if unit, ok = strings.CutSuffix(unit, "/h"); !ok {
			return a, fmt.Errorf("%q is no rate: write such as 1 mg/h", text)
		}
	}
	if _, err := quantity.ParseDoseUnit(unit + "/h"); err != nil {
		return a, fmt.Errorf("%q is no amount: %w", text, err)
	}
	if a.Unit != "" && a.Unit != unit {
		return a, fmt.Errorf("%q is not in %s, as the others are", text, a.Unit)
	}
	v, err := quantity.Parse(num)
	if err == nil && v <= 0 {
		err = fmt.Errorf("%q is not positive", text)
	}
	*a.amount(key), a.Unit = v, unit
	return a, err
}

func (a PCA) text(key string) string {
	if key == "lockout" {
		return duration(a.Lockout)
	}
	v := *a.amount(key)
	switch {
	case v == 0:
		return ""
	case key == "continuous":
		return v.String() + " " + a.Unit + "/h"
	}
	return v.String() + " " + a.Unit
}

// Number is what the order says of a field of a programme (pca-dose, lockout, continuous, pca-loading, in-1h, in-4h), and its unit;
// 0 where it says nothing.
func (a PCA) Number(field string) (v quantity.Decimal, unit string) {
	switch field {
	case "pca-dose":
		return a.Dose, a.Unit
	case "lockout":
		return a.Lockout, "min"
	case "continuous":
		return a.Continuous, a.Unit + "/h"
	case "pca-loading":
		return a.Loading, a.Unit
	case "in-1h":
		return a.In1h, a.Unit
	case "in-4h":
		return a.In4h, a.Unit
	}
	return 0, ""
}

// PCAFields are the fields of a programme of patient-controlled analgesia, in the order in which they are asked for.
var PCAFields = []string{"pca-dose", "lockout", "continuous", "pca-loading", "in-1h", "in-4h"}

// analgesia holds each ordered number against the programme's. What an order that names a demand dose does not order is not given:
// a continuous rate or a loading dose that nobody asked for is a deviation.
func (m *match) analgesia() {
	got := m.prog.PCA
	texts := map[string]string{
		"pca-dose": got.Dose, "lockout": got.Lockout, "continuous": got.Continuous, "pca-loading": got.Loading, "in-1h": got.In1h, "in-4h": got.In4h,
	}
	for _, field := range PCAFields {
		want, unit := m.order.PCA.Number(field)
		text := texts[field]
		switch {
		case want == 0 && (field == "continuous" || field == "pca-loading") && m.order.PCA.Dose > 0 && text != "" && text != "0":
			m.add(field, "0", text, unit, nil)
		case want == 0:
		case field != "lockout" && got.Unit != m.order.PCA.Unit:
			m.add(field, want.String()+" "+unit, strings.TrimSpace(text+" "+got.Unit), "", nil)
		default:
			m.number(field, want, text, unit)
		}
	}
}

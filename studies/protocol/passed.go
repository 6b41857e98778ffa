package protocol

import (
	"fmt"
	"strings"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
)

// passing is the gravest limit that an order passes; the zero value passes none.
type passing struct {
	kind string // soft, hard or empty
	why  string // as: vtbi 250 mL is above the hard limit of 200 mL of Adult ICU
	way  string // what mends it: lower or raise
}

// graver is the graver of two; a of two alike.
func graver(a, b passing) passing {
	if a.kind == "hard" || b.kind == "" || a.kind == b.kind {
		return a
	}
	return b
}

// passed is the gravest limit an order passes. A dose is checked as a rate too, and what the pump itself cannot be set to counts as hard.
func passed(area *library.Area, setup *library.Setup, o order.Order) (worst passing) {
	see := func(set library.LimitSet, v quantity.Decimal, name, unit string) {
		if v == 0 {
			return
		}
		verdict := ders.Check(set, v)
		if verdict.Limit == "" {
			return
		}
		side, way := "above", "lower"
		if strings.HasPrefix(verdict.Limit, "lower") {
			side, way = "below", "raise"
		}
		worst = graver(worst, passing{verdict.Kind, fmt.Sprintf("%s %s %s is %s the %s limit of %s %s of %s", name, v, unit, side, verdict.Kind, verdict.Value, unit, area.Name), way})
	}
	see(area.Weight, o.Weight, "weight", "kg")
	see(setup.Limits[library.Dose], o.Dose, "dose", o.DoseUnit.String())
	see(setup.Limits[library.VTBI], o.VTBI, "vtbi", "mL")
	see(setup.Limits[library.Time], o.Time, "time", "min")
	rate, name := o.Rate, "rate"
	if rate == 0 && o.Dose != 0 {
		if exact, err := quantity.RateOf(o.Dose, o.DoseUnit, o.Weight, setup.Concentration); err == nil {
			if rate, err = quantity.LargeVolume.Rate.Round(exact); err != nil {
				return passing{"hard", fmt.Sprintf("dose %s %s comes to a rate in mL/h that no pump can be set to (%v)", o.Dose, o.DoseUnit, err), "change"}
			}
			name = fmt.Sprintf("dose %s %s comes to a rate: this", o.Dose, o.DoseUnit)
		}
	}
	see(setup.Limits[library.Rate], rate, name, "mL/h")
	for _, field := range order.PCAFields {
		if of, ok := pcaLimits[field]; ok {
			v, unit := o.PCA.Number(field)
			see(setup.Limits[of], v, strings.ReplaceAll(field, "-", " "), unit)
		}
	}
	device := func(v, most quantity.Decimal, name, unit string) {
		if most > 0 && v > most {
			worst = graver(worst, passing{"hard", fmt.Sprintf("%s %s %s is above the hard limit of %s %s of every pump of %s", name, v, unit, most, unit, area.Name), "lower"})
		}
	}
	device(rate, area.Device.MaxRate, name, "mL/h")
	device(o.VTBI, area.Device.MaxVTBI, "vtbi", "mL")
	return worst
}

// beyond holds what a task says of the limits it passes against the gravest that it does.
func (d *draft) beyond(t studies.Task, at, card node, lib string, got passing) {
	if got.kind == t.Beyond {
		return
	}
	place := at.Get("beyond")
	if place.Absent() {
		place = card
	}
	switch {
	case got.kind == "":
		d.fail(place, "task %s: beyond: %s, but the order passes no limit of library %s: take beyond away, or change the order", t.ID, t.Beyond, lib)
	case t.Beyond == "hard":
		d.fail(place, "task %s: beyond: hard, but the order passes no hard limit, only a soft one: %s: write beyond: soft, or change the order", t.ID, got.why)
	default:
		d.fail(place, "task %s: %s: %s it, or write beyond: %s if that is wanted", t.ID, got.why, got.way, got.kind)
	}
}

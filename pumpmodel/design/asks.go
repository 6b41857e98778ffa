package design

import (
	"slices"

	"pumplab/pumpmodel/field"
)

// Asks reports that a screen of the design lets a person enter the field.
func (d *Design) Asks(f field.Field) bool {
	return slices.ContainsFunc(d.Screens, func(s Screen) bool {
		return (slices.Contains([]string{"enter", "form", "menu"}, s.Kind) || extraFields[s.Kind] != nil) && slices.Contains(s.Fields, f.String())
	})
}

// EntersConcentration reports that the design can be used to enter a concentration.
func (d *Design) EntersConcentration() bool { return d.Asks(field.Amount) && d.Asks(field.Diluent) }

// EntersSurface reports that the design can be used to enter or compute a body surface.
func (d *Design) EntersSurface() bool {
	return d.Asks(field.Surface) || d.Asks(field.Height) && d.Asks(field.Weight)
}

// Rule is how a field is entered: as the design says, or as it says for the field it is like, or as for all.
func (d *Design) Rule(f field.Field) EntryRule {
	for name := f.String(); name != ""; name = like[field.Named(name)] {
		if rule, ok := d.Entry[name]; ok {
			return rule
		}
	}
	return d.Entry["all"]
}

// like is the field whose rule a field of the extras has if the design has none for it.
var like = map[field.Field]string{
	field.Bolus: "dose", field.BolusRate: "dose", field.BolusTime: "time", field.Loading: "bolus", field.LoadingRate: "bolus-rate", field.LoadingTime: "bolus-time",
	field.Delay: "time", field.Standby: "delay",
}

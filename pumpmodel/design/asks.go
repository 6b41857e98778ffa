package design

import "slices"

// asks reports that a screen of the design lets a person enter the field.
func (d *Design) asks(f field) bool {
	return slices.ContainsFunc(d.Screens, func(s Screen) bool {
		return (slices.Contains([]string{"enter", "form", "menu"}, s.Kind) || extraFields[s.Kind] != nil) && slices.Contains(s.Fields, f.String())
	})
}

// custom reports that the design can be used to enter a concentration.
func (d *Design) custom() bool { return d.asks(fAmount) && d.asks(fDiluent) }

// surface reports that the design can be used to enter or compute a body surface.
func (d *Design) surface() bool { return d.asks(fSurface) || d.asks(fHeight) && d.asks(fWeight) }

// ruleOf is how a field is entered: as the design says, or as it says for the field it is like, or as for all.
func (d *Design) ruleOf(f field) EntryRule {
	for name := f.String(); name != ""; name = like[fieldNamed(name)] {
		if rule, ok := d.Entry[name]; ok {
			return rule
		}
	}
	return d.Entry["all"]
}

// like is the field whose rule a field of the extras has if the design has none for it.
var like = map[field]string{
	fBolus: "dose", fBolusRate: "dose", fBolusTime: "time", fLoading: "bolus", fLoadingRate: "bolus-rate", fLoadingTime: "bolus-time",
	fDelay: "time", fStandby: "delay",
}

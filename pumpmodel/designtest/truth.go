package designtest

import (
	"maps"
	"strings"

	"pumplab/pumpmodel"
)

// truth checks that what is displayed is what is programmed: what a key made of a number stands in its field, what is confirmed
// was on the display, what is started was reviewed, what runs is shown.
func (t *trial) truth(a Act, was pumpmodel.Display, out []pumpmodel.Output) {
	for _, o := range out {
		switch o.Kind {
		case pumpmodel.KeyAnswered:
			f, ok := t.shown.ActiveField()
			if ok && o.Field == f.Name && o.After != "" && f.Error == "" && !same(f.Text, o.After) {
				t.breaks("truth", "%s made %s of %s, but %q is shown", a, o.After, o.Field, f.Text)
			}
		case pumpmodel.FieldConfirmed:
			f, ok := was.ActiveField()
			if ok && o.Why != "order" && f.Name == o.Field && !same(f.Text, o.After) {
				t.breaks("truth", "%s took the value %s, but %q was shown", o.Field, o.After, f.Text)
			}
		case pumpmodel.InfusionStarted, pumpmodel.InfusionChanged:
			t.running[o.Channel] = o.Programme
			if was.Alert == nil {
				t.agrees(was, "reviewed")
			}
		case pumpmodel.DoseStarted:
			f, ok := was.FieldNamed(o.Field)
			if ok && was.Alert == nil && !same(f.Text, o.Programme.Bolus) {
				t.breaks("truth", "a %s of %s was begun, but %q was shown", o.Field, o.Programme.Bolus, f.Text)
			}
		case pumpmodel.InfusionStopped:
			delete(t.running, o.Channel)
		}
	}
	if t.shown.Kind == "running" {
		t.agrees(t.shown, "running")
	}
}

// agrees checks every field of a display that the running programme has.
func (t *trial) agrees(d pumpmodel.Display, what string) {
	p := t.running[d.Channel]
	if p == nil {
		return
	}
	for name, v := range map[string]string{
		"dose": p.Dose, "rate": p.Rate, "vtbi": p.VTBI, "weight": p.Weight, "pca-dose": p.PCA.Dose, "lockout": p.PCA.Lockout,
		"continuous": p.PCA.Continuous, "pca-loading": p.PCA.Loading, "in-1h": p.PCA.In1h, "in-4h": p.PCA.In4h,
	} {
		if f, ok := d.FieldNamed(name); ok && !same(f.Text, v) {
			t.breaks("truth", "%s: %s is %q, but %s is programmed", what, name, f.Text, v)
		}
	}
	if f, ok := d.FieldNamed("concentration"); ok && f.Text != p.Concentration {
		t.breaks("truth", "%s: the concentration is %q, but %s is programmed", what, f.Text, p.Concentration)
	}
}

// same compares two decimal texts by their value: leading and trailing zeros and a trailing point do not count.
func same(a, b string) bool { return plain(a) == plain(b) }

func plain(s string) string {
	whole, frac, _ := strings.Cut(s, ".")
	if whole = strings.TrimLeft(whole, "0"); whole == "" && s != "" {
		whole = "0"
	}
	if frac = strings.TrimRight(frac, "0"); frac != "" {
		return whole + "." + frac
	}
	return whole
}

// guard checks that neither an infusion nor a bolus starts beyond a hard limit, nor beyond a soft one without an answered alert; and
// that no single key on the running screen changes what is delivered (GIP 2.1.1, 6.1.3, 6.1.4).
func (t *trial) guard(was pumpmodel.Display, out []pumpmodel.Output) {
	for _, o := range out {
		switch o.Kind {
		case pumpmodel.NewPatient:
			t.passed = map[string]bool{}
		case pumpmodel.FieldConfirmed:
			if o.Field == "drug" {
				maps.DeleteFunc(t.passed, func(key string, _ bool) bool { return strings.HasPrefix(key, o.Channel+": ") })
			}
		case pumpmodel.AlertAnswered:
			if o.Choice != "override" || o.Limit == nil {
				continue
			}
			if o.Limit.Hard() || o.Limit.Kind == "range" {
				t.breaks("guard", "a limit of kind %s was overridden", o.Limit.Kind)
			}
			t.passed[o.Channel+": "+o.Field+" "+o.Limit.Kind] = true
		case pumpmodel.DoseStarted:
			if was.Kind == "running" && was.Alert == nil && !o.Programme.Loading {
				t.breaks("two steps", "one key on the running screen gave %s", o.Kind)
			}
			t.within(o.Channel, *o.Programme)
		case pumpmodel.InfusionStarted, pumpmodel.InfusionChanged:
			if was.Kind == "running" && was.Alert == nil {
				t.breaks("two steps", "one key on the running screen gave %s", o.Kind)
			}
			t.within(o.Channel, *o.Programme)
		}
	}
}

func (t *trial) within(channel string, p pumpmodel.Programme) {
	if t.o.Limits == nil {
		return
	}
	beyond := t.o.Limits(p)
	for _, l := range beyond {
		switch {
		case l.Limit.Hard():
			t.breaks("guard", "%+v was started beyond the %s of %s, %s", p, l.Limit.Kind, l.Field, l.Limit.Value)
		case !t.passed[channel+": "+l.Field+" "+l.Limit.Kind]:
			t.breaks("guard", "%+v was started beyond the %s of %s, %s, without an answer", p, l.Limit.Kind, l.Field, l.Limit.Value)
		}
	}
	switch {
	case len(beyond) > 0 && !p.Beyond:
		t.breaks("guard", "%+v does not say that it is beyond %s of %s", p, beyond[0].Limit.Kind, beyond[0].Field)
	case p.Beyond && len(t.passed) == 0:
		t.breaks("guard", "%+v says it is beyond a limit, but none was overridden", p)
	}
}

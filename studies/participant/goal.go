package participant

import (
	"maps"
	"slices"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/pumpmodel/quantity"
)

// goal is what a person takes from an order card.
type goal struct {
	area, drug, concentration string
	channel                   string
	number                    map[string]quantity.Decimal // wanted values by field
	change                    bool
}

func goalOf(o order.Order) goal {
	g := goal{channel: o.Channel, area: o.Area, drug: o.Drug, number: map[string]quantity.Decimal{}, change: o.Change}
	if o.Concentration.Amount != 0 {
		g.concentration = o.Concentration.String()
	}
	for name, v := range map[string]quantity.Decimal{"weight": o.Weight, "dose": o.Dose, "rate": o.Rate, "vtbi": o.VTBI, "time": o.Time, "delay": o.Delay} {
		if v != 0 {
			g.number[name] = v
		}
	}
	if o.Bolus != 0 {
		kind := "bolus"
		if o.Loading {
			kind = "loading"
		}
		g.number[kind], g.number[kind+"-time"] = o.Bolus, o.Over
	}
	for _, field := range order.PCAFields {
		if v, _ := o.PCA.Number(field); v != 0 {
			g.number[field] = v
		}
	}
	if o.Dose != 0 {
		delete(g.number, "rate")
	}
	if o.VTBI != 0 && o.Rate+o.Dose != 0 {
		delete(g.number, "time")
	}
	return g
}

// read takes the numbers from the order card, now and then a wrong one: its text after one slip of the eye.
func (p *Person) read() {
	p.reading = map[string]quantity.Decimal{}
	for _, field := range slices.Sorted(maps.Keys(p.goal.number)) {
		v := p.goal.number[field]
		if chance(p.Choices, min(p.Misread*p.glared(), 1)) {
			if w, err := quantity.Parse(p.misread(v.String())); err == nil && w > 0 {
				v = w
			}
		}
		p.reading[field] = v
	}
}

// misread is a number's text with a digit for another, two neighbours swapped, the point gone or a zero more or less.
func (p *Person) misread(text string) string {
	i := p.Choices.IntN(len(text))
	switch p.Choices.IntN(4) {
	case 0:
		if text[i] != '.' {
			return text[:i] + string(rune('0'+p.Choices.IntN(10))) + text[i+1:]
		}
	case 1:
		if i > 0 {
			return text[:i-1] + text[i:i+1] + text[i-1:i] + text[i+1:]
		}
	case 2:
		return strings.Replace(text, ".", "", 1)
	}
	if strings.HasSuffix(text, "0") && !strings.Contains(text, ".") {
		return text[:len(text)-1]
	}
	return text + "0"
}

// look makes the person read a number of the card again, rightly.
func (p *Person) look(field string) {
	if v, ok := p.goal.number[field]; ok {
		p.reading[field] = v
	}
}

// differs reports whether a field that is shown is visibly not what was ordered. A dose recomputed from a rounded rate is no
// difference to a person: anything within two per cent passes.
func (g goal) differs(f pumpmodel.Field) bool {
	switch f.Name {
	case "drug":
		return g.drug != "" && f.Text != "" && !sameName(f.Text, g.drug)
	case "concentration":
		return g.concentration != "" && f.Text != "" && !g.strength(f.Text)
	}
	want, asked := g.number[f.Name]
	got, err := quantity.Parse(f.Text)
	if !asked || err != nil {
		return false
	}
	off := got - want
	if off < 0 {
		off = -off
	}
	return off > want/50
}

// strength reports whether a concentration is the ordered one, in whatever volume.
func (g goal) strength(text string) bool {
	a, errA := quantity.ParseConcentration(text)
	b, errB := quantity.ParseConcentration(g.concentration)
	if errA != nil || errB != nil {
		return sameName(text, g.concentration)
	}
	r, err := quantity.Ratio(a.Unit, b.Unit)
	if err != nil {
		return false
	}
	x := r.Mul(r, a.Amount.Rat())
	x.Mul(x, b.Volume.Rat())
	y := b.Amount.Rat()
	return x.Cmp(y.Mul(y, a.Volume.Rat())) == 0
}

// wanted reports whether a row of a list is the one the person looks for.
func (g goal) wanted(it pumpmodel.Item) bool {
	if sameName(it.Label, g.area) && g.area != "" || g.drug != "" && sameName(it.Label, g.drug) {
		return true
	}
	if g.concentration != "" && strings.Contains(it.Label, "/") && g.strength(it.Label) {
		return true
	}
	return g.drug == "" && strings.Contains(strings.ToLower(it.Label), "basic")
}

package participant

import (
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/entry"
	"pumplab/studies/session"
)

// slipNow is the probability of a slip with the next key.
func (p *Person) slipNow() float64 { return min(p.Slip*p.hurry(), 1) }

func (p *Person) hurry() float64 {
	if p.pause.urgent {
		return p.Urgency
	}
	return 1
}

// urgent notes whether the last quarter of a time limit has begun.
func (p *Person) urgent(v session.View) {
	p.pause.urgent = v.Step.For > 0 && v.Remain > 0 && v.Remain < v.Step.For/4
}

// A slip's classes (shared/domain/science.md).
const (
	adjacent = iota
	omit
	double
	transpose
	other
)

func (p *Person) class() int {
	x := p.Slips.Float64()
	for i, share := range []float64{p.Adjacent, p.Omit, p.Double, p.Transpose} {
		if x < share {
			return i
		}
		x -= share
	}
	return other
}

// finger is the symbol that is really pressed where the first of what is left to type was meant; empty where it is left out.
func (p *Person) finger(v session.View, t *typing) string {
	p.urgent(v)
	symbol := t.left[:1]
	rest := t.left[1:]
	if !chance(p.Slips, p.slipNow()) {
		t.left = rest
		return symbol
	}
	if !chance(p.Slips, p.sees(p.SeeTyped)) {
		t.blind = true
	}
	switch p.class() {
	case adjacent:
		if near := entry.Neighbours(p.layout(v.Step.Design), symbol); len(near) > 0 {
			symbol = near[p.Slips.IntN(len(near))]
		}
	case omit:
		t.left = rest
		return ""
	case double:
		if c := symbolKey(v.Pump, symbol); c != "" {
			t.again = c
		}
	case transpose:
		if rest != "" {
			symbol, rest = rest[:1], symbol+rest[1:]
		}
	case other:
		digits := strings.ReplaceAll("0123456789", symbol, "")
		i := p.Slips.IntN(len(digits))
		symbol = digits[i : i+1]
	}
	t.left = rest
	return symbol
}

func (p *Person) layout(design string) string {
	if p.Layout != nil {
		if l := p.Layout(design); l != "" {
			return l
		}
	}
	return "telephone"
}

// stray is the stepping control that is really used where action was meant; pressed is false where none is.
func (p *Person) stray(d *pumpmodel.Display, action string, t *typing) (control string, pressed bool) {
	control = hinted(d, action)
	if !chance(p.Slips, p.slipNow()) {
		return control, true
	}
	t.missed = !chance(p.Slips, p.sees(p.SeeStepped))
	switch p.class() {
	case omit:
		return control, false
	case double:
		t.again = control
		return control, true
	case transpose:
		if c := hinted(d, opposite[action]); c != "" {
			return c, true
		}
	}
	var all []string
	for _, h := range d.Keys {
		if opposite[h.Action] != "" && h.Control != control {
			all = append(all, h.Control)
		}
	}
	if len(all) == 0 {
		return control, true
	}
	return all[p.Slips.IntN(len(all))], true
}

var opposite = map[string]string{
	"up": "down", "down": "up", "fast-up": "fast-down", "fast-down": "fast-up", "cursor-left": "cursor-right", "cursor-right": "cursor-left",
}

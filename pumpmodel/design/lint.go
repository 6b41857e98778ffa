package design

import (
	"fmt"
	"slices"
)

// Finding is one thing about a design that is allowed but likely to be a usability problem, by the name of its rule.
type Finding struct {
	Rule     string `json:"rule"`
	What     string `json:"what"`
	Accepted string `json:"accepted,omitempty"` // why the design keeps it, in its own words
	Line     int    `json:"line,omitempty"`     // where it belongs to one place of the file
	Col      int    `json:"col,omitempty"`
}

// String is the finding as design check prints it.
func (f Finding) String() string {
	if f.Accepted != "" {
		return "accepted · " + f.Rule + ": " + f.What + " — " + f.Accepted
	}
	return "usability · " + f.Rule + ": " + f.What
}

// Accept puts beside each finding why the design keeps it. What the design accepts and nobody found is a finding of its own.
func (d *Design) Accept(found []Finding) []Finding {
	there := map[string]bool{}
	for i := range found {
		there[found[i].Rule] = true
		found[i].Accepted = d.Accepts[found[i].Rule]
	}
	for _, rule := range lintRules {
		if why := d.Accepts[rule]; why != "" && !there[rule] {
			found = append(found, Finding{Rule: "nothing-to-accept", What: "the design accepts " + rule + ", which was not found"})
		}
	}
	return found
}

// The measures of the lint: the least side of a key for a finger, the least distance of the centres of number keys (both from the
// project's own requirements), and how near a destructive key may stand to a frequent one.
const (
	leastKey   MM = 900
	leastPitch MM = 1900
	leastApart MM = 300

	leastContrast = 450 // hundredths: 4.5 to 1, WCAG 2.2 success criterion 1.4.3
)

// Lint is what a usability expert would ask about the face and the alerts, sorted as the face is.
func (d *Design) Lint() []Finding {
	var out []Finding
	add := func(rule, format string, args ...any) {
		out = append(out, Finding{Rule: rule, What: fmt.Sprintf(format, args...)})
	}
	out = append(out, d.Face.proportions()...)
	for i, k := range d.Face.Keys {
		if k.W < leastKey || k.H < leastKey {
			add("key-size", "control %s is %s x %s mm, a finger needs 9 mm", k.Name, k.W, k.H)
		}
		if body, print := k.Colours(); len(d.Face.Image) == 0 && Contrast(body, print) < leastContrast {
			add("contrast", "the print on %s (%s on %s) has a contrast of %s, less than 4.5 to 1", k.Name, print, body, ratio(Contrast(body, print)))
		}
		if k.Bound == "" && k.Shape != Slider {
			add("keyboard", "control %s has no key of an ordinary keyboard", k.Name)
		}
		for _, o := range d.Face.Keys[:i] {
			if mayOverlap(&k, &o, false) {
				continue // never on the same screen
			}
			if k.Role == "digit" && o.Role == "digit" && apart(k, o) < leastPitch {
				add("key-pitch", "number keys %s and %s are %s mm apart from centre to centre, less than 19 mm", o.Name, k.Name, apart(k, o))
			}
			if destructive(k) != destructive(o) && frequent(k, o) && gap(k.Box(), o.Box()) < leastApart {
				add("destructive-neighbour", "%s and %s are less than 3 mm apart", o.Name, k.Name)
			}
		}
	}
	for _, p := range d.Face.Displays {
		if back, ink := p.Colours(); Contrast(back, ink) < leastContrast {
			add("contrast", "the text of display %s (%s on %s) has a contrast of %s, less than 4.5 to 1", p.Name, ink, back, ratio(Contrast(back, ink)))
		}
	}
	if d.Show.TrailingZeros == "always" {
		add("trailing-zeros", "numbers are shown with trailing zeros: 5.0 is read as 50 where the point is missed")
	}
	if !d.Show.TallMan {
		add("tall-man", "drug names are not in tall-man letters: names that look alike are told apart by them")
	}
	a := d.Alerts
	if d.habitual() && !slices.Contains(d.Flaws, flawHabit) {
		add("alert-by-habit", "a soft limit is overridden by %s, the key that was pressed just before it", a.Soft.Override)
	}
	for _, f := range d.Flaws {
		add("flawed-by-intent", "%s is switched on", f)
	}
	return out
}

// proportions is what a picture that is narrower or wider than the face by more than 2 % comes to: it is stretched, and zones measured on
// it lie beside the keys.
func (f Face) proportions() []Finding {
	px := f.ImageSize
	if px.X == 0 || px.Y == 0 {
		return nil
	}
	is, wanted := MM(px.X)*f.Height, MM(px.Y)*f.Width
	if d := abs(is - wanted); d*50 <= wanted {
		return nil
	}
	height := (f.Width*MM(px.Y)/MM(px.X) + 5) / 10 * 10
	return []Finding{{
		Rule: "picture-proportions", Line: f.PictureAt.Line, Col: f.PictureAt.Col,
		What: fmt.Sprintf("picture %s has %d x %d pixels, which are not the proportions of size %s x %s mm: it is stretched; cut it to the edge of the housing, or write size: %s x %s mm",
			f.Picture, px.X, px.Y, f.Width, f.Height, f.Width, height),
	}}
}

// ratio is hundredths as 4.47 to 1.
func ratio(hundredths int) string {
	return MM(hundredths).String() + " to 1"
}

func destructive(k Key) bool { return k.Role == "stop" || k.Role == "cancel" && k.Types != "backspace" }

// frequent reports that one of the two is pressed in every programming.
func frequent(k, o Key) bool {
	return k.Role == "start" || o.Role == "start" || k.Role == "confirm" || o.Role == "confirm"
}

// apart is the greater of the distances of the centres along the two edges.
func apart(k, o Key) MM {
	dx, dy := abs(2*k.X+k.W-2*o.X-o.W)/2, abs(2*k.Y+k.H-2*o.Y-o.H)/2
	return max(dx, dy)
}

func gap(a, b Box) MM {
	return max(a.X-b.X-b.W, b.X-a.X-a.W, a.Y-b.Y-b.H, b.Y-a.Y-a.H)
}

func abs(x MM) MM { return max(x, -x) }

// String is the length in millimetres, without trailing zeros.
func (m MM) String() string {
	s := fmt.Sprintf("%d", m/100)
	if frac := m % 100; frac != 0 {
		s += fmt.Sprintf(".%02d", frac)
		if frac%10 == 0 {
			s = s[:len(s)-1]
		}
	}
	return s
}

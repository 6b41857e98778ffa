package draw

import (
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// foot draws what the controls do: labels right above the softkeys, a line of keycaps for the others. It returns the room left.
func (s sheet) foot(hints []pumpmodel.Hint, rest box) box {
	soft, other := s.sorted(hints)
	if s.hasSoftkeys() {
		var row box
		row, rest = rest.cutBottom(7.6 * s.u)
		for _, h := range soft {
			s.softLabel(h, row)
		}
	}
	if len(other) > 0 {
		var line box
		line, rest = rest.cutBottom(hintHeight * s.u)
		s.rule(line.x, line.y, line.w, s.pal.line)
		s.answers(other, box{line.x + 2.6*s.u, line.y, line.w - 5.2*s.u, line.h}, small*s.u, s.pal.ink, s.pal.dim)
	}
	return rest
}

// sorted parts the hints into those of softkeys and the others worth a place: not digits, not arrows, not keys whose print says it.
func (s sheet) sorted(hints []pumpmodel.Hint) (soft, other []pumpmodel.Hint) {
	letters := 0
	for _, h := range hints {
		key, found := s.keyNamed(h.Control)
		switch {
		case h.Does == "":
		case found && key.Kind == "touch": // drawn where it is touched
		case h.Action == "row" || h.Action == "search" || h.Action == "demand": // the last is for the patient
		case found && key.Shape == "soft":
			soft = append(soft, h)
		case h.Action == "letter":
			letters++
		case plainAction(h.Action) || found && key.Label == "" && symbol(key.Shape, pt{}, 1) != nil:
		case found && h.Action != "start" && (strings.EqualFold(keyLabel(key), h.Does) || strings.EqualFold("channel "+keyLabel(key), h.Does)):
		default:
			other = append(other, h)
		}
	}
	if letters > 0 {
		other = append(other, pumpmodel.Hint{Control: "2–9", Does: "jump to a letter"})
	}
	return soft, other
}

// plainAction reports whether the print on the key says what it does.
func plainAction(action string) bool {
	switch action {
	case "digit", "point", "backspace", "clear", "up", "down", "page-up", "page-down", "fast-up", "fast-down",
		"cursor-left", "cursor-right", "next-field", "previous-field", "":
		return true
	}
	return false
}

func (s sheet) keyNamed(name string) (design.Key, bool) {
	for _, k := range s.keys {
		if k.Name == name {
			return k, true
		}
	}
	return design.Key{}, false
}

func (s sheet) hasSoftkeys() bool {
	for _, k := range s.keys {
		if k.Shape == "soft" {
			return true
		}
	}
	return false
}

// softLabel is what a softkey does, inverted, right above the key.
func (s sheet) softLabel(h pumpmodel.Hint, row box) {
	key, _ := s.keyNamed(h.Control)
	at := s.place(design.Box{X: key.X, Y: key.Y, W: key.W, H: key.H})
	left, right := max(at.x, s.area.x+1.2*s.u), min(at.right(), s.area.right()-1.2*s.u)
	b := box{left, row.y + 0.7*s.u, right - left, row.h - 1.4*s.u}
	s.fill(rounded(b, 0.9*s.u), solid(s.pal.ink))
	size := max(fit(h.Does, normal*s.u*0.95, b.w-2*s.u, s.bold), 2.6*s.u)
	text := shortened(h.Does, size, b.w-1.6*s.u, s.bold)
	s.text(text, b.x+(b.w-width(text, size, s.bold))/2, b.y+b.h/2+capital(size)/2, size, s.bold, solid(s.pal.onInk))
}

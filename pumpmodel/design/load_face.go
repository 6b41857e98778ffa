package design

import (
	"cmp"
	"strings"
	"time"

	"pumplab/pumpmodel/written"
)

// nowhere is the place of a control whose place could not be read.
const nowhere MM = -1

var faceKeys = []string{"size", "picture", "housing", "key-size", "displays", "lamps", "controls"}

func (r *reader) face(top, n node) Face {
	f := Face{Width: 21000, Height: 13000, Housing: "#E7E9EA"}
	if n.Kind != "map" {
		r.fail(top, "the design has no face: expected face: with size, displays and controls")
		return f
	}
	if s := r.lengths(n.Get("size"), "size", "210 x 130 mm", 2); len(s) == 2 {
		f.Width, f.Height = s[0], s[1]
	}
	picture := n.Get("picture")
	f.Picture = r.text(picture, "picture")
	f.PictureAt = written.Place{Line: picture.Line, Col: picture.Col}
	f.Housing = cmp.Or(r.colour(n.Get("housing"), "housing"), f.Housing)
	std := []MM{1600, 1600}
	if s := r.lengths(n.Get("key-size"), "key-size", "16 mm", 2); len(s) > 0 {
		std = []MM{s[0], s[len(s)-1]}
	}
	r.Map(n.Get("displays"), "main")
	for _, p := range n.Get("displays").Pairs {
		f.Displays = append(f.Displays, r.panel(p))
	}
	r.Map(n.Get("lamps"), lampNames...)
	for _, p := range n.Get("lamps").Pairs {
		f.Lamps = append(f.Lamps, r.lamp(p))
	}
	r.Map(n.Get("controls"), "as they are printed on the controls")
	for _, p := range n.Get("controls").Pairs {
		f.Keys = append(f.Keys, r.key(p, std))
	}
	r.Unknown(n, faceKeys...)
	if len(f.Displays) == 0 {
		r.fail(n, "the face has no display: expected displays: {main: {at: 8 8 118 74}}")
	}
	if len(f.Keys) == 0 {
		r.fail(n, "the face has no controls")
	}
	return f
}

// colour is #RRGGBB.
func (r *reader) colour(n node, what string) string {
	h := r.text(n, what)
	if h != "" && (len(h) != 7 || h[0] != '#' || strings.Trim(h[1:], "0123456789abcdefABCDEF") != "") {
		r.fail(n, "%s is %q, expected a colour such as \"#E7E9EA\"", what, h)
		return ""
	}
	return h
}

func (r *reader) panel(p written.Pair) Panel {
	out := Panel{Name: p.Key.Text, Kind: r.word(p.Val.Get("kind"), "display kind", panelKinds)}
	if out.Kind == "" {
		out.Kind = "lcd"
	}
	out.Letters = r.word(p.Val.Get("letters"), "kind of letters", letterKinds)
	if b := r.lengths(p.Val.Get("at"), "at", "8 8 118 74", 4); len(b) == 4 {
		out.Box = Box{b[0], b[1], b[2], b[3]}
	} else if p.Val.Get("at").Absent() {
		r.fail(p.Key, "display %s has no place: expected at: LEFT TOP WIDTH HEIGHT", p.Key.Text)
	}
	if b := r.lengths(p.Val.Get("content"), "content", "8 8 118 74", 4); len(b) == 4 {
		out.Content = Box{b[0], b[1], b[2], b[3]}
	}
	out.Back, out.Ink = r.colour(p.Val.Get("back"), "back"), r.colour(p.Val.Get("ink"), "ink")
	r.Unknown(p.Val, "at", "kind", "letters", "content", "back", "ink")
	return out
}

func (r *reader) lamp(p written.Pair) LampPlace {
	out := LampPlace{Name: r.word(p.Key, "lamp", lampNames), Size: 500}
	if b := r.lengths(p.Val.Get("at"), "at", "8 2", 2); len(b) == 2 {
		out.X, out.Y = b[0], b[1]
	} else {
		r.fail(p.Key, "lamp %s has no place: expected at: LEFT TOP", p.Key.Text)
	}
	if s := r.lengths(p.Val.Get("size"), "size", "5 mm", 1); len(s) == 1 {
		out.Size = s[0]
	}
	out.Colours = r.words(p.Val.Get("colours"), "colour", lampColours)
	r.Unknown(p.Val, "at", "size", "colours")
	return out
}

func (r *reader) key(p written.Pair, std []MM) Key {
	n := p.Val
	k := Key{
		Name: p.Key.Text, W: std[0], H: std[1],
		Label: r.text(n.Get("label"), "label"),
		Shape: r.word(n.Get("shape"), "shape", keyShapes),
		Kind:  r.word(n.Get("kind"), "kind", keyKinds),
		Role:  r.word(n.Get("role"), "role", keyRoles),
		Bound: r.keyboard(n.Get("key")),
		Types: r.types(n.Get("types")),
	}
	if b := r.lengths(n.Get("at"), "at", "150 20", 2); len(b) == 2 {
		k.X, k.Y = b[0], b[1]
	} else {
		k.X = nowhere
		if n.Get("at").Absent() {
			r.fail(p.Key, "control %s has no place: expected at: LEFT TOP", k.Name)
		}
	}
	if s := r.lengths(n.Get("size"), "size", "16 mm", 2); len(s) > 0 {
		k.W, k.H = s[0], s[len(s)-1]
	}
	k.CW, k.CCW = r.keyboard(n.Get("cw")), r.keyboard(n.Get("ccw"))
	k.On = r.texts(n.Get("on"), "on")
	k.Colour, k.Print = r.colour(n.Get("colour"), "colour"), r.colour(n.Get("print"), "print")
	switch {
	case k.Kind == "dial" && k.CW == k.CCW:
		r.fail(p.Key, "dial %s needs a keyboard key for either way: expected cw: Right, ccw: Left", k.Name)
	case k.Kind != "dial" && k.CW+k.CCW != "":
		r.fail(p.Key, "control %s has cw or ccw, but is not a dial", k.Name)
	case k.Kind != "touch" && len(k.On) > 0:
		r.fail(p.Key, "control %s is on some screens only, but is not of kind touch", k.Name)
	}
	if k.Shape == "" {
		k.Shape = "rect"
	}
	if k.Kind == "" {
		k.Kind = "key"
	}
	if k.Role == "" {
		k.Role = "neutral"
	}
	if k.Types == "" {
		k.Types = k.Name
	}
	k.Repeat = r.repeat(n.Get("repeat"))
	r.Unknown(n, "at", "size", "label", "shape", "kind", "role", "key", "types", "repeat", "cw", "ccw", "on", "colour", "print")
	return k
}

// keyboard are the names of keyboard keys, as the window's toolkit has them, with the words people write for them.
var keyboardWords = map[string]string{
	"enter": "Return", "return": "Return", "esc": "Escape", "escape": "Escape", "backspace": "BackSpace", "period": ".", "point": ".",
	"pageup": "PageUp", "prior": "PageUp", "pagedown": "PageDown", "next": "PageDown", "up": "Up", "down": "Down", "left": "Left",
	"right": "Right", "home": "Home", "end": "End", "insert": "Insert", "delete": "Delete", "tab": "Tab", "space": "Space",
	"f1": "F1", "f2": "F2", "f3": "F3", "f4": "F4", "f5": "F5", "f6": "F6", "f7": "F7", "f8": "F8", "f9": "F9", "f10": "F10", "minus": "-", "equal": "=", "comma": ",", "slash": "/",
}

func (r *reader) keyboard(n node) string {
	s := r.text(n, "key")
	if s == "" {
		return ""
	}
	if w := strings.ToUpper(s); w == "F11" || w == "F12" {
		r.refuse(n, "the keyboard key %s belongs to the session (F12 is done, F11 is cannot be done): choose another, F1 to F10", w)
		return w
	}
	if w, ok := keyboardWords[strings.ToLower(s)]; ok {
		return w
	}
	if len(s) == 1 && (strings.Contains(".-=,/;'[]`\\", s) || s[0] >= '0' && s[0] <= '9' || s[0] >= 'A' && s[0] <= 'Z') {
		return s
	}
	r.fail(n, "unknown keyboard key %q: expected a digit, a capital letter, . - = , / ; ' [ ], Return, BackSpace, Escape, Up, Down, Left, Right, PageUp, PageDown, F1 to F10", s)
	return ""
}

// repeat reads 500 ms then 120 ms.
func (r *reader) repeat(n node) Repeat {
	s := r.text(n, "repeat")
	if s == "" {
		return Repeat{}
	}
	first, every, ok := strings.Cut(s, " then ")
	after, ok1 := parseSpan(first)
	tick, ok2 := parseSpan(every)
	if !ok || !ok1 || !ok2 || tick < 20*time.Millisecond {
		r.fail(n, "repeat is %q, expected such as 500 ms then 120 ms (at least 20 ms)", s)
		return Repeat{}
	}
	return Repeat{after, tick}
}

package explore

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"pumplab/pumpmodel"
)

// Mode is a mode that cannot be seen: one display, and a control that does different things behind it.
type Mode struct {
	Screen  string
	Control string
	Does    [2]string   // what the control's use comes to, after either path
	Paths   [2][]string // from the start to the two states, without steps that are not needed
}

// String tells the mode and the keys that lead to either side of it.
func (m Mode) String() string {
	return fmt.Sprintf("on screen %s, %s leads to %s (after %s) or to %s (after %s), and nothing shows which",
		m.Screen, m.Control, m.Does[0], strings.Join(m.Paths[0], ","), m.Does[1], strings.Join(m.Paths[1], ","))
}

// Seen is what walks noticed about displays.
type Seen struct {
	States   int
	Displays int
	Modes    []Mode   // one of each screen and control, in the order in which they were found
	Unitless []string // screen and field that showed a number without a unit
	Habits   []string // alerts that the control pressed just before answers with an override or acknowledgement
}

// Look walks a machine at random over what its displays offer and compares: two states with one display that a control tells apart
// are a hidden mode. Time passes only while nothing can be pressed.
func Look(m pumpmodel.Machine, rng *rand.Rand, walks, length int) Seen {
	l := looker{m: m, rng: rng, first: map[string]look{}, told: map[string]bool{}, states: map[pumpmodel.State]bool{}}
	for range walks {
		s := m.Start()
		var path []string
		for range length {
			d := m.Show(s)
			l.at(s, d, path)
			key := l.choose(d)
			if key == "" {
				key = Wait // an alert that cannot be answered yet
			}
			next, _ := Do(m, s, key)
			l.habit(key, d, m.Show(next))
			s, path = next, append(path, key)
		}
	}
	l.seen.States, l.seen.Displays = len(l.states), len(l.first)
	return l.seen
}

// look is the first state behind a display, and what each of its controls comes to.
type look struct {
	path []string
	does []string
}

type looker struct {
	m      pumpmodel.Machine
	rng    *rand.Rand
	first  map[string]look
	told   map[string]bool
	states map[pumpmodel.State]bool
	seen   Seen
}

func (l *looker) once(what string) bool {
	if l.told[what] {
		return false
	}
	l.told[what] = true
	return true
}

func (l *looker) at(s pumpmodel.State, d pumpmodel.Display, path []string) {
	if l.states[s] {
		return
	}
	l.states[s] = true
	for _, f := range d.Fields {
		if f.Unit == "" && number(f.Text) && l.once("unit "+d.Screen+f.Name) {
			l.seen.Unitless = append(l.seen.Unitless, d.Screen+": "+f.Name+" shows "+f.Text)
		}
	}
	name := d.String()
	known, ok := l.first[name]
	now := look{path: slices.Clone(path), does: l.does(s)}
	if !ok {
		l.first[name] = now
		return
	}
	for i, c := range Controls(l.m) {
		if a, b := known.does[i], now.does[i]; a != b && a != "" && b != "" && l.once("mode "+d.Screen+" "+c) {
			l.seen.Modes = append(l.seen.Modes, l.shortened(Mode{d.Screen, c, [2]string{a, b}, [2][]string{known.path, now.path}}, i))
		}
	}
}

// does is what each control comes to in a state: its answer, the screen and the field it leads to. A limit alert depends on numbers
// and not on a mode: it is left out (empty). What another channel of the pump was left at is no mode of this one, and neither is
// which field of a screen somebody goes back to: back gives the screen as it was left.
func (l *looker) does(s pumpmodel.State) []string {
	keys := Controls(l.m)
	out := make([]string, len(keys))
	shown := l.m.Show(s)
	channel, back := shown.Channel, shown.Does("back")
	for i, key := range keys {
		next, got := Do(l.m, s, key)
		d := l.m.Show(next)
		if d.Alert != nil {
			continue
		}
		if d.Channel != channel {
			out[i] = "channel " + d.Channel
			continue
		}
		out[i] = "screen " + d.Screen
		if f, ok := d.ActiveField(); ok && key != back {
			out[i] += ", field " + f.Name
		}
		if len(got) > 0 && got[0].Answer != pumpmodel.Accepted {
			out[i] += " (" + string(got[0].Answer) + ")"
		}
	}
	return out
}

// habit notes an alert that came up with a key and is let through by the same key.
func (l *looker) habit(key string, before, after pumpmodel.Display) {
	if before.Alert != nil || after.Alert == nil || after.Alert.Kind != "soft" && after.Alert.Kind != "advisory" && after.Alert.Kind != "confirm" {
		return
	}
	for _, h := range after.Alert.Answers {
		yes := h.Action == "override" || h.Action == "acknowledge" || h.Action == "confirm"
		if h.Control == key && yes && l.once("habit "+after.Alert.Kind+key) {
			l.seen.Habits = append(l.seen.Habits, fmt.Sprintf("the alert %q is answered %q by %s, the key that was pressed just before it", after.Alert.Title, h.Does, key))
		}
	}
}

// choose is a control the display offers; those that lead on are taken more often.
func (l *looker) choose(d pumpmodel.Display) string {
	hints := d.Keys
	if d.Alert != nil {
		hints = append(hints[:len(hints):len(hints)], d.Alert.Answers...)
	}
	if len(hints) == 0 {
		return ""
	}
	for range 4 {
		h := hints[l.rng.IntN(len(hints))]
		switch h.Action {
		case "back", "stop", "cancel", "clear", "backspace":
			if l.rng.IntN(4) > 0 {
				continue
			}
		}
		return h.Control
	}
	for _, h := range hints {
		if h.Action == "confirm" || h.Action == "start" {
			return h.Control
		}
	}
	return hints[0].Control
}

func number(text string) bool {
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != '.':
			return false
		}
	}
	return digits > 0
}

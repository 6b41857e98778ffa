package explore_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/explore"
)

// light is on or off after two presses; whether it counts up or down cannot be seen.
type light struct {
	N    int
	Down bool
}

func lamp(shows bool) pumpmodel.Machine {
	return pumpmodel.New(pumpmodel.Spec[light]{
		Info: func() pumpmodel.Info {
			return pumpmodel.Info{Name: "light", Controls: []pumpmodel.Control{{Name: "step"}, {Name: "turn"}}}
		},
		Start: func() light { return light{} },
		Step: func(s light, e pumpmodel.Event) (light, []pumpmodel.Output) {
			if e.Kind == pumpmodel.Down {
				switch {
				case e.Control == "turn":
					s.Down = !s.Down
				case s.Down:
					s.N = max(s.N-1, 0)
				default:
					s.N = min(s.N+1, 3)
				}
			}
			return s, []pumpmodel.Output{{Kind: pumpmodel.KeyAnswered, Control: e.Control, Answer: pumpmodel.Accepted}}
		},
		Wait: func(light) (time.Duration, bool) { return 0, false },
		Show: func(s light) pumpmodel.Display {
			d := pumpmodel.Display{Screen: "light " + string(rune('0'+s.N)), Kind: "enter", Lit: true, Fields: []pumpmodel.Field{{Name: "n", Text: string(rune('0' + s.N)), Cursor: -1}}}
			d.Keys = []pumpmodel.Hint{{Control: "step", Does: "step", Action: "up"}, {Control: "turn", Does: "turn", Action: "toggle"}}
			if shows && s.Down {
				d.Marks = []string{"DOWN"}
			}
			return d
		},
	})
}

func TestAModeThatIsNotShownIsFound(t *testing.T) {
	for shows, want := range map[bool]bool{true: false, false: true} {
		seen := explore.Look(lamp(shows), rand.New(rand.NewPCG(1, 2)), 10, 40)
		if (len(seen.Modes) > 0) != want || len(seen.Unitless) != 4 {
			t.Errorf("shown %v: modes %v, without unit %v", shows, seen.Modes, seen.Unitless)
		}
		if want && seen.Modes[0].Control != "step" {
			t.Errorf("the mode is told of %s", seen.Modes[0].Control)
		}
		if want && max(len(seen.Modes[0].Paths[0]), len(seen.Modes[0].Paths[1])) > 4 { // three steps to the top and one turn
			t.Errorf("steps that are not needed: %s", seen.Modes[0])
		}
	}
}

package engine_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pumplab/pumpmodel"
)

// mostBytes is how large the state of a design with one infusion may be: it is copied in every step.
const mostBytes = 1152

// House: a state is a plain value, no pointer, slice, map, func, interface or float in it. Ours holds no string either: it is copied,
// compared and hashed everywhere, and so the collector never looks into it.
func TestAStateIsSmallAndPlain(t *testing.T) {
	for _, name := range shipped {
		s := reflect.TypeOf(mustMachine(t, name).Start())
		if path := reference(s); path != "" {
			t.Errorf("%s: the state refers to memory elsewhere: %s", name, path)
		}
		if s.Size() > mostBytes && slices.Contains(single, name) {
			t.Errorf("%s: the state has %d bytes, more than %d", name, s.Size(), mostBytes)
		}
	}
}

// reference is the path to the first part of a type that is neither a number nor a bool; empty if there is none.
func reference(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			if path := reference(t.Field(i).Type); path != "" {
				return t.Field(i).Name + "." + path
			}
		}
		return ""
	case reflect.Array:
		return reference(t.Elem())
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return ""
	}
	return t.String()
}

// stepped is a machine that a driver can only go through step by step.
type stepped struct{ pumpmodel.Machine }

func TestTimePassesInOnePieceAsItDoesStepByStep(t *testing.T) {
	for _, name := range shipped {
		m := mustMachine(t, name)
		controls := m.Info().Controls
		r := rand.New(rand.NewPCG(3, 3))
		s := m.Start()
		for range 400 {
			control := controls[r.IntN(len(controls))].Name
			if keys := m.Show(s).Keys; len(keys) > 0 && r.IntN(4) > 0 {
				control = keys[r.IntN(len(keys))].Control
			}
			s, _ = m.Step(s, pumpmodel.Press(control))
			d := time.Duration(r.IntN(int(4 * time.Minute)))
			once, out := pumpmodel.Advance(m, s, d)
			again, all := pumpmodel.Advance(stepped{m}, s, d)
			if once != again || !reflect.DeepEqual(out, all) {
				t.Fatalf("%s: %s after %s differs:\n%+v\n%+v", name, d, control, out, all)
			}
			s = once
			if r.IntN(3) > 0 {
				s, _ = m.Step(s, pumpmodel.Release(control))
			}
		}
	}
}

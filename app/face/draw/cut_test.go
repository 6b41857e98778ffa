package draw_test

import (
	"io/fs"
	"math/rand/v2"
	"slices"
	"testing"

	"pumplab/app/face/draw"
	"pumplab/assets"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/library"
)

// No built-in design cuts what safety hangs on: a title with its drug, the label or the text of a field, a row of a list, a mark.
func TestNothingThatMattersIsCut(t *testing.T) {
	defer draw.OnCut(nil)
	names, err := design.List(assets.Designs(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		m, d := mustBuild(t, name)
		rng := rand.New(rand.NewPCG(1, 2))
		s, told, drawn := m.Start(), map[string]bool{}, map[string]bool{}
		for step := range 2000 {
			show := m.Show(s)
			if look := show.Kind + show.Title + show.Status; !drawn[look] && len(drawn) < 30 {
				drawn[look] = true
				matters := textsOf(show)
				draw.OnCut(func(text string) {
					if slices.Contains(matters, text) && !told[text] {
						told[text] = true
						t.Errorf("%s, screen %s cuts %q", name, show.Screen, text)
					}
				})
				draw.Render(d, show, 2)
				draw.OnCut(nil)
			}
			if s = onward(m, s, show, rng); step%150 == 149 {
				s = m.Start()
			}
		}
	}
}

// textsOf are the texts of a display that must be whole.
func textsOf(show pumpmodel.Display) []string {
	out := append([]string{show.Title}, show.Marks...)
	for _, f := range show.Fields {
		out = append(out, f.Label, f.Text, f.Text+" "+f.Unit)
	}
	for _, i := range show.Items {
		out = append(out, i.Label, i.Detail)
	}
	return out
}

// onward presses a key that the display offers; time passes where there is none.
func onward(m pumpmodel.Machine, s pumpmodel.State, show pumpmodel.Display, rng *rand.Rand) pumpmodel.State {
	hints := show.Keys
	if show.Alert != nil {
		hints = append(slices.Clone(hints), show.Alert.Answers...)
	}
	if len(hints) == 0 {
		s, _ = explore.Do(m, s, explore.Wait)
		return s
	}
	h := hints[rng.IntN(len(hints))]
	for _, way := range []string{"start", "confirm", "confirm"} {
		if control := show.Does(way); control != "" && rng.IntN(3) == 0 {
			h.Control = control
		}
	}
	s, _ = explore.Do(m, s, h.Control)
	return s
}

// mustBuild is a built-in design on the library of a hospital.
func mustBuild(t *testing.T, name string) (pumpmodel.Machine, *design.Design) {
	t.Helper()
	d, err := design.Load(assets.Designs(), name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(assets.Libraries(), "hospital.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lib, err := library.Read("hospital.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.New(d, lib)
	if err != nil {
		t.Fatal(err)
	}
	return m, d
}

package face_test

import (
	"fmt"
	"io/fs"
	"testing"
	"time"

	"pumplab/app/face"
	"pumplab/assets"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
)

// built is a built-in design with its machine on the demo library.
func built(t *testing.T, name string) (*design.Design, pumpmodel.Machine) {
	t.Helper()
	d, err := design.Load(assets.Designs(), name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(assets.Libraries(), "demo.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lib, err := library.Read("demo.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.New(d, lib)
	if err != nil {
		t.Fatal(err)
	}
	return d, m
}

// walks are keys that lead through each design, a picture after each group.
var walks = map[string][][]string{
	"keypad-wizard": {
		{}, {"enter"}, {"enter"}, {"dn", "dn"}, {"enter"}, {"enter"}, {"8", "2"}, {"enter", "9", "."}, {"0", "enter"}, {"backspace", "backspace", "backspace", "9", "0", "enter"}, {"start"}, {"stop"},
	},
	"chevron-form": {
		{}, {"enter"}, {"dn"}, {"enter", "dn", "dn", "dn"}, {"enter"}, {"next", "UP", "UP"}, {"next", "UP", "UP", "UP", "UP"}, {"next", "next", "UP"}, {"enter"}, {"enter"}, {"enter", "enter", "start"},
	},
	"fivekey-menu": {
		{}, {"enter"}, {"enter"}, {"dn", "dn"}, {"enter"}, {"enter"}, {"enter"}, {"up", "up", "left", "up"}, {"enter", "dn"}, {"enter"},
	},
}

func TestEveryScreenOfTheBuiltInDesignsIsDrawn(t *testing.T) {
	for name, walk := range walks {
		d, m := built(t, name)
		s := m.Start()
		for i, keys := range walk {
			for _, k := range keys {
				s, _ = m.Step(s, pumpmodel.Press(k))
				s, _ = pumpmodel.Advance(m, s, 80*time.Millisecond)
				s, _ = m.Step(s, pumpmodel.Release(k))
			}
			show := m.Show(s)
			t.Logf("%s %d\n%s", name, i, show)
			img := face.Render(d, show, scale())
			w, h := face.Size(d, scale())
			if img.Bounds().Dx() != w || img.Bounds().Dy() != h {
				t.Fatalf("%s: picture is %v, want %d×%d", name, img.Bounds(), w, h)
			}
			write(t, fmt.Sprintf("%s-%d", name, i), img)
		}
	}
}

func mustKeypad(t *testing.T) *design.Design {
	t.Helper()
	d, _ := built(t, "keypad-wizard")
	return d
}

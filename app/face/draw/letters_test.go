package draw_test

import (
	"bytes"
	"strings"
	"testing"

	"pumplab/app/face/draw"
	"pumplab/assets"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// with is a built-in design whose display has other letters.
func with(t *testing.T, letters string) *design.Design {
	t.Helper()
	d, _ := begun(t, "keypad-wizard")
	other := *d
	other.Face.Displays = append([]design.Panel{}, d.Face.Displays...)
	other.Face.Displays[0].Letters = letters
	return &other
}

// differing counts the pixels of a display's picture that are not those of printed letters.
func differing(t *testing.T, letters string, k float64) (pixels int) {
	t.Helper()
	show := infusing()
	show.Lines, show.Marks = nil, nil // the rate is large where there is room
	a, b := draw.Render(with(t, ""), show, k), draw.Render(with(t, letters), show, k)
	for i := 0; i < len(a.Pix); i += 4 {
		if !bytes.Equal(a.Pix[i:i+4], b.Pix[i:i+4]) {
			pixels++
		}
	}
	return pixels
}

func TestDotsAndSegmentsAreDrawn(t *testing.T) {
	for _, letters := range []string{"dots", "segments"} {
		for _, k := range []float64{2, 5} {
			if pixels := differing(t, letters, k); pixels < int(100*k) {
				t.Errorf("%s at %v px/mm: only %d pixels are not those of printed letters", letters, k, pixels)
			}
		}
	}
	if pixels := differing(t, "printed", 4); pixels > 0 {
		t.Errorf("printed letters differ from printed ones in %d pixels", pixels)
	}
}

// What the built-in designs show at first can be said in the matrix's letters, so that any of them may have it.
func TestDotsHaveEveryLetterThatIsShown(t *testing.T) {
	names, err := design.List(assets.Designs(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		_, show := begun(t, name)
		for _, show := range []pumpmodel.Display{show, infusing()} {
			text := show.Title + show.Status + show.More + strings.Join(show.Marks, "")
			for _, f := range show.Fields {
				text += f.Label + f.Text + f.Unit
			}
			for _, i := range show.Items {
				text += i.Label + i.Detail
			}
			for _, l := range show.Lines {
				text += l.Text
			}
			if r, ok := draw.Dotted(text); !ok {
				t.Errorf("%s shows %q, which no letter of the dot matrix is", name, r)
			}
		}
	}
}

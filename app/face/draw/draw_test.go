package draw_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"testing"

	"pumplab/app/face/draw"
	"pumplab/assets"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
)

// begun is a built-in design and what it shows at first.
func begun(t *testing.T, name string) (*design.Design, pumpmodel.Display) {
	t.Helper()
	d, err := design.Load(assets.Designs(), name)
	if err != nil {
		t.Fatal(err)
	}
	file := "demo.yaml"
	if d.Pump.Name == "pca" {
		file = "hospital.yaml" // the demo library has nothing patient-controlled
	}
	data, err := fs.ReadFile(assets.Libraries(), file)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := library.Read(file, data)
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.New(d, lib)
	if err != nil {
		t.Fatal(err)
	}
	return d, m.Show(m.Start())
}

// Every built-in design as SVG is well-formed XML of its true size, the same each time.
func TestSVGIsWellFormedAndOfTrueSize(t *testing.T) {
	names, err := design.List(assets.Designs(), ".")
	if err != nil || len(names) < 9 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		d, show := begun(t, name)
		var a, b bytes.Buffer
		if err := errors.Join(draw.SVG(&a, d, show), draw.SVG(&b, d, show)); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: %v, or not the same twice", name, err)
		}
		var root struct {
			Width string `xml:"width,attr"`
		}
		if err := xml.Unmarshal(a.Bytes(), &root); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if want := (d.Face.Width + 2*draw.Margin*100).String() + "mm"; root.Width != want {
			t.Errorf("%s is %s wide, want %s", name, root.Width, want)
		}
		x := xml.NewDecoder(&a)
		for {
			if _, err := x.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

// A front panel's picture is what is seen where nothing else is: the same place has another colour without it.
func TestAFrontPanelsPictureIsDrawn(t *testing.T) {
	d, show := begun(t, "vendor-example")
	with := draw.Render(d, show, 2)
	plain := *d
	plain.Face.Image = nil
	without := draw.Render(&plain, show, 2)
	if at := [2]int{200, 22}; with.At(at[0], at[1]) == without.At(at[0], at[1]) {
		t.Error("the picture makes no difference")
	}
}

func TestTouchKeysAreDrawnOnlyWhileTheyDoSomething(t *testing.T) {
	d, show := begun(t, "touch-tablet")
	k := 2.0
	var start design.Key
	for _, key := range d.Face.Keys {
		if key.Name == "start" {
			start = key
		}
	}
	x, y := int((float64(start.X+start.W/2)/100+draw.Margin)*k), int((float64(start.Y+start.H/4)/100+draw.Margin)*k)
	off := draw.Render(d, show, k).At(x, y)
	show.Keys = append(show.Keys, pumpmodel.Hint{Control: "start", Does: "start", Action: "start"})
	if draw.Render(d, show, k).At(x, y) == off {
		t.Error("start looks the same whether it does something or not")
	}
}

// infusing is what a pump shows that infuses, with the longest label and units that occur.
func infusing() pumpmodel.Display {
	field := func(label, text, unit string) pumpmodel.Field {
		return pumpmodel.Field{Name: label, Label: label, Text: text, Unit: unit, Cursor: -1}
	}
	rate := field("RATE", "15.4", "mL/h")
	rate.Name = "rate"
	return pumpmodel.Display{
		Screen: "running", Kind: "running", Title: "INFUSION · DOPamine", Status: "INFUSING", Lit: true,
		Fields: []pumpmodel.Field{
			rate, field("DRUG", "DOPamine", ""), field("CONCENTRATION", "25000 units/250 mL", ""), field("DOSE", "5.008", "mcg/kg/min"),
			field("VTBI", "250", "mL"), field("REMAINING", "249.9", "mL"), field("TIME", "974", "min"),
		},
		Lines: []pumpmodel.Line{{Role: "advisory", Text: "Check the line before and after the change of the syringe."}, {Role: "note", Text: "entered 5, given 5.008 mcg/kg/min at 15.4 mL/h"}},
		Keys:  []pumpmodel.Hint{{Control: "stop", Does: "pause", Action: "stop"}},
		Marks: []string{"BEYOND SOFT LIMIT"},
	}
}

func TestNoLabelIsCutWhileThePumpInfuses(t *testing.T) {
	names, err := design.List(assets.Designs(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		d, _ := begun(t, name)
		var b bytes.Buffer
		if err := draw.SVG(&b, d, infusing()); err != nil {
			t.Fatal(err)
		}
		for _, f := range infusing().Fields {
			if !bytes.Contains(b.Bytes(), []byte(`aria-label="`+f.Label+`"`)) {
				t.Errorf("%s does not show %s in full", name, f.Label)
			}
		}
	}
}

// Over the picture stand the places of what can be pressed on this screen, with names and sizes.
func TestOutlinesNameAndMeasureWhatIsOnTheScreen(t *testing.T) {
	d, show := begun(t, "vendor-example")
	var b, touch bytes.Buffer
	if err := draw.SVGOutlined(&b, d, show); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"START"`, `"31 × 14"`, `"sure"`, `"main 106 × 62 mm"`, `"alarm"`} {
		if !bytes.Contains(b.Bytes(), []byte("aria-label="+want)) {
			t.Errorf("%s is not written", want)
		}
	}
	d, show = begun(t, "touch-tablet")
	if err := draw.SVGOutlined(&touch, d, show); err != nil || bytes.Contains(touch.Bytes(), []byte(`aria-label="20 × 20"`)) {
		t.Errorf("number keys of another screen are outlined (%v)", err)
	}
	with, without := draw.Outlined(d, show, 3), draw.Render(d, show, 3)
	if with.Rect != without.Rect || bytes.Equal(with.Pix, without.Pix) {
		t.Error("the picture has another size, or no outlines")
	}
}

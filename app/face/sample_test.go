package face_test

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// keypad is a pump with a numeric keypad at the right of its display, as large as a real one.
func keypad(kind string) *design.Design {
	d := &design.Design{Name: "sample", Show: design.ShowRules{Decimals: "smaller"}}
	d.Face = design.Face{
		Width: 21000, Height: 13000, Housing: "#E3E6E8",
		Displays: []design.Panel{{Name: "main", Box: design.Box{X: 1000, Y: 1600, W: 11800, H: 7400}, Kind: kind}},
		Lamps:    []design.LampPlace{{Name: "alarm", X: 1000, Y: 550, Size: 500}, {Name: "run", X: 12000, Y: 550, Size: 500}},
	}
	add := func(name, label, shape, role string, x, y, w, h design.MM) {
		d.Face.Keys = append(d.Face.Keys, design.Key{Name: name, Label: label, Shape: shape, Role: role, X: x, Y: y, W: w, H: h})
	}
	for i, n := range []string{"7", "8", "9", "4", "5", "6", "1", "2", "3", ".", "0", "clear"} {
		label := ""
		if n == "clear" {
			label = "C"
		}
		add(n, label, "rect", "digit", design.MM(14200+1900*(i%3)), design.MM(1600+1900*(i/3)), 1600, 1600)
	}
	add("enter", "ENTER", "rect", "confirm", 14200, 9300, 3500, 1600)
	add("back", "BACK", "rect", "neutral", 18000, 9300, 1600, 1600)
	add("up", "", "chevron-up", "neutral", 1000, 10000, 1600, 1600)
	add("dn", "", "chevron-down", "neutral", 2900, 10000, 1600, 1600)
	add("UP", "", "double-chevron-up", "neutral", 4800, 10000, 1600, 1600)
	add("start", "START", "rect", "start", 8600, 10000, 2000, 1600)
	add("stop", "STOP", "round", "stop", 11000, 9900, 1800, 1800)
	return d
}

// scale is pixels a millimetre: small where nobody looks.
func scale() float64 {
	if os.Getenv("PUMPLAB_PICTURES") != "" {
		return 4
	}
	return 1.5
}

// write keeps a picture where PUMPLAB_PICTURES says, so that a person can look at it.
func write(t *testing.T, name string, img image.Image) {
	t.Helper()
	dir := os.Getenv("PUMPLAB_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func entryPage() pumpmodel.Display {
	return pumpmodel.Display{
		Screen: "dose", Kind: "enter", Title: "DOPamine", Lit: true,
		Fields: []pumpmodel.Field{
			{Name: "concentration", Label: "CONC", Text: "400 mg/250 mL", Fixed: true, Cursor: -1},
			{Name: "weight", Label: "WEIGHT", Text: "82", Unit: "kg", Fixed: true, Cursor: -1},
			{Name: "dose", Label: "DOSE", Text: "5.25", Unit: "mcg/kg/min", Active: true, Cursor: 4},
		},
		Keys: []pumpmodel.Hint{{Control: "enter", Does: "confirm", Action: "confirm"}, {Control: "back", Does: "weight", Action: "back"}},
	}
}

func formPage() pumpmodel.Display {
	return pumpmodel.Display{
		Screen: "programme", Kind: "form", Title: "norEPINEPHrine", Lit: true, Status: "PAUSED", Marks: []string{"NO LIBRARY LIMITS"},
		Fields: []pumpmodel.Field{
			{Name: "concentration", Label: "Concentration", Text: "4 mg/250 mL", Cursor: -1},
			{Name: "weight", Label: "Weight", Text: "82", Unit: "kg", Cursor: -1},
			{Name: "dose", Label: "Dose", Text: "0.12", Unit: "mcg/kg/min", Active: true, Cursor: 2, Beyond: "▲ soft limit"},
			{Name: "rate", Label: "Rate", Text: "36.9", Unit: "mL/h", Cursor: -1},
			{Name: "vtbi", Label: "VTBI", Text: "", Unit: "mL", Cursor: -1, Error: "Too high"},
		},
		Keys:  []pumpmodel.Hint{{Control: "up", Does: "more", Action: "up"}, {Control: "enter", Does: "next", Action: "confirm"}, {Control: "start", Does: "review", Action: "review"}},
		Lamps: []pumpmodel.Lamp{{Name: "alarm", Colour: "yellow", Flash: 600, Duty: 50}, {Name: "run", Colour: "green", Duty: 100}},
	}
}

func listPage() pumpmodel.Display {
	d := pumpmodel.Display{Screen: "drug", Kind: "choose", Title: "Choose a drug", Lit: true, More: "9/24"}
	for i, n := range []string{"DOBUTamine", "DOPamine", "EPINEPHrine", "fentaNYL", "heparin", "insulin regular"} {
		d.Items = append(d.Items, pumpmodel.Item{Label: n, Detail: "mcg/kg/min", Selected: i == 1})
	}
	d.Keys = []pumpmodel.Hint{{Control: "up", Does: "up", Action: "up"}, {Control: "dn", Does: "down", Action: "down"}, {Control: "enter", Does: "choose", Action: "confirm"}}
	return d
}

func alertPage(style, kind string) pumpmodel.Display {
	d := formPage()
	d.Marks = nil
	d.Alert = &pumpmodel.Alert{
		Style: style, Kind: kind, Title: "Dose above soft limit",
		Text:    []string{"Entered 90 mcg/kg/min", "Soft limit 80 mcg/kg/min (1.1 times)"},
		Answers: []pumpmodel.Hint{{Control: "enter", Does: "override", Action: "override"}, {Control: "back", Does: "change dose", Action: "reprogram"}},
	}
	return d
}

func runningPage() pumpmodel.Display {
	return pumpmodel.Display{
		Screen: "running", Kind: "running", Title: "DOPamine 400 mg/250 mL", Lit: true, Status: "INFUSING",
		Fields: []pumpmodel.Field{
			{Name: "dose", Label: "Dose", Text: "5.008", Unit: "mcg/kg/min", Cursor: -1},
			{Name: "rate", Label: "Rate", Text: "15.4", Unit: "mL/h", Cursor: -1, Beyond: "▲ soft limit"},
			{Name: "remaining", Label: "VTBI left", Text: "249.6", Unit: "mL", Cursor: -1},
			{Name: "time", Label: "Time left", Text: "16 h 12 min", Cursor: -1},
		},
		Lines: []pumpmodel.Line{{Role: "advisory", Text: "Central line preferred"}},
		Keys:  []pumpmodel.Hint{{Control: "stop", Does: "pause", Action: "pause"}, {Control: "back", Does: "change", Action: "change"}},
		Lamps: []pumpmodel.Lamp{{Name: "run", Colour: "green", Duty: 100}},
	}
}

package face_test

import (
	"image"
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"pumplab/app/capture"
	"pumplab/app/face"
	"pumplab/pumpmodel"
)

type still struct{}

func (still) Stamp() capture.Stamp { return capture.Stamp{At: time.Second, Kind: "callback"} }

// differ is how many pixels of two pictures are not the same.
func differ(a, b *image.RGBA) int {
	n := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if a.Pix[i] != b.Pix[i] || a.Pix[i+1] != b.Pix[i+1] || a.Pix[i+2] != b.Pix[i+2] {
			n++
		}
	}
	return n
}

func TestAPressedKeyLooksPressedAndOnlyThere(t *testing.T) {
	d := keypad("lcd")
	rest, down := face.Render(d, entryPage(), 3), face.Render(d, entryPage(), 3, "5")
	inside, outside := 0, 0
	area := image.Rect((161-3)*3+15, (35-3)*3+15, (177+3)*3+15, (51+3)*3+15) // key 5 at 161, 35 mm; 5 mm of margin at 3 px
	for y := range rest.Rect.Dy() {
		for x := range rest.Rect.Dx() {
			if rest.RGBAAt(x, y) == down.RGBAAt(x, y) {
				continue
			}
			if image.Pt(x, y).In(area) {
				inside++
			} else {
				outside++
			}
		}
	}
	if inside < 1000 || outside > 0 {
		t.Errorf("pressing 5 changed %d pixels at the key and %d elsewhere", inside, outside)
	}
}

func TestEveryDifferenceOfDisplaysIsSeen(t *testing.T) {
	base := formPage()
	variants := map[string]func(*pumpmodel.Display){
		"cursor":    func(d *pumpmodel.Display) { d.Fields[2].Cursor = 3 },
		"digit":     func(d *pumpmodel.Display) { d.Fields[2].Text = "0.13" },
		"point":     func(d *pumpmodel.Display) { d.Fields[3].Text = "369" },
		"unit":      func(d *pumpmodel.Display) { d.Fields[2].Unit = "mg/kg/min" },
		"beyond":    func(d *pumpmodel.Display) { d.Fields[2].Beyond = "" },
		"error":     func(d *pumpmodel.Display) { d.Fields[4].Error = "Too low" },
		"mark":      func(d *pumpmodel.Display) { d.Marks = nil },
		"status":    func(d *pumpmodel.Display) { d.Status = "INFUSING" },
		"lamp":      func(d *pumpmodel.Display) { d.Lamps[0].Colour = "red" },
		"dark":      func(d *pumpmodel.Display) { d.Lit = false },
		"alert":     func(d *pumpmodel.Display) { d.Alert = alertPage("banner", "soft").Alert },
		"full page": func(d *pumpmodel.Display) { d.Alert = alertPage("full-screen", "hard").Alert },
		"active":    func(d *pumpmodel.Display) { d.Fields[2].Active, d.Fields[3].Active = false, true },
	}
	for _, kind := range []string{"lcd", "oled", "paper"} {
		d := keypad(kind)
		plain := face.Render(d, base, 2)
		for name, change := range variants {
			show := formPage()
			change(&show)
			if n := differ(plain, face.Render(d, show, 2)); n < 4 {
				t.Errorf("%s: a change of %s changes %d pixels", kind, name, n)
			}
		}
	}
}

func TestTextOfADisplayHasContrast(t *testing.T) {
	// The darkest and lightest pixel of the display must be at least 4.5:1 apart (WCAG 2.1, 1.4.3).
	for _, kind := range []string{"lcd", "oled", "paper"} {
		img := face.Render(keypad(kind), formPage(), 3)
		lo, hi := 1.0, 0.0
		for y := (16 + 5 + 20) * 3; y < (16+5+60)*3; y++ {
			for x := (10 + 5 + 3) * 3; x < (10+5+110)*3; x++ {
				l := luminance(img.RGBAAt(x, y))
				lo, hi = min(lo, l), max(hi, l)
			}
		}
		if ratio := (hi + 0.05) / (lo + 0.05); ratio < 4.5 {
			t.Errorf("%s: contrast %.1f, want at least 4.5", kind, ratio)
		}
	}
}

// luminance is the relative luminance, with the square as an approximation of the transfer function.
func luminance(c color.RGBA) float64 {
	f := func(v uint8) float64 { return float64(v) / 255 * float64(v) / 255 }
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

func TestMouseAndKeyboardOperateControlsOnce(t *testing.T) {
	test.NewTempApp(t)
	var got []string
	p := face.NewPump(mustKeypad(t), 96/25.4, still{}, func(in face.Input) {
		s := string(in.Event.Kind) + " " + in.Event.Control + " " + in.Code
		if in.Stray {
			s = "stray " + in.Code
		}
		if in.Stamp.At != time.Second {
			t.Errorf("%s: stamp %v", s, in.Stamp)
		}
		got = append(got, s)
	})
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(1000, 700))
	at, ok := p.Place("5")
	if !ok {
		t.Fatal("no key 5")
	}
	event := func(pos fyne.Position) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: pos}, Button: desktop.MouseButtonPrimary}
	}
	p.MouseDown(event(at))
	p.MouseUp(event(fyne.NewPos(-50, -50))) // released outside: the key still comes up
	p.KeyDown(fyne.KeyPageUp, capture.Stamp{At: time.Second})
	p.KeyDown(fyne.Key5, capture.Stamp{At: time.Second})
	p.KeyDown(fyne.Key5, capture.Stamp{At: time.Second}) // down again without an up: a fact, not a press
	p.KeyUp(fyne.Key5, capture.Stamp{At: time.Second})
	p.KeyUp(fyne.Key5, capture.Stamp{At: time.Second})
	p.KeyDown(fyne.KeyReturn, capture.Stamp{At: time.Second})
	p.KeyUp(fyne.KeyReturn, capture.Stamp{At: time.Second})
	p.MouseDown(event(fyne.NewPos(2, 2)))
	want := []string{
		"down 5 button1", "up 5 button1", "down 5 5", "stray 5", "up 5 5", "down enter Return", "up enter Return", "stray button1",
	}
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("input %d: %q, want %q", i, got[i], want[i])
		}
	}
}

func TestLampsFlashAtTheirRate(t *testing.T) {
	// IEC 60601-1-8 table 2: high priority 1.4 to 2.8 Hz, duty 20 to 60 %; here 2 Hz, half lit.
	l := pumpmodel.Lamp{Colour: "red", Flash: 2000, Duty: 50}
	lit := 0
	for at := time.Duration(0); at < 10*time.Second; at += time.Millisecond {
		if face.Shining(l, at) {
			lit++
		}
	}
	if lit != 5000 {
		t.Errorf("lit %d ms of 10 s, want 5000", lit)
	}
	if !face.Shining(pumpmodel.Lamp{Colour: "green", Duty: 100}, 123*time.Millisecond) {
		t.Error("a steady lamp is dark")
	}
}

func TestKeysOfAKeyboardHaveOneName(t *testing.T) {
	for name, want := range map[string]string{
		"Prior": "pageup", "PageUp": "pageup", "KP_Enter": "return", "Return": "return", "Enter": "return", "Period": ".", ".": ".",
		"BackSpace": "backspace", "Escape": "escape", "7": "7", "F1": "f1",
	} {
		if got := face.KeyName(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

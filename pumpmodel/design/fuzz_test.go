package design_test

import (
	"bytes"
	"image"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// FuzzEvents: any order of events leaves a machine that can be shown and waited for, and answers one it does not know by changing
// nothing. A byte is a control going down or up, a dial turned, an order, a library, a fault or its repair, or a time.
func FuzzEvents(f *testing.F) {
	f.Add(uint8(0), []byte{0, 1, 2, 250, 130, 200}, "")
	f.Add(uint8(1), []byte{7, 7, 7, 135, 251, 252, 6, 12, 230, 231}, "area: Adult ICU; drug: DOPamine; dose: 5 mcg/kg/min; weight: 82 kg; vtbi: 100 mL")
	f.Add(uint8(2), []byte{3, 3, 3, 255, 224, 225, 8, 8}, "power")
	f.Add(uint8(7), []byte{228, 229, 228, 230, 231, 232}, "drug: DOPamine; dose: 0.000001 mcg/kg/min; weight: 9999999 kg; vtbi: 9999 mL")
	f.Add(uint8(12), []byte{1, 1, 2, 230, 4, 101, 240, 220, 221, 255}, "drug: heparin; rate: 1 mL/h; vtbi: 1 mL; concentration: 25000 units/250 mL")
	var machines []pumpmodel.Machine
	for _, name := range shipped {
		machines = append(machines, mustMachine(f, name))
	}
	conditions := []string{"occlusion", "air", "empty", "door", "flow", "battery", "network", "complete", "", "key", "power"}
	f.Fuzz(func(t *testing.T, which uint8, acts []byte, text string) {
		m := machines[int(which)%len(machines)]
		controls := m.Info().Controls
		s := m.Start()
		for _, b := range acts[:min(len(acts), 300)] {
			switch n := int(b); {
			case n < 100:
				s, _ = m.Step(s, pumpmodel.Press(controls[n%len(controls)].Name))
			case n < 200:
				s, _ = m.Step(s, pumpmodel.Release(controls[n%len(controls)].Name))
			case n < 222:
				kind := pumpmodel.Fault
				if n%2 == 0 {
					kind = pumpmodel.Repair
				}
				s, _ = m.Step(s, pumpmodel.Event{Kind: kind, Text: conditions[n/2%len(conditions)], N: n})
			case n < 224:
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Fault, Text: text, N: len(text) - 9})
			case n < 230:
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Turn, Control: controls[n%len(controls)].Name, N: (n - 226) << 40})
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Turn, Control: "dial", N: n - 226})
			case n < 233:
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Ordered, Text: text})
			case n < 235:
				s, _ = m.Step(s, pumpmodel.Event{Kind: pumpmodel.Library, Text: text})
			case n < 237:
				next, out := m.Step(s, pumpmodel.Event{Kind: pumpmodel.EventKind("x" + text), Control: text, Text: text, X: n, N: n})
				if next != s || len(out) != 1 || out[0].Answer != pumpmodel.Ignored {
					t.Fatalf("an unknown kind of event changed something: %v", out)
				}
			default:
				s, _ = pumpmodel.Advance(m, s, time.Duration(n-236)*time.Duration(n-236)*time.Duration(n-236)*500*time.Millisecond)
			}
			if w, ok := m.Wait(s); ok && w <= 0 {
				t.Fatalf("Wait is %v", w)
			}
			_ = m.Show(s).String()
		}
	})
}

// inside is a file system that fails the test when anything outside one folder is opened.
type inside struct {
	fstest.MapFS
	t   *testing.T
	dir string
}

// Open fails on what lies outside.
func (i inside) Open(name string) (fs.File, error) {
	if name != i.dir && !strings.HasPrefix(name, i.dir+"/") {
		i.t.Errorf("%s was opened", name)
	}
	return i.MapFS.Open(name)
}

// FuzzPicture: whatever name and bytes a front panel's picture has, nothing outside the design's folder is opened, and a picture that
// is taken is one that can be drawn.
func FuzzPicture(f *testing.F) {
	f.Add("front.png", small(f, 1, 1))
	f.Add("front.png", small(f, 100_000, 100_000))
	f.Add("../secret.png", []byte("x"))
	f.Add("/etc/passwd", []byte{})
	f.Add(`..\secret.png`, []byte("\xff\xd8\xff"))
	f.Add("design.yaml", []byte("GIF89a"))
	f.Add("link.png", []byte("x"))
	f.Add(".", []byte("x"))
	f.Add("x/../front.png", []byte("x"))
	source := mustSource(f, "chevron-form")
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		files := fstest.MapFS{
			"x/design.yaml": {Data: []byte(strings.Replace(source, "face:", "face:\n  picture: "+strconv.Quote(name), 1))},
			"secret.png":    {Data: small(t, 1, 1)},
			"x/link.png":    {Data: []byte("../secret.png"), Mode: fs.ModeSymlink | 0o777},
		}
		if fs.ValidPath(name) && name != "." && name != design.File && name != "link.png" && !strings.HasPrefix(name, design.File+"/") {
			files["x/"+name] = &fstest.MapFile{Data: data}
		}
		d, err := design.Load(inside{files, t, "x"}, "x")
		if err == nil && d.Face.Picture != "" {
			size, _, err := image.DecodeConfig(bytes.NewReader(d.Face.Image))
			if err != nil || size.Width > 8000 || size.Height > 8000 {
				t.Errorf("%q was taken: %+v %v", name, size, err)
			}
		}
	})
}

// Package face provides the pump on screen as a widget: it shows a Display on a design's face and tells which control was operated.
// The picture itself is that of face/draw. It knows no study.
package face

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/capture"
	"pumplab/app/face/draw"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// Input is one use of the instrument: a control going down or up, or a click bound to nothing (Control empty).
type Input struct {
	Event pumpmodel.Event
	Code  string // key or button as the window system names it
	Stray bool
	Stamp capture.Stamp
}

// Clock gives the stamp of the input being delivered.
type Clock interface{ Stamp() capture.Stamp }

// Part has no more of the window painted again than what a change touches: *capture.Part.
type Part interface {
	Change(o fyne.CanvasObject, at fyne.Position, size fyne.Size, change func())
}

// Pump is the instrument as a widget. Its body is one picture; the displays, the keys that are down and the lamps that are lit
// are small pictures over it, and only those that changed are drawn again.
type Pump struct {
	widget.BaseWidget
	design *design.Design
	clock  Clock
	used   func(Input)

	show    pumpmodel.Display
	digest  string
	millis  float64           // Fyne units a millimetre at true size
	held    map[string]string // control → code of what holds it
	hand    hand              // the dial that is being turned
	scene   *scene
	part    Part
	stamped time.Duration // session time of the last Tick: the phase of flashing lamps
}

var (
	_ desktop.Mouseable = (*Pump)(nil)
	_ fyne.Draggable    = (*Pump)(nil)
)

// NewPump is the instrument of a design, millis Fyne units to a true millimetre; used hears of every input, on the UI goroutine.
func NewPump(d *design.Design, millis float64, clock Clock, used func(Input)) *Pump {
	p := &Pump{design: d, clock: clock, used: used, millis: millis, held: map[string]string{}}
	p.ExtendBaseWidget(p)
	return p
}

// On has the instrument's changes painted alone, in a window of which it is a part.
func (p *Pump) On(part Part) { p.part = part }

// Set shows a display; what did not change is not drawn again.
func (p *Pump) Set(show pumpmodel.Display) {
	digest := show.Digest()
	if digest == p.digest {
		return
	}
	p.show, p.digest = show, digest
	if p.scene != nil {
		p.scene.displays()
		p.scene.lamps(p.stamped)
	}
}

// Tick sets the phase of flashing lamps to the session's time.
func (p *Pump) Tick(at time.Duration) {
	p.stamped = at
	if p.scene != nil {
		p.scene.lamps(at)
	}
}

// MouseDown presses the key under the pointer.
func (p *Pump) MouseDown(e *desktop.MouseEvent) {
	stamp := p.clock.Stamp()
	code := Button(e.Button)
	if k, ok := p.keyAt(e.Position); ok && e.Button == desktop.MouseButtonPrimary {
		if k.Shape == "slider" {
			p.hand = hand{slider: k.Name}
			p.touch(k.Name, e.Position, code, stamp)
		} else if !p.take(k, e.Position) {
			p.press(k.Name, code, stamp)
		}
		return
	}
	p.used(Input{Code: code, Stray: true, Stamp: stamp})
}

// MouseUp releases what the pointer held.
func (p *Pump) MouseUp(e *desktop.MouseEvent) {
	p.hand = hand{}
	p.release(Button(e.Button), p.clock.Stamp())
}

// KeyDown operates the control bound to a key of the keyboard; false if none is.
func (p *Pump) KeyDown(name fyne.KeyName, stamp capture.Stamp) bool {
	control, ok := p.bound(string(name))
	if ok {
		p.press(control, string(name), stamp)
	}
	return ok
}

// KeyUp releases what that key of the keyboard held.
func (p *Pump) KeyUp(name fyne.KeyName, stamp capture.Stamp) { p.release(string(name), stamp) }

// LetGo releases everything, as when the instrument disappears from under the finger.
func (p *Pump) LetGo(stamp capture.Stamp) {
	for _, code := range p.held {
		p.release(code, stamp)
	}
}

// press shows the key down before the pump is told, so that the cap moves in the frame of the press.
func (p *Pump) press(control, code string, stamp capture.Stamp) {
	if _, down := p.held[control]; down {
		p.used(Input{Code: code, Stray: true, Stamp: stamp})
		return
	}
	p.held[control] = code
	if p.scene != nil {
		p.scene.key(control, true)
	}
	p.used(Input{Event: pumpmodel.Press(control), Code: code, Stamp: stamp})
}

func (p *Pump) release(code string, stamp capture.Stamp) {
	for control, by := range p.held {
		if by != code {
			continue
		}
		delete(p.held, control)
		if p.scene != nil {
			p.scene.key(control, false)
		}
		p.used(Input{Event: pumpmodel.Release(control), Code: code, Stamp: stamp})
	}
}

// keyAt is the key at a place of the widget.
func (p *Pump) keyAt(at fyne.Position) (design.Key, bool) {
	if p.scene == nil {
		return design.Key{}, false
	}
	x, y := p.millimetres(at)
	for _, k := range p.design.Face.Keys {
		if x >= k.X && x < k.X+k.W && y >= k.Y && y < k.Y+k.H && p.there(k) {
			return k, true
		}
	}
	return design.Key{}, false
}

// Place is where the middle of a control is in the widget, for tests and for pointing at it.
func (p *Pump) Place(control string) (fyne.Position, bool) {
	if p.scene == nil {
		return fyne.Position{}, false
	}
	for _, k := range p.design.Face.Keys {
		if k.Name == control {
			f := func(v, half design.MM) float32 { return float32((float64(v+half/2)/100 + draw.Margin) * p.scene.k) }
			return p.scene.origin.Add(fyne.NewPos(f(k.X, k.W), f(k.Y, k.H))), true
		}
	}
	return fyne.Position{}, false
}

// Share is how large the instrument is drawn against its true size, at most 1; 0 before it is laid out.
func (p *Pump) Share() float64 {
	if p.scene == nil || !p.scene.laid {
		return 0
	}
	return p.scene.k / p.millis
}

// CreateRenderer builds the picture.
func (p *Pump) CreateRenderer() fyne.WidgetRenderer {
	p.scene = newScene(p)
	return p.scene
}

// Button is the name of a mouse button, as the journal has it.
func Button(b desktop.MouseButton) string {
	switch b {
	case desktop.MouseButtonPrimary:
		return "button1"
	case desktop.MouseButtonSecondary:
		return "button2"
	}
	return "button3"
}

// raster is a picture drawn by f at the size in pixels it has on the screen.
func raster(f func(w, h int) image.Image) *canvas.Raster { return canvas.NewRaster(f) }

package face

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/capture"
	"pumplab/app/face/draw"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

var _ fyne.Scrollable = (*wheel)(nil)

// grip is the share of a dial's radius that belongs to the cap, which is pressed; outside of it the dial is taken to be turned.
const grip = 0.73

// detent is the angle of one detent while a dial is turned with the pointer, in radians.
const detent = math.Pi / 12

// notch is how much Fyne tells of one notch of a mouse wheel.
const notch = 25

// hand is a dial being turned, or a slider being slid, with the pointer.
type hand struct {
	control string
	middle  fyne.Position
	angle   float64 // up to which its detents were told

	slider string // the slider under the finger, and where it was last
	x, y   design.MM
}

// take begins to turn the dial at a place; false if there is none, or its cap is there.
func (p *Pump) take(k design.Key, at fyne.Position) bool {
	if k.Kind != "dial" {
		return false
	}
	middle, _ := p.Place(k.Name)
	dx, dy := float64(at.X-middle.X), float64(at.Y-middle.Y)
	r := float64(min(k.W, k.H)) / 200 * p.scene.k
	if math.Hypot(dx, dy) < grip*r {
		return false
	}
	p.hand = hand{control: k.Name, middle: middle, angle: math.Atan2(dy, dx)}
	return true
}

// Dragged turns a dial that was taken at its rim. Being draggable also makes Fyne deliver the release when the pointer has left the
// instrument.
func (p *Pump) Dragged(e *fyne.DragEvent) {
	if p.slid(e.Position) {
		return
	}
	h := &p.hand
	if h.control == "" {
		return
	}
	moved := math.Atan2(float64(e.Position.Y-h.middle.Y), float64(e.Position.X-h.middle.X)) - h.angle
	moved = math.Remainder(moved, 2*math.Pi)
	if n := int(moved/detent + math.Copysign(1e-3, moved)); n != 0 {
		h.angle += float64(n) * detent
		p.turn(h.control, n, "button1", p.clock.Stamp())
	}
}

// DragEnd lets a dial go.
func (p *Pump) DragEnd() { p.hand = hand{} }

// wheel is the place of a dial, where a mouse wheel turns it. The toolkit clips at whatever hears a wheel and forgets any other limit
// of painting after it; so not the whole instrument does.
type wheel struct {
	widget.BaseWidget
	pump *Pump
	key  design.Key
}

func newWheel(p *Pump, k design.Key) *wheel {
	w := &wheel{pump: p, key: k}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer draws nothing: the dial is drawn by the instrument.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// lay puts it over its dial.
func (w *wheel) lay(s *scene) {
	at := func(v design.MM) float32 { return float32((mmOf(v) + draw.Margin) * s.k) }
	w.Move(s.origin.Add(fyne.NewPos(at(w.key.X), at(w.key.Y))))
	w.Resize(fyne.NewSize(float32(mmOf(w.key.W)*s.k), float32(mmOf(w.key.H)*s.k)))
}

// Scrolled turns the dial: a notch towards the screen is one detent clockwise.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) {
	if e.Scrolled.DY == 0 {
		return
	}
	n := int(math.Round(float64(e.Scrolled.DY) / notch))
	if n == 0 {
		n = 1
		if e.Scrolled.DY < 0 {
			n = -1
		}
	}
	w.pump.turn(w.key.Name, n, "wheel", w.pump.clock.Stamp())
}

func (p *Pump) turn(control string, n int, code string, stamp capture.Stamp) {
	p.used(Input{Event: pumpmodel.Event{Kind: pumpmodel.Turn, Control: control, N: n}, Code: code, Stamp: stamp})
}

// bound is the control of a key of the keyboard: NAME, or NAME+ and NAME- for the two ways of a dial.
func (p *Pump) bound(name string) (control string, ok bool) {
	for _, k := range p.design.Face.Keys {
		switch {
		case k.Bound != "" && sameKey(k.Bound, name):
			return k.Name, true
		case k.CW != "" && sameKey(k.CW, name):
			return k.Name + "+", true
		case k.CCW != "" && sameKey(k.CCW, name):
			return k.Name + "-", true
		}
	}
	return "", false
}

// there reports that a key can be operated with the pointer: a touch key only while it is drawn.
func (p *Pump) there(k design.Key) bool {
	if k.Kind != "touch" {
		return true
	}
	if p.show.Alert != nil {
		for _, h := range p.show.Alert.Answers {
			if h.Control == k.Name {
				return true
			}
		}
	}
	for _, h := range p.show.Keys {
		if h.Control == k.Name {
			return true
		}
	}
	return false
}

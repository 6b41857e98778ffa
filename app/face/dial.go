package face

import (
	"math"

	"fyne.io/fyne/v2"

	"pumplab/app/capture"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

var _ fyne.Scrollable = (*Pump)(nil)

// grip is the share of a dial's radius that belongs to the cap, which is pressed; outside of it the dial is taken to be turned.
const grip = 0.73

// detent is the angle of one detent while a dial is turned with the pointer, in radians.
const detent = math.Pi / 12

// notch is how much Fyne tells of one notch of a mouse wheel.
const notch = 25

// hand is a dial being turned with the pointer.
type hand struct {
	control string
	middle  fyne.Position
	angle   float64 // up to which its detents were told
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
	p.hand = hand{k.Name, middle, math.Atan2(dy, dx)}
	return true
}

// Dragged turns a dial that was taken at its rim. Being draggable also makes Fyne deliver the release when the pointer has left the
// instrument.
func (p *Pump) Dragged(e *fyne.DragEvent) {
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

// Scrolled turns the dial under the pointer: a notch towards the screen is one detent clockwise.
func (p *Pump) Scrolled(e *fyne.ScrollEvent) {
	k, ok := p.keyAt(e.Position)
	if !ok || k.Kind != "dial" || e.Scrolled.DY == 0 {
		return
	}
	n := int(math.Round(float64(e.Scrolled.DY) / notch))
	if n == 0 {
		n = 1
		if e.Scrolled.DY < 0 {
			n = -1
		}
	}
	p.turn(k.Name, n, "wheel", p.clock.Stamp())
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

package face

import (
	"math"

	"fyne.io/fyne/v2"

	"pumplab/app/capture"
	"pumplab/app/face/draw"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// touch tells the pump of a finger on a slider, at a place of the widget.
func (p *Pump) touch(control string, at fyne.Position, code string, stamp capture.Stamp) {
	x, y := p.millimetres(at)
	p.held[control] = code
	p.used(Input{Event: pumpmodel.Event{Kind: pumpmodel.Touch, Control: control, X: int(x), Y: int(y)}, Code: code, Stamp: stamp})
}

// millimetres is a place of the widget on the face.
func (p *Pump) millimetres(at fyne.Position) (x, y design.MM) {
	f := func(v float32) design.MM { return design.MM(math.Round((float64(v)/p.scene.k - draw.Margin) * 100)) }
	return f(at.X - p.scene.origin.X), f(at.Y - p.scene.origin.Y)
}

// slid moves the thumb of the slider that is held; false if none is. A finger beside the slider moves it to the nearest end.
func (p *Pump) slid(at fyne.Position) bool {
	for _, k := range p.design.Face.Keys {
		if p.hand.slider != k.Name || k.Name == "" {
			continue
		}
		x, y := p.millimetres(at)
		x, y = min(max(x, k.X), k.X+k.W), min(max(y, k.Y), k.Y+k.H)
		if x == p.hand.x && y == p.hand.y {
			return true
		}
		p.hand.x, p.hand.y = x, y
		p.used(Input{
			Event: pumpmodel.Event{Kind: pumpmodel.Touch, Control: k.Name, X: int(x), Y: int(y), N: 1}, Code: "button1", Stamp: p.clock.Stamp(),
		})
		return true
	}
	return false
}

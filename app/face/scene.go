package face

import (
	"image"
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"pumplab/app/face/draw"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// scene is the renderer of a Pump: the body, then a layer for each display, each lit lamp, each key that was ever down.
type scene struct {
	pump   *Pump
	k      float64       // Fyne units a millimetre, as laid out
	origin fyne.Position // top left corner of the picture in the widget
	laid   bool          // Layout has been called

	body   *layer
	panels []*layer
	lit    map[string]*layer
	keys   map[string]*layer
	order  []fyne.CanvasObject
	wheels []fyne.CanvasObject
	spark  *canvas.Rectangle // always there and without a picture: the cheapest way to have the canvas drawn again
}

// layer is a picture over a part of the instrument, millimetres from the picture's corner, kept until its size changes.
type layer struct {
	*canvas.Raster
	x, y, w, h float64
	paint      func(p draw.Pen)
	kept       *image.RGBA
}

func (s *scene) layer(x, y, w, h float64, paint func(p draw.Pen)) *layer {
	l := &layer{x: x, y: y, w: w, h: h, paint: paint}
	l.Raster = raster(func(pw, ph int) image.Image {
		if l.kept != nil && l.kept.Rect.Dx() == pw && l.kept.Rect.Dy() == ph {
			return l.kept
		}
		k := s.k * float64(pw) / max(1, float64(l.Size().Width))
		left, top := int(math.Round(l.x*k)), int(math.Round(l.y*k))
		img := image.NewRGBA(image.Rect(left, top, left+pw, top+ph))
		l.paint(draw.NewPen(img, k))
		img.Rect = image.Rect(0, 0, pw, ph)
		l.kept = img
		return img
	})
	l.ScaleMode = canvas.ImageScalePixels // the picture has the screen's own pixels: mixing neighbours costs time and sharpness
	return l
}

// again has a layer drawn anew.
func (s *scene) again(l *layer) {
	s.change(l, func() {
		l.kept = nil
		l.Refresh()
	})
}

// change makes a change that is seen only where a layer is.
func (s *scene) change(l *layer, f func()) {
	if s.pump.part == nil || !s.laid {
		f()
		return
	}
	s.pump.part.Change(s.pump, l.Position(), l.Size(), f)
}

func newScene(p *Pump) *scene {
	s := &scene{pump: p, k: p.millis, lit: map[string]*layer{}, keys: map[string]*layer{}}
	f := p.design.Face
	s.body = s.layer(0, 0, mmOf(f.Width)+2*draw.Margin, mmOf(f.Height)+2*draw.Margin, func(q draw.Pen) { q.Static(p.design) })
	s.spark = canvas.NewRectangle(color.Transparent)
	s.order = append(s.order, s.body.Raster, s.spark)
	for _, panel := range f.Displays {
		b := panel.Box
		l := s.layer(mmOf(b.X)+draw.Margin, mmOf(b.Y)+draw.Margin, mmOf(b.W), mmOf(b.H), func(q draw.Pen) { q.Display(p.design, panel, p.show) })
		s.panels = append(s.panels, l)
		s.order = append(s.order, l.Raster)
	}
	for _, k := range f.Keys {
		if k.Kind == "dial" {
			s.wheels = append(s.wheels, newWheel(p, k))
		}
	}
	s.lamps(p.stamped)
	return s
}

func mmOf(v design.MM) float64 { return float64(v) / 100 }

// displays draws the displays anew.
func (s *scene) displays() {
	for _, l := range s.panels {
		s.again(l)
	}
}

// key shows a key down or at rest.
func (s *scene) key(control string, pressed bool) {
	l := s.keys[control]
	if l == nil {
		for _, k := range s.pump.design.Face.Keys {
			if k.Name == control {
				l = s.layer(mmOf(k.X)+draw.Margin-draw.HeldReach, mmOf(k.Y)+draw.Margin-draw.HeldReach, mmOf(k.W)+2*draw.HeldReach, mmOf(k.H)+2*draw.HeldReach,
					func(q draw.Pen) { q.Held(s.pump.design, k) })
			}
		}
		if l == nil {
			return
		}
		s.keys[control] = l
		s.add(l)
	}
	s.shown(l, pressed)
}

// lamps lights the lamps as they are at that moment of their flashing.
func (s *scene) lamps(at time.Duration) {
	for _, place := range s.pump.design.Face.Lamps {
		lamp, on := draw.LampNamed(s.pump.show, place.Name)
		on = on && lamp.Colour != "" && Shining(lamp, at)
		id := place.Name + " " + lamp.Colour
		for other, l := range s.lit {
			if other != id && len(other) > len(place.Name) && other[:len(place.Name)+1] == place.Name+" " {
				s.shown(l, false)
			}
		}
		l := s.lit[id]
		if l == nil {
			if !on {
				continue
			}
			r := mmOf(place.Size) / 2
			reach := r * draw.GlowReach
			l = s.layer(mmOf(place.X)+draw.Margin+r-reach, mmOf(place.Y)+draw.Margin+r-reach, 2*reach, 2*reach,
				func(q draw.Pen) { q.Lamp(place, lamp.Colour) })
			s.lit[id] = l
			s.add(l)
		}
		s.shown(l, on)
	}
}

// Shining reports whether a flashing lamp is in the lit part of its period at that time.
func Shining(l pumpmodel.Lamp, at time.Duration) bool {
	if l.Flash <= 0 || l.Duty >= 100 {
		return true
	}
	period := time.Duration(int64(time.Second) * 1000 / int64(l.Flash))
	return at%period < period*time.Duration(l.Duty)/100
}

// shown shows or hides a layer. A raster that is shown again does not have the canvas drawn, so the spark does.
func (s *scene) shown(l *layer, on bool) {
	if on == l.Visible() {
		return
	}
	s.change(l, func() {
		if on {
			l.Show()
		} else {
			l.Hide()
		}
		canvas.Refresh(s.spark)
	})
}

func (s *scene) add(l *layer) {
	s.order = append(s.order, l.Raster)
	s.lay(l)
	s.change(l, func() { canvas.Refresh(s.spark) })
}

// Layout fits the instrument into size: true size where there is room, smaller where there is not.
func (s *scene) Layout(size fyne.Size) {
	s.laid = true
	s.k = min(s.pump.millis, float64(size.Width)/s.body.w, float64(size.Height)/s.body.h)
	s.origin = fyne.NewPos(
		float32(math.Floor((float64(size.Width)-s.body.w*s.k)/2)), float32(math.Floor((float64(size.Height)-s.body.h*s.k)/2)))
	s.lay(s.body)
	for _, l := range s.panels {
		s.lay(l)
	}
	for _, l := range s.lit {
		s.lay(l)
	}
	for _, l := range s.keys {
		s.lay(l)
	}
	for _, o := range s.wheels {
		o.(*wheel).lay(s)
	}
}

func (s *scene) lay(l *layer) {
	x, y := math.Round(l.x*s.k), math.Round(l.y*s.k)
	l.Move(s.origin.Add(fyne.NewPos(float32(x), float32(y))))
	l.Resize(fyne.NewSize(float32(math.Round(l.w*s.k)), float32(math.Round(l.h*s.k))))
}

// MinSize is a third of true size: below that nothing could be read.
func (s *scene) MinSize() fyne.Size {
	k := s.pump.millis / 3
	return fyne.NewSize(float32(s.body.w*k), float32(s.body.h*k))
}

// Refresh draws the displays anew.
func (s *scene) Refresh() {
	s.displays()
	canvas.Refresh(s.pump)
}

// Objects are the layers, the body first, and what hears the wheel over a dial: the toolkit clips at it, so it comes last.
func (s *scene) Objects() []fyne.CanvasObject {
	return append(s.order[:len(s.order):len(s.order)], s.wheels...)
}

// Destroy has nothing to free.
func (s *scene) Destroy() {}

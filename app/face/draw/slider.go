package draw

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
)

// ticks are the places along a slider that are labelled with their values, in thousandths.
var ticks = []int{0, 250, 500, 750, 1000}

// slider draws the slider of the field that is entered: its track, its scale, and the thumb at the value shown.
func (s sheet) slider(b box, d pumpmodel.Display) {
	f, ok := d.ActiveField()
	if !ok {
		return
	}
	values, ok := s.design.Slid(f.Name, ticks...)
	if !ok {
		return
	}
	inset := 1.2 * s.k
	track := box{b.x, b.y + b.h*0.3 - 1.3*s.k, b.w, 2.6 * s.k}
	s.fill(rounded(track, 1.3*s.k), solid(lighter(s.pal.back, -0.16)))
	s.stroke(track, 1.3*s.k, max(1, 0.2*s.k), solid(s.pal.line))
	size := normal * s.u * 0.9
	for i, n := range ticks {
		x := b.x + b.w*float64(n)/1000
		s.fill(rect(box{x - 0.15*s.k, track.bottom() + inset, 0.3 * s.k, 1.6 * s.k}), solid(s.pal.dim))
		label := values[i].String()
		left := min(max(x-width(label, size, s.plain)/2, b.x), b.right()-width(label, size, s.plain))
		s.text(label, left, track.bottom()+inset+3*s.k+size*0.8, size, s.plain, solid(s.pal.dim))
	}
	v, err := quantity.Parse(f.Text)
	if err != nil {
		return
	}
	at, _ := s.design.Thumb(f.Name, v)
	x := b.x + b.w*float64(at)/1000
	s.fill(rounded(box{b.x, track.y, x - b.x, track.h}, 1.3*s.k), solid(s.pal.chosen))
	thumb := circle(pt{x, track.y + track.h/2}, 4.2*s.k)
	s.fill(thumb, solid(s.pal.ink))
	s.fill(circle(pt{x, track.y + track.h/2}, 3.1*s.k), solid(s.pal.back))
}

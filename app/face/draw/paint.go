package draw

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// Pen draws anti-aliased shapes into an image, or notes them as SVG. Coordinates are pixels of the image, y down; k is pixels a
// millimetre.
type Pen struct {
	img *image.RGBA
	k   float64
	svg *drawing // instead of img
}

// NewPen draws into img at k pixels a millimetre; the image's origin may lie anywhere in the whole picture.
func NewPen(img *image.RGBA, k float64) Pen { return Pen{img: img, k: k} }

// pt is a point in pixels.
type pt struct{ x, y float64 }

// box is a rectangle in pixels.
type box struct{ x, y, w, h float64 }

func (b box) inset(d float64) box      { return box{b.x + d, b.y + d, b.w - 2*d, b.h - 2*d} }
func (b box) moved(dx, dy float64) box { return box{b.x + dx, b.y + dy, b.w, b.h} }
func (b box) centre() pt               { return pt{b.x + b.w/2, b.y + b.h/2} }
func (b box) right() float64           { return b.x + b.w }
func (b box) bottom() float64          { return b.y + b.h }

// cut takes h from the top of b and returns it and the rest.
func (b box) cut(h float64) (top, rest box) {
	h = min(h, b.h)
	return box{b.x, b.y, b.w, h}, box{b.x, b.y + h, b.w, b.h - h}
}

// cutBottom takes h from the bottom of b and returns it and the rest.
func (b box) cutBottom(h float64) (bottom, rest box) {
	h = min(h, b.h)
	return box{b.x, b.y + b.h - h, b.w, h}, box{b.x, b.y, b.w, b.h - h}
}

// paint gives the colour of a row: a vertical gradient from a at y0 to b at y1.
type paint struct {
	y0, y1 float64
	a, b   color.NRGBA
}

func solid(c color.NRGBA) paint { return paint{a: c, b: c} }

func down(b box, from, to color.NRGBA) paint { return paint{b.y, b.y + b.h, from, to} }

func (p paint) at(y float64) color.NRGBA {
	if p.y1 <= p.y0 {
		return p.a
	}
	return mix(p.a, p.b, min(1, max(0, (y-p.y0)/(p.y1-p.y0))))
}

// path is a list of closed outlines.
type path [][]pt

// fill paints the inside of the path (non-zero rule).
func (p Pen) fill(shape path, with paint) {
	if p.svg != nil {
		p.svg.fill(shape, with)
		return
	}
	x0, y0, x1, y1 := bounds(shape)
	area := image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1))+1, int(math.Ceil(y1))+1).Intersect(p.img.Bounds())
	if area.Empty() {
		return
	}
	p.blend(mask(shape, area), area.Min, with)
}

// mask is the coverage of a path within area.
func mask(shape path, area image.Rectangle) *image.Alpha {
	z := vector.NewRasterizer(area.Dx(), area.Dy())
	ox, oy := float64(area.Min.X), float64(area.Min.Y)
	for _, outline := range shape {
		for i, q := range outline {
			if i == 0 {
				z.MoveTo(float32(q.x-ox), float32(q.y-oy))
				continue
			}
			z.LineTo(float32(q.x-ox), float32(q.y-oy))
		}
		z.ClosePath()
	}
	m := image.NewAlpha(image.Rect(0, 0, area.Dx(), area.Dy()))
	z.Draw(m, m.Bounds(), image.Opaque, image.Point{})
	return m
}

// blend lays a paint over the image through a mask whose top left corner is at.
func (p Pen) blend(m *image.Alpha, at image.Point, with paint) {
	r := m.Bounds().Add(at).Intersect(p.img.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		c := with.at(float64(y) + 0.5)
		row := p.img.Pix[p.img.PixOffset(r.Min.X, y):]
		cover := m.Pix[m.PixOffset(r.Min.X-at.X, y-at.Y):]
		for i := 0; i < r.Dx(); i++ {
			if cover[i] != 0 {
				over(row[4*i:4*i+4:4*i+4], c, uint32(cover[i]))
			}
		}
	}
}

// over lays a colour with coverage a (0 to 255) over one premultiplied pixel.
func over(px []byte, c color.NRGBA, a uint32) {
	a = a * uint32(c.A) / 255
	keep := 255 - a
	px[0] = byte((uint32(c.R)*a + uint32(px[0])*keep + 127) / 255)
	px[1] = byte((uint32(c.G)*a + uint32(px[1])*keep + 127) / 255)
	px[2] = byte((uint32(c.B)*a + uint32(px[2])*keep + 127) / 255)
	px[3] = byte(a + (uint32(px[3])*keep+127)/255)
}

// shadow paints a soft shadow of the path, blurred over about r pixels.
func (p Pen) shadow(shape path, r float64, c color.NRGBA) {
	if p.svg != nil {
		p.svg.shadow(shape, r, c)
		return
	}
	x0, y0, x1, y1 := bounds(shape)
	pad := int(math.Ceil(r*2)) + 1
	area := image.Rect(int(x0)-pad, int(y0)-pad, int(x1)+pad+1, int(y1)+pad+1)
	m := mask(shape, area)
	for range 3 {
		blur(m, max(1, int(math.Round(r/2))))
	}
	p.blend(m, area.Min, solid(c))
}

// blur is a box blur of radius n in both directions.
func blur(m *image.Alpha, n int) {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	line := make([]byte, max(w, h))
	for y := range h {
		blurLine(m.Pix[y*m.Stride:], 1, w, n, line)
	}
	for x := range w {
		blurLine(m.Pix[x:], m.Stride, h, n, line)
	}
}

func blurLine(pix []byte, step, length, n int, out []byte) {
	sum, width := 0, 2*n+1
	at := func(i int) int {
		if i < 0 || i >= length {
			return 0
		}
		return int(pix[i*step])
	}
	for i := -n; i < n; i++ {
		sum += at(i)
	}
	for i := range length {
		sum += at(i + n)
		out[i] = byte(sum / width)
		sum -= at(i - n)
	}
	for i := range length {
		pix[i*step] = out[i]
	}
}

// glow paints light around a point, falling off to nothing at r.
func (p Pen) glow(at pt, r float64, c color.NRGBA) {
	if p.svg != nil {
		p.svg.glow(at, r, c)
		return
	}
	area := image.Rect(int(at.x-r), int(at.y-r), int(at.x+r)+1, int(at.y+r)+1).Intersect(p.img.Bounds())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			d := math.Hypot(float64(x)+0.5-at.x, float64(y)+0.5-at.y) / r
			if d < 1 {
				f := (1 - d) * (1 - d)
				i := p.img.PixOffset(x, y)
				over(p.img.Pix[i:i+4:i+4], c, uint32(255*f))
			}
		}
	}
}

// stroke paints a line of width w along the inside of a rounded rectangle.
func (p Pen) stroke(b box, r, w float64, with paint) {
	inner := rounded(b.inset(w), max(0, r-w))[0]
	hole := make([]pt, len(inner))
	for i, q := range inner {
		hole[len(inner)-1-i] = q
	}
	p.fill(append(rounded(b, r), hole), with)
}

func bounds(shape path) (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, outline := range shape {
		for _, q := range outline {
			x0, y0, x1, y1 = min(x0, q.x), min(y0, q.y), max(x1, q.x), max(y1, q.y)
		}
	}
	return
}

func mix(a, b color.NRGBA, t float64) color.NRGBA {
	f := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + (float64(y)-float64(x))*t)) }
	return color.NRGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), f(a.A, b.A)}
}

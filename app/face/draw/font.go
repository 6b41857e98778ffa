package draw

import (
	"image"
	"image/draw"
	"math"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// weight is one of the two weights printed on an instrument.
type weight int

const (
	plain weight = iota
	bold
	dots // of a dot matrix
)

// cut is a font at one size; its glyphs are drawn once and kept.
type cut struct {
	face   font.Face
	glyphs map[glyphKey]glyph
}

type glyphKey struct {
	r    rune
	part int // quarter of a pixel
}

type glyph struct {
	mask    *image.Alpha
	at      image.Point
	advance float64
}

type cutKey struct {
	w    weight
	size int // quarter pixels
}

// cuts are the fonts in use. Drawing happens on one goroutine at a time in the window; tests may draw on several.
var cuts = struct {
	sync.Mutex
	parsed [2]*opentype.Font
	made   map[cutKey]*cut
}{made: map[cutKey]*cut{}}

// cutOf is the font of a weight at size pixels an em; the caller holds the lock.
func cutOf(w weight, size float64) *cut {
	key := cutKey{w, max(4, int(math.Round(size*4)))}
	if c := cuts.made[key]; c != nil {
		return c
	}
	if cuts.parsed[w] == nil {
		data := liberationsansregular.TTF
		if w == bold {
			data = liberationsansbold.TTF
		}
		f, err := opentype.Parse(data)
		if err != nil {
			panic("draw: the font in the program is damaged: " + err.Error())
		}
		cuts.parsed[w] = f
	}
	f, err := opentype.NewFace(cuts.parsed[w], &opentype.FaceOptions{Size: float64(key.size) / 4, DPI: 72})
	if err != nil {
		panic("draw: the font in the program is damaged: " + err.Error())
	}
	c := &cut{face: f, glyphs: map[glyphKey]glyph{}}
	cuts.made[key] = c
	return c
}

// glyph is the drawn form of a rune whose left edge lies part quarters into a pixel.
func (c *cut) glyph(r rune, part int) glyph {
	key := glyphKey{r, part}
	if g, ok := c.glyphs[key]; ok {
		return g
	}
	dr, m, mp, adv, ok := c.face.Glyph(fixed.Point26_6{X: fixed.Int26_6(part * 16)}, r)
	g := glyph{at: dr.Min, advance: float64(adv) / 64}
	if ok && !dr.Empty() {
		g.mask = image.NewAlpha(image.Rect(0, 0, dr.Dx(), dr.Dy()))
		draw.Draw(g.mask, g.mask.Bounds(), m, mp, draw.Src)
	}
	c.glyphs[key] = g
	return g
}

// text paints s with its baseline starting at (x, y) and returns the x after it. Size is pixels an em.
func (p Pen) text(s string, x, y, size float64, w weight, with paint) float64 {
	if w == dots {
		return p.dotText(s, x, y, size, with)
	}
	cuts.Lock()
	defer cuts.Unlock()
	c := cutOf(w, size)
	if p.svg != nil {
		return p.svg.text(c, cuts.parsed[w], s, x, y, size, with)
	}
	line := int(math.Round(y))
	for _, r := range s {
		whole := math.Floor(x)
		part := int((x - whole) * 4)
		g := c.glyph(r, part)
		if g.mask != nil {
			p.blend(g.mask, image.Pt(int(whole)+g.at.X, line+g.at.Y), with)
		}
		x += g.advance
	}
	return x
}

// width is the length of s in pixels.
func width(s string, size float64, w weight) float64 {
	if w == dots {
		return dotWidth(s, size)
	}
	cuts.Lock()
	defer cuts.Unlock()
	c := cutOf(w, size)
	sum := 0.0
	for _, r := range s {
		sum += c.glyph(r, 0).advance
	}
	return sum
}

// capital is the height of a capital letter of that size: 0.729 em in this font, digits the same less a hair.
func capital(size float64) float64 { return 0.716 * size }

// fit is the largest size up to want at which s is no wider than room; fonts are cut in quarters of a pixel.
func fit(s string, want, room float64, w weight) float64 {
	have := width(s, want, w)
	if have <= room || have == 0 {
		return want
	}
	size := math.Floor(want*room/have*4) / 4
	for size > 1 && width(s, size, w) > room {
		size -= 0.25
	}
	return size
}

// squeezed is s at a size down to least of what is wanted at which it fits, cut with an ellipsis only where that does not do.
func squeezed(s string, want, least, room float64, w weight) (string, float64) {
	size := max(fit(s, want, room, w), want*least)
	return shortened(s, size, room, w), size
}

// onCut, if a test sets it, is told each text that did not fit.
var onCut func(text string)

// shortened is s cut with an ellipsis to fit room.
func shortened(s string, size, room float64, w weight) string {
	if width(s, size, w) <= room {
		return s
	}
	if onCut != nil {
		onCut(s)
	}
	runes := []rune(s)
	for len(runes) > 1 {
		runes = runes[:len(runes)-1]
		if t := string(runes) + "…"; width(t, size, w) <= room {
			return t
		}
	}
	return string(runes)
}

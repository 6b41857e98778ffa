// Package plots provides the figures of a report in one style: colour-blind safe, labelled directly, every estimate with its
// interval, rates from zero; as SVG by gonum/plot.
package plots

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg/draw"
)

// Okabe–Ito colours (Okabe & Ito 2008, Color Universal Design), in the order in which designs take them.
var okabeIto = []color.NRGBA{
	{0x00, 0x72, 0xB2, 0xFF},
	{0xE6, 0x9F, 0x00, 0xFF},
	{0x00, 0x9E, 0x73, 0xFF},
	{0xCC, 0x79, 0xA7, 0xFF},
	{0x56, 0xB4, 0xE9, 0xFF},
	{0xD5, 0x5E, 0x00, 0xFF},
	{0x00, 0x00, 0x00, 0xFF},
}

var glyphs = []draw.GlyphDrawer{
	draw.CircleGlyph{}, draw.BoxGlyph{}, draw.PyramidGlyph{}, draw.RingGlyph{}, draw.SquareGlyph{}, draw.TriangleGlyph{}, draw.CrossGlyph{},
}

// Neutral is the series of what belongs to no design, or to several: ink, a filled circle.
const Neutral = -1

// Colour is the colour of the i-th design of a study, from 0.
func Colour(i int) color.NRGBA {
	if i < 0 {
		return ink
	}
	return okabeIto[i%len(okabeIto)]
}

// Hex is Colour as #RRGGBB.
func Hex(i int) string {
	c := Colour(i)
	return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)
}

// Glyph is the marker of the i-th design of a study, from 0.
func Glyph(i int) draw.GlyphDrawer { return glyphs[max(i, 0)%len(glyphs)] }

var (
	ink   = color.NRGBA{0x1B, 0x24, 0x30, 0xFF}
	quiet = color.NRGBA{0x55, 0x60, 0x6E, 0xFF}
	line  = color.NRGBA{0xD9, 0xDE, 0xE5, 0xFF}
)

// darker is a colour of a design for words on white paper: at least 4.5 to 1 where the colour itself is too light.
func darker(c color.NRGBA) color.NRGBA {
	for range 20 {
		if luminance(c) <= 0.18 { // 4.56:1 on white
			break
		}
		c.R, c.G, c.B = uint8(float64(c.R)*0.93), uint8(float64(c.G)*0.93), uint8(float64(c.B)*0.93)
	}
	return c
}

// luminance is WCAG's relative luminance.
func luminance(c color.NRGBA) float64 {
	part := func(x uint8) float64 {
		v := float64(x) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

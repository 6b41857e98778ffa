// Package plots provides the figures of a report in one style: colour-blind safe, labelled directly, every estimate with its
// interval, rates from zero; as SVG by gonum/plot.
package plots

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot/vg/draw"
)

// Okabe–Ito colours (Okabe & Ito 2008, Color Universal Design), in the order in which designs take them.
var okabeIto = []color.NRGBA{
	{0x00, 0x72, 0xB2, 0xFF}, {0xE6, 0x9F, 0x00, 0xFF}, {0x00, 0x9E, 0x73, 0xFF}, {0xCC, 0x79, 0xA7, 0xFF},
	{0x56, 0xB4, 0xE9, 0xFF}, {0xD5, 0x5E, 0x00, 0xFF}, {0x00, 0x00, 0x00, 0xFF},
}

var glyphs = []draw.GlyphDrawer{
	draw.CircleGlyph{}, draw.BoxGlyph{}, draw.PyramidGlyph{}, draw.RingGlyph{}, draw.SquareGlyph{}, draw.TriangleGlyph{}, draw.CrossGlyph{},
}

// Colour is the colour of the i-th design of a study, from 0.
func Colour(i int) color.NRGBA { return okabeIto[i%len(okabeIto)] }

// Hex is Colour as #RRGGBB.
func Hex(i int) string {
	c := Colour(i)
	return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)
}

// Glyph is the marker of the i-th design of a study, from 0.
func Glyph(i int) draw.GlyphDrawer { return glyphs[i%len(glyphs)] }

var (
	ink   = color.NRGBA{0x1B, 0x24, 0x30, 0xFF}
	quiet = color.NRGBA{0x55, 0x60, 0x6E, 0xFF}
	line  = color.NRGBA{0xD9, 0xDE, 0xE5, 0xFF}
)

package draw

import (
	"image/color"
	"strconv"
	"strings"

	"pumplab/pumpmodel/design"
)

// palette is the light of one kind of display.
type palette struct {
	back, backLow color.NRGBA // top and bottom of the lit background
	ink           color.NRGBA
	dim           color.NRGBA // labels, what is fixed
	line          color.NRGBA
	chosen        color.NRGBA // background of the active row or field
	onInk         color.NRGBA // text on ink
	coloured      bool        // alerts have colours
	dark          color.NRGBA // when not lit
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

func faded(c color.NRGBA, a uint8) color.NRGBA {
	c.A = a
	return c
}

// paletteOf is the palette of a display: that of its kind, or one made of its own two colours.
func paletteOf(panel design.Panel) palette {
	if panel.Back != "" || panel.Ink != "" {
		return ownPalette(panel)
	}
	switch panel.Kind {
	case "touch":
		return palette{
			back: rgb(0xEEF2F6), backLow: rgb(0xE4E9EF), ink: rgb(0x12202E), dim: rgb(0x475564), line: rgb(0xC3CCD6),
			chosen: rgb(0xCFE3F7), onInk: rgb(0xFFFFFF), coloured: true, dark: rgb(0x20262C),
		}
	case "oled":
		return palette{
			back: rgb(0x0B0E12), backLow: rgb(0x07090C), ink: rgb(0xF4F7FA), dim: rgb(0xA3AFBC), line: rgb(0x2E3742),
			chosen: rgb(0x17324D), onInk: rgb(0x0B0E12), coloured: true, dark: rgb(0x050607),
		}
	case "paper":
		return palette{
			back: rgb(0xFBFCFD), backLow: rgb(0xF1F4F7), ink: rgb(0x14202C), dim: rgb(0x4B5A69), line: rgb(0xC9D2DB),
			chosen: rgb(0xD6E8F8), onInk: rgb(0xFFFFFF), coloured: true, dark: rgb(0x2A3036),
		}
	}
	return palette{
		back: rgb(0xC6D3B4), backLow: rgb(0xB4C3A1), ink: rgb(0x18241A), dim: rgb(0x3C4B3B), line: rgb(0x8FA083),
		chosen: rgb(0xD8E3C9), onInk: rgb(0xCBD7BA), dark: rgb(0x6F7B68),
	}
}

// ownPalette is the palette of a display with colours of its own: what lies between the two is mixed from them.
func ownPalette(panel design.Panel) palette {
	b, i := panel.Colours()
	back, ink := colourOf(b, rgb(0xFFFFFF)), colourOf(i, rgb(0x000000))
	return palette{
		back: back, backLow: lighter(back, -0.06), ink: ink, dim: mix(ink, back, 0.16), line: mix(ink, back, 0.72),
		chosen: mix(back, rgb(0xFFFFFF), 0.35), onInk: back, coloured: panel.Kind != "lcd", dark: mix(back, rgb(0x101418), 0.7),
	}
}

// alertColours are the ground and the text of an alert of that kind. A display without colours shows ink on light, inverted.
func (l palette) alertColours(kind string) (ground, text color.NRGBA) {
	if !l.coloured {
		return l.ink, l.onInk
	}
	switch kind {
	case "hard", "alarm", "high":
		return rgb(0xC62121), rgb(0xFFFFFF)
	case "soft", "range", "confirm", "medium":
		return rgb(0xFFC21A), rgb(0x1A1400)
	}
	return rgb(0x1F6FB5), rgb(0xFFFFFF)
}

// caution is the colour of a mark that stays.
func (l palette) caution() (ground, text color.NRGBA) {
	if !l.coloured {
		return l.ink, l.onInk
	}
	return rgb(0xFFC21A), rgb(0x1A1400)
}

// lampColour is the light of a lamp.
func lampColour(name string) color.NRGBA {
	switch name {
	case "red":
		return rgb(0xFF2A1F)
	case "yellow", "amber":
		return rgb(0xFFC400)
	case "cyan", "blue":
		return rgb(0x17C8FF)
	}
	return rgb(0x2BE35A)
}

// keyColours are the cap and the print of a key.
func keyColours(k design.Key) (body, print color.NRGBA) {
	b, p := k.Colours()
	return colourOf(b, rgb(0xC9CED4)), colourOf(p, rgb(0x1B2430))
}

// colourOf reads #RRGGBB; anything else is the fallback.
func colourOf(hex string, fallback color.NRGBA) color.NRGBA {
	v, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		return fallback
	}
	return rgb(uint32(v))
}

// lighter moves a colour towards white, or with a negative share towards black.
func lighter(c color.NRGBA, share float64) color.NRGBA {
	to := color.NRGBA{255, 255, 255, c.A}
	if share < 0 {
		to, share = color.NRGBA{0, 0, 0, c.A}, -share
	}
	return mix(c, to, share)
}

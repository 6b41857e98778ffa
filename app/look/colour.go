// Package look provides how the laboratory looks: theme, sizes, colours with meaning, the designs' colours and markers.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Role is what a colour is for. Red, amber and green are only for meaning, always beside a word or a shape.
type Role string

// The roles.
const (
	Ink      Role = "ink"
	Quiet    Role = "quiet" // ink of what is secondary
	Paper    Role = "paper"
	Raised   Role = "raised" // cards on paper
	Button   Role = "button" // ground of a secondary button
	Lines    Role = "lines"
	Edges    Role = "edges" // of what can be filled in
	Accent   Role = "accent"
	Wash     Role = "wash" // accent, very light: what is chosen
	OnAccent Role = "on accent"
	Critical Role = "critical"
	Caution  Role = "caution"
	Fine     Role = "fine"
)

var light = map[Role]color.NRGBA{
	Ink: hex(0x1B2430), Quiet: hex(0x566373), Paper: hex(0xF7F8FA), Raised: hex(0xFFFFFF), Button: hex(0xEDF1F5), Lines: hex(0xD9DEE5), Edges: hex(0x9AA6B4),
	Accent: hex(0x0B5FA5), Wash: hex(0xE3EEF8), OnAccent: hex(0xFFFFFF),
	Critical: hex(0xB3261E), Caution: hex(0x8A5A00), Fine: hex(0x1E6B34),
}

var dark = map[Role]color.NRGBA{
	Ink: hex(0xE8ECF1), Quiet: hex(0x9AA7B5), Paper: hex(0x141A21), Raised: hex(0x1C242D), Button: hex(0x2A3541), Lines: hex(0x323D49), Edges: hex(0x66727F),
	Accent: hex(0x6CB4EE), Wash: hex(0x1D3346), OnAccent: hex(0x0B1824),
	Critical: hex(0xF2877F), Caution: hex(0xE5B454), Fine: hex(0x7CC98F),
}

// Colour is the colour of a role in a variant (theme.VariantDark or VariantLight).
func Colour(r Role, v fyne.ThemeVariant) color.NRGBA {
	if v == theme.VariantDark {
		return dark[r]
	}
	return light[r]
}

func hex(v uint32) color.NRGBA {
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

// Marker is the shape that stands for a design in charts, beside its colour.
type Marker int

// The markers.
const (
	Disc Marker = iota
	Square
	Triangle
	Diamond
	Pentagon
	Hexagon
	Ring
)

// okabeIto is the set of Okabe and Ito (2008), distinguishable with every kind of colour vision.
var okabeIto = []color.NRGBA{hex(0x0072B2), hex(0xE69F00), hex(0x009E73), hex(0xCC79A7), hex(0x56B4E9), hex(0xD55E00), hex(0x000000)}

// Design is the colour and the marker of the i-th design of a study, the same in every chart. Black becomes light on dark.
func Design(i int, v fyne.ThemeVariant) (color.NRGBA, Marker) {
	n := i % len(okabeIto)
	c := okabeIto[n]
	if v == theme.VariantDark && n == len(okabeIto)-1 {
		c = hex(0xFFFFFF)
	}
	return c, Marker(n)
}

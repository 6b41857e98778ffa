package look_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"pumplab/app/look"
)

// contrast is the ratio of WCAG 2.1 (relative luminance, 1.4.3).
func contrast(a, b color.NRGBA) float64 {
	lum := func(c color.NRGBA) float64 {
		f := func(v uint8) float64 {
			x := float64(v) / 255
			if x <= 0.04045 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
	}
	x, y := lum(a), lum(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTextHasContrastInBothVariants(t *testing.T) {
	for name, v := range map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark} {
		for _, ground := range []look.Role{look.Paper, look.Raised, look.Wash} {
			for _, ink := range []look.Role{look.Ink, look.Quiet, look.Accent, look.Critical, look.Caution, look.Fine} {
				if c := contrast(look.Colour(ink, v), look.Colour(ground, v)); c < 4.5 {
					t.Errorf("%s: %s on %s has %.2f:1, want at least 4.5", name, ink, ground, c)
				}
			}
		}
		if c := contrast(look.Colour(look.OnAccent, v), look.Colour(look.Accent, v)); c < 4.5 {
			t.Errorf("%s: the primary button has %.2f:1, want at least 4.5", name, c)
		}
	}
}

func TestEveryDesignHasAColourAndAMarkerOfItsOwn(t *testing.T) {
	type pair struct {
		c color.NRGBA
		m look.Marker
	}
	seen := map[pair]int{}
	markers := map[look.Marker]bool{}
	for i := range 7 {
		c, m := look.Design(i, theme.VariantLight)
		if j, twice := seen[pair{c, m}]; twice {
			t.Errorf("designs %d and %d look the same", j, i)
		}
		seen[pair{c, m}] = i
		markers[m] = true
	}
	if len(markers) != 7 {
		t.Errorf("%d markers for 7 designs", len(markers))
	}
	// The first colour of Okabe and Ito (2008), "Color Universal Design": blue #0072B2.
	if c, _ := look.Design(0, theme.VariantLight); c != (color.NRGBA{0x00, 0x72, 0xB2, 0xFF}) {
		t.Errorf("the first design is %v", c)
	}
}

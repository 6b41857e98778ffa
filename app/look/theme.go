package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The grid and the type sizes of the laboratory, in Fyne units. The bundled font has tabular figures.
const (
	Grid    = 8
	Small   = 12
	Text    = 14
	Strong  = 16
	Heading = 20
	Title   = 28
)

// Theme is the laboratory's theme. With Variant nil it follows the desktop's light or dark setting.
type Theme struct{ Variant *fyne.ThemeVariant }

var _ fyne.Theme = Theme{}

// Light is the theme on paper; Dark the one with the same roles on dark.
func Light() Theme { v := theme.VariantLight; return Theme{&v} }

// Dark is the dark theme.
func Dark() Theme { v := theme.VariantDark; return Theme{&v} }

var roles = map[fyne.ThemeColorName]Role{
	theme.ColorNameBackground:          Paper,
	theme.ColorNameForeground:          Ink,
	theme.ColorNameForegroundOnPrimary: OnAccent,
	theme.ColorNamePrimary:             Accent,
	theme.ColorNameHyperlink:           Accent,
	theme.ColorNameSelection:           Wash,
	theme.ColorNameSeparator:           Lines,
	theme.ColorNameInputBorder:         Edges,
	theme.ColorNameInputBackground:     Raised,
	theme.ColorNameMenuBackground:      Raised,
	theme.ColorNameOverlayBackground:   Raised,
	theme.ColorNameHeaderBackground:    Paper,
	theme.ColorNameButton:              Button,
	theme.ColorNamePlaceHolder:         Quiet,
	theme.ColorNameScrollBar:           Quiet,
	theme.ColorNameError:               Critical,
	theme.ColorNameWarning:             Caution,
	theme.ColorNameSuccess:             Fine,
}

// Color is the theme's colour of that name.
func (t Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	v = t.variant(v)
	switch name {
	case theme.ColorNameDisabled:
		c := Colour(Quiet, v)
		c.A = 140
		return c
	case theme.ColorNameDisabledButton:
		return Colour(Lines, v)
	case theme.ColorNameHover:
		return veil(v, 20)
	case theme.ColorNameFocus:
		return veil(v, 36)
	case theme.ColorNamePressed:
		return veil(v, 52)
	case theme.ColorNameShadow:
		return color.NRGBA{10, 16, 26, 40}
	case theme.ColorNameScrollBarBackground:
		return color.Transparent
	}
	if r, ok := roles[name]; ok {
		return Colour(r, v)
	}
	return theme.DefaultTheme().Color(name, v)
}

// veil is ink laid thinly over whatever is below, a primary button too.
func veil(v fyne.ThemeVariant, alpha uint8) color.Color {
	c := Colour(Ink, v)
	c.A = alpha
	return c
}

func (t Theme) variant(v fyne.ThemeVariant) fyne.ThemeVariant {
	if t.Variant != nil {
		return *t.Variant
	}
	return v
}

// Font is the bundled font.
func (t Theme) Font(s fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(s) }

// Icon is the bundled icon.
func (t Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size is the theme's size of that name.
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return Text
	case theme.SizeNameCaptionText:
		return Small
	case theme.SizeNameSubHeadingText:
		return Heading
	case theme.SizeNameHeadingText:
		return Title
	case theme.SizeNamePadding, theme.SizeNameInnerPadding:
		return Grid
	case theme.SizeNameLineSpacing:
		return 4
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 4
	case theme.SizeNameScrollBar:
		return 12
	case theme.SizeNameScrollBarSmall:
		return 4
	}
	return theme.DefaultTheme().Size(name)
}

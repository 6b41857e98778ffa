package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// sessionTheme is the light theme on the quiet grey a pump stands before.
type sessionTheme struct{ Theme }

var _ fyne.Theme = sessionTheme{}

// Session is the theme while a session runs. Its background is the ground of the participant's screen: a window is cleared with it
// for nothing, while a ground drawn over it would cost a third of the time it takes to paint a picture.
func Session() fyne.Theme { return sessionTheme{Light()} }

// Color is the theme's colour of that name.
func (t sessionTheme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameBackground {
		return hex(0xDDE3E9)
	}
	return t.Theme.Color(name, v)
}

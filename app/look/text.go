package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Of is the present colour of a role, as the running program shows it.
func Of(r Role) color.Color {
	for name, role := range roles {
		if role == r {
			return theme.Color(name)
		}
	}
	if r == Quiet {
		return theme.Color(theme.ColorNamePlaceHolder)
	}
	return theme.Color(theme.ColorNameForeground)
}

// Line is one line of text in a colour and size.
func Line(s string, r Role, size float32, bold bool) *canvas.Text {
	t := canvas.NewText(s, Of(r))
	t.TextSize = size
	t.TextStyle.Bold = bold
	return t
}

// Number is a line of text aligned at its right edge, as numbers in columns are.
func Number(s string, r Role, size float32) *canvas.Text {
	t := Line(s, r, size, false)
	t.Alignment = fyne.TextAlignTrailing
	return t
}

// Prose is text that breaks into lines.
func Prose(s string) *widget.Label {
	l := widget.NewLabel(s)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// QuietProse is prose of secondary importance.
func QuietProse(s string) *widget.Label {
	l := Prose(s)
	l.Importance = widget.LowImportance
	return l
}

package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Name is the theme's name of a role's colour.
func Name(r Role) fyne.ThemeColorName {
	switch r {
	case Ink:
		return theme.ColorNameForeground
	case Quiet:
		return theme.ColorNamePlaceHolder
	case Paper:
		return theme.ColorNameBackground
	case Raised:
		return theme.ColorNameMenuBackground
	case Lines:
		return theme.ColorNameSeparator
	case Accent:
		return theme.ColorNamePrimary
	case Wash:
		return theme.ColorNameSelection
	case OnAccent:
		return theme.ColorNameForegroundOnPrimary
	case Critical:
		return theme.ColorNameError
	case Caution:
		return theme.ColorNameWarning
	case Fine:
		return theme.ColorNameSuccess
	}
	return theme.ColorNameForeground
}

// Of is the present colour of a role, as the running program shows it.
func Of(r Role) color.Color { return theme.Color(Name(r)) }

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

//go:build !headless

package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"pumplab/app/capture"
	"pumplab/app/screens"
)

// consoleWindow is the experimenter's window beside a session: it may be closed and opened again while the session runs.
type consoleWindow struct {
	app     fyne.App
	console *screens.Console
	input   *capture.Input
	window  fyne.Window // nil while it is closed

	question func(over fyne.Canvas) // what waits for an answer; it comes again with the window. Its answer takes it away
}

// open shows the console, in a new window if it was closed.
func (c *consoleWindow) open() {
	if c.window != nil {
		c.window.RequestFocus()
		return
	}
	w := c.app.NewWindow("Pump Lab · console")
	c.window = w
	w.SetPadded(false)
	w.SetContent(c.input.Beside(w, c.console.Object()))
	w.Resize(fyne.NewSize(1180, 720))
	w.SetOnClosed(func() {
		c.input.Leave(w)
		c.window = nil
	})
	c.console.Listen(w.Canvas())
	w.Show()
	if c.question != nil {
		c.question(w.Canvas())
	}
}

// ask puts a question to the experimenter, in a new window if the console was closed.
func (c *consoleWindow) ask(question func(over fyne.Canvas)) {
	c.question = question
	if c.window != nil {
		question(c.window.Canvas())
	}
	c.open()
}

// close ends it with its session.
func (c *consoleWindow) close() {
	if c.window != nil {
		c.window.Close()
	}
}

// reopen is the key on the participant's screen that opens the console again.
var reopen = &desktop.CustomShortcut{KeyName: fyne.KeyC, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}

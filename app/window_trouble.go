//go:build !headless

package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/capture"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/app/screens"
	"pumplab/studies"
	"pumplab/studies/sqlite"
)

// trouble is what a session's desk tells of inputs that were not taken. A session that is paused because its last record could not be
// written is tried again or goes on in another place; other trouble is said once.
func (w *window) trouble(run *Run, desk *screens.Desk, letGo func()) func(error) {
	said, asking := false, false
	return func(err error) {
		switch {
		case asking:
		case run.Session.Stuck() != nil:
			asking = true
			w.paused(run, desk, err, func() {
				asking = false
				letGo() // a key that was down when the question came went up unheard
			})
		case !said:
			said = true
			parts.Tell(w.main.Canvas(), "An input was not taken", sentence(err))
		}
	}
}

// paused asks what to do about a record that cannot be written. The record is kept in memory meanwhile; over is called when the session
// goes on.
func (w *window) paused(run *Run, desk *screens.Desk, cause error, over func()) {
	said := container.NewStack(parts.Prose(pauseText(run, w.lab.Folder), look.Ink, look.Text))
	home, _ := os.UserHomeDir()
	folder := widget.NewEntry()
	folder.SetText(filepath.Join(home, "pump-lab-rescue"))
	var pop *widget.PopUp
	stop := func() {}
	goOn := func(place string, err error) {
		if err != nil {
			said.Objects[0] = parts.Prose("That did not work: "+sentence(err)+"\nThe session is still paused and has lost nothing.", look.Ink, look.Text)
			said.Refresh()
			return
		}
		stop()
		pop.Hide()
		over()
		desk.Say(studies.Event{Kind: studies.Note, Value: "paused: " + cause.Error() + "; went on in " + place})
	}
	again := widget.NewButton("Try again", func() { goOn(w.lab.Store.Path(), run.Session.Retry()) })
	again.Importance = widget.HighImportance
	elsewhere := widget.NewButton("Save elsewhere and go on", func() { goOn(w.lab.Elsewhere(run, strings.TrimSpace(folder.Text))) })
	body := container.NewVScroll(said)
	body.SetMinSize(parts.Wide(folder, 560).MinSize().AddWidthHeight(0, 150))
	box := parts.Column(2*look.Grid, look.Line("The session is paused", look.Ink, look.Heading, true), body,
		look.Line("Other folder, best on another disk", look.Ink, look.Text, true), parts.Wide(folder, 560),
		container.NewHBox(layout.NewSpacer(), elsewhere, again))
	pop = widget.NewModalPopUp(parts.Inset(box, 2*look.Grid), w.main.Canvas())
	pop.Show()
	w.main.Canvas().Focus(again)
	if sqlite.Locked(run.Session.Stuck()) { // it goes on by itself once the other program has let go
		stop = capture.Tick(time.Second, func() {
			if err := run.Session.Retry(); err == nil {
				goOn(w.lab.Store.Path(), nil)
			}
		})
	}
}

// pauseText is what the person in front of a paused session reads.
func pauseText(run *Run, folder string) string {
	why := run.Session.Stuck().Error()
	if _, cause, found := strings.Cut(why, run.ID+": "); found {
		why = cause
	}
	said := "What just happened cannot be written to " + folder + ": " + why + ".\nNothing is lost: it waits in memory, and the session takes nothing more until it is written. "
	if sqlite.Locked(run.Session.Stuck()) {
		return said + "It goes on by itself once the other program has let go; close that program, or go on in another folder."
	}
	return said + "Make room, or put the disk back, and try again; or go on in another folder."
}

//go:build !headless

package main

import (
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"pumplab/app/capture"
	"pumplab/app/cli"
	"pumplab/app/parts"
	"pumplab/app/screens"
	"pumplab/app/sound"
	"pumplab/pumpmodel/design"
)

// trialEvery is how often a tried pump's time may show and its folder is looked at.
const trialEvery = 100 * time.Millisecond

// Try shows the screen on which a design is tried, with the first built-in one.
func (h homeActions) Try() {
	if err := h.w.try("keypad-wizard", ""); err != nil {
		h.w.tell("The design cannot be tried", err)
	}
}

// try shows a design by its built-in name or its folder, on a built-in library or a library's file.
func (w *window) try(name, shelf string) error {
	files, source, chosen, err := designFolder(name)
	if err != nil {
		return err
	}
	libraries := shelves()
	if shelf == "" {
		shelf = cli.StudyLibrary(name)
	}
	if shelf == "" {
		shelf = shelfFor(files)
	}
	if !strings.Contains(strings.Join(libraries, "\n"), shelf) {
		libraries = append(libraries, shelf)
	}
	lib, err := readShelf(shelf)
	if err != nil {
		return err
	}
	built, err := design.List(assetFiles().Designs(), ".")
	if err != nil {
		return err
	}
	w.closeLab()
	if w.sound == nil {
		w.sound, _ = sound.Open() // without a card the pump is silent; the lamps are there
	}
	var sounds screens.Sounds
	if w.sound != nil {
		sounds = w.sound
	}
	leave := func(to func()) {
		w.untry()
		to()
	}
	again := func(name, shelf string) {
		leave(func() {
			if err := w.try(name, shelf); err != nil {
				w.home()
				w.tell("The design cannot be tried", err)
			}
		})
	}
	clock := capture.NewClock(0)
	screen := screens.NewTryOut(screens.TrialParts{
		Trial: OpenTrial(files, lib), Clock: clock, Millis: w.millis(), Sounds: sounds, Source: source,
		Built: built, Chosen: chosen, Libraries: libraries, Library: shelf,
		Choose: func(d string) { again(d, shelf) },
		Shelve: func(l string) { again(name, l) },
		Folder: func() { w.chooseDesign(func(folder string) { again(folder, shelf) }) },
		Back:   func() { leave(w.home) },
		Free:   w.main.Canvas().Unfocus,
	})
	w.show(screen.Object())
	if d, ok := w.main.Canvas().(interface {
		SetOnKeyDown(func(*fyne.KeyEvent))
		SetOnKeyUp(func(*fyne.KeyEvent))
	}); ok {
		d.SetOnKeyDown(func(e *fyne.KeyEvent) { screen.KeyDown(e.Name, clock.Stamp()) })
		d.SetOnKeyUp(func(e *fyne.KeyEvent) { screen.KeyUp(e.Name, clock.Stamp()) })
	}
	clock.Attend(w.input)
	silence := w.input.Start()
	still := capture.Tick(trialEvery, screen.Tick)
	w.leaveTrial = func() {
		still()
		silence()
		unlisten(w.main.Canvas())
		if w.sound != nil {
			w.sound.Play(nil)
		}
	}
	return nil
}

// untry ends a trial, if there is one.
func (w *window) untry() {
	if w.leaveTrial != nil {
		w.leaveTrial()
		w.leaveTrial = nil
	}
}

func (w *window) chooseDesign(use func(folder string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		switch {
		case err != nil || u == nil:
		case !isFile(filepath.Join(u.Path(), design.File)):
			parts.Tell(w.main.Canvas(), "No design is in this folder", "Choose the folder that holds "+design.File+". A built-in design's folder is a good one to copy and change.")
		default:
			use(u.Path())
		}
	}, w.main)
	d.Resize(fyne.NewSize(820, 560))
	d.Show()
}

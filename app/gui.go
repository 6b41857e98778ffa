//go:build !headless

package main

import (
	"errors"
	"os"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	_ "pumplab/app/look/locale"
)

// openWindow opens the laboratory: on a study folder, on a participant's session in it, or on the home screen if both are empty.
func openWindow(study, participant string) error {
	if err := noDisplay(); err != nil {
		return err
	}
	a := app.NewWithID("pumplab.laboratory")
	w := &window{app: a, main: a.NewWindow("Pump Lab"), input: newInput()}
	w.applyTheme()
	w.main.Resize(fyne.NewSize(1240, 800))
	w.main.SetPadded(false)
	w.main.SetMaster()
	var trouble error
	switch {
	case participant != "":
		trouble = w.openSession(study, participant)
	case study != "":
		trouble = w.openStudy(study)
	default:
		w.home()
	}
	if trouble != nil {
		return trouble
	}
	w.main.ShowAndRun()
	w.closeLab()
	return nil
}

// noDisplay is an error where no window can be opened: the toolkit would panic.
func noDisplay() error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("open window: there is no display; run `pumplab demo --out out` for the whole job without one, or start a display and set DISPLAY")
	}
	return nil
}

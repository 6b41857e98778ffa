//go:build !headless

package main

import (
	"errors"
	"os"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"pumplab/app/cli"
	_ "pumplab/app/look/locale"
)

// openWindow opens the laboratory.
func openWindow(on cli.Opening) error {
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
	case on.Design != "":
		trouble = w.try(on.Design, on.Library)
	case on.Participant != "":
		trouble = w.openSession(on.Study, on.Participant)
	case on.Study != "":
		trouble = w.openStudy(on.Study)
	default:
		w.home()
	}
	if trouble != nil {
		return trouble
	}
	w.main.ShowAndRun()
	w.untry()
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

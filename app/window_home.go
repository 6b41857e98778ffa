//go:build !headless

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/cli"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/app/screens"
)

// homeActions are the home screen's.
type homeActions struct{ w *window }

var _ screens.HomeActions = homeActions{}

// Participant shows the intake for a study.
func (h homeActions) Participant(folder string) {
	if h.w.open(folder) {
		h.w.intake("")
	}
}

// Results evaluates a study.
func (h homeActions) Results(folder string) {
	if h.w.open(folder) {
		h.w.results()
	}
}

// Create asks where and makes a study from a template.
func (h homeActions) Create(template string) {
	w := h.w
	entry := widget.NewEntry()
	home, _ := os.UserHomeDir()
	entry.SetText(freeFolder(filepath.Join(home, template+"-study")))
	var pop *widget.PopUp
	make := widget.NewButton("Make the study", func() {
		dir := strings.TrimSpace(entry.Text)
		pop.Hide()
		if _, err := cli.NewStudy(assetFiles(), template, dir); err != nil {
			w.tell("The study was not made", err)
			return
		}
		w.remember(dir)
		w.home()
	})
	make.Importance = widget.HighImportance
	box := parts.Column(2*look.Grid, look.Line("A new study", look.Ink, look.Heading, true),
		look.Line("Folder to make", look.Ink, look.Text, true), parts.Wide(entry, 520),
		container.NewHBox(layout.NewSpacer(), widget.NewButton("Cancel", func() { pop.Hide() }), make))
	pop = widget.NewModalPopUp(parts.Inset(box, 2*look.Grid), w.main.Canvas())
	pop.Show()
	w.main.Canvas().Focus(entry)
	entry.OnSubmitted = func(string) { make.OnTapped() }
}

// Demo does the whole job with simulated people in a new folder of the home folder, then shows the results.
func (h homeActions) Demo() {
	w := h.w
	home, _ := os.UserHomeDir()
	dir := freeFolder(filepath.Join(home, "pump-lab-demo"))
	parts.Work(w.main.Canvas(), "Running the demo with 24 simulated people", func(ctx context.Context, tell func(float64, string)) error {
		x := &cli.Context{Context: ctx, Out: io.Discard, Err: teller(tell), Version: version, Assets: assetFiles()}
		return (&cli.DemoCmd{Out: dir, Participants: 24, Seed: 1, Template: "demo"}).Run(x)
	}, func(err error) {
		study := filepath.Join(dir, "study")
		switch {
		case errors.Is(err, context.Canceled):
			w.home()
		case err != nil:
			w.tell("The demo did not end well", err)
		case w.open(study):
			w.results()
		}
	})
}

// teller passes the progress of a command on to the progress bar.
type teller func(share float64, what string)

var _ cli.Teller = teller(nil)

// Write takes messages meant for a terminal; the window shows their outcome itself.
func (t teller) Write(p []byte) (int, error) { return len(p), nil }

// Progress moves the bar.
func (t teller) Progress(what string, done, all int) {
	t(float64(done)/float64(max(all, 1)), fmt.Sprintf("%s: %d of %d", what, done, all))
}

// freeFolder is the name, or the name with the first number that is free.
func freeFolder(name string) string {
	for i := 1; ; i++ {
		try := name
		if i > 1 {
			try = fmt.Sprintf("%s-%d", name, i)
		}
		if _, err := os.Stat(try); os.IsNotExist(err) {
			return try
		}
	}
}

// Choose asks for a study folder on the disk.
func (h homeActions) Choose() {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil || u == nil {
			return
		}
		if err := h.w.openStudy(u.Path()); err != nil {
			h.w.tell("The study cannot be opened", err)
		}
	}, h.w.main)
	d.Resize(fyne.NewSize(820, 560))
	d.Show()
}

// Shade changes between the light and the dark laboratory.
func (h homeActions) Shade() {
	p := h.w.app.Preferences()
	p.SetBool(darkKey, !p.Bool(darkKey))
	h.w.applyTheme()
	h.w.home()
}

// Help shows what the keys do and where the data is.
func (h homeActions) Help() { screens.Help(h.w.main.Canvas()) }

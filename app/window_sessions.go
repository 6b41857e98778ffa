//go:build !headless

package main

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/capture"
	"pumplab/app/cli"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/app/screens"
)

// replayEvery is how often a replay that plays is drawn.
const replayEvery = 40 * time.Millisecond

// Sessions lists the sessions of a study.
func (h homeActions) Sessions(folder string) {
	if h.w.open(folder) {
		h.w.sessions()
	}
}

// sessions lists the sessions of the open study.
func (w *window) sessions() {
	lab := w.lab
	var cards []screens.SessionCard
	parts.Work(w.main.Canvas(), "Reading the sessions", func(context.Context, func(float64, string)) error {
		var err error
		cards, err = lab.Sessions()
		slices.Reverse(cards) // the newest first
		return err
	}, func(err error) {
		if err != nil {
			w.tell("The sessions cannot be listed", err)
			return
		}
		w.show(screens.NewSessions(screens.SessionsParts{
			Study: lab.Kit.Study.Title, Cards: cards, Replay: w.replay,
			Verify: func() {
				w.command("Verifying every session", "The study is verified", "The study does not verify", func(x *cli.Context) error {
					return (&cli.VerifyCmd{Study: lab.Folder}).Run(x)
				})
			},
			Backup: w.backup, Export: w.export, Results: w.results, Back: w.home,
		}).Object())
	})
}

// command runs one of the program's commands with a progress bar and shows what it says.
func (w *window) command(doing, well, badly string, run func(*cli.Context) error) {
	var out bytes.Buffer
	parts.Work(w.main.Canvas(), doing, func(ctx context.Context, tell func(float64, string)) error {
		return run(&cli.Context{Context: ctx, Out: &out, Err: teller(tell), Version: version, Assets: assetFiles()})
	}, func(err error) {
		said := strings.TrimSpace(out.String())
		if err == nil {
			parts.Tell(w.main.Canvas(), well, said)
			return
		}
		if more := strings.TrimSpace(err.Error()); more != "" {
			said = strings.TrimSpace(said + "\n" + sentence(err))
		}
		parts.Tell(w.main.Canvas(), badly, said)
	})
}

// replay computes a session again and shows it.
func (w *window) replay(id string) {
	lab := w.lab
	var film *Film
	parts.Work(w.main.Canvas(), "Computing the session again", func(context.Context, func(float64, string)) error {
		var err error
		film, err = lab.Film(id)
		return err
	}, func(err error) {
		if err != nil {
			w.tell("The session cannot be replayed", err)
			return
		}
		var still func()
		screen := screens.NewReplay(film, capture.NewClock(0), func() {
			still()
			w.sessions()
		})
		screen.Free = w.main.Canvas().Unfocus
		w.show(screen.Object())
		w.main.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { screen.Key(e.Name) })
		still = capture.Tick(replayEvery, screen.Tick)
		if film.differs != nil {
			w.tell("The recording and its replay differ", film.differs)
		}
	})
}

// backup copies the database to the folder the study names, or asks for one.
func (w *window) backup() {
	lab := w.lab
	copyTo := func(dir string) {
		w.command("Copying the database", "The database is copied and checked", "The database was not copied", func(x *cli.Context) error {
			return (&cli.BackupCmd{Study: lab.Folder, To: dir}).Run(x)
		})
	}
	if dir := cli.BackupFolder(lab.Folder, lab.Kit); dir != "" {
		copyTo(dir)
		return
	}
	w.ask("Back up", "Folder for the copy, best on another disk", filepath.Join(filepath.Dir(lab.Folder), filepath.Base(lab.Folder)+"-backup"), nil,
		func(dir, _ string) { copyTo(dir) })
}

// export asks for the kind of file and the folder, then writes the tables.
func (w *window) export() {
	lab := w.lab
	w.ask("Write tables", "Folder to make", freeFolder(filepath.Join(filepath.Dir(lab.Folder), filepath.Base(lab.Folder)+"-data")), cli.ExportFormats,
		func(dir, format string) {
			w.command("Writing tables", "The tables are written", "The tables were not written", func(x *cli.Context) error {
				return (&cli.ExportCmd{Study: lab.Folder, Format: format, Out: dir}).Run(x)
			})
		})
}

// ask asks for a folder, and for one of several words if there are any.
func (w *window) ask(title, label, folder string, words []string, use func(folder, word string)) {
	entry := widget.NewEntry()
	entry.SetText(folder)
	box := parts.Column(2*look.Grid, look.Line(title, look.Ink, look.Heading, true))
	word := ""
	if len(words) > 0 {
		word = words[0]
		choice := widget.NewRadioGroup(words, func(s string) { word = s })
		choice.Horizontal, choice.Required, choice.Selected = true, true, word
		box.Add(choice)
	}
	var pop *widget.PopUp
	yes := widget.NewButton(title, func() {
		pop.Hide()
		use(strings.TrimSpace(entry.Text), word)
	})
	yes.Importance = widget.HighImportance
	box.Add(parts.Column(look.Grid, look.Line(label, look.Ink, look.Text, true), parts.Wide(entry, 520)))
	box.Add(container.NewHBox(layout.NewSpacer(), widget.NewButton("Cancel", func() { pop.Hide() }), yes))
	pop = widget.NewModalPopUp(parts.Inset(box, 2*look.Grid), w.main.Canvas())
	pop.Show()
	w.main.Canvas().Focus(entry)
	entry.OnSubmitted = func(string) { yes.OnTapped() }
}

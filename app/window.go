//go:build !headless

package main

import (
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"pumplab/app/capture"
	"pumplab/app/cli"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/app/screens"
	"pumplab/app/sound"
	"pumplab/studies/report"
)

// window is the laboratory's main window and which screen it shows.
type window struct {
	app   fyne.App
	main  fyne.Window
	lab   *Lab
	sound *sound.Device
	input *capture.Input

	leaveTrial func() // ends the trial of a design that is shown; nil if none is
}

// recentKey keeps the folders of studies between runs.
const recentKey = "studies"

// darkKey keeps whether the laboratory is dark.
const darkKey = "dark"

// applyTheme gives the laboratory the variant the person chose, light at first.
func (w *window) applyTheme() {
	if w.app.Preferences().Bool(darkKey) {
		w.app.Settings().SetTheme(look.Dark())
		return
	}
	w.app.Settings().SetTheme(look.Light())
}

func (w *window) show(o fyne.CanvasObject) {
	w.main.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyF1 {
			screens.Help(w.main.Canvas())
		}
	})
	w.main.SetContent(w.input.Around(w.main, o))
}

// tell shows an error as a sentence.
func (w *window) tell(title string, err error) {
	parts.Tell(w.main.Canvas(), title, sentence(err))
}

// home shows the studies this computer knows: their names at once, what they hold when it is read.
func (w *window) home() {
	w.untry()
	w.closeLab()
	var cards []screens.StudyCard
	for _, folder := range w.app.Preferences().StringList(recentKey) {
		if _, err := os.Stat(folder); err == nil {
			name := filepath.Base(folder)
			cards = append(cards, screens.StudyCard{Folder: folder, Name: name, Title: name, Reading: true})
		}
	}
	home := screens.NewHome(cards, templates(), homeActions{w})
	w.show(home.Object())
	for i := range cards {
		var card screens.StudyCard
		capture.Work(func(context.Context, func(float64, string)) error {
			card = cardOf(cards[i].Folder)
			return nil
		}, nil, func(error) { home.Set(i, card) })
	}
}

// cardOf is a study as the home screen lists it.
func cardOf(folder string) screens.StudyCard {
	c := screens.StudyCard{Folder: folder, Name: filepath.Base(folder), Title: filepath.Base(folder)}
	lab, err := OpenLab(folder, programName())
	if err != nil {
		c.Problem = sentence(err)
		return c
	}
	defer lab.Close()
	s := lab.Kit.Study
	c.Name, c.Title, c.Planned = s.Name, s.Title, s.People.Planned
	for _, name := range s.Designs {
		if d := lab.Kit.Designs[name]; d != nil && len(d.Flaws) > 0 {
			name += " (flawed by intent)"
		}
		c.Designs = append(c.Designs, name)
	}
	for _, x := range s.Conditions {
		c.Conditions = append(c.Conditions, x.Name)
	}
	for _, t := range s.Tasks {
		if !t.Practice {
			c.Tasks++
		}
	}
	sessions, err := lab.Store.Sessions()
	if err != nil {
		c.Problem = sentence(err)
		return c
	}
	for _, s := range sessions {
		when, _, _ := strings.Cut(strings.Replace(s.Started, "T", " ", 1), ".")
		c.Sessions = append(c.Sessions, screens.SessionLine{Participant: s.Participant, When: when[:min(16, len(when))], State: s.Status, Simulated: s.Simulated})
		switch s.Status {
		case "complete":
			c.Complete++
		case "running", "interrupted":
			c.Open++
		}
	}
	if c.Complete > 0 {
		if r, err := lab.Results(capture.Wall()); err == nil {
			c.Result = r.Verdict()
		}
	}
	return c
}

func templates() []string {
	found := templateNames()
	slices.SortFunc(found, func(a, b string) int { // the demo first
		return strings.Compare(strings.Replace(a, "demo", "", 1), strings.Replace(b, "demo", "", 1))
	})
	return found
}

// remember puts a folder first in the list of studies.
func (w *window) remember(folder string) {
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	list := w.app.Preferences().StringList(recentKey)
	if len(list) > 0 && list[0] == folder {
		return
	}
	list = slices.DeleteFunc(list, func(f string) bool { return f == folder })
	w.app.Preferences().SetStringList(recentKey, append([]string{folder}, list[:min(len(list), 19)]...))
}

// openStudy opens a study folder and shows it at home, first in the list.
func (w *window) openStudy(folder string) error {
	lab, err := OpenLab(folder, programName())
	if err != nil {
		return err
	}
	lab.Close()
	w.remember(folder)
	w.home()
	return nil
}

// open makes a folder the lab that is open.
func (w *window) open(folder string) bool {
	w.closeLab()
	lab, err := OpenLab(folder, programName())
	if err != nil {
		w.tell("The study cannot be opened", err)
		return false
	}
	w.lab = lab
	w.remember(folder)
	return true
}

func (w *window) closeLab() {
	if w.lab != nil {
		w.lab.Close()
		w.lab = nil
	}
}

// results shows what the open study has come to.
func (w *window) results() {
	lab := w.lab
	p := screens.ResultsParts{
		Title: lab.Kit.Study.Title, Report: w.report, Figures: w.saveReport, Data: w.saveData, Run: func() { w.intake("") }, Back: w.home,
	}
	parts.Work(w.main.Canvas(), "Evaluating the study", func(_ context.Context, tell func(float64, string)) error {
		tell(0.2, "outcomes, tests and models")
		var err error
		if p.Results, err = lab.Results(capture.Wall()); err != nil {
			return err
		}
		tell(0.7, "figures")
		p.Document, err = p.Results.Document()
		return err
	}, func(err error) {
		var nothing report.Nothing
		switch {
		case errors.As(err, &nothing):
			p.Results, p.None = nil, sentence(err)
		case err != nil:
			w.tell("The study was not evaluated", err)
			return
		}
		page := screens.NewResults(p)
		w.show(page.Object())
		if err == nil {
			w.main.Canvas().Focus(page.Contents())
		}
	})
}

// report writes the open study's report into its folder and opens it in the browser.
func (w *window) report() {
	w.written(func(page string) {
		at, err := filepath.Abs(page)
		if err == nil {
			err = w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(at)})
		}
		if err != nil {
			parts.Tell(w.main.Canvas(), "The report is written", "No browser could be opened. The report is in "+page+".")
		}
	})
}

// saveReport writes it and says where.
func (w *window) saveReport() {
	w.written(func(page string) {
		parts.Tell(w.main.Canvas(), "The report is written", "In "+filepath.Dir(page)+": report.html, results.json with every number, and figures, each as SVG with its data as CSV.")
	})
}

// saveData writes the data as CSV into a new folder of the study and says where.
func (w *window) saveData() {
	folder := w.lab.Folder
	dir := freeFolder(filepath.Join(folder, "data"))
	parts.Work(w.main.Canvas(), "Writing the data", func(ctx context.Context, tell func(float64, string)) error {
		tell(0.3, "outcomes and events")
		return (&cli.ExportCmd{Study: folder, Format: "csv", Out: dir}).Run(&cli.Context{Context: ctx, Out: io.Discard, Err: io.Discard, Version: version, Assets: assetFiles()})
	}, func(err error) {
		if err != nil {
			w.tell("The data were not written", err)
			return
		}
		parts.Tell(w.main.Canvas(), "The data are written", "In "+dir+": one CSV file a table, with a data dictionary.")
	})
}

// written writes the open study's report into its folder and hands on the page's path.
func (w *window) written(then func(page string)) {
	lab := w.lab
	var page string
	parts.Work(w.main.Canvas(), "Writing the report", func(ctx context.Context, tell func(float64, string)) error {
		tell(0.3, "tables and figures")
		var err error
		page, err = lab.WriteReport(filepath.Join(lab.Folder, "report"), capture.Wall())
		return err
	}, func(err error) {
		if err != nil {
			w.tell("The report was not written", err)
			return
		}
		then(page)
	})
}

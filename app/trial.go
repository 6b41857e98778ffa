package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"pumplab/app/screens"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
)

// Trial is a design that is tried without a study. It follows its folder: when a file in it changes, the design is read anew and
// what was done since the last start is done again on it, so that an edit shows on the screen one is looking at.
type Trial struct {
	folder  fs.FS // the design's own folder
	library *library.Library

	mark    string // what the folder's files were when they were last read
	machine pumpmodel.Machine
	state   pumpmodel.State
	at      time.Duration // how far the state has come
	began   time.Duration
	acts    []act
	view    screens.TrialView
}

// act is one thing done to the pump since the start.
type act struct {
	at    time.Duration
	event pumpmodel.Event
}

var _ screens.Trial = (*Trial)(nil)

// mostKeys is how many of the last keys a trial lists.
const mostKeys = 14

// OpenTrial reads the design in a folder and puts it on a library. Problems of the file are not an error but part of what it shows.
func OpenTrial(folder fs.FS, lib *library.Library) *Trial {
	t := &Trial{folder: folder, library: lib}
	t.mark = signature(folder)
	t.read()
	return t
}

// signature changes when a file of a folder does.
func signature(folder fs.FS) string {
	var b strings.Builder
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return err.Error()
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			fmt.Fprintln(&b, e.Name(), info.Size(), info.ModTime().UnixNano())
		}
	}
	return b.String()
}

// Follow reads the design again if its folder has changed, and reports whether it has.
func (t *Trial) Follow() bool {
	mark := signature(t.folder)
	if mark == t.mark {
		return false
	}
	t.mark = mark
	t.read()
	return true
}

// read reads the design. A file with problems leaves the machine as it was.
func (t *Trial) read() {
	t.view.Problems, t.view.Findings = nil, nil
	d, err := design.Load(t.folder, ".")
	if err == nil {
		var m pumpmodel.Machine
		if m, err = engine.New(d, t.library); err == nil {
			t.view.Design, t.machine = d, m
			t.again()
			for _, f := range d.Lint() {
				t.view.Findings = append(t.view.Findings, f.Rule+": "+f.What)
			}
			return
		}
	}
	var problems design.Problems
	if !errors.As(err, &problems) {
		t.view.Problems = []string{sentence(err)}
		return
	}
	for _, p := range problems {
		t.view.Problems = append(t.view.Problems, p.String())
	}
}

// again does on the new machine what was done on the old one.
func (t *Trial) again() {
	acts, until := t.acts, t.at
	t.start(t.began)
	for _, a := range acts {
		t.Tell(a.at, a.event)
	}
	t.Pass(until)
}

// Restart switches the pump off and on again at a time.
func (t *Trial) Restart(at time.Duration) {
	if t.machine != nil {
		t.start(at)
	}
}

func (t *Trial) start(at time.Duration) {
	t.state, t.at, t.began, t.acts, t.view.Keys = t.machine.Start(), at, at, nil, nil
	t.look()
}

// Tell takes one outside fact.
func (t *Trial) Tell(at time.Duration, e pumpmodel.Event) {
	if t.machine == nil {
		return
	}
	t.Pass(at)
	t.acts = append(t.acts, act{t.at, e})
	var out []pumpmodel.Output
	t.state, out = t.machine.Step(t.state, e)
	for _, o := range out {
		if o.Kind != pumpmodel.KeyAnswered || e.Kind == pumpmodel.Up {
			continue
		}
		k := screens.TrialKey{Control: o.Control, Answer: string(o.Answer), Why: o.Why, After: o.After}
		if o.Control == "" {
			k.Control = e.Text
		}
		t.view.Keys = append(t.view.Keys, k)
		t.view.Keys = t.view.Keys[max(0, len(t.view.Keys)-mostKeys):]
	}
	t.look()
}

// Pass lets time go by until at, and reports whether the pump's own timeouts have changed anything.
func (t *Trial) Pass(at time.Duration) bool {
	if t.machine == nil || at <= t.at {
		return false
	}
	before := t.state
	t.state, _ = pumpmodel.Advance(t.machine, t.state, at-t.at)
	t.at = at
	if t.state == before {
		return false
	}
	t.look()
	return true
}

func (t *Trial) look() { t.view.Display = t.machine.Show(t.state) }

// View is what there is to see: until the first file without problems has been read its Design is nil.
func (t *Trial) View() screens.TrialView { return t.view }

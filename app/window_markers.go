//go:build !headless

package main

import (
	"errors"
	"path/filepath"
	"time"

	"pumplab/app/capture"
	"pumplab/app/capture/markers"
	"pumplab/app/screens"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/session"
)

// markersFolder is where a study keeps its sessions' marker files.
const markersFolder = "markers"

// markerItem marks the notes of a session that say where its markers go, or why not.
const markerItem = "markers"

// mark hands a session's markers on to where its study wants them; what cannot be opened or written becomes a note of the session.
func (w *window) mark(run *Run, began journal.Record, clock *capture.Clock, desk *screens.Desk) (stop func()) {
	m := run.Session.Machine()
	out, err := markers.Open(m.Study().Markers, filepath.Join(w.lab.Folder, markersFolder), m.Plan(), streamOf(run.Session, clock))
	tell := func(err error) {
		if err != nil {
			desk.Say(studies.Event{Kind: studies.Note, Item: markerItem, Value: "Markers are not all written: " + err.Error()})
		}
	}
	desk.Prompt = out.Any()
	trouble := out.Record(began, studies.Event{})
	desk.Watch(func(m screens.Moment) {
		if m.Record != nil {
			tell(out.Record(*m.Record, m.Event))
		}
	})
	for _, p := range out.Places {
		desk.Say(studies.Event{Kind: studies.Note, Item: markerItem, Value: "Markers go to " + p})
	}
	tell(errors.Join(err, trouble))
	return func() {
		_ = out.Close() // what can still go wrong is the file's footer: its markers are written
	}
}

// streamOf describes the markers of a session.
func streamOf(s *session.Session, clock *capture.Clock) markers.Stream {
	h := s.Head()
	started, err := time.Parse(time.RFC3339Nano, h.Started)
	if err != nil {
		started = clock.Start()
	}
	return markers.Stream{
		Session: h.Session, Participant: h.Participant, Study: h.Plan.Study, Program: h.Program, Started: started, Zero: clock.Monotonic(),
	}
}

package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"pumplab/app/capture"
	"pumplab/app/capture/markers"
	"pumplab/studies"
	"pumplab/studies/journal"
)

// MarkersCmd writes the markers of a recorded session as an XDF file.
type MarkersCmd struct {
	Study   string `arg:"" help:"Study folder."`
	Session string `arg:"" help:"Session, or the code of a participant with one session."`
	Out     string `required:"" type:"path" help:"Folder to write SESSION.xdf into." placeholder:"DIR"`
}

// Help is shown by --help.
func (*MarkersCmd) Help() string {
	return `Writes trials, alerts, distractions and responses of a recorded session as one stream of text in an XDF file, the format of the Lab
Streaming Layer (LSL): pyxdf, EEGLAB, MNE and SigViewer read it. Times are seconds on CLOCK_MONOTONIC of the machine that recorded,
which is LSL's local clock under Linux; of a session without its measurement they count from its start.

While a session runs, the study file sends the same markers to a file and to a port:
  markers: {file: yes, port: 16571}
A client of the port (nc 127.0.0.1 16571) gets one line of JSON a marker: n, time, at_ns, marker; the first line describes the stream.

Example:
  pumplab markers my-study P07 --out my-markers`
}

// Run writes the file.
func (c *MarkersCmd) Run(x *Context) error {
	d, err := openData(x, c.Study)
	if err != nil {
		return err
	}
	defer d.Close()
	id, err := d.find(c.Session)
	if err != nil {
		return err
	}
	records, err := d.records(id)
	if err != nil {
		return fmt.Errorf("session %s: %w", id, err)
	}
	path, n, err := writeMarkers(records, c.Out)
	if err != nil {
		return err
	}
	out := struct {
		File    string `json:"file"`
		Markers int    `json:"markers"`
	}{path, n}
	return x.Print(out, func(w io.Writer) { fmt.Fprintf(w, "%s: %d markers\n", path, n) })
}

// writeMarkers writes the markers of a session's records into a folder.
func writeMarkers(records []journal.Record, dir string) (path string, n int, err error) {
	head, err := journal.DecodeHead(records[0].Event)
	if err != nil {
		return "", 0, err
	}
	started, err := time.Parse(time.RFC3339Nano, head.Started)
	if err != nil {
		return "", 0, fmt.Errorf("session %s: start: %w", head.Session, err)
	}
	events := make([]studies.Event, len(records))
	for i, r := range records[1:] {
		if events[i+1], err = journal.DecodeEvent(r.Event); err != nil {
			return "", 0, fmt.Errorf("session %s: record %d: %w", head.Session, r.Seq, err)
		}
	}
	zeros := zerosOf(events)
	s := markers.Stream{Session: head.Session, Participant: head.Participant, Study: head.Plan.Study, Program: head.Program, Started: started, Zero: zeros[0]}
	file, path, err := markers.CreateXDF(dir, s)
	if err != nil {
		return "", 0, err
	}
	for i, r := range records {
		for _, m := range markers.Of(head.Plan, r, events[i]) {
			m.At += zeros[i] - zeros[0]
			if err := file.Mark(m); err != nil {
				_ = file.Close()
				return "", 0, err
			}
			n++
		}
	}
	return path, n, file.Close()
}

// zerosOf is, for each record, what CLOCK_MONOTONIC read when the session's clock read 0, as the program's self-measurement of that
// run told; a session that was resumed has several.
func zerosOf(events []studies.Event) []time.Duration {
	zeros := make([]time.Duration, len(events))
	zero := time.Duration(0)
	for i := len(events) - 1; i >= 0; i-- { // a run's measurement comes after its beginning
		var q capture.Quality
		if e := events[i]; e.Kind == studies.Quality && json.Unmarshal([]byte(e.Value), &q) == nil && q.Monotonic != 0 {
			zero = time.Duration(q.Monotonic)
		}
		zeros[i] = zero
	}
	last := time.Duration(0) // what follows the last measurement of its run has that one's
	for i, e := range events {
		var q capture.Quality
		if e.Kind == studies.Resume {
			last = 0
		}
		if e.Kind == studies.Quality && json.Unmarshal([]byte(e.Value), &q) == nil {
			last = time.Duration(q.Monotonic)
		}
		if last != 0 {
			zeros[i] = last
		}
	}
	return zeros
}

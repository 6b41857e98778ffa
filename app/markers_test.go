//go:build linux && !headless

package main_test

import (
	"bufio"
	"encoding/json"
	"net"
	"path/filepath"
	"testing"
	"time"

	"pumplab/app/capture/markers"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/sqlite"
)

// freePort is a port nobody listens on at this moment.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// markersOf are all markers that the journal of a study's only session holds.
func markersOf(t *testing.T, dir string) (all []markers.Marker) {
	t.Helper()
	store, err := sqlite.OpenReadOnly(filepath.Join(dir, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	sessions, err := store.Sessions()
	if err != nil || len(sessions) != 1 {
		t.Fatalf("%d sessions: %v", len(sessions), err)
	}
	var plan studies.Plan
	for r, err := range store.Records(sessions[0].ID) {
		if err != nil {
			t.Fatal(err)
		}
		var e studies.Event
		if r.Seq == 1 {
			h, err := journal.DecodeHead(r.Event)
			if err != nil {
				t.Fatal(err)
			}
			plan = h.Plan
		} else if e, err = journal.DecodeEvent(r.Event); err != nil {
			t.Fatal(err)
		}
		all = append(all, markers.Of(plan, r, e)...)
	}
	return all
}

// hears fails unless a client that connects to the port now is told every marker of the journal, with the journal's time.
func (l *lab) hears(addr string, zero time.Duration) {
	l.t.Helper()
	want := markersOf(l.t, l.dir)
	c, err := net.Dial("tcp", addr)
	if err != nil {
		l.t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		l.t.Fatal(err)
	}
	in := bufio.NewScanner(c)
	next := func() (line markers.Line) {
		if !in.Scan() {
			l.t.Fatalf("the stream ends: %v", in.Err())
		}
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			l.t.Fatal(err)
		}
		return line
	}
	if head := next(); head.Stream != "PumpLab" || head.Time != zero.Seconds() {
		l.t.Errorf("the stream's line is %+v, its clock reads %v at the session's start", head, zero)
	}
	for i, m := range want {
		if line := next(); line.N != i+1 || line.At != int64(m.At) || line.Marker != m.Text || line.Time != (zero+m.At).Seconds() {
			l.t.Fatalf("marker %d is %+v, the journal has %+v", i+1, line, m)
		}
	}
	l.t.Logf("%d markers over the port, each with the journal's time", len(want))
}

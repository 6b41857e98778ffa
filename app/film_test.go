package main

import (
	"context"
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"pumplab/app/cli"
	"pumplab/studies/journal"
	"pumplab/studies/replay"
	"pumplab/studies/session"
)

// mustSimulated is a lab in which two simulated people have done the short study.
func mustSimulated(t *testing.T) *Lab {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "study")
	if _, err := cli.NewStudy(assetFiles(), "short", dir); err != nil {
		t.Fatal(err)
	}
	x := &cli.Context{Context: context.Background(), Out: io.Discard, Err: io.Discard, Version: "test", Assets: assetFiles()}
	if err := (&cli.SimulateCmd{Study: dir, Participants: 2, Seed: 5}).Run(x); err != nil {
		t.Fatal(err)
	}
	lab, err := OpenLab(dir, "pumplab test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lab.Close() })
	return lab
}

// A film shows at every time what the participant saw then: what `pumplab replay --at` computes from the journal's beginning.
func TestAFilmShowsEveryMomentOfASession(t *testing.T) {
	lab := mustSimulated(t)
	cards, err := lab.Sessions()
	if err != nil || len(cards) != 2 {
		t.Fatalf("%d sessions, %v", len(cards), err)
	}
	film, err := lab.Film(cards[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if film.differs != nil || film.Count() != cards[0].Records {
		t.Fatalf("%d moments of %d records, differs: %v", film.Count(), cards[0].Records, film.differs)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	build := func(i int) time.Duration {
		if i < 40 {
			return film.At(rng.IntN(film.Count())) // exactly at a record
		}
		return time.Duration(rng.Int64N(int64(film.Length())))
	}
	pumps := 0
	for i := range 60 {
		at := build(i)
		want, err := replay.At(lab.Store.Records(cards[0].ID), func(h journal.Head) (*session.Machine, error) { return lab.Kit.Machine(h.Plan) }, at)
		if err != nil {
			t.Fatal(err)
		}
		got := film.Look(at)
		if got.Index != want.Index || (got.Pump == nil) != (want.Pump == nil) {
			t.Fatalf("at %v: step %d, want %d", at, got.Index, want.Index)
		}
		if got.Pump != nil {
			pumps++
			if got.Pump.Digest() != want.Pump.Digest() {
				t.Errorf("at %v the pump shows\n%s\nwant\n%s", at, got.Pump, want.Pump)
			}
		}
	}
	if pumps < 30 {
		t.Errorf("only %d of the moments had a pump", pumps)
	}
}

func TestTheListOfSessionsSaysWhatTheyCameTo(t *testing.T) {
	lab := mustSimulated(t)
	if _, err := lab.Begin("P09", nil, time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	cards, err := lab.Sessions()
	if err != nil || len(cards) != 3 {
		t.Fatalf("%d sessions, %v", len(cards), err)
	}
	for _, c := range cards[:2] {
		if c.State != "complete" || c.Tasks == 0 || c.Took == "" || !c.Simulated {
			t.Errorf("%+v", c)
		}
	}
	if c := cards[2]; c.State != "not ended" || c.Tasks != 0 || c.Took != "" || c.Simulated {
		t.Errorf("a session that runs: %+v", c)
	}
}

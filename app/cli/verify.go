package cli

import (
	"errors"
	"fmt"
	"io"
	"time"

	"pumplab/studies/journal"
	"pumplab/studies/replay"
)

// VerifyCmd checks everything that was recorded in a study.
type VerifyCmd struct {
	Study string `arg:"" help:"Study folder."`
}

// Help is shown by --help.
func (*VerifyCmd) Help() string {
	return "Checks the database file, the hash chain of every session, and replays every session on the files it froze: outputs and\ndisplays must be the ones recorded. Ends with status 1 and names the first broken record if something is wrong.\n\nExample:\n  pumplab verify my-study"
}

// verified is what verify --json prints.
type verified struct {
	OK       bool              `json:"ok"`
	Database []string          `json:"database"` // what SQLite finds wrong with the file
	Sessions []verifiedSession `json:"sessions"`
	Records  int               `json:"records"`
	Seconds  float64           `json:"seconds"`
}

type verifiedSession struct {
	Session string `json:"session"`
	Records int    `json:"records"`
	Hash    string `json:"hash"` // of the last record: keep it elsewhere to see records cut off at the end
	Status  string `json:"status"`
	OK      bool   `json:"ok"`
	Broken  int    `json:"broken,omitempty"` // first broken record
	Why     string `json:"why,omitempty"`
}

// Run verifies.
func (c *VerifyCmd) Run(x *Context) error {
	d, err := openData(x, c.Study)
	if errors.As(err, new(noData)) {
		return err
	}
	if err != nil {
		return Failed(err.Error()) // a file that cannot be opened does not verify
	}
	defer d.Close()
	out, err := verify(x, d)
	if err != nil {
		return Failed(err.Error())
	}
	err = x.Print(out, func(w io.Writer) {
		for _, p := range out.Database {
			fmt.Fprintf(w, "database: %s\n", p)
		}
		for _, s := range out.Sessions {
			if !s.OK {
				fmt.Fprintf(w, "session %s: broken at record %d of %d: %s\n", s.Session, s.Broken, s.Records, s.Why)
			}
		}
		fmt.Fprintln(w, out.sentence())
	})
	if err == nil && !out.OK {
		return Failed("")
	}
	return err
}

// sentence is the result in words, as the report quotes it.
func (v verified) sentence() string {
	bad := 0
	for _, s := range v.Sessions {
		if !s.OK {
			bad++
		}
	}
	if v.OK {
		return fmt.Sprintf("%d sessions with %d records verified: database sound, hash chains whole, every session replays to the same displays (%.1f s).",
			len(v.Sessions), v.Records, v.Seconds)
	}
	return fmt.Sprintf("Verification failed: %d of %d sessions broken, %d faults of the database file.", bad, len(v.Sessions), len(v.Database))
}

func verify(x *Context, d *data) (verified, error) {
	began := time.Now()
	out := verified{Database: []string{}, Sessions: []verifiedSession{}}
	wrong := d.store.Check()
	if err := d.store.CheckTables(); err != nil {
		wrong = append(wrong, err.Error())
	}
	out.Database = append(out.Database, wrong...)
	sessions, err := d.store.Sessions()
	if err != nil {
		return out, err
	}
	out.Sessions = make([]verifiedSession, len(sessions))
	p := newProgress(x, "replaying", len(sessions))
	err = each(x, len(sessions), func(i int) error {
		defer p.step()
		s := sessions[i]
		out.Sessions[i] = verifySession(d, verifiedSession{Session: s.ID, Records: s.Records, Status: s.Status})
		return nil
	})
	out.OK = len(wrong) == 0
	for _, s := range out.Sessions {
		out.OK = out.OK && s.OK
		out.Records += s.Records
	}
	out.Seconds = time.Since(began).Seconds()
	return out, err
}

func verifySession(d *data, s verifiedSession) verifiedSession {
	last, err := replay.Check(d.store.Checked(s.Session), d.build)
	s.OK, s.Hash = err == nil, last.Record.Hash
	if err == nil {
		return s
	}
	s.Why = err.Error()
	var broken *journal.Broken
	var differs *replay.Difference
	switch {
	case errors.As(err, &broken):
		s.Broken, s.Why = broken.Seq, broken.Why
	case errors.As(err, &differs):
		s.Broken, s.Why = differs.Seq, fmt.Sprintf("%s recorded %s, replayed %s", differs.What, short(differs.Stored), short(differs.Computed))
		if recorded := last.Head.Program; recorded != d.program {
			s.Why += fmt.Sprintf("; it was recorded by %s and this is %s: the versions may differ in what a pump does, so verify it with the one that recorded it", recorded, d.program)
		}
	default:
		s.Broken = last.Record.Seq
	}
	return s
}

func short(s string) string {
	const most = 200
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"pumplab/studies/sqlite"
)

// DemoCmd does the whole job without a person.
type DemoCmd struct {
	Out          string  `required:"" help:"Folder to make; it must not exist or be empty." placeholder:"DIR"`
	Participants int     `default:"24" short:"n" help:"How many simulated participants."`
	Seed         uint64  `default:"1" help:"Seed of all draws."`
	Slips        float64 `default:"3" help:"Factor on all probabilities of going wrong; 3 is a slip in 1.8 % of the keys, the upper end of what is published, so that a small study shows errors."`
	Template     string  `default:"demo" help:"Study to run: demo, short, bedside."`
}

// Help is shown by --help.
func (*DemoCmd) Help() string {
	return "Copies the demo study, lets simulated participants work through it, verifies the journal and writes the report.\n\nExample:\n  pumplab demo --out out"
}

// demoResult is what demo --json prints.
type demoResult struct {
	Study        string  `json:"study"`
	Report       string  `json:"report"`
	Participants int     `json:"participants"`
	Events       int     `json:"events"`
	Bytes        int64   `json:"bytes"` // of the database
	Verified     bool    `json:"verified"`
	Seconds      float64 `json:"seconds"`
}

// Run makes the study, simulates, verifies and reports.
func (c *DemoCmd) Run(x *Context) error {
	began := time.Now()
	if err := emptyFolder(c.Out); err != nil {
		return fmt.Errorf("demo in %s: %w", c.Out, err)
	}
	out := demoResult{Study: filepath.Join(c.Out, "study"), Report: filepath.Join(c.Out, "report", "report.html"), Participants: c.Participants}
	kit, err := NewStudy(x.Assets, c.Template, out.Study)
	if err != nil {
		return err
	}
	store, err := sqlite.Open(filepath.Join(out.Study, sqlite.FileName))
	if err != nil {
		return err
	}
	done, err := simulate(x, kit, store, people{c.Participants, c.Seed, c.Slips})
	if err == nil {
		err = store.Close()
	} else {
		store.Close()
	}
	if err != nil {
		return err
	}
	out.Events = done.Events
	d, err := openData(x, out.Study)
	if err != nil {
		return err
	}
	defer d.Close()
	checked, err := verify(x, d)
	if err != nil {
		return err
	}
	out.Verified = checked.OK
	in, err := d.reportInput(x, kit, true)
	if err != nil {
		return err
	}
	in.Verified, in.Made = checked.sentence(), time.Now()
	if _, err := writeReport(in, filepath.Dir(out.Report)); err != nil {
		return err
	}
	if info, err := os.Stat(filepath.Join(out.Study, sqlite.FileName)); err == nil {
		out.Bytes = info.Size()
	}
	out.Seconds = time.Since(began).Seconds()
	err = x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%d simulated participants, %d events, %.1f MB, %.1f s\n", out.Participants, out.Events, float64(out.Bytes)/1e6, out.Seconds)
		fmt.Fprintln(w, checked.sentence())
		fmt.Fprintf(w, "study:  %s\nreport: %s\n", out.Study, out.Report)
	})
	if err == nil && !out.Verified {
		return Failed("")
	}
	return err
}

package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"time"

	"pumplab/studies/protocol"
	studyreport "pumplab/studies/report"
)

// ReportCmd evaluates a study and writes its report.
type ReportCmd struct {
	Study     string `arg:"" help:"Study folder."`
	Out       string `required:"" help:"Folder for report.html, results.json and the figures; files of an earlier report there are replaced." placeholder:"DIR"`
	Simulated bool   `help:"Count simulated people too, although real people have completed sessions."`
	NoVerify  bool   `help:"Do not verify the journals first; the report then says that nobody did."`
}

// Help is shown by --help.
func (*ReportCmd) Help() string {
	return "Verifies the journals, computes every outcome anew and writes report.html (one self-contained file), results.json (every number\nshown, unrounded) and the figures as SVG. A journal that does not verify ends the command with status 1, before anything is written. Simulated people are\nleft out once a real person has completed a session.\n\nExample:\n  pumplab report my-study --out my-report"
}

// reportResult is what report --json prints.
type reportResult struct {
	Report  string               `json:"report"`
	Verdict string               `json:"verdict"`
	Results *studyreport.Results `json:"results"`
}

// Run writes the report.
func (c *ReportCmd) Run(x *Context) error {
	kit, err := OpenStudy(c.Study)
	if err != nil {
		return err
	}
	d, err := openData(x, c.Study)
	if err != nil {
		return err
	}
	defer d.Close()
	in, err := c.input(x, d, kit)
	if err != nil {
		return err
	}
	r, err := writeReport(in, c.Out)
	if err != nil {
		return err
	}
	out := reportResult{Report: filepath.Join(c.Out, "report.html"), Verdict: r.Verdict(), Results: r}
	return x.Print(out, func(w io.Writer) { fmt.Fprintf(w, "%s\nreport: %s\n", out.Verdict, out.Report) })
}

func (c *ReportCmd) input(x *Context, d *data, kit *protocol.Kit) (studyreport.Input, error) {
	sentence := "The journals were not verified for this report."
	if !c.NoVerify {
		checked, err := verify(x, d)
		if err != nil {
			return studyreport.Input{}, err
		}
		sentence = checked.sentence()
		if !checked.OK {
			return studyreport.Input{}, Failed("the journals do not verify: " + sentence + " See pumplab verify " + c.Study + "; --no-verify reports all the same.")
		}
	}
	in, err := d.reportInput(x, kit, c.Simulated)
	if err != nil {
		return in, err
	}
	in.Codes, err = ReadCodes(c.Study)
	in.Verified, in.Made = sentence, time.Now()
	return in, err
}

// writeReport evaluates a study and writes its report's files into a folder.
func writeReport(in studyreport.Input, dir string) (*studyreport.Results, error) {
	r, err := studyreport.Compute(in)
	if err != nil {
		return nil, err
	}
	return r, WriteResults(r, dir)
}

// WriteResults writes a report's files into a folder, which is made if it is missing. A link in it leads nowhere outside.
func WriteResults(r *studyreport.Results, dir string) error {
	files, err := r.Bytes()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	defer root.Close()
	var all error
	for name, b := range files {
		err := root.MkdirAll(path.Dir(name), 0o777)
		if err == nil {
			err = wholeBytes(root, name, 0o666, b)
		}
		if err != nil {
			all = errors.Join(all, fmt.Errorf("write report: %w", err))
		}
	}
	return all
}

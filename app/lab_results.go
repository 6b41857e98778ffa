package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"pumplab/app/cli"
	"pumplab/assets"
	"pumplab/studies"
	"pumplab/studies/protocol"
	"pumplab/studies/report"
)

// programName is the program's name and version, as journals and reports keep it.
func programName() string { return "pumplab " + version }

// assetFiles are the folders that ship with the program.
func assetFiles() cli.Assets {
	return cli.Assets{
		Designs: assets.Designs, Libraries: assets.Libraries, Studies: assets.Studies,
		Questionnaires: assets.Questionnaires, Texts: assets.Texts,
	}
}

// templateNames are the studies one can start from.
func templateNames() []string {
	a := assetFiles()
	return protocol.Templates(protocol.Sources{
		Studies: a.Studies(), Designs: a.Designs(), Libraries: a.Libraries(), Questionnaires: a.Questionnaires(),
	})
}

// Results evaluates the outcomes of all sessions, as pumplab report does; made is the wall time that the report names.
func (l *Lab) Results(made time.Time) (*report.Results, error) {
	all, err := cli.KeptOutcomes(l.Store, l.Program)
	if err != nil {
		return nil, err
	}
	in, err := cli.ReportInput(l.Kit, l.Store, l.Program, all, false)
	if err != nil {
		return nil, err
	}
	if in.Codes, err = cli.ReadCodes(l.Folder); err != nil {
		return nil, err
	}
	in.Made = made
	return report.Compute(in)
}

// WriteReport writes the report's files into a folder and returns the page's path.
func (l *Lab) WriteReport(dir string, made time.Time) (string, error) {
	r, err := l.Results(made)
	if err != nil {
		return "", err
	}
	if info, err := os.Lstat(dir); err == nil && !info.IsDir() { // a study from elsewhere may have put a link there
		return "", fmt.Errorf("write report: %s is a link or a file: move it away", dir)
	}
	if err := cli.WriteResults(r, dir); err != nil {
		return "", err
	}
	return filepath.Join(dir, "report.html"), nil
}

// Course is what a participant with that code would do, a line for each part of the session.
func (l *Lab) Course(code string) []string {
	if code == "" {
		code = "?"
	}
	p, err := l.Plan(code)
	if err != nil {
		return []string{sentence(err)}
	}
	var out []string
	tasks, last := 0, ""
	flush := func() {
		if tasks > 0 {
			out = append(out, fmt.Sprintf("%s: %d orders", last, tasks))
		}
		tasks = 0
	}
	for _, s := range p.Steps {
		if s.Kind == studies.StepTask {
			if now := s.Design + ", " + s.Condition; now != last {
				flush()
				last = now
			}
			tasks++
			continue
		}
		flush()
		switch s.Kind {
		case studies.StepAsk:
			out = append(out, "questionnaire "+s.Instrument)
		case studies.StepBreak:
			out = append(out, fmt.Sprintf("break of %g min", s.For.Minutes()))
		}
	}
	flush()
	return out
}

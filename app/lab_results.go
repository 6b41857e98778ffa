package main

import (
	"fmt"
	"os"
	"path/filepath"

	"pumplab/app/capture"
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

// Results evaluates the outcomes of all sessions that ended.
func (l *Lab) Results() (*report.Results, error) {
	tasks, alerts, ratings, err := l.Store.Outcomes()
	if err != nil {
		return nil, err
	}
	sessions, err := l.Store.Sessions()
	if err != nil {
		return nil, err
	}
	in := report.Input{
		Study: l.Kit.Study, Program: l.Program, Made: capture.Wall(), Tasks: tasks, Alerts: alerts,
		Files: l.Kit.Hashes(), Scores: l.scores(ratings),
	}
	for _, s := range sessions {
		x := report.Session{ID: s.ID, Participant: s.Participant, Row: s.Row, Simulated: s.Simulated}
		if s.Status == "complete" || s.Status == "stopped" {
			x.Ended = s.Status
		}
		in.Sessions = append(in.Sessions, x)
	}
	if in.Timing, err = cli.TimingSentence(l.Store, in.Sessions); err != nil {
		return nil, err
	}
	return report.Compute(in)
}

// scores are the questionnaires' scores, one for each that was answered, with the number of items left open.
func (l *Lab) scores(ratings []studies.RatingRow) []report.Score {
	type page struct {
		session string
		step    int
	}
	at := map[page]int{}
	var out []report.Score
	for _, r := range ratings {
		p := page{r.Session, r.Step}
		i, seen := at[p]
		if !seen {
			i = len(out)
			at[p] = i
			s := report.Score{Participant: r.Participant, Design: r.Design, Instrument: r.Instrument, Value: r.Score}
			if in := l.Kit.Instruments[r.Instrument]; in != nil {
				s.Missing = len(in.Items)
			}
			out = append(out, s)
		}
		out[i].Missing--
	}
	return out
}

// WriteReport writes the report's files into a folder and returns the page's path.
func (l *Lab) WriteReport(dir string) (string, error) {
	r, err := l.Results()
	if err != nil {
		return "", err
	}
	files, err := r.Bytes()
	if err != nil {
		return "", err
	}
	for name, data := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return "", fmt.Errorf("write report: %w", err)
		}
		if err := os.WriteFile(to, data, 0o666); err != nil {
			return "", fmt.Errorf("write report: %w", err)
		}
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

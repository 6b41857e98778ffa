package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"pumplab/app/capture"
	"pumplab/studies"
	"pumplab/studies/journal"
	studyreport "pumplab/studies/report"
	"pumplab/studies/sqlite"
)

// checkedBy is the record by which a session has checked itself: it does so in its first seconds.
const checkedBy = 2000

// TimingSentence says for a report how the times of the sessions were taken, from what each session found out about itself.
func TimingSentence(store *sqlite.Store, sessions []studyreport.Session) (string, error) {
	var found []capture.Quality
	people := 0
	for _, s := range sessions {
		if s.Simulated {
			continue
		}
		people++
		for r, err := range store.Records(s.ID) {
			if err != nil {
				return "", err
			}
			if r.Seq > checkedBy {
				break
			}
			if r.Seq == 1 || !bytes.Contains(r.Event, []byte(`"`+string(studies.Quality)+`"`)) {
				continue
			}
			var q capture.Quality
			e, err := journal.DecodeEvent(r.Event)
			if err == nil && e.Kind == studies.Quality && json.Unmarshal([]byte(e.Value), &q) == nil {
				found = append(found, q)
				break
			}
		}
	}
	switch {
	case people == 0 && len(sessions) > 0:
		return "All participants were simulated; their times come from the model, not from a clock.", nil
	case people == 0:
		return "", nil
	}
	shown, err := store.Facts(studies.Shown)
	if err != nil {
		return "", err
	}
	onsets, err := onsetSentence(shown)
	return strings.TrimSpace(capture.Sentence(found, people) + " " + onsets), err
}

// onsetSentence says how long after a change its first frame came, from the frames that sessions journalled; empty without any.
func onsetSentence(facts []sqlite.Fact) (string, error) {
	var late []time.Duration
	sessions, dropped := map[string]bool{}, 0
	for _, f := range facts {
		var s studies.ShownFrames
		if err := json.Unmarshal([]byte(f.Value), &s); err != nil {
			return "", fmt.Errorf("session %s at %v: %w", f.Session, f.At, err)
		}
		for _, frame := range s.Frames {
			late = append(late, frame.At-frame.Of)
		}
		sessions[f.Session] = true
		dropped += s.Dropped
	}
	if len(late) == 0 {
		return "", nil
	}
	d := capture.SpreadOf(late)
	return fmt.Sprintf("What changed was on the screen %.1f ms later (median of %d changes; 95 of 100 within %.1f ms), so reaction times can run from seen to pressed; in %d sessions %d frames were dropped.",
		d.Median, d.N, d.P95, len(sessions), dropped), nil
}

// ClockSentences say what happened to the computer's clocks during people's sessions, each with its place.
func ClockSentences(store *sqlite.Store) ([]string, error) {
	facts, err := store.Facts(studies.Clock)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range facts {
		place := f.Session
		if f.Task != "" {
			place += ", " + f.Task
		}
		out = append(out, fmt.Sprintf("%s, %v: %s", place, f.At.Round(100*time.Millisecond), capture.ClockWords(f.Item, f.Value)))
	}
	return out, nil
}

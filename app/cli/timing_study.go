package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"pumplab/app/capture"
	"pumplab/studies"
	studyreport "pumplab/studies/report"
	"pumplab/studies/sqlite"
)

// check is what a session found out about its own timing.
type check struct {
	session string
	found   capture.Quality // the last one: an experimenter may have had it measured again
	chosen  []string        // by the experimenter after poor ones
}

// checksOf are the checks of people's sessions, as far as they have one, and how many people's sessions there are.
func checksOf(store *sqlite.Store, sessions []studyreport.Session) (checks []*check, people int, err error) {
	of := map[string]*check{}
	for _, s := range sessions {
		if !s.Simulated {
			people++
			of[s.ID] = nil
		}
	}
	found, err := store.Facts(studies.Quality)
	if err != nil {
		return nil, 0, err
	}
	for _, f := range found {
		var q capture.Quality
		if c, person := of[f.Session]; person && json.Unmarshal([]byte(f.Value), &q) == nil {
			if c == nil {
				c = &check{session: f.Session}
				of[f.Session], checks = c, append(checks, c)
			}
			c.found = q
		}
	}
	notes, err := store.Facts(studies.Note)
	if err != nil {
		return nil, 0, err
	}
	for _, n := range notes {
		if c := of[n.Session]; c != nil && n.Item == capture.TimingItem {
			c.chosen = append(c.chosen, n.Value)
		}
	}
	return checks, people, nil
}

// PoorChecks say of which people's sessions the check of the timing went badly, and what the experimenter chose.
func PoorChecks(store *sqlite.Store, sessions []studyreport.Session) (out []string, err error) {
	checks, _, err := checksOf(store, sessions)
	for _, c := range checks {
		switch chosen := strings.Join(c.chosen, ", then "); {
		case c.found.Bad && chosen == "":
			out = append(out, c.session+": "+c.found.Verdict)
		case c.found.Bad:
			out = append(out, c.session+": the experimenter "+chosen+". "+c.found.Verdict)
		}
	}
	return out, err
}

// TimingSentence says for a report how the times of the sessions were taken, from what each session found out about itself.
func TimingSentence(store *sqlite.Store, sessions []studyreport.Session) (string, error) {
	checks, people, err := checksOf(store, sessions)
	if err != nil {
		return "", err
	}
	var found []capture.Quality
	for _, c := range checks {
		found = append(found, c.found)
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
	onsets, err := onsetSentence(shown, func(session string) time.Duration {
		for _, c := range checks {
			if s := c.found.Screen; c.session == session && s != nil && s.Refresh > 0 {
				return time.Duration(float64(time.Second) / s.Refresh)
			}
		}
		return capture.FrameTime
	})
	return strings.TrimSpace(capture.Sentence(found, people) + " " + onsets), err
}

// onsetSentence says how long after a change its first frame came, from the frames that sessions journalled; empty without any. Dropped
// frames are counted anew: earlier programs counted something else.
func onsetSentence(facts []sqlite.Fact, refreshOf func(session string) time.Duration) (string, error) {
	var late []time.Duration
	changes, dropped := 0, 0
	for _, f := range facts {
		var s studies.ShownFrames
		if err := json.Unmarshal([]byte(f.Value), &s); err != nil {
			return "", fmt.Errorf("session %s at %v: %w", f.Session, f.At, err)
		}
		for _, frame := range s.Frames {
			late = append(late, frame.At-frame.Of)
			if n := capture.Dropped(frame.At-frame.Of, refreshOf(f.Session)); n > 0 {
				changes, dropped = changes+1, dropped+n
			}
		}
	}
	if len(late) == 0 {
		return "", nil
	}
	d := capture.SpreadOf(late)
	return fmt.Sprintf("What changed was on the screen %.1f ms later (median of %d changes; 95 of 100 within %.1f ms), so reaction times can run from seen to pressed; %d of them came later than one refresh of the screen after they were due (%d dropped frames).",
		d.Median, d.N, d.P95, changes, dropped), nil
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

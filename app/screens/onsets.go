package screens

import (
	"encoding/json"
	"fmt"
	"time"

	"pumplab/app/capture"
	"pumplab/studies"
)

// Frames tells when the participant's window shows what has changed.
type Frames interface {
	// Onset calls shown with the session's time of the next picture of the window.
	Onset(shown func(at time.Duration))
	// Refresh is how long the screen shows a picture.
	Refresh() time.Duration
}

// onsets are the frames that were the first to show a change of a session, until they are journalled.
type onsets struct {
	picture string // what the last change had the screen show
	waiting []studies.Frame
	written time.Duration
}

// writeEvery is how often frames are journalled: a fact of its own for each would double the journal.
const writeEvery = time.Second

// await notes the frame that will show a moment, if it looks different from the one before.
func (k *Desk) await(m Moment) {
	if k.Frames == nil {
		return
	}
	picture := pictureOf(m)
	if picture == k.onsets.picture {
		return
	}
	k.onsets.picture = picture
	f := studies.Frame{Seq: k.Driver.Last().Seq, Of: m.At}
	k.Frames.Onset(func(at time.Duration) {
		f.At = at
		k.onsets.waiting = append(k.onsets.waiting, f)
	})
}

// pictureOf tells moments apart that look different to the participant.
func pictureOf(m Moment) string {
	v := m.View
	s := fmt.Sprint(v.Index, v.Ended, v.Held)
	if d := v.Disturbance; d != nil {
		s += fmt.Sprint(d.Kind, d.Warning, d.Ringing, d.Prompt)
	}
	switch {
	case m.Record != nil:
		s += m.Record.Display
	case v.Pump != nil:
		s += v.Pump.Digest()
	}
	return s
}

// writeOnsets journals the frames that have come since it last did, if any.
func (k *Desk) writeOnsets(now time.Duration) {
	o := &k.onsets
	if o.written = now; len(o.waiting) == 0 {
		return
	}
	shown := studies.ShownFrames{Frames: o.waiting}
	refresh := k.Frames.Refresh()
	for _, f := range o.waiting {
		shown.Dropped += capture.Dropped(f.At-f.Of, refresh)
	}
	text, err := json.Marshal(shown)
	o.waiting = nil
	if err == nil {
		k.Say(studies.Event{Kind: studies.Shown, Value: string(text)})
	}
}

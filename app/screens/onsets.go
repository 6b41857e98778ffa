package screens

import (
	"encoding/json"
	"fmt"
	"time"

	"pumplab/studies"
)

// Frames tells when the participant's window shows what has changed.
type Frames interface {
	// Onset calls shown with the session's time of the next picture of the window.
	Onset(shown func(at time.Duration))
	// Dropped is how many frames have not come so far.
	Dropped() int
}

// onsets are the frames that were the first to show a change of a session, until they are journalled.
type onsets struct {
	picture string // what the last change had the screen show
	waiting []studies.Frame
	dropped int
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
	if k.onsets.picture == "" {
		k.onsets.dropped = k.Frames.Dropped() // before the session
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
	dropped := k.Frames.Dropped()
	text, err := json.Marshal(studies.ShownFrames{Frames: o.waiting, Dropped: dropped - o.dropped})
	o.waiting, o.dropped = nil, dropped
	if err == nil {
		k.Say(studies.Event{Kind: studies.Shown, Value: string(text)})
	}
}

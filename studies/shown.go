package studies

import (
	"encoding/json"
	"fmt"
	"time"
)

// Frame is a picture of the participant's screen that was the first to show a change.
type Frame struct {
	Seq int           // the record that brought the change, or the last before it if time alone did
	Of  time.Duration // when the session changed, since its start
	At  time.Duration // when the picture was handed to the screen, since the session's start
}

// ShownFrames is the value of a Shown fact: the frames since the last one, in the order of their times, and how many were dropped:
// refreshes of the screen that went by, beyond the one a change may take, before its frame came (earlier programs counted late
// ticks of the toolkit, whether or not anything was to be shown). Reaction times run from Frame.At of the first frame whose Of is not before what it is a reaction to.
type ShownFrames struct {
	Frames  []Frame
	Dropped int
}

// MarshalJSON writes {"frames":[[seq,of_ns,at_ns],…],"dropped":n}.
func (s ShownFrames) MarshalJSON() ([]byte, error) {
	raw := shownJSON{Frames: [][3]int64{}, Dropped: s.Dropped}
	for _, f := range s.Frames {
		raw.Frames = append(raw.Frames, [3]int64{int64(f.Seq), int64(f.Of), int64(f.At)})
	}
	return json.Marshal(raw)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *ShownFrames) UnmarshalJSON(data []byte) error {
	var raw shownJSON
	if err := json.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("read frames: %w", err)
	}
	s.Frames, s.Dropped = nil, raw.Dropped
	for _, f := range raw.Frames {
		s.Frames = append(s.Frames, Frame{int(f[0]), time.Duration(f[1]), time.Duration(f[2])})
	}
	return nil
}

type shownJSON struct {
	Frames  [][3]int64 `json:"frames"`
	Dropped int        `json:"dropped,omitempty"`
}

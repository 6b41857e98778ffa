package screens

import (
	"fmt"
	"time"

	"pumplab/studies"
)

// sizeItem marks the note that says how large a pump is drawn, for the console and for the data.
const sizeItem = "true-size"

// notTrue begins a note that says that it is not.
const notTrue = "Not at true size: "

// fitAfter is how long a pump must have had its size before the experimenter is told: a window may still be growing.
const fitAfter = 500 * time.Millisecond

// fit watches whether the pump is drawn at its true size, which is part of the method.
type fit struct {
	told  map[string]int // by design: the share of its true size last told, in per cent
	share int
	since time.Duration
}

// see tells the experimenter, once for each size of each design, that it is not or is again at true size.
func (f *fit) see(desk *Desk, name string, share float64, at time.Duration) {
	now := int(share*100 + 0.5)
	if now != f.share {
		f.share, f.since = now, at
	}
	before, known := f.told[name]
	if !known {
		before = 100
	}
	if now == 0 || at-f.since < fitAfter || now == before && (known || now == 100) {
		return
	}
	if f.told == nil {
		f.told = map[string]int{}
	}
	f.told[name] = now
	text := "At true size again: " + name
	if now != 100 {
		text = notTrue + fmt.Sprintf("%s is drawn at %d %% of it, this screen is too small. Use a larger one, or say so in the report.", name, now)
	}
	desk.Say(studies.Event{Kind: studies.Note, Item: sizeItem, Value: text})
}

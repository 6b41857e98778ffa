//go:build !headless

package capture

import "time"

// probe listens while a check of the instrument runs. Deliveries of the injected key are its own: Fyne does not hear of them.
type probe struct {
	code   int // key code that is injected
	open   bool
	polls  []time.Duration
	heard  chan delivery
	change func() // changes the window's picture, so that painting can be timed; may be nil
}

// delivery is one input as a check heard it.
type delivery struct {
	what  What
	stamp Stamp         // At since the program's start
	shown time.Duration // when the picture it changed was handed to the screen, 0 if none was
}

// takes is asked for every delivery; true swallows it.
func (p *probe) takes(w What, s Stamp, paint func() time.Duration) bool {
	if !p.open || w.Class != Key || w.Code != p.code {
		return false
	}
	d := delivery{what: w, stamp: s}
	if p.change != nil {
		p.change()
		d.shown = paint()
	}
	select {
	case p.heard <- d:
	default:
	}
	return true
}

func (p *probe) polled(start, end time.Duration) {
	if len(p.polls) < 1<<16 {
		p.polls = append(p.polls, end-start)
	}
}

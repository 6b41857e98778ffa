//go:build !headless

package capture

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
)

// spot is a place on the screen, in pixels.
type spot struct{ x, y int }

// spot is the middle of what a check makes look different; false if nothing is to be seen of it.
func (in *Input) spot(w fyne.Window) (spot, bool) {
	if in.Visible == nil {
		return spot{}, false
	}
	for g, of := range in.hooked {
		if of != w {
			continue
		}
		x, y := g.GetPos()
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(in.Visible)
		size, scale := in.Visible.Size(), w.Canvas().Scale()
		return spot{x + int((at.X+size.Width/2)*scale), y + int((at.Y+size.Height/2)*scale)}, true
	}
	return spot{}, false
}

const (
	watched   = 25                     // pictures whose onset is watched
	watchSpan = 500 * time.Millisecond // how long a picture may take
)

// watch injects some more keys and looks at the screen until each one's picture is there. The looking disturbs, so nothing else is
// measured meanwhile.
func (t *trial) watch(ctx context.Context, p *probe, at spot) {
	x, err := newInjector()
	if err != nil {
		return
	}
	defer x.close()
	for i := range 2 * watched {
		if ctx.Err() != nil {
			return
		}
		time.Sleep(30 * time.Millisecond)
		before, _, err := x.pixel(at)
		if err != nil {
			return
		}
		if _, _, err := x.send(i%2 == 0); err != nil {
			return
		}
		var seen time.Duration
		for end := moment() + watchSpan; seen == 0 && moment() < end; {
			if now, when, err := x.pixel(at); err == nil && now != before {
				seen = when
			}
		}
		if d, ok := p.wait(i%2 == 0); ok && seen > 0 && d.shown > 0 {
			t.onset = append(t.onset, seen-d.shown)
		}
	}
}

//go:build !headless

package capture

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// Check measures the instrument in the window w for a while, on a goroutine of its own, and hands the result to done on the
// window's goroutine. The keys it injects reach nobody else; change, if there is one, changes the window's picture at each, so that
// painting is timed too. Start has been called.
func (in *Input) Check(ctx context.Context, w fyne.Window, span time.Duration, change func(), done func(Quality)) {
	p := &probe{heard: make(chan delivery, 16), change: change}
	in.probe = p
	var gaps []time.Duration
	calm := watchFrames(func(gap time.Duration) { gaps = append(gaps, gap) })
	screen, refresh := in.screen(w), in.Refresh(w)
	spot, visible := in.spot(w)
	go func() {
		clock := make(chan Quality, 1)
		go func() { clock <- CheckClock(ctx, span) }()
		trial := inject(ctx, p, in.hasFocus, span)
		if visible && trial.why == "" {
			trial.watch(ctx, p, spot)
		}
		q := <-clock
		Post(func() {
			in.probe = nil
			calm()
			q.Frame = SpreadOf(gaps)
			for _, g := range gaps {
				q.LateTicks += max(0, int((g+FrameTime/2)/FrameTime)-1)
			}
			for _, late := range trial.picture {
				q.Dropped += Dropped(late, refresh)
			}
			q.Poll = SpreadOf(p.polls)
			q.Screen = screen
			in.describe(&q)
			trial.into(&q)
			q.judge()
			done(q)
		})
	}()
}

// describe says which parts are at work.
func (in *Input) describe(q *Quality) {
	q.Way, q.Pump, q.AtOnce = Callback, in.pumps.Load() > 0, in.AtOnce && !in.NoHook
	if len(in.hooked) > 0 {
		q.Way = Hook
	}
	if in.raw != nil {
		var why error
		q.Devices = devices()
		q.Way = Raw
		q.RealtimeBy, why = in.raw.given()
		q.Realtime = q.RealtimeBy != ""
		if !q.Realtime {
			q.Notes = append(q.Notes, "the stamp thread has no real-time priority: "+why.Error()+" (CAP_SYS_NICE or rtkit would give it)")
		}
	} else if in.rawWhy != nil {
		q.Notes = append(q.Notes, "no raw events: "+in.rawWhy.Error())
	}
	for _, part := range []struct {
		out  bool
		name string
	}{{in.NoHook, "hook"}, {in.NoPump, "pump"}, {!in.AtOnce, "painting at once"}, {in.NoParts, "painting of parts"}} {
		if part.out {
			q.Notes = append(q.Notes, "switched off by PUMPLAB_WITHOUT: "+part.name)
		}
	}
	switch {
	case runtime.GOOS == "windows":
		q.System += ", input measured by its makers under Wine only"
	case runtime.GOOS != "linux":
		q.System += ", input not measured on this system by its makers"
	case os.Getenv("WAYLAND_DISPLAY") != "":
		q.System += ", Wayland"
	default:
		q.System += ", X11"
	}
}

// hasFocus reports whether one of our windows has the keyboard.
func (in *Input) hasFocus() bool {
	answer := make(chan bool, 1)
	Post(func() {
		on := false
		for w := range in.hooked {
			guarded(func() { on = on || w.GetAttrib(glfw.Focused) == glfw.True })
		}
		answer <- on
	})
	return <-answer
}

// screen is the one the window is on, or the first.
func (in *Input) screen(w fyne.Window) *ScreenQuality {
	var m *glfw.Monitor
	for g, of := range in.hooked {
		if of == w {
			m = g.GetMonitor()
		}
	}
	if m == nil {
		m = glfw.GetPrimaryMonitor()
	}
	if m == nil {
		return nil
	}
	s := &ScreenQuality{}
	s.WidthMM, s.HeightMM = m.GetPhysicalSize()
	if v := m.GetVideoMode(); v != nil {
		s.Width, s.Height, s.Refresh = v.Width, v.Height, float64(v.RefreshRate)
	}
	return s
}

// trial is what became of injected keys.
type trial struct {
	sent, arrived          int
	kinds                  map[string]int
	stamp, interval, holds []time.Duration
	picture                []time.Duration
	onset                  []time.Duration // from what the program took for a picture's onset until it was seen on the screen
	why                    string          // why nothing, or no more, was injected
}

// inject presses the harmless key at random moments while one of our windows has the focus.
func inject(ctx context.Context, p *probe, ours func() bool, span time.Duration) (t trial) {
	t.kinds = map[string]int{}
	x, err := newInjector()
	if err != nil {
		t.why = err.Error()
		return t
	}
	defer x.close()
	ready := make(chan struct{})
	Post(func() { p.code, p.open = x.code, true; close(ready) })
	<-ready
	random := rand.New(rand.NewPCG(uint64(moment()), 4)) // gaps only: nothing of the data depends on them
	var before half
	for end := moment() + span; moment() < end && ctx.Err() == nil; {
		time.Sleep(time.Duration(15+random.IntN(35)) * time.Millisecond)
		if !x.focused(ours) {
			t.why = "another window has the focus"
			time.Sleep(50 * time.Millisecond)
			continue
		}
		t.why = ""
		down := t.half(x, p, true)
		time.Sleep(time.Duration(8+random.IntN(20)) * time.Millisecond)
		up := t.half(x, p, false)
		if down.sure && up.sure {
			t.holds = append(t.holds, up.since(down))
		}
		if down.sure && before.sure {
			t.interval = append(t.interval, down.since(before))
		}
		before = down
	}
	return t
}

// half is one injected event: when it was sent and what it was stamped.
type half struct {
	sent, at time.Duration
	sure     bool // it arrived, and was injected so quickly that one knows when
}

// since is how wrong the time from another event to this one is.
func (h half) since(o half) time.Duration { return (h.at - o.at) - (h.sent - o.sent) }

// half injects one event and waits until it has been delivered.
func (t *trial) half(x *injector, p *probe, down bool) half {
	sent, took, err := x.send(down)
	if err != nil {
		t.why = err.Error()
		return half{}
	}
	t.sent++
	d, ok := p.wait(down)
	if !ok {
		return half{}
	}
	t.arrived++
	t.kinds[d.stamp.Kind]++
	if d.shown > 0 {
		t.picture = append(t.picture, d.shown-d.stamp.At)
	}
	h := half{sent: sent, at: d.stamp.At, sure: took < time.Millisecond}
	if h.sure {
		t.stamp = append(t.stamp, h.at-sent)
	}
	return h
}

// wait waits for the delivery of an injected event.
func (p *probe) wait(down bool) (delivery, bool) {
	for {
		select {
		case d := <-p.heard:
			if d.what.Down == down {
				return d, true
			}
		case <-time.After(2 * time.Second): // a busy machine is late, not deaf
			return delivery{}, false
		}
	}
}

// into puts a trial's numbers into a result; the percentiles of errors are those of their size.
func (t trial) into(q *Quality) {
	q.Injected, q.Delivered = t.sent, t.arrived
	if t.arrived > 0 {
		q.Kinds = t.kinds
	}
	q.Stamp, q.Interval, q.Hold, q.Picture, q.Onset = ErrorsOf(t.stamp), ErrorsOf(t.interval), ErrorsOf(t.holds), SpreadOf(t.picture), ErrorsOf(t.onset)
	if t.why != "" {
		q.Notes = append(q.Notes, fmt.Sprintf("stamps not measured throughout: %s", t.why))
	}
}

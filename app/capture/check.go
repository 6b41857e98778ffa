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

// frameTime is a tick of the toolkit.
const frameTime = time.Second / 60

// Check measures the instrument in the window w for a while, on a goroutine of its own, and hands the result to done on the
// window's goroutine. The keys it injects reach nobody else. Start has been called.
func (in *Input) Check(ctx context.Context, w fyne.Window, span time.Duration, done func(Quality)) {
	p := &probe{heard: make(chan delivery, 16)}
	in.probe = p
	frames := watchFrames()
	screen := in.screen(w)
	go func() {
		clock := make(chan Quality, 1)
		go func() { clock <- CheckClock(ctx, span) }()
		trial := inject(ctx, p, in.hasFocus, span)
		q := <-clock
		Post(func() {
			in.probe = nil
			q.Frame, q.Dropped = frames()
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
	q.Way, q.Pump, q.AtOnce = Callback, in.pumps.Load() > 0, in.AtOnce
	if len(in.hooked) > 0 {
		q.Way = Hook
	}
	if in.raw != nil {
		q.Way, q.Realtime = Raw, in.raw.realtime
	} else if in.rawWhy != nil {
		q.Notes = append(q.Notes, "no raw events: "+in.rawWhy.Error())
	}
	if in.raw != nil && !q.Realtime {
		q.Notes = append(q.Notes, "the raw thread has no real-time priority (CAP_SYS_NICE or a real-time limit would give it)")
	}
	switch {
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

// watchFrames notes the toolkit's ticks until it is asked for them.
func watchFrames() (end func() (*Spread, int)) {
	var last time.Duration
	var gaps []time.Duration
	a := fyne.NewAnimation(time.Second, func(float32) {
		now := moment()
		if last > 0 {
			gaps = append(gaps, now-last)
		}
		last = now
	})
	a.RepeatCount = fyne.AnimationRepeatForever
	a.Start()
	return func() (*Spread, int) {
		a.Stop()
		dropped := 0
		for _, g := range gaps {
			if g > frameTime*3/2 {
				dropped++
			}
		}
		return SpreadOf(gaps), dropped
	}
}

// trial is what became of injected keys.
type trial struct {
	sent, arrived          int
	kinds                  map[string]int
	stamp, interval, holds []time.Duration
	why                    string // why nothing, or no more, was injected
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
	var before, beforeSent time.Duration
	for end := moment() + span; moment() < end && ctx.Err() == nil; {
		time.Sleep(time.Duration(15+random.IntN(35)) * time.Millisecond)
		if !x.focused(ours) {
			t.why = "another window has the focus"
			time.Sleep(50 * time.Millisecond)
			continue
		}
		t.why = ""
		var at, sent [2]time.Duration
		for i, down := range []bool{true, false} {
			s, took, err := x.send(down)
			if err != nil {
				t.why = err.Error()
				return t
			}
			t.sent++
			d, ok := p.wait(down)
			if !ok {
				before = 0
				continue
			}
			t.arrived++
			t.kinds[d.stamp.Kind]++
			at[i], sent[i] = d.stamp.At, s
			if took < time.Millisecond {
				t.stamp = append(t.stamp, d.stamp.At-s)
			}
			time.Sleep(time.Duration(8+random.IntN(20)) * time.Millisecond)
		}
		if at[0] > 0 && at[1] > 0 {
			t.holds = append(t.holds, (at[1]-at[0])-(sent[1]-sent[0]))
		}
		if at[0] > 0 && before > 0 {
			t.interval = append(t.interval, (at[0]-before)-(sent[0]-beforeSent))
		}
		before, beforeSent = at[0], sent[0]
	}
	return t
}

// wait waits for the delivery of an injected event.
func (p *probe) wait(down bool) (delivery, bool) {
	for {
		select {
		case d := <-p.heard:
			if d.what.Down == down {
				return d, true
			}
		case <-time.After(300 * time.Millisecond):
			return delivery{}, false
		}
	}
}

// into puts a trial's numbers into a result; interval and hold errors count without their sign.
func (t trial) into(q *Quality) {
	q.Injected, q.Delivered = t.sent, t.arrived
	if t.arrived > 0 {
		q.Kinds = t.kinds
	}
	q.Stamp, q.Interval, q.Hold = SpreadOf(t.stamp), SpreadOf(t.interval), SpreadOf(t.holds)
	if q.Interval != nil {
		abs := make([]time.Duration, len(t.interval))
		for i, d := range t.interval {
			abs[i] = d.Abs()
		}
		q.Interval.P95, q.Interval.P99 = SpreadOf(abs).P95, SpreadOf(abs).P99
	}
	if t.why != "" {
		q.Notes = append(q.Notes, fmt.Sprintf("stamps not measured throughout: %s", t.why))
	}
}

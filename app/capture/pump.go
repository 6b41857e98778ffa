//go:build !headless

package capture

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// pumpWait is how long the pump waits for events before it lets Fyne tick: at 8 ms the frame rate drops, at 2 to 4 it stays.
const pumpWait = 3 * time.Millisecond

// pump has the window's goroutine wait for events, so that they are delivered when they arrive and not 60 times a second.
func (in *Input) pump() (stop func()) {
	var over atomic.Bool
	awake := func() { guarded(glfw.PostEmptyEvent) }
	wake.Store(&awake)
	in.pumps.Add(1)
	turn := func() {
		if over.Load() {
			return
		}
		in.poll++
		start := moment()
		if !guarded(func() { glfw.WaitEventsTimeout(pumpWait.Seconds()) }) {
			over.Store(true)
			return
		}
		in.poll++
		in.listen()
		in.settled = start // what came before has been delivered by now
		in.match.Prune(in.settled)
		in.flush(moment(), false)
		in.mover.Settle(in.settled)
		if in.probe != nil {
			in.probe.polled(start, moment())
		}
	}
	go func() {
		for !over.Load() {
			fyne.DoAndWait(turn)
		}
	}()
	return func() {
		if over.Swap(true) {
			return
		}
		in.pumps.Add(-1)
		wake.CompareAndSwap(&awake, nil)
	}
}

// guarded calls GLFW; false if it is not, or no longer, initialized: the program is ending. Any other panic goes on.
func guarded(f func()) (ok bool) {
	const notInitialized = glfw.ErrorCode(0x00010001)
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if e, is := r.(*glfw.Error); is && e.Code == notInitialized {
			ok = false
			return
		}
		panic(r)
	}()
	f()
	return true
}

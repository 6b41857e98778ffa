package capture

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// wake makes a pump that waits for events look up; nil while none runs.
var wake atomic.Pointer[func()]

// Post has f run on the window's goroutine. It is the only call of its kind in the program.
func Post(f func()) {
	fyne.Do(f)
	if w := wake.Load(); w != nil {
		(*w)()
	}
}

// Tick posts f every interval until stop is called. While an earlier f has not run yet, no further one is queued.
func Tick(every time.Duration, f func()) (stop func()) {
	done := make(chan struct{})
	var once sync.Once
	go func() {
		t := time.NewTicker(every)
		defer t.Stop()
		waiting := make(chan struct{}, 1)
		for {
			select {
			case <-done:
				return
			case <-t.C:
			}
			select {
			case waiting <- struct{}{}:
				Post(func() {
					<-waiting
					select {
					case <-done:
					default:
						f()
					}
				})
			default:
			}
		}
	}()
	return func() { once.Do(func() { close(done) }) }
}

// Work runs long work away from the window. report may be called by the work with a share from 0 to 1 and what is being done;
// progress and done run on the window's goroutine. The returned function asks the work to stop.
func Work(work func(ctx context.Context, report func(share float64, what string)) error, progress func(float64, string), done func(error)) (cancel func()) {
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		defer stop()
		err := work(ctx, func(share float64, what string) {
			if ctx.Err() == nil {
				Post(func() { progress(share, what) })
			}
		})
		Post(func() { done(err) })
	}()
	return stop
}

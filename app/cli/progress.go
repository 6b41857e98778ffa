package cli

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

// Teller is a place for messages that shows progress itself, as the window does; Context.Err may be one.
type Teller interface {
	Progress(what string, done, all int)
}

// progress tells how far long work has come: a line that is rewritten on a terminal, nothing where messages go to a file.
type progress struct {
	mu   sync.Mutex
	w    io.Writer
	what string
	all  int
	done int
	live bool
}

func newProgress(x *Context, what string, all int) *progress {
	p := &progress{w: x.Err, what: what, all: all}
	if f, ok := x.Err.(*os.File); ok {
		if info, err := f.Stat(); err == nil {
			p.live = info.Mode()&os.ModeCharDevice != 0
		}
	}
	return p
}

// step counts one piece of work.
func (p *progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if t, ok := p.w.(Teller); ok {
		t.Progress(p.what, p.done, p.all)
	}
	if !p.live {
		return
	}
	const width = 30
	full := width * p.done / max(p.all, 1)
	bar := make([]byte, width)
	for i := range bar {
		bar[i] = " #"[min(1, max(0, full-i))]
	}
	fmt.Fprintf(p.w, "\r%s [%s] %d of %d", p.what, bar, p.done, p.all)
	if p.done == p.all {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// memory is where the collector of garbage begins to work harder: the largest studies are to fit into a small computer.
const memory = 300 << 20

// each does work for 0 … n-1 on all processors and returns the error of the lowest number that failed. After a failure or the end
// of the context no further piece is begun.
func each(x *Context, n int, work func(int) error) error {
	debug.SetGCPercent(200) // much short-lived memory over little that stays
	debug.SetMemoryLimit(memory)
	errs := make([]error, n)
	next := make(chan int)
	var workers sync.WaitGroup
	var failed sync.Once
	stop := make(chan struct{})
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for i := range next {
				if errs[i] = work(i); errs[i] != nil {
					failed.Do(func() { close(stop) })
				}
			}
		}()
	}
	var ended error
	var interrupted <-chan struct{}
	if x.Context != nil {
		interrupted = x.Done()
	}
feed:
	for i := range n {
		select {
		case next <- i:
		case <-stop:
			break feed
		case <-interrupted:
			ended = fmt.Errorf("stopped before it was done; what is finished is kept: %w", x.Context.Err())
			break feed
		}
	}
	close(next)
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ended
}

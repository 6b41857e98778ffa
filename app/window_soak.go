//go:build !headless

package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"

	"pumplab/app/capture"
	"pumplab/app/screens"
	"pumplab/studies"
)

// speed is how many times as fast as time a session's clock goes: 1, unless PUMPLAB_SPEED says more, for trials of endurance.
func speed() int {
	n, err := strconv.Atoi(os.Getenv("PUMPLAB_SPEED"))
	if err != nil || n < 1 || n > 100 {
		return 1
	}
	return n
}

// weighEvery is how often a session in a trial of endurance says what it holds.
const weighEvery = 2 * time.Second

// endure marks a session whose clock goes too fast, and has it print what the program holds: goroutines, and bytes that are in use
// after the garbage is out.
func endure(desk *screens.Desk) (stop func()) {
	n := speed()
	if n == 1 {
		return func() {}
	}
	desk.Say(studies.Event{Kind: studies.Note, Value: fmt.Sprintf("trial of endurance: time goes %d times as fast, no time of this session is a measurement", n)})
	return capture.Tick(weighEvery, func() {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Fprintf(os.Stderr, "holds goroutines %d heap %d\n", runtime.NumGoroutine(), m.HeapAlloc)
	})
}

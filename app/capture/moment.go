//go:build !windows

package capture

import "time"

// epoch is when the program started.
var epoch = time.Now()

// moment is the present on the monotonic clock, since the program started: all times inside capture are such durations.
func moment() time.Duration { return time.Since(epoch) }

// wall is the present on the wall clock.
func wall() time.Time { return time.Now() }

// punctual is for systems that end short waits late unless they are asked not to.
func punctual() (stop func()) { return func() {} }

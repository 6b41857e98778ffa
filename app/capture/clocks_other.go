//go:build !linux && !windows

package capture

import "time"

// monotonic is 0: no monotonic clock that programs share is read here.
func monotonic() time.Duration { return 0 }

// getres is 0: the resolution is measured, the system is not asked.
func getres() time.Duration { return 0 }

// readClocks reads the clocks Go has; that the machine slept cannot be told from a clock that was set.
func readClocks() Readings {
	before := moment()
	wall := time.Now().UTC().Round(0)
	took := moment() - before
	return Readings{Monotonic: before + took/2, Real: wall, Within: took}
}

package capture

import (
	"math"
	"syscall"
	"time"
	"unsafe"
)

// The numbers of Linux's clocks (linux/time.h).
const (
	clockRealtime  = 0
	clockMonotonic = 1
	clockBoottime  = 7
)

// gettime reads one of the system's clocks; 0 if it has none such.
func gettime(clock uintptr) time.Duration {
	var t syscall.Timespec
	if _, _, e := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clock, uintptr(unsafe.Pointer(&t)), 0); e != 0 {
		return 0
	}
	return time.Duration(t.Nano())
}

// getres is the resolution of CLOCK_MONOTONIC as the kernel states it; 0 if it does not.
func getres() time.Duration {
	var t syscall.Timespec
	if _, _, e := syscall.Syscall(syscall.SYS_CLOCK_GETRES, clockMonotonic, uintptr(unsafe.Pointer(&t)), 0); e != 0 {
		return 0
	}
	return time.Duration(t.Nano())
}

// monotonic is CLOCK_MONOTONIC.
func monotonic() time.Duration { return gettime(clockMonotonic) }

// readClocks reads the machine's clocks close together: of some tries the one in which nothing came between.
func readClocks() Readings {
	best := Readings{Within: math.MaxInt64}
	for range 5 {
		before, boot, wall := gettime(clockMonotonic), gettime(clockBoottime), gettime(clockRealtime)
		took := gettime(clockMonotonic) - before
		if took < best.Within {
			best = Readings{Monotonic: before + took/2, Boot: boot, Real: time.Unix(0, int64(wall)).UTC(), Within: took}
		}
		if took < 20*time.Microsecond {
			break
		}
	}
	return best
}

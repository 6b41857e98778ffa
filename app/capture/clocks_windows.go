package capture

import (
	"syscall"
	"time"
	"unsafe"
)

// Go's own clocks are those of Windows' clock interrupt, which comes every 0.5 to 15.6 ms (golang/go issue 67066): too coarse for
// keys. The performance counter steps in 100 ns; unlike Linux's monotonic clock it goes on while the computer sleeps.
var (
	kernel           = syscall.NewLazyDLL("kernel32.dll")
	counter          = kernel.NewProc("QueryPerformanceCounter")
	counterFrequency = kernel.NewProc("QueryPerformanceFrequency")
	preciseTime      = kernel.NewProc("GetSystemTimePreciseAsFileTime")

	multimedia  = syscall.NewLazyDLL("winmm.dll")
	beginPeriod = multimedia.NewProc("timeBeginPeriod")
	endPeriod   = multimedia.NewProc("timeEndPeriod")

	perSecond = read(counterFrequency)
	began     = monotonic()
)

// read has the system fill in one number.
func read(from *syscall.LazyProc) (n int64) {
	syscall.SyscallN(from.Addr(), uintptr(unsafe.Pointer(&n))) // neither counter fails since Windows XP
	return n
}

// monotonic is the performance counter, which every program of the machine reads alike.
func monotonic() time.Duration {
	n := read(counter)
	return time.Duration(n/perSecond)*time.Second + time.Duration(n%perSecond*int64(time.Second)/perSecond)
}

// moment is the present on the monotonic clock, since the program started: all times inside capture are such durations.
func moment() time.Duration { return monotonic() - began }

// wall is the present on the wall clock, to 100 ns.
func wall() time.Time {
	var t syscall.Filetime
	syscall.SyscallN(preciseTime.Addr(), uintptr(unsafe.Pointer(&t)))
	return time.Unix(0, t.Nanoseconds())
}

// getres is the counter's step as the system states it.
func getres() time.Duration { return time.Second / time.Duration(perSecond) }

// readClocks reads the two clocks; that the machine slept cannot be told from a clock that was set.
func readClocks() Readings {
	before := monotonic()
	now := wall().UTC()
	took := monotonic() - before
	return Readings{Monotonic: before + took/2, Real: now, Within: took}
}

// punctual has the clock interrupt come every millisecond until stop is called: without it a wait of 3 ms may last 15.6 ms, and the
// pump would cost frames.
func punctual() (stop func()) {
	const millisecond = 1
	syscall.SyscallN(beginPeriod.Addr(), millisecond)
	return func() { syscall.SyscallN(endPeriod.Addr(), millisecond) }
}

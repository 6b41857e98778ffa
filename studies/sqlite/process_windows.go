package sqlite

import (
	"errors"
	"strconv"
	"syscall"
)

// processQueryLimited is the right to ask when a process began (winnt.h, PROCESS_QUERY_LIMITED_INFORMATION).
const processQueryLimited = 0x1000

// writeProtected is what Windows says of a stick or card that is locked against writing (winerror.h, ERROR_WRITE_PROTECT).
const writeProtected = syscall.Errno(19)

// withProcess calls f with a process of this machine, if it is there and may be asked.
func withProcess(pid int, f func(syscall.Handle)) error {
	p, err := syscall.OpenProcess(syscall.SYNCHRONIZE|processQueryLimited, false, uint32(pid))
	if err != nil {
		return err
	}
	defer syscall.CloseHandle(p)
	f(p)
	return nil
}

// alive reports whether a process of this machine is there. One that has ended can be opened as long as another program holds it.
func alive(pid int) bool {
	running := true
	err := withProcess(pid, func(p syscall.Handle) {
		state, err := syscall.WaitForSingleObject(p, 0)
		running = err != nil || state == syscall.WAIT_TIMEOUT
	})
	return err == nil && running || errors.Is(err, syscall.ERROR_ACCESS_DENIED)
}

// boot tells one start of this computer from another; nobody says so here.
func boot() string { return "" }

// processStart is when a process began, in units of 100 ns since 1601, to tell it from a later one of its number, which Windows gives
// away again soon; empty where that cannot be told.
func processStart(pid int) (began string) {
	withProcess(pid, func(p syscall.Handle) {
		var created, exited, kernel, user syscall.Filetime
		if syscall.GetProcessTimes(p, &created, &exited, &kernel, &user) == nil {
			began = strconv.FormatUint(uint64(created.HighDateTime)<<32|uint64(created.LowDateTime), 10)
		}
	})
	return began
}

//go:build !unix

package sqlite

import "os"

// alive reports whether a process of this machine is there: on Windows one that is gone is not found.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	p.Release()
	return true
}

// processStart is when a process began; nobody says so here.
func processStart(int) string { return "" }

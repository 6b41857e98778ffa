//go:build headless

package main

import (
	"errors"

	"pumplab/app/cli"
	_ "pumplab/app/look/locale"
)

// measure is missing: there is no window to measure in.
var measure cli.Measure

// openWindow says that this build has no window.
func openWindow(cli.Opening) error {
	return errors.New("open window: this program was built without its window (-tags headless); use the commands (pumplab --help) or build with `make build`")
}

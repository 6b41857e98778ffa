//go:build headless

package main

import "errors"

// openWindow says that this build has no window.
func openWindow(study, participant string) error {
	return errors.New("open window: this program was built without its window (-tags headless); use the commands (pumplab --help) or build with `make build`")
}

//go:build !headless && !windows && !(linux && !wayland)

package capture

import (
	"errors"
	"time"
)

// injector presses a key; only X11 and Windows let a program do so.
type injector struct{ code int }

func newInjector() (*injector, error) {
	return nil, errors.New("input can be injected on X11 and Windows only")
}

func (in *injector) focused(func() bool) bool { return false }
func (in *injector) send(bool) (sent, took time.Duration, e error) {
	return 0, 0, errors.ErrUnsupported
}

func (in *injector) pixel(spot) (uint32, time.Duration, error) { return 0, 0, errors.ErrUnsupported }
func (in *injector) close()                                    {}

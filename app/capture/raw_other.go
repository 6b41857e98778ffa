//go:build !headless && !windows && !(linux && !wayland)

package capture

import (
	"errors"
	"time"
)

// listener hears raw events; only X11 and Windows have one.
type listener struct{ priority }

func newListener(bool) (*listener, error) {
	return nil, errors.New("raw events are heard on X11 and Windows only")
}

func (l *listener) drain(func(Sight), func(time.Duration)) {}
func (l *listener) close()                                 {}

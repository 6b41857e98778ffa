//go:build !headless && !(linux && !wayland)

package capture

import (
	"errors"
	"time"
)

// listener hears raw events; only X11 has one.
type listener struct{ priority }

func newListener(bool) (*listener, error) {
	return nil, errors.New("raw events are heard on X11 only")
}

func (l *listener) drain(func(Sight), func(time.Duration)) {}
func (l *listener) close()                                 {}

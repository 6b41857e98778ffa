//go:build !headless && !(linux && !wayland)

package capture

import "errors"

// listener hears raw events; only X11 has one.
type listener struct{ realtime bool }

func newListener() (*listener, error) {
	return nil, errors.New("raw events are heard on X11 only")
}

func (l *listener) drain(func(Sight)) {}
func (l *listener) close()            {}

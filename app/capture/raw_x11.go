//go:build linux && !wayland && !headless

package capture

/*
#cgo LDFLAGS: -lX11 -lXi
#include <stdint.h>
#include <stdlib.h>
#include "raw_x11.h"
*/
import "C"

import (
	"errors"
	"time"
)

// listener is a thread of its own that hears the display's raw events on a second connection and stamps them in C.
type listener struct {
	c        *C.pl_raw
	offset   time.Duration // CLOCK_MONOTONIC minus moment()
	realtime bool
}

// newListener starts the thread; the error says why there is none.
func newListener() (*listener, error) {
	var why *C.char
	c := C.pl_raw_start(&why)
	if c == nil {
		return nil, errors.New(C.GoString(why))
	}
	l := &listener{c: c, offset: monotonic() - moment()}
	l.realtime = C.pl_raw_realtime(c) != 0
	return l, nil
}

// drain hands over what was seen since the last call, first first.
func (l *listener) drain(saw func(Sight)) {
	var e C.pl_event
	for C.pl_raw_take(l.c, &e) != 0 {
		s := Sight{
			What: What{Code: int(e.code), Down: e.down != 0}, At: time.Duration(e.at) - l.offset,
			Server: time.Duration(e.server) - l.offset, Device: int(e.device),
		}
		switch {
		case e.button == 0:
			s.What.Class = Key
		case s.What.Code >= 4 && s.What.Code <= 7:
			s.What.Class = Wheel
		default:
			s.What.Class = Button
		}
		saw(s)
	}
}

// close ends the thread.
func (l *listener) close() { C.pl_raw_stop(l.c) }

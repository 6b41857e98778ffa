//go:build (windows || (linux && !wayland)) && !headless

package capture

/*
#cgo linux LDFLAGS: -lX11 -lXi
#include <stdint.h>
#include <stdlib.h>
#include "raw.h"
*/
import "C"

import (
	"context"
	"errors"
	"time"
)

// listener is a thread of its own that hears the display's raw events (on X11 on a second connection) and stamps them in C.
type listener struct {
	c      *C.pl_raw
	offset time.Duration // monotonic() minus moment()
	priority
}

// newListener starts the thread; the error says why there is none. Unless it is not wanted, the thread gets real-time priority: by
// itself where the system allows it, else rtkit is asked while the thread already listens.
func newListener(realtime bool) (*listener, error) {
	var why *C.char
	wanted := C.int(0)
	if realtime {
		wanted = 1
	}
	c := C.pl_raw_start(wanted, &why)
	if c == nil {
		return nil, errors.New(C.GoString(why))
	}
	l := &listener{c: c, offset: monotonic() - moment()}
	switch {
	case C.pl_raw_realtime(c) != 0:
		l.set("the system", nil)
	case !realtime:
		l.set("", errors.New("switched off"))
	default:
		thread := int(C.pl_raw_thread(c))
		go func() { l.set("rtkit", AskRealtime(context.Background(), thread)) }()
	}
	return l, nil
}

// drain hands over what was seen since the last call, first first: inputs, and moments at which the pointer moved.
func (l *listener) drain(saw func(Sight), moved func(time.Duration)) {
	var e C.pl_event
	for C.pl_raw_take(l.c, &e) != 0 {
		s := Sight{
			What: What{Code: int(e.code), Down: e.down != 0}, At: time.Duration(e.at) - l.offset,
			Server: time.Duration(e.server) - l.offset, Device: int(e.device),
		}
		switch {
		case e.kind == C.PL_MOTION:
			moved(s.At)
			continue
		case e.kind == C.PL_KEY:
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

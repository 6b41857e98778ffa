//go:build linux && !wayland && !headless

package capture

import (
	"errors"
	"io"
	"os"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// injector presses a harmless key through XTEST.
type injector struct {
	conn *xgb.Conn
	root xproto.Window
	code int
}

// harmless are keysyms nothing is bound to in this window, in order of choice: Pause, right Control, right Alt. A modifier comes last:
// while it is down, another window's keys (F4 on the console) would mean something else.
var harmless = []xproto.Keysym{0xff13, 0xffe4, 0xffea}

// newInjector connects to the display; the error says why nothing can be injected.
func newInjector() (*injector, error) {
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		return nil, errors.New("under Wayland nothing may be injected")
	}
	xgb.Logger.SetOutput(io.Discard) // it complains where there is no authority file, and at the server's end
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, err
	}
	if err := xtest.Init(conn); err != nil {
		conn.Close()
		return nil, errors.New("the display has no XTEST")
	}
	setup := xproto.Setup(conn)
	in := &injector{conn: conn, root: setup.DefaultScreen(conn).Root}
	n := byte(setup.MaxKeycode - setup.MinKeycode + 1)
	m, err := xproto.GetKeyboardMapping(conn, setup.MinKeycode, n).Reply()
	if err != nil {
		conn.Close()
		return nil, err
	}
	for _, want := range harmless {
		for i := range int(n) {
			if m.Keysyms[i*int(m.KeysymsPerKeycode)] == want {
				in.code = int(setup.MinKeycode) + i
				return in, nil
			}
		}
	}
	conn.Close()
	return nil, errors.New("the keyboard has no key that would do no harm")
}

// focused reports whether the window with the focus belongs to this program: only then may a key be sent.
func (in *injector) focused(ours func() bool) bool {
	f, err := xproto.GetInputFocus(in.conn).Reply()
	return err == nil && f.Focus > 1 && ours()
}

// send injects the key going down or up; sent is the last moment before, took how long the server took to answer.
func (in *injector) send(down bool) (sent, took time.Duration, err error) {
	kind := byte(xproto.KeyRelease)
	if down {
		kind = xproto.KeyPress
	}
	sent = moment()
	err = xtest.FakeInputChecked(in.conn, kind, byte(in.code), 0, in.root, 0, 0, 0).Check()
	return sent, moment() - sent, err
}

// pixel is the colour of a place of the screen, and when it was looked at (the middle of the request).
func (in *injector) pixel(at spot) (colour uint32, when time.Duration, err error) {
	sent := moment()
	r, err := xproto.GetImage(in.conn, xproto.ImageFormatZPixmap, xproto.Drawable(in.root), int16(at.x), int16(at.y), 1, 1, ^uint32(0)).Reply()
	if err != nil {
		return 0, 0, err
	}
	for _, b := range r.Data {
		colour = colour<<8 | uint32(b)
	}
	return colour, (sent + moment()) / 2, nil
}

func (in *injector) close() { in.conn.Close() }

//go:build linux && !headless

package main_test

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// screen is an X server of the test's own, with a hand on its keyboard and mouse.
type screen struct {
	t       *testing.T
	display string // :7
	conn    *xgb.Conn
	root    xproto.Window
	codes   map[xproto.Keysym]byte
}

// mustScreen starts Xvfb on a free display number and connects to it. Everything ends with the test.
func mustScreen(t *testing.T) *screen {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{write}
	if err := cmd.Start(); err != nil {
		t.Fatalf("start Xvfb: %v; `make test` installs it (Debian: xvfb)", err)
	}
	write.Close()
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("read Xvfb's display number: %v", err)
	}
	s := &screen{t: t, display: ":" + strings.TrimSpace(line)}
	if s.conn, err = xgb.NewConnDisplay(s.display); err != nil {
		t.Fatalf("connect to %s: %v", s.display, err)
	}
	t.Cleanup(s.conn.Close)
	if err := xtest.Init(s.conn); err != nil {
		t.Fatalf("use XTEST: %v", err)
	}
	setup := xproto.Setup(s.conn)
	s.root = setup.DefaultScreen(s.conn).Root
	n := byte(setup.MaxKeycode - setup.MinKeycode + 1)
	m, err := xproto.GetKeyboardMapping(s.conn, setup.MinKeycode, n).Reply()
	if err != nil {
		t.Fatal(err)
	}
	s.codes = map[xproto.Keysym]byte{}
	for i := range int(n) {
		s.codes[m.Keysyms[i*int(m.KeysymsPerKeycode)]] = byte(setup.MinKeycode) + byte(i)
	}
	return s
}

// keysyms are the keys by the names that designs bind controls to.
var keysyms = map[string]xproto.Keysym{
	"Return": 0xff0d, "BackSpace": 0xff08, "Escape": 0xff1b, "Up": 0xff52, "Down": 0xff54, "Left": 0xff51, "Right": 0xff53,
	"PageUp": 0xff55, "PageDown": 0xff56, "Prior": 0xff55, "Next": 0xff56, "Home": 0xff50, "End": 0xff57, "Tab": 0xff09, "Space": 0x20,
	"Delete": 0xffff, "Insert": 0xff63, "Period": '.',
	"Control": 0xffe3, "Shift": 0xffe1,
}

// keysym is the X keysym of a key's name: a printable letter or digit is itself.
func keysym(name string) (xproto.Keysym, bool) {
	if k, ok := keysyms[name]; ok {
		return k, true
	}
	var f int
	if n, _ := fmt.Sscanf(name, "F%d", &f); n == 1 {
		return xproto.Keysym(0xffbe + f - 1), true
	}
	if len(name) == 1 {
		return xproto.Keysym(strings.ToLower(name)[0]), true
	}
	return 0, false
}

// key sends one real press (or release) of a key.
func (s *screen) key(name string, down bool) {
	s.t.Helper()
	sym, ok := keysym(name)
	code := s.codes[sym]
	if !ok || code == 0 {
		s.t.Fatalf("no key %q on this keyboard", name)
	}
	s.fake(kind(down, xproto.KeyPress, xproto.KeyRelease), code)
}

// tap presses and releases a key, held for as long as a quick person holds one.
func (s *screen) tap(name string) {
	s.t.Helper()
	s.key(name, true)
	time.Sleep(25 * time.Millisecond) // a real hold: below it, a press and its release may reach the window in one poll
	s.key(name, false)
}

// point moves the pointer.
func (s *screen) point(x, y int) {
	s.t.Helper()
	if err := xtest.FakeInputChecked(s.conn, xproto.MotionNotify, 0, 0, s.root, int16(x), int16(y), 0).Check(); err != nil {
		s.t.Fatalf("move pointer: %v", err)
	}
}

// click moves the pointer and presses and releases its left button.
func (s *screen) click(x, y int) {
	s.t.Helper()
	s.point(x, y)
	s.press("button1", true)
	time.Sleep(40 * time.Millisecond) // a real hold
	s.press("button1", false)
}

func kind(down bool, press, release byte) byte {
	if down {
		return press
	}
	return release
}

func (s *screen) fake(kind, detail byte) {
	s.t.Helper()
	if err := xtest.FakeInputChecked(s.conn, kind, detail, 0, s.root, 0, 0, 0).Check(); err != nil {
		s.t.Fatalf("inject event: %v", err)
	}
}

// shot is the screen as a picture.
func (s *screen) shot() *image.NRGBA {
	s.t.Helper()
	r, err := xproto.GetImage(s.conn, xproto.ImageFormatZPixmap, xproto.Drawable(s.root), 0, 0, 1280, 1024, ^uint32(0)).Reply()
	if err != nil {
		s.t.Fatalf("take screenshot: %v", err)
	}
	img := image.NewNRGBA(image.Rect(0, 0, 1280, 1024))
	for i := 0; i+3 < len(r.Data); i += 4 {
		p := i / 4
		img.SetNRGBA(p%1280, p/1280, color.NRGBA{r.Data[i+2], r.Data[i+1], r.Data[i], 255})
	}
	return img
}

// settled is the screen once it has stood still for a fifth of a second: what was drawn late is drawn.
func (s *screen) settled() *image.NRGBA {
	s.t.Helper()
	last, since := s.shot(), time.Now()
	eventually(s.t, 10*time.Second, "a screen that stands still", func() bool {
		now := s.shot()
		if !bytes.Equal(now.Pix, last.Pix) {
			last, since = now, time.Now()
		}
		return time.Since(since) > 200*time.Millisecond
	})
	return last
}

// drawn is the screen once two pictures a tenth of a second apart are equal: the journal is ahead of the screen by a frame or
// more. What never stands still (a ringing phone) is taken as it is after a second.
func (s *screen) drawn() *image.NRGBA {
	s.t.Helper()
	last := s.shot()
	for range 10 {
		time.Sleep(100 * time.Millisecond) // the time over which it must stand still
		now := s.shot()
		if bytes.Equal(now.Pix, last.Pix) {
			return now
		}
		last = now
	}
	return last
}

// save writes a screenshot to the folder PUMPLAB_SHOTS names, or to the test's own.
func (s *screen) save(name string) {
	s.t.Helper()
	dir := os.Getenv("PUMPLAB_SHOTS")
	if dir == "" {
		dir = s.t.TempDir()
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, s.drawn()); err != nil {
		s.t.Fatal(err)
	}
}

// eventually waits until ok holds, looking again each time something may have changed; it fails after limit.
func eventually(t *testing.T, limit time.Duration, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(limit)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("after %v still not: %s", limit, what)
		}
		time.Sleep(10 * time.Millisecond) // another process's state: there is no event to wait for
	}
}

//go:build !headless

package capture

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
	"unsafe"
)

var (
	user          = syscall.NewLazyDLL("user32.dll")
	sendInput     = user.NewProc("SendInput")
	foreground    = user.NewProc("GetForegroundWindow")
	windowProcess = user.NewProc("GetWindowThreadProcessId")
	screenContext = user.NewProc("GetDC")
	endContext    = user.NewProc("ReleaseDC")
	screenPixel   = syscall.NewLazyDLL("gdi32.dll").NewProc("GetPixel")
)

// The Pause key, which nothing is bound to in this window: its virtual key and its scan code (winuser.h), the code GLFW tells.
const (
	pauseKey  = 0x13
	pauseScan = 0x45
)

// keyboardInput is winuser.h's INPUT of type INPUT_KEYBOARD; it is as long as the longest of the three types.
type keyboardInput struct {
	kind uint32
	key  struct {
		virtual, scan uint16
		flags, time   uint32
		extra         uintptr
	}
	_ [8]byte
}

// injector presses a harmless key through SendInput.
type injector struct {
	screen uintptr // device context
	code   int
}

func newInjector() (*injector, error) {
	dc, _, _ := syscall.SyscallN(screenContext.Addr(), 0)
	if dc == 0 {
		return nil, errors.New("the screen cannot be looked at")
	}
	return &injector{screen: dc, code: pauseScan}, nil
}

// focused reports whether the window with the focus belongs to this program: only then may a key be sent.
func (in *injector) focused(ours func() bool) bool {
	w, _, _ := syscall.SyscallN(foreground.Addr())
	var process uint32
	syscall.SyscallN(windowProcess.Addr(), w, uintptr(unsafe.Pointer(&process)))
	return w != 0 && int(process) == os.Getpid() && ours()
}

// send injects the key going down or up; sent is the last moment before, took how long the system took to take it.
func (in *injector) send(down bool) (sent, took time.Duration, err error) {
	const inputKeyboard, keyUp = 1, 2
	event := keyboardInput{kind: inputKeyboard}
	event.key.virtual, event.key.scan = pauseKey, pauseScan
	if !down {
		event.key.flags = keyUp
	}
	sent = moment()
	n, _, why := syscall.SyscallN(sendInput.Addr(), 1, uintptr(unsafe.Pointer(&event)), unsafe.Sizeof(event))
	took = moment() - sent
	if n != 1 {
		return sent, took, fmt.Errorf("inject a key: %w", why)
	}
	return sent, took, nil
}

// pixel is the colour of a place of the screen, and when it was looked at (the middle of the request).
func (in *injector) pixel(at spot) (colour uint32, when time.Duration, err error) {
	const invalid = 0xffffffff
	sent := moment()
	c, _, _ := syscall.SyscallN(screenPixel.Addr(), in.screen, uintptr(at.x), uintptr(at.y))
	if uint32(c) == invalid {
		return 0, 0, errors.New("the place is not on the screen")
	}
	return uint32(c), (sent + moment()) / 2, nil
}

func (in *injector) close() { syscall.SyscallN(endContext.Addr(), 0, in.screen) }

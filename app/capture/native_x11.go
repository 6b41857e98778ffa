//go:build linux && !wayland && !headless

package capture

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// belongs reports whether a window of GLFW is the one beneath a window of the toolkit: with two windows open the current context may
// be the other's.
func belongs(w *glfw.Window, to fyne.Window) bool {
	native, ok := to.(driver.NativeWindow)
	if !ok {
		return true
	}
	same := true
	native.RunNative(func(c any) {
		if x, ok := c.(driver.X11WindowContext); ok {
			same = x.WindowHandle == uintptr(w.GetX11Window())
		}
	})
	return same
}

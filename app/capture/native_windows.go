//go:build !headless

package capture

import (
	"unsafe"

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
		if x, ok := c.(driver.WindowsWindowContext); ok {
			same = x.HWND == uintptr(unsafe.Pointer(w.GetWin32Window()))
		}
	})
	return same
}

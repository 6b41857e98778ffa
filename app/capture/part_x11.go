//go:build linux && !wayland && !headless && !gles && !arm && !arm64

package capture

import (
	"image"
	"strings"

	"github.com/go-gl/gl/v2.1/gl"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// scissor limits painting in the current context to a rectangle, in pixels from the upper left corner; an empty one lifts the limit.
func scissor(to image.Rectangle) {
	if to.Empty() {
		gl.Disable(gl.SCISSOR_TEST)
		return
	}
	var view [4]int32
	gl.GetIntegerv(gl.VIEWPORT, &view[0])
	gl.Scissor(int32(to.Min.X), view[3]-int32(to.Max.Y), int32(to.Dx()), int32(to.Dy()))
	gl.Enable(gl.SCISSOR_TEST)
}

// keepsPicture reports whether the current context's back buffer still holds, after a swap, what was painted before it. Only a
// renderer in software copies for certain; that this one does is tried out on the first pixel of the window.
func keepsPicture(w *glfw.Window) bool {
	name := gl.GoStr(gl.GetString(gl.RENDERER))
	if !strings.HasPrefix(name, "llvmpipe") && !strings.HasPrefix(name, "softpipe") {
		return false
	}
	var seen [4]uint8
	for _, red := range []uint8{40, 200} {
		gl.Enable(gl.SCISSOR_TEST)
		gl.Scissor(0, 0, 1, 1)
		gl.ClearColor(float32(red)/255, 0, 0, 1)
		gl.Clear(gl.COLOR_BUFFER_BIT)
		gl.Disable(gl.SCISSOR_TEST)
		w.SwapBuffers()
		gl.ReadPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, gl.Ptr(&seen[0]))
		if seen[0] != red || seen[1] != 0 {
			return false
		}
	}
	return true
}

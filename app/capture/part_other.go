//go:build !headless && (!linux || wayland || gles || arm || arm64)

package capture

import (
	"image"

	"github.com/go-gl/glfw/v3.3/glfw"
)

// scissor is not used here.
func scissor(image.Rectangle) {}

// keepsPicture is false: nothing is known of what this system keeps.
func keepsPicture(*glfw.Window) bool { return false }

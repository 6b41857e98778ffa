//go:build !headless && !(linux && !wayland)

package capture

// devices have no names here.
func devices() map[int]string { return nil }

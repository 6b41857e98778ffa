//go:build !linux

package capture

import "time"

// monotonic is 0: only Linux shares a monotonic clock between programs by a plain call.
func monotonic() time.Duration { return 0 }

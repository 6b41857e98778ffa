//go:build !headless

package capture

import (
	"context"
	"errors"
)

// AskRealtime fails: Windows gives a thread its priority at once or not at all, there is nobody to ask.
func AskRealtime(context.Context, int) error { return errors.New("the system refuses it") }

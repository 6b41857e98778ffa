// Package cli provides the commands of pumplab, one file a command. It draws no window.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// Context is what every command is given.
type Context struct {
	context.Context

	JSON   bool      // one JSON document on Out instead of text for people
	Out    io.Writer // results
	Err    io.Writer // messages and progress
	In     io.Reader // for files named -
	Assets Assets    // what ships with the program

	Version string  // of the program
	Measure Measure // measures input in a window; nil in a build without one
}

// Assets are the files that ship with the program; each function is a folder.
type Assets struct {
	Designs, Libraries, Studies, Questionnaires, Texts func() fs.FS
}

// Print writes v as one JSON document, or calls human for people.
func (x *Context) Print(v any, human func(io.Writer)) error {
	if !x.JSON {
		human(x.Out)
		return nil
	}
	enc := json.NewEncoder(x.Out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

// Failed says that something was found wrong: a check, a verification. The program ends with status 1. The text may be empty if
// all has been said on Out.
type Failed string

func (f Failed) Error() string { return string(f) }

// Exit is the program's status for a command's error: 0 fine, 1 something was found wrong, 2 bad usage or unreadable input.
func Exit(err error) int {
	var failed Failed
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed):
		return 1
	}
	return 2
}

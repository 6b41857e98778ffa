package design

import "pumplab/pumpmodel/written"

// Problem is one thing wrong with a file, at its place; Problems are all of them.
type (
	Problem  = written.Problem
	Problems = written.Problems
)

// node is a value of a design file with its place.
type node = written.Value

// reader collects the problems of one file while its values are read.
type reader struct{ written.Reader }

func newReader(file string) *reader { return &reader{written.Reader{File: file}} }

func (r *reader) fail(n node, format string, args ...any) { r.At(n, format, args...) }

// refuse fails for a design that is still being made; in a recorded one the same is let be.
func (r *reader) refuse(n node, format string, args ...any) {
	if !r.Recorded {
		r.fail(n, format, args...)
	}
}

// nearest says which of the words may have been meant, or lists them.
func nearest(word string, words []string) string { return written.Instead(word, words) }

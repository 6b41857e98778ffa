package protocol

import "pumplab/pumpmodel/written"

// Problem is one thing wrong with a study, at its place; Problems are all of them, by file and place.
type (
	Problem  = written.Problem
	Problems = written.Problems
)

// nearest says which of the known words may have been meant, or lists them.
func nearest(word string, known []string) string { return written.Instead(word, known) }

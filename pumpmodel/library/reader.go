package library

import "pumplab/pumpmodel/written"

// reader reads a library's objects and collects every problem.
type reader struct{ written.Reader }

func newReader(file string) *reader { return &reader{written.Reader{File: file}} }

// object is an object of the file whose numbers have units.
type object struct {
	written.Object
	r *reader
}

func (r *reader) object(n *written.Node, what string, known []string) object {
	return object{r.Object(n, what, known), r}
}

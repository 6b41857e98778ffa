package engine

import "bytes"

// query are the letters typed to search a list, and reason those of a reason, as far as they are typed: a state keeps them up to the
// first zero.
type (
	query  [24]byte
	reason [reasonMost]byte
)

func queryOf(text string) (q query) {
	copy(q[:], text)
	return q
}

func reasonOf(text string) (r reason) {
	copy(r[:], text)
	return r
}

func (q query) String() string  { return letters(q[:]) }
func (r reason) String() string { return letters(r[:]) }

func letters(b []byte) string {
	b, _, _ = bytes.Cut(b, []byte{0})
	return string(b)
}

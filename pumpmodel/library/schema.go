package library

import (
	_ "embed"
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema (draft 2020-12) of a library file, for editors. It knows the same words as Read; what it cannot say
// (the order of limits, units that go together) only Read checks.
func Schema() []byte { return slices.Clone(schema) }

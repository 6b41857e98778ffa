package design

import (
	"maps"
	"slices"
)

// Explained are the keys that meanings explains to an editor.
func Explained() []string { return slices.Sorted(maps.Keys(meanings)) }

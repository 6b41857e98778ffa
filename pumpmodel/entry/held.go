package entry

import "slices"

// Held is a key that is down and repeats, or a slider's thumb that is held; 0 is none.
type Held int8

var heldKeys = []string{"", "up", "UP", "dn", "DN", "@"}

func heldAs(key string) Held { return Held(max(slices.Index(heldKeys, key), 0)) }

// String is the key.
func (h Held) String() string { return heldKeys[h] }

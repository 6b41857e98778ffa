package face

import "strings"

// keyNames are other names of the same key: how design files, people and the window system call it.
var keyNames = map[string]string{
	"prior": "pageup", "pgup": "pageup", "next": "pagedown", "pgdown": "pagedown", "pgdn": "pagedown",
	"enter": "return", "kp_enter": "return", "kpenter": "return",
	"period": ".", "decimal": ".", "point": ".", "kp_decimal": ".",
	"esc": "escape", "del": "delete", "ins": "insert", "minus": "-", "plus": "+", "comma": ",", "slash": "/", "equal": "=",
	"arrowup": "up", "arrowdown": "down", "arrowleft": "left", "arrowright": "right",
}

// sameKey reports whether two names mean the same key.
func sameKey(a, b string) bool { return KeyName(a) == KeyName(b) }

// KeyName is the one name of a key, in small letters: pageup, return, ".", f1.
func KeyName(name string) string {
	n := strings.ToLower(strings.TrimSpace(name))
	if other, ok := keyNames[n]; ok {
		return other
	}
	return n
}

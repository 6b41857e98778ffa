// Package locale gives the program a language where the system names none, before the toolkit looks for one.
//
// The toolkit reads the environment while its packages are initialised and complains on stderr about "C" and about nothing. Go
// initialises packages that are ready in the order of their paths; this one needs only os, so it comes before the toolkit's, which
// needs text/template.
package locale

import (
	"os"
	"strings"
)

// Set reports whether the environment named no language and was given one.
var Set = settle()

func settle() bool {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		v := os.Getenv(name)
		if v == "" {
			continue
		}
		if plain, _, _ := strings.Cut(v, "."); plain != "C" && plain != "POSIX" {
			return false
		}
		os.Setenv(name, "en_US.UTF-8")
		return true
	}
	os.Setenv("LANG", "en_US.UTF-8")
	return true
}

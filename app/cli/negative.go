package cli

import (
	"regexp"
	"strings"
)

var negativeNumber = regexp.MustCompile(`^-(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$`)

// negatives lets negative numbers be written as people write them: after a flag they become its value (--low -0.1), elsewhere they
// are set off by a blank, so that the parser does not take them for flags.
func negatives(args []string) []string {
	var out []string
	for i, a := range args {
		last := len(out) - 1
		switch {
		case a == "--":
			return append(out, args[i:]...)
		case !negativeNumber.MatchString(a):
			out = append(out, a)
		case last >= 0 && strings.HasPrefix(out[last], "--") && !strings.Contains(out[last], "="):
			out[last] += "=" + a
		default:
			out = append(out, " "+a)
		}
	}
	return out
}

package written

import (
	"fmt"
	"regexp"
	"strings"
)

// slip is one way of getting YAML wrong: what the parser says of it, and what the writer of the file is told.
type slip struct {
	message string // begins what the parser says
	line    string // pattern of the line it stands in; empty: any
	told    string
	next    bool // the slip is in the line below
}

// slips are looked through in order; the first that fits is told.
var slips = []slip{
	{"found character '\t'", ``, "a tab stands here: use spaces", false},
	{"found a tab", ``, "a tab stands here: use spaces", false},
	{"tab character", ``, "a tab stands here: use spaces", false},

	{"invalid header option", `^[^:]*>>?["']?:`, "quotes are missing: a key that is > or >> is written in quotes, as \">>\": rate up", false},
	{"invalid header option", ``, "quotes are missing: a value that begins with > or | is written in quotes, as \">>\"", false},

	{"non-map value", gluedColon, spaceMissing, false},
	{"non-map value", `^\s*-(\s|$)`, "a list item stands among keys: indent it below the key it belongs to, or take the hyphen away", false},
	{"non-map value", ``, "a colon is missing: key: value is expected here", false},
	{"unexpected key name", gluedColon, spaceMissing, false},
	{"unexpected key name", ``, "a colon is missing: key: value is expected here", false},

	{"mapping value is not allowed", `^[^"'#]*:\s[^"'#]*:(\s|$)`, "there are two colons in the line: put the value in quotes, as title: \"One: two\"", false},
	{"mapping value is not allowed", ``, "", true},
	{"value is not allowed in this context. map key", `["']\s*[^\s#]`, "something stands behind the closing quote: take it away, or put all of the value in quotes", false},
	{"value is not allowed", `^[^\[\]]*\]|^[^{}]*\}`, "a bracket closes here that none opened: take it away", false},
	{"value is not allowed", `\}\s*\}|\]\s*\]`, "a bracket closes here that none opened: take it away", false},
	{"value is not allowed", ``, "", false},

	{"could not find end character", ``, "a quote is opened here and never closed: put the same quote at the end of the text", false},
	{"',' or ']'", ``, "a list in brackets is not closed: put ] at its end, and commas between its items", false},
	{"',' or '}'", ``, "a brace is not closed: put } at its end, and commas between its pairs", false},
	{"sequence end token", ``, "a list in brackets is not closed: put ] at its end", false},
	{"could not find flow mapping end", ``, "a brace is not closed: put } at its end", false},
	{"could not find '['", ``, "a bracket closes here that none opened, or a value is missing before it", false},
	{"could not find '{'", ``, "a brace closes here that none opened, or a value is missing before it", false},
	{"block sequence entries", ``, "a list begins behind its key: put each item on a line of its own, with a hyphen, or write [a, b]", false},
	{"'@' is a reserved", ``, "a value that begins with @ is written in quotes", false},
	{"'`' is a reserved", ``, "a value that begins with ` is written in quotes", false},
	{"unexpected directive value", ``, "a value or key that begins with % is written in quotes", false},
	{"undefined anchor", ``, "a value that begins with & is written in quotes", false},
	{"undefined alias", ``, "a value that begins with * is written in quotes", false},
	{"found unknown escape", ``, "a backslash stands in double quotes: use single quotes, or write \\\\", false},
}

const (
	gluedColon   = `^[\s-]*["']?[A-Za-z][\w -]*["']?:[^\s:/\\]`
	spaceMissing = "a space is missing after the colon: write key: value"
)

var (
	glued      = regexp.MustCompile(gluedColon)
	givenTwice = regexp.MustCompile(`^mapping key (".*") already defined at \[(\d+):\d+\]`)
)

// Glued ends a sentence about a text in which the space after a colon is missing, as planned:24; empty for any other text.
func Glued(text string) string {
	if glued.MatchString(text) {
		return "; " + spaceMissing
	}
	return ""
}

// explain is a parser's message in a sentence with the remedy, and where it belongs. A message that is not known stays as it is.
func explain(message string, at Place, data []byte) (Place, string) {
	if m := givenTwice.FindStringSubmatch(message); m != nil {
		return at, fmt.Sprintf("the key %s is already defined in line %s: take one of them away", m[1], m[2])
	}
	lines := strings.Split(string(data), "\n")
	for _, s := range slips {
		if !strings.HasPrefix(message, s.message) || at.Line > len(lines) {
			continue
		}
		if s.line != "" && !regexp.MustCompile(s.line).MatchString(lines[at.Line-1]) {
			continue
		}
		if s.told != "" {
			return at, s.told
		}
		if s.next {
			at = below(lines, at)
		}
		return at, fmt.Sprintf("line %d is indented differently from its neighbours: keys of one level begin in the same column", at.Line)
	}
	return at, "this is not YAML: " + message
}

// below is where the text of the next line that has any begins; at itself if there is none.
func below(lines []string, at Place) Place {
	for i := at.Line; i < len(lines); i++ {
		text := strings.TrimLeft(lines[i], " ")
		if strings.TrimSpace(text) != "" && text[0] != '#' {
			return Place{i + 1, len(lines[i]) - len(text) + 1}
		}
	}
	return at
}

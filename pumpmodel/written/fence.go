package written

import (
	"bytes"
	"errors"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// The bounds of a file that is handed to the YAML parser.
const (
	maxNesting = 64
	maxWide    = 2000      // the YAML parser's time grows with the square of it
	maxParsed  = 512 << 10 // bytes; the parser takes up to 4 µs for each on files made to hold it up, under 2 s in all
)

// fenced is the YAML parser behind a fence against files made to exhaust it: too deep or too wide for it they are refused at a place,
// and a crash of it on a malformed file is an error.
func fenced(data []byte) (file *ast.File, at Place, err error) {
	if p, deep := tooDeep(data); deep {
		return nil, p, errDeep
	}
	if p, wide := tooWide(data); wide {
		return nil, p, errWide
	}
	defer func() {
		if recover() != nil {
			file, at, err = nil, Place{1, 1}, errNotYAML
		}
	}()
	file, err = parser.ParseBytes(data, 0)
	return file, Place{1, 1}, err
}

var (
	errDeep    = errors.New("brackets or dashes are nested more than 64 deep")
	errWide    = errors.New("more than 2000 keys or commas stand in one place")
	errNotYAML = errors.New("this is not YAML: the parser cannot read it")
)

// tooDeep finds nesting that a recursive parser would follow too far: unclosed brackets, or dashes in a row on one line.
func tooDeep(data []byte) (Place, bool) {
	depth := 0
	for i, line := range bytes.Split(data, []byte("\n")) {
		dashes := 0
		for j, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(depth-1, 0)
			case '-', '?':
				if dashes++; dashes > maxNesting && len(bytes.Trim(line[:j], "-? \t")) == 0 && bytes.ContainsAny(line[:j], " \t") {
					return Place{i + 1, j + 1}, true
				}
			}
			if depth > maxNesting {
				return Place{i + 1, j + 1}, true
			}
		}
	}
	return Place{}, false
}

// tooWide finds mappings with very many keys and lines with very many commas.
func tooWide(data []byte) (Place, bool) {
	var keys [256]int // since the last line with less indent, by indent
	for i, line := range bytes.Split(data, []byte("\n")) {
		text := bytes.TrimLeft(line, " ")
		indent := min(len(line)-len(text), len(keys)-1)
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		if bytes.IndexByte(text, ':') >= 0 && !bytes.HasPrefix(text, []byte("- ")) {
			keys[indent]++
		}
		clear(keys[indent+1:])
		if keys[indent] > maxWide || len(text) > maxWide && bytes.Count(text, []byte(",")) > maxWide {
			return Place{i + 1, indent + 1}, true
		}
	}
	return Place{}, false
}

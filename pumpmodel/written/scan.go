package written

import (
	"strings"
	"unicode/utf8"
)

// scan reads the plain part of YAML that libraries are written in, many times faster than the YAML parser: mappings and lists in
// lines, brackets within one line, texts without escapes. It gives nil for anything else, faulty files among it: the YAML parser
// then decides, and says what is wrong; odd is about where it stopped. Where scan gives nodes, they are the YAML parser's
// (TestTheScannerReadsWhatTheYAMLParserReads).
func scan(text string) (root *Node, odd Place) {
	ascii := true
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' && c != '\n' || c == 0x7f {
			return nil, Place{1 + strings.Count(text[:i], "\n"), i - strings.LastIndexByte(text[:i], '\n')}
		} else if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	if !ascii && (!utf8.ValidString(text) || strings.ContainsAny(text, "\ufeff\u0085\u2028\u2029")) {
		return nil, Place{1, 1}
	}
	s := &scanner{rest: text}
	s.next()
	if s.end || s.indent != 0 {
		return nil, Place{max(s.number, 1), 1}
	}
	root = s.block(0)
	if !s.odd && (!s.end || root.Kind != Mapping) {
		s.fail()
	}
	if s.odd {
		return nil, s.at
	}
	return root, Place{}
}

// scanner stands on a line that is neither empty nor a comment.
type scanner struct {
	rest   string // after the line
	line   string // the line, up to its end
	number int    // from 1
	indent int    // where its content begins; after "- " that of the item
	end    bool   // there is no line any more
	odd    bool   // something that is not read here …
	at     Place  // … at this line
	depth  int
	slab   []Node

	col, letters int // how many letters the line has before this byte; what place counted last
}

// give is a new node at a column of the line.
func (s *scanner) give(kind Kind, col int) *Node {
	if len(s.slab) == 0 {
		s.slab = make([]Node, 512)
	}
	n := &s.slab[0]
	s.slab = s.slab[1:]
	n.Kind, n.At = kind, s.place(col)
	return n
}

// place is a byte of the line as a place, whose column counts letters.
func (s *scanner) place(col int) Place {
	if col < s.col {
		s.col, s.letters = 0, 0
	}
	s.letters += utf8.RuneCountInString(s.line[s.col:col])
	s.col = col
	return Place{s.number, s.letters + 1}
}

// fail says that what stands here is not read, and where that was first.
func (s *scanner) fail() *Node {
	if !s.odd {
		s.odd, s.at = true, Place{max(s.number, 1), max(s.indent, 0) + 1}
	}
	return &Node{}
}

// next goes to the next line with content.
func (s *scanner) next() {
	for s.rest != "" {
		s.line, s.rest, _ = strings.Cut(s.rest, "\n")
		s.number++
		s.col, s.letters = 0, 0
		s.indent = len(s.line) - len(strings.TrimLeft(s.line, " "))
		if s.indent < len(s.line) && s.line[s.indent] != '#' {
			if strings.HasPrefix(s.line, "---") || strings.HasPrefix(s.line, "...") || s.line[0] == '%' {
				s.fail()
			}
			return
		}
	}
	s.line, s.indent, s.end = "", -1, true
}

func (s *scanner) dash() bool {
	return s.line[s.indent] == '-' && (s.indent+1 == len(s.line) || s.line[s.indent+1] == ' ')
}

// block is what begins at the line: a list or a mapping whose lines stand at column indent.
func (s *scanner) block(indent int) *Node {
	if s.depth++; s.depth > maxNesting {
		return s.fail()
	}
	defer func() { s.depth-- }()
	if s.dash() {
		return s.list(indent)
	}
	n := s.give(Mapping, indent)
	for !s.end && !s.odd && s.indent == indent {
		if s.dash() {
			return s.fail()
		}
		s.pair(n, indent)
	}
	if !s.end && s.indent > indent {
		return s.fail()
	}
	return n
}

func (s *scanner) list(indent int) *Node {
	n := s.give(Sequence, indent)
	for !s.end && !s.odd && s.indent == indent && s.dash() {
		item := indent + 1
		for item < len(s.line) && s.line[item] == ' ' {
			item++
		}
		if item == len(s.line) || s.line[item] == '#' {
			return s.fail()
		}
		s.indent = item
		switch {
		case s.dash():
			return s.fail()
		case colon(s.line[item:]) > 0 && !strings.ContainsRune("{[\"'", rune(s.line[item])):
			n.Items = append(n.Items, s.block(item))
		default:
			v := s.value(item)
			s.next()
			n.Items = append(n.Items, v)
			if !s.end && s.indent > indent {
				return s.fail()
			}
		}
	}
	return n
}

// pair is one key and its value, in the line or below it.
func (s *scanner) pair(n *Node, indent int) {
	at := colon(s.line[indent:])
	if at <= 0 || at > 120 || len(n.Pairs) > 64 {
		s.fail()
		return
	}
	key := strings.TrimRight(s.line[indent:indent+at], " ")
	if special(key[0]) || strings.Contains(key, " #") || Ambiguous(key) || (Object{Pairs: n.Pairs}).Has(key) {
		s.fail()
		return
	}
	e := Entry{Key: key, At: s.place(indent)}
	col := indent + at + 1
	for col < len(s.line) && s.line[col] == ' ' {
		col++
	}
	if col < len(s.line) && s.line[col] != '#' {
		e.Value = s.value(col)
		s.next()
		if !s.end && s.indent > indent { // a text that goes on
			s.fail()
		}
	} else {
		s.next()
		if s.end || s.indent < indent || s.indent == indent && !s.dash() {
			s.fail() // a key without a value
			return
		}
		e.Value = s.block(s.indent)
	}
	if n.Pairs == nil {
		n.Pairs = make([]Entry, 0, 6)
	}
	n.Pairs = append(n.Pairs, e)
}

// value is what stands in the line from a column on: brackets, quotes, or a plain text.
func (s *scanner) value(col int) *Node {
	text := s.line[col:]
	switch c := text[0]; {
	case c == '{' || c == '[':
		n, end := s.flow(col)
		if tail := strings.TrimLeft(s.line[min(end, len(s.line)):], " "); tail != "" && (tail[0] != '#' || s.line[end] != ' ') {
			return s.fail()
		}
		return n
	case c == '"' || c == '\'':
		i := strings.IndexByte(text[1:], c)
		if i < 0 || strings.IndexByte(text[:i+2], '\\') >= 0 {
			return s.fail()
		}
		if tail := strings.TrimLeft(text[i+2:], " "); tail != "" && (tail[0] != '#' || text[i+2] != ' ') {
			return s.fail()
		}
		n := s.give(Scalar, col)
		n.Text = text[1 : i+1]
		return n
	case special(c):
		return s.fail()
	}
	if i := strings.Index(text, " #"); i >= 0 {
		text = strings.TrimRight(text[:i], " ")
	} else if text[len(text)-1] == ' ' {
		return s.fail() // the YAML parser places some of these one column further
	}
	if colon(text) >= 0 || Ambiguous(text) {
		return s.fail()
	}
	n := s.give(Scalar, col)
	n.Text = text
	return n
}

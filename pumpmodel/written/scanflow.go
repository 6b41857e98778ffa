package written

import "strings"

// colon is where a key ends in a text: its first colon before a space or the end; -1 if there is none.
func colon(text string) int {
	for from := 0; ; {
		i := strings.IndexByte(text[from:], ':')
		if i < 0 {
			return -1
		}
		i += from
		if i+1 == len(text) || text[i+1] == ' ' {
			return i
		}
		from = i + 1
	}
}

// special letters begin something that is no plain text.
func special(c byte) bool { return strings.IndexByte("?!&*|>@`%\"'{}[],#:<=", c) >= 0 }

// Ambiguous texts are nothing, or mean more than they say: null, a lone dash, a merge key.
func Ambiguous(text string) bool {
	switch text {
	case "", "-", "~", "null", "Null", "NULL", "<<", "=":
		return true
	}
	return text[0] == '-' && text[1] == ' ' || strings.Contains(text, "<<")
}

// flow reads {a: 1, b: 2} or [a, b] from a column on and gives the column after it.
func (s *scanner) flow(col int) (n *Node, end int) {
	if s.depth++; s.depth > maxNesting {
		return s.fail(), col
	}
	defer func() { s.depth-- }()
	kind, last := Mapping, byte('}')
	if s.line[col] == '[' {
		kind, last = Sequence, ']'
	}
	n = s.give(kind, col)
	for col = s.skip(col + 1); !s.odd; col = s.skip(col + 1) {
		if col >= len(s.line) || s.line[col] == last && (len(n.Pairs) > 0 || len(n.Items) > 0) {
			return s.fail(), col // cut off, or a comma before the end
		}
		if s.line[col] == last {
			return n, col + 1
		}
		var e Entry
		if kind == Mapping {
			e.Key, e.At = s.flowKey(n, col)
			col = s.skip(col + len(e.Key) + 1)
		}
		if e.Value, col = s.flowValue(col); s.odd || col >= len(s.line) {
			return s.fail(), col
		}
		switch {
		case kind == Sequence:
			n.Items = append(n.Items, e.Value)
		case n.Pairs == nil:
			n.Pairs = append(make([]Entry, 0, 4), e)
		default:
			n.Pairs = append(n.Pairs, e)
		}
		if s.line[col] == last {
			return n, col + 1
		}
		if s.line[col] != ',' || col+1 < len(s.line) && s.line[col+1] != ' ' {
			return s.fail(), col
		}
	}
	return s.fail(), col
}

func (s *scanner) skip(col int) int {
	for col < len(s.line) && s.line[col] == ' ' {
		col++
	}
	return col
}

// flowKey is a key within braces; a colon and a space have to follow it at once.
func (s *scanner) flowKey(n *Node, col int) (string, Place) {
	at := strings.IndexAny(s.line[col:], ":,{}[]\"'")
	if at <= 0 || len(n.Pairs) > 64 || col+at+1 >= len(s.line) || s.line[col+at] != ':' || s.line[col+at+1] != ' ' {
		s.fail()
		return "", Place{}
	}
	key := s.line[col : col+at]
	if special(key[0]) || strings.HasSuffix(key, " ") || strings.Contains(key, " #") || Ambiguous(key) || (Object{Pairs: n.Pairs}).Has(key) {
		s.fail()
	}
	return key, s.place(col)
}

// flowValue is a value within brackets and the column after it and the spaces behind it.
func (s *scanner) flowValue(col int) (*Node, int) {
	if col >= len(s.line) {
		return s.fail(), col
	}
	switch c := s.line[col]; {
	case c == '{' || c == '[':
		n, end := s.flow(col)
		return n, s.skip(end)
	case c == '"' || c == '\'':
		i := strings.IndexByte(s.line[col+1:], c)
		if i < 0 || strings.IndexByte(s.line[col:col+i+1], '\\') >= 0 || i+col+2 < len(s.line) && s.line[i+col+2] == c {
			return s.fail(), col
		}
		n := s.give(Scalar, col)
		n.Text = s.line[col+1 : col+1+i]
		return n, s.skip(col + i + 2)
	case special(c):
		return s.fail(), col
	}
	at := strings.IndexAny(s.line[col:], ",{}[]")
	if at < 0 {
		return s.fail(), col
	}
	text := strings.TrimRight(s.line[col:col+at], " ")
	if strings.IndexByte(text, ':') >= 0 || strings.Contains(text, " #") || Ambiguous(text) {
		return s.fail(), col
	}
	n := s.give(Scalar, col)
	n.Text = text
	return n, col + at
}

package formula

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDepth bounds the nesting of a formula, so that no text can exhaust the stack.
const maxDepth = 200

type token struct {
	kind string // "num", "str", "name", "op", "end"
	text string
	col  int
}

type parser struct {
	src   string
	toks  []token
	at    int
	depth int
}

// Error is a problem at a column of the formula.
type Error struct {
	Formula string
	Col     int
	What    string
}

// Error says the column, from 1.
func (e *Error) Error() string {
	return fmt.Sprintf("read formula %q: column %d: %s", e.Formula, e.Col, e.What)
}

// ParseExpr reads one expression, with or without ~.
func ParseExpr(src string) (*Node, error) {
	p := &parser{src: src}
	if err := p.scan(); err != nil {
		return nil, err
	}
	n, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != "end" {
		return nil, p.fail(t.col, "unexpected %q", t.text)
	}
	return n, nil
}

func (p *parser) fail(col int, format string, args ...any) error {
	return &Error{Formula: p.src, Col: col, What: fmt.Sprintf(format, args...)}
}

var operators = []string{"%in%", "%/%", "%%", "<-", "==", "!=", "<=", ">=", "||", "&&", "**", "~", "+", "-", "*", "/", "^", ":", "|", "&", "<", ">", "!", "(", ")", ",", "="}

// scan splits the source into tokens; columns count characters.
func (p *parser) scan() error {
	s := p.src
	col := 1
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if unicode.IsSpace(r) {
			s, col = s[size:], col+1
			continue
		}
		t := token{col: col}
		var err error
		n := 0
		switch {
		case r >= '0' && r <= '9' || r == '.' && len(s) > 1 && s[1] >= '0' && s[1] <= '9':
			n = numberLength(s)
			t.kind, t.text = "num", s[:n]
		case r == '\'' || r == '"' || r == '`':
			n, err = p.quoted(s, byte(r), &t)
		case r == '.' || unicode.IsLetter(r):
			n = len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool {
				return r == '.' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
			}))
			t.kind, t.text = "name", s[:n]
		default:
			n, err = p.operator(s, &t)
		}
		if err != nil {
			return err
		}
		p.toks = append(p.toks, t)
		col += utf8.RuneCountInString(s[:n])
		s = s[n:]
	}
	p.toks = append(p.toks, token{kind: "end", text: "end of formula", col: col})
	return nil
}

func (p *parser) quoted(s string, quote byte, t *token) (int, error) {
	end := strings.IndexByte(s[1:], quote)
	if end < 0 {
		return 0, p.fail(t.col, "the quote %c is not closed", quote)
	}
	t.kind, t.text = "str", s[1:1+end]
	if quote == '`' {
		t.kind = "name"
	}
	return end + 2, nil
}

func (p *parser) operator(s string, t *token) (int, error) {
	for _, op := range operators {
		if strings.HasPrefix(s, op) {
			t.kind, t.text = "op", op
			if op == "**" {
				t.text = "^"
			}
			return len(op), nil
		}
	}
	r, _ := utf8.DecodeRuneInString(s)
	return 0, p.fail(t.col, "unexpected character %q", r)
}

func numberLength(s string) int {
	i := 0
	digits := func() {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
	}
	digits()
	if i < len(s) && s[i] == '.' {
		i++
		digits()
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		j := i + 1
		if j < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if j < len(s) && s[j] >= '0' && s[j] <= '9' {
			i = j
			digits()
		}
	}
	return i
}

func (p *parser) peek() token { return p.toks[p.at] }

func (p *parser) isOp(text string) bool {
	t := p.peek()
	return t.kind == "op" && t.text == text
}

// binary climbs precedences from least on; ^ is right-associative.
func (p *parser) binary(least int) (*Node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail(p.peek().col, "nested too deeply")
	}
	defer func() { p.depth-- }()
	left, err := p.unary()
	if err != nil {
		return nil, err
	}
	for {
		t := p.peek()
		prec, ok := precedence[t.text]
		if t.kind != "op" || !ok || prec < least {
			return left, nil
		}
		p.at++
		next := prec + 1
		if t.text == "^" {
			next = prec
		}
		right, err := p.binary(next)
		if err != nil {
			return nil, err
		}
		left = &Node{Op: t.text, Args: []*Node{left, right}, Col: t.col}
	}
}

func (p *parser) unary() (*Node, error) {
	t := p.peek()
	if t.kind == "op" && (t.text == "-" || t.text == "+" || t.text == "!" || t.text == "~") {
		p.at++
		least := 10 // between : and ^
		if t.text == "~" {
			least = 2
		} else if t.text == "!" {
			least = 4
		}
		arg, err := p.binary(least)
		if err != nil {
			return nil, err
		}
		return &Node{Op: t.text, Args: []*Node{arg}, Col: t.col}, nil
	}
	return p.primary()
}

func (p *parser) primary() (*Node, error) {
	t := p.peek()
	p.at++
	switch {
	case t.kind == "num":
		v, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			return nil, p.fail(t.col, "%q is not a number", t.text)
		}
		return &Node{Op: "num", Name: t.text, Num: v, Col: t.col}, nil
	case t.kind == "str":
		return &Node{Op: "str", Name: t.text, Col: t.col}, nil
	case t.kind == "name":
		if p.isOp("(") {
			return p.call(t)
		}
		return &Node{Op: "name", Name: t.text, Col: t.col}, nil
	case t.text == "(" && t.kind == "op":
		n, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		if !p.isOp(")") {
			return nil, p.fail(p.peek().col, "expected ) for the ( in column %d, found %s", t.col, p.peek().text)
		}
		p.at++
		return &Node{Op: "(", Args: []*Node{n}, Col: t.col}, nil
	}
	p.at--
	return nil, p.fail(t.col, "expected a variable, a number or (, found %s", t.text)
}

func (p *parser) call(name token) (*Node, error) {
	n := &Node{Op: "call", Name: name.text, Col: name.col}
	p.at++
	for !p.isOp(")") {
		key := ""
		if p.peek().kind == "name" && p.toks[p.at+1] == (token{"op", "=", p.toks[p.at+1].col}) {
			key = p.peek().text
			p.at += 2
		}
		arg, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		n.Args, n.Keys = append(n.Args, arg), append(n.Keys, key)
		if !p.isOp(",") {
			break
		}
		p.at++
	}
	if !p.isOp(")") {
		return nil, p.fail(p.peek().col, "expected ) after the arguments of %s, found %s", name.text, p.peek().text)
	}
	p.at++
	return n, nil
}

package journal

import (
	"unicode/utf8"

	"pumplab/pumpmodel"
	"pumplab/studies"
)

// canonical reads JSON as EncodeEvent and EncodeOutputs write it: members in the order of the type, no white space, texts without
// escapes. What is written otherwise it leaves to encoding/json, which reads the same and takes five times as long; a fuzz test holds
// the two together.
type canonical struct {
	b    []byte
	over bool // something else was found
}

// has takes a literal, if it comes next.
func (c *canonical) has(text string) bool {
	if len(c.b) < len(text) || string(c.b[:len(text)]) != text {
		return false
	}
	c.b = c.b[len(text):]
	return true
}

// must takes a literal.
func (c *canonical) must(text string) {
	if !c.has(text) {
		c.over = true
	}
}

// text takes a text, with its quotes.
func (c *canonical) text() string {
	c.must(`"`)
	for i, x := range c.b {
		if x == '"' {
			s := string(c.b[:i])
			c.b = c.b[i+1:]
			c.over = c.over || !utf8.ValidString(s)
			return s
		}
		if x == '\\' || x < ' ' {
			break
		}
	}
	c.over = true
	return ""
}

// number takes a whole number of at most 18 digits.
func (c *canonical) number() (n int64) {
	minus := c.has("-")
	i := 0
	for i < len(c.b) && i < 19 && c.b[i] >= '0' && c.b[i] <= '9' {
		n = 10*n + int64(c.b[i]-'0')
		i++
	}
	if i == 0 || i > 18 || i > 1 && c.b[0] == '0' {
		c.over = true
		return 0
	}
	c.b = c.b[i:]
	if minus {
		return -n
	}
	return n
}

// texts takes members that are there, each a text, in this order; the names come with what stands before the value.
func texts[T ~string](c *canonical, name string, into *T) {
	if c.has(name) {
		*into = T(c.text())
	}
}

func numbers[T ~int | ~int64](c *canonical, name string, into *T) {
	if c.has(name) {
		*into = T(c.number())
	}
}

// event reads a whole event; false if it is not written canonically.
func (c *canonical) event() (e studies.Event, ok bool) {
	c.must(`{"kind":`)
	e.Kind = studies.EventKind(c.text())
	if c.has(`,"pump":{"kind":`) {
		p := &pumpmodel.Event{Kind: pumpmodel.EventKind(c.text())}
		texts(c, `,"control":`, &p.Control)
		numbers(c, `,"n":`, &p.N)
		numbers(c, `,"x":`, &p.X)
		numbers(c, `,"y":`, &p.Y)
		texts(c, `,"text":`, &p.Text)
		numbers(c, `,"for":`, &p.For)
		c.must(`}`)
		e.Pump = p
	}
	texts(c, `,"code":`, &e.Code)
	texts(c, `,"stamp":`, &e.Stamp)
	texts(c, `,"item":`, &e.Item)
	texts(c, `,"value":`, &e.Value)
	numbers(c, `,"device":`, &e.Device)
	e.Together = c.has(`,"together":true`)
	numbers(c, `,"first_ns":`, &e.First)
	c.must(`}`)
	return e, !c.over && len(c.b) == 0
}

// outputs reads a whole list of outputs without limits and programmes in them; false for others, and if it is not written canonically.
func (c *canonical) outputs() (all []studies.Output, ok bool) {
	c.must(`[`)
	for {
		var o studies.Output
		c.must(`{"kind":`)
		o.Kind = studies.OutputKind(c.text())
		numbers(c, `,"at":`, &o.At)
		numbers(c, `,"step":`, &o.Step)
		if c.has(`,"pump":{"kind":`) {
			o.Pump = c.pumpOutput()
		}
		texts(c, `,"which":`, &o.Which)
		texts(c, `,"why":`, &o.Why)
		texts(c, `,"value":`, &o.Value)
		o.Right = c.has(`,"right":true`)
		c.must(`}`)
		all = append(all, o)
		if c.over || !c.has(`,`) {
			break
		}
	}
	c.must(`]`)
	return all, !c.over && len(c.b) == 0
}

func (c *canonical) pumpOutput() *pumpmodel.Output {
	p := &pumpmodel.Output{Kind: pumpmodel.OutputKind(c.text())}
	numbers(c, `,"at":`, &p.At)
	texts(c, `,"channel":`, &p.Channel)
	texts(c, `,"control":`, &p.Control)
	texts(c, `,"answer":`, &p.Answer)
	texts(c, `,"why":`, &p.Why)
	texts(c, `,"field":`, &p.Field)
	texts(c, `,"before":`, &p.Before)
	texts(c, `,"after":`, &p.After)
	texts(c, `,"text":`, &p.Text)
	texts(c, `,"choice":`, &p.Choice)
	c.must(`}`)
	return p
}

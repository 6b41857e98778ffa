package library

import (
	"slices"
	"strings"
	"unicode"
)

// nodes are a row's cells as the node of a setup; their places are row and column. Nil after a problem.
func (t *table) nodes(cells []string) (n *node, area string) {
	before := len(t.problems)
	n = &node{kind: mapping, at: Place{t.row, slices.Index(t.header, "drug") + 1}}
	sets := map[Field]*setCells{}
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		if j := strings.IndexFunc(cell, unprintable); j >= 0 {
			t.complain(i+1, "it has a character that cannot be written: %q", cell[j:j+1])
		}
		switch c := t.columns[i].(type) {
		case string:
			if cell = unguarded(cell); c == "area" {
				area = cell
				continue
			}
			n.pairs = append(n.pairs, entry{c, t.cellPlace(i), t.texts(c, i, cell)})
		case column:
			if c.part != "unit" {
				if err := bare(cell); err != nil {
					t.complain(i+1, "%v", err)
				}
			}
			if sets[c.field] == nil {
				sets[c.field] = &setCells{at: t.cellPlace(i), cells: map[string]string{}}
			}
			sets[c.field].cells[c.part] = cell
		}
	}
	if area == "" {
		t.complain(slices.Index(t.header, "area")+1, "the care area is missing")
	}
	for _, f := range fields {
		if set := sets[f]; set != nil {
			key := string(f)
			if f == Conc {
				key = "concentration limits"
			}
			n.pairs = append(n.pairs, entry{key, set.at, set.node(f)})
		}
	}
	if len(t.problems) > before {
		return nil, ""
	}
	return n, area
}

func (t *table) cellPlace(i int) Place { return Place{t.row, i + 1} }

func unprintable(c rune) bool {
	return c != '\n' && (unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufeff')
}

// texts is one text, or the list of a column of lists.
func (t *table) texts(key string, i int, cell string) *node {
	n := &node{at: t.cellPlace(i), text: cell}
	if key != "aliases" && key != "codes" {
		return n
	}
	n.kind = sequence
	for _, word := range strings.Split(cell, ";") {
		if word = strings.TrimSpace(word); word != "" {
			n.items = append(n.items, &node{at: n.at, text: word})
		}
	}
	return n
}

// setCells are a limit set's cells by their part.
type setCells struct {
	at    Place
	cells map[string]string
}

// node is {unit: mg, hard: 1..5, soft: 2..4, start: 3}.
func (s *setCells) node(f Field) *node {
	n := &node{kind: mapping, at: s.at}
	put := func(key, text string) {
		n.pairs = append(n.pairs, entry{key, s.at, &node{at: s.at, text: text}})
	}
	unit := ""
	if u, fixed := fixedUnit(f); fixed {
		unit = " " + u
	} else if u := s.cells["unit"]; u != "" {
		put("unit", u)
	}
	for _, key := range []string{"hard", "soft"} {
		if low, high := s.cells["lower "+key], s.cells["upper "+key]; low != "" || high != "" {
			put(key, low+".."+high+unit)
		}
	}
	if start := s.cells["start"]; start != "" {
		put("start", start+unit)
	}
	return n
}

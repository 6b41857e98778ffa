package library

import (
	"slices"
	"strings"
	"unicode"

	"pumplab/pumpmodel/written"
)

// nodes are a row's cells as the node of a setup; their places are row and column. Nil after a problem.
func (t *table) nodes(cells []string) (n *written.Node, area string) {
	before := len(t.Problems)
	n = &written.Node{Kind: written.Mapping, At: written.Place{Line: t.row, Col: slices.Index(t.header, "drug") + 1}}
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
			n.Pairs = append(n.Pairs, written.Entry{Key: c, At: t.cellPlace(i), Value: t.texts(c, i, cell)})
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
			n.Pairs = append(n.Pairs, written.Entry{Key: key, At: set.at, Value: set.node(f)})
		}
	}
	if len(t.Problems) > before {
		return nil, ""
	}
	return n, area
}

func (t *table) cellPlace(i int) written.Place { return written.Place{Line: t.row, Col: i + 1} }

func unprintable(c rune) bool {
	return c != '\n' && (unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufeff')
}

// texts is one text, or the list of a column of lists.
func (t *table) texts(key string, i int, cell string) *written.Node {
	n := &written.Node{At: t.cellPlace(i), Text: cell}
	if key != "aliases" && key != "codes" {
		return n
	}
	n.Kind = written.Sequence
	for _, word := range strings.Split(cell, ";") {
		if word = strings.TrimSpace(word); word != "" {
			n.Items = append(n.Items, &written.Node{At: n.At, Text: word})
		}
	}
	return n
}

// setCells are a limit set's cells by their part.
type setCells struct {
	at    written.Place
	cells map[string]string
}

// node is {unit: mg, hard: 1..5, soft: 2..4, start: 3}.
func (s *setCells) node(f Field) *written.Node {
	n := &written.Node{Kind: written.Mapping, At: s.at}
	put := func(key, text string) {
		n.Pairs = append(n.Pairs, written.Entry{Key: key, At: s.at, Value: &written.Node{At: s.at, Text: text}})
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

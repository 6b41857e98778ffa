package engine

import (
	"strings"

	"pumplab/pumpmodel"
)

// found reports that a name has a word that begins with what is searched for. A digit also stands for its letters on a telephone.
func found(name, query string) bool {
	name = strings.ToLower(name)
	for at := range name {
		if at > 0 && name[at-1] != ' ' && name[at-1] != '-' && name[at-1] != '/' {
			continue
		}
		if rest := name[at:]; len(rest) >= len(query) && begins(rest, query) {
			return true
		}
	}
	return false
}

func begins(word, query string) bool {
	for i := range query {
		q, w := query[i], word[i]
		if q != w && !strings.Contains(phone[query[i:i+1]], string(w)) {
			return false
		}
	}
	return true
}

// foundRow is the index in the whole list of the i-th row that a search leaves; -1 if there is none.
func (m *mach) foundRow(s *state, c *screen, i int16) int16 {
	if c.As != "search" || s.Query == (query{}) || s.Draft.Area == 0 {
		return i
	}
	drugs, letters := m.areas[s.Draft.Area-1].drugs, s.Query.String()
	for j := range drugs {
		if found(drugs[j].shown, letters) {
			if i == 0 {
				return int16(j)
			}
			i--
		}
	}
	return -1
}

// foundRows is how many drugs a search leaves.
func (m *mach) foundRows(area int16, query string) int {
	n := 0
	for i := range m.areas[area-1].drugs {
		if found(m.areas[area-1].drugs[i].shown, query) {
			n++
		}
	}
	return n
}

// find narrows the list by another letter. A key after which nothing would be left is refused: it is not added.
func (t *stepper) find(key string) {
	letters := t.s.Query.String() + key
	if t.m.foundRows(t.s.Draft.Area, letters) == 0 || len(letters) > len(t.s.Query) {
		t.refuse(pumpmodel.Blocked, noteNotFound, int16(key[0]))
		return
	}
	t.s.Query, t.s.Row = queryOf(letters), 0
}

// unfind takes the last key of a search back, or all of them.
func (t *stepper) unfind(action string) {
	letters := t.s.Query.String()
	t.s.Query, t.s.Row = query{}, 0
	if action == "backspace" && letters != "" {
		t.s.Query = queryOf(letters[:len(letters)-1])
	}
}

// row is a control beside a visible row: it chooses the row, or goes to the field in it.
func (t *stepper) row(c *screen, key string) {
	i := 0
	for n, name := range rowNumbers {
		if name == key {
			i = n
		}
	}
	if c.Kind == "form" {
		t.goTo(c, t.m.shownField(t.s, c, i))
		return
	}
	first, _ := window(int(t.s.Row), t.m.rows(t.s, c), c.Rows)
	t.s.Row = int16(first + i)
	t.confirm(c)
}

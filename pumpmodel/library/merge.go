package library

import (
	"fmt"
	"slices"
	"strings"

	"pumplab/pumpmodel/written"
)

// Merged is a library file with the setups of a CSV file put into it.
type Merged struct {
	Data    []byte       // the file's new bytes; the old ones where nothing changes
	Changes []Difference // what changes in meaning
	Library *Library     // Data, read
}

// Merge puts rows of a CSV file into a library file: they become all setups of the care areas they name; other areas stay as they
// are. Only lines whose meaning changes are written anew, so comments and order survive. A file that is not a draft becomes the draft
// of the next version. The error is a written.Problems of either file, or says that the file cannot be edited by lines.
func Merge(name string, data []byte, rows []Row, rowsName string) (*Merged, error) {
	was, err := Read(name, data)
	if err != nil {
		return nil, err
	}
	want, err := was.with(rows, rowsName)
	if err != nil {
		return nil, err
	}
	if len(Diff(was, want)) == 0 {
		return &Merged{data, nil, was}, nil
	}
	if want.Status != "draft" {
		want.Status, want.Version = "draft", want.Version+1
	}
	if want.Status != was.Status {
		if data, err = restated(name, data, want.Status, want.Version); err != nil {
			return nil, err
		}
	}
	root := newReader(name).Parse(data)
	e := &editor{lines: strings.SplitAfter(string(data), "\n"), instead: map[int]string{}}
	areas, _ := written.Object{Pairs: root.Pairs}.Get("care areas")
	for _, a := range areas.Value.Pairs {
		w, _ := was.AreaNamed(a.Key)
		n, _ := want.AreaNamed(a.Key)
		setups, _ := written.Object{Pairs: a.Value.Pairs}.Get("setups")
		e.area(w, n, setups.Value)
	}
	out := e.text()
	now, err := Read(name, []byte(out))
	if err != nil || len(Diff(want, now)) > 0 {
		return nil, fmt.Errorf("edit %s: it is laid out in a way that cannot be edited line by line: write each setup's drug after a dash on a line of its own, and its other words below", name)
	}
	return &Merged{[]byte(out), Diff(was, now), now}, nil
}

// with is the library with the rows as the setups of their areas, in their order.
func (l *Library) with(rows []Row, rowsName string) (*Library, error) {
	out := *l
	out.Areas = slices.Clone(l.Areas)
	var problems written.Problems
	begun := map[string]bool{}
	for _, row := range rows {
		a, ok := out.AreaNamed(row.Area)
		if !ok {
			problems = append(problems, written.Problem{File: rowsName, Place: row.At, What: fmt.Sprintf("row %d: %s has no care area %q%s: write it there with its device limits first", row.Number, l.File, row.Area, written.Instead(row.Area, l.areaNames()))})
			continue
		}
		if !begun[a.Name] {
			begun[a.Name], a.Setups = true, nil
		}
		a.Setups = append(a.Setups, row.Setup)
	}
	if len(problems) > 0 {
		return nil, problems.Sorted()
	}
	return &out, nil
}

func (l *Library) areaNames() []string {
	var out []string
	for _, a := range l.Areas {
		out = append(out, a.Name)
	}
	return out
}

// editor replaces lines of a file.
type editor struct {
	lines   []string       // with their ends
	instead map[int]string // by line from 0; empty drops the line
}

func (e *editor) text() string {
	var b strings.Builder
	for i, l := range e.lines {
		if by, ok := e.instead[i]; ok {
			l = by
		}
		b.WriteString(l)
	}
	return b.String()
}

// comment is the comment at the end of a line, from 1.
func (e *editor) comment(number int) string {
	text := strings.TrimRight(e.lines[number-1], "\n")
	if i := strings.Index(text, " #"); i >= 0 {
		return text[len(strings.TrimRight(text[:i], " ")):]
	}
	return ""
}

// area writes the setups that changed, drops those that are gone, and adds new ones after the last.
func (e *editor) area(was, want *Area, setups *written.Node) {
	pairs := pair(was, want)
	next := map[*Setup]*Setup{} // of was, what becomes of it
	for now, old := range pairs {
		next[old] = now
	}
	last, indent := 0, 0
	for i, item := range setups.Items {
		old := &was.Setups[i]
		end := len(e.lines)
		if i+1 < len(setups.Items) {
			end = setups.Items[i+1].At.Line - 1
		}
		first := item.At.Line - 1
		end = e.content(first, end, item.At.Col-1)
		last, indent = end, item.At.Col-1
		now := next[old]
		switch {
		case now == nil:
			e.drop(first, end)
		case !slices.Equal(old.lines(), now.lines()):
			e.setup(old, now, item, end)
		}
	}
	var added strings.Builder
	for i := range want.Setups {
		if s := &want.Setups[i]; pairs[s] == nil {
			added.WriteString(inLines(s.lines(), indent))
		}
	}
	if added.Len() > 0 && last > 0 {
		e.after(last-1, added.String())
	}
}

// content is the line after the last one from first on that belongs to a setup indented by indent: no blank line and no comment at
// its end, no line of what follows it.
func (e *editor) content(first, end, indent int) int {
	last := first + 1
	for i := first + 1; i < end; i++ {
		text := strings.TrimLeft(e.lines[i], " ")
		switch {
		case strings.TrimSpace(text) == "" || text[0] == '#':
		case len(e.lines[i])-len(text) < indent:
			return last
		default:
			last = i + 1
		}
	}
	return last
}

func (e *editor) drop(first, end int) {
	for i := first; i < end; i++ {
		e.instead[i] = ""
	}
}

// after puts text behind a line.
func (e *editor) after(i int, text string) {
	l, ok := e.instead[i]
	if !ok {
		l = e.lines[i]
	}
	if l != "" && !strings.HasSuffix(l, "\n") {
		l += "\n"
	}
	e.instead[i] = l + text
}

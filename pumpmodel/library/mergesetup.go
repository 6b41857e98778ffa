package library

import (
	"strings"

	"pumplab/pumpmodel/written"
)

// setup writes the keys of a setup that say something else than before; the others keep their lines with their comments.
func (e *editor) setup(was, now *Setup, item *written.Node, end int) {
	old, want := map[string]string{}, now.lines()
	for _, l := range was.lines() {
		old[l.key] = l.text
	}
	texts := map[string]string{}
	for _, l := range want {
		texts[l.key] = l.text
	}
	indent := item.At.Col - 1
	var out []string
	for i, p := range item.Pairs {
		first, stop := p.At.Line-1, end
		if i+1 < len(item.Pairs) {
			stop = item.Pairs[i+1].At.Line - 1
		}
		text, stays := texts[p.Key]
		_, meant := old[p.Key] // a key that only says what is assumed is not among them
		delete(texts, p.Key)
		switch {
		case text == old[p.Key] && (stays || !meant && assumed(p.Key, was, now)):
			out = append(out, strings.Join(e.lines[first:stop], ""))
		case stays:
			out = append(out, spaces(indent)+p.Key+": "+text+e.comment(p.At.Line)+"\n"+strings.Join(e.comments(first+1, stop), ""))
		default:
			out = append(out, strings.Join(e.comments(first+1, stop), ""))
		}
	}
	for _, l := range want {
		if _, open := texts[l.key]; open {
			out = append(out, spaces(indent)+l.key+": "+l.text+"\n")
		}
	}
	first := item.At.Line - 1
	e.drop(first, end)
	e.instead[first] = dashed(joined(out), indent)
}

// assumed reports that a key which only said what the reader assumes still does.
func assumed(key string, was, now *Setup) bool {
	switch key {
	case "by":
		return was.By == now.By
	case "delivery":
		return was.Delivery == now.Delivery
	case "pump":
		return was.Pump == now.Pump
	case "high alert":
		return !now.HighAlert
	}
	return false
}

// comments are the lines that are blank or only a comment.
func (e *editor) comments(first, end int) []string {
	var out []string
	for _, l := range e.lines[first:max(first, end)] {
		if t := strings.TrimSpace(l); t == "" || t[0] == '#' {
			out = append(out, l)
		}
	}
	return out
}

// joined are the texts as whole lines.
func joined(texts []string) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(t)
		if t != "" && !strings.HasSuffix(t, "\n") {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// dashed makes a setup's lines the item of a list: a dash before the first key, and what stands before it.
func dashed(text string, indent int) string {
	rest := text
	for rest != "" {
		l, _, _ := strings.Cut(rest, "\n")
		if t := strings.TrimSpace(l); t != "" && t[0] != '#' {
			break
		}
		rest = rest[min(len(l)+1, len(rest)):]
	}
	before := text[:len(text)-len(rest)]
	rest = strings.TrimLeft(rest, " ")
	rest = strings.TrimPrefix(rest, "- ")
	return before + spaces(max(indent-2, 0)) + "- " + strings.TrimLeft(rest, " ")
}

// inLines are a new setup's lines.
func inLines(lines []line, indent int) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(spaces(indent) + l.key + ": " + l.text + "\n")
	}
	return dashed(b.String(), indent)
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }

package document

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
)

//go:embed style.css
var style string

// The faces are part of every page, so that it looks the same wherever it is opened; figures are set in the same ones.
var (
	//go:embed fonts/sans-regular.woff2
	regular []byte
	//go:embed fonts/sans-bold.woff2
	bold []byte
)

// faces are the style sheet's fonts.
func faces() string {
	var out strings.Builder
	for _, f := range []struct {
		weight string
		data   []byte
	}{{"100 500", regular}, {"600 900", bold}} {
		fmt.Fprintf(&out, "@font-face { font-family: \"Report Sans\"; font-weight: %s; src: url(data:font/woff2;base64,%s) format(\"woff2\"); }\n", f.weight, base64.StdEncoding.EncodeToString(f.data))
	}
	return out.String()
}

type writer struct {
	b       bytes.Buffer
	tables  int
	figures int
}

func (w *writer) printf(format string, args ...any) { fmt.Fprintf(&w.b, format, args...) }

// text escapes words for HTML; a number keeps its per cent sign.
func text(s string) string { return strings.ReplaceAll(html.EscapeString(s), " %", "\u00a0%") }

// HTML writes the document as one file with nothing outside itself.
func (d Document) HTML(out io.Writer) error {
	w := &writer{}
	lang := d.Lang
	if lang == "" {
		lang = "en"
	}
	w.printf("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", text(lang))
	w.printf("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<style>\n%s%s%s</style>\n</head>\n<body>\n<main>\n", text(d.Title), faces(), style, d.pageStyle())
	w.printf("<header>\n<h1>%s</h1>\n", text(d.Title))
	if d.Subtitle != "" {
		w.printf("<p class=\"subtitle\">%s</p>\n", text(d.Subtitle))
	}
	if d.Notice != "" {
		w.printf("<p class=\"notice\">%s</p>\n", text(d.Notice))
	}
	w.printf("</header>\n")
	for i, s := range d.Sections {
		page := ""
		if s.Page {
			page = " class=\"page\""
		}
		w.printf("<section id=\"%s\"%s>\n", text(s.ID), page)
		if s.Title != "" {
			w.printf("<h2>%s</h2>\n", text(s.Title))
		}
		for _, b := range s.Blocks {
			b.write(w)
		}
		w.printf("</section>\n")
		if i == 0 && len(d.Sections) > 2 {
			d.contents(w)
		}
	}
	if len(d.Footer) > 0 {
		w.printf("<footer>\n")
		for _, f := range d.Footer {
			w.printf("<p>%s</p>\n", text(f))
		}
		w.printf("</footer>\n")
	}
	w.printf("</main>\n</body>\n</html>\n")
	_, err := out.Write(w.b.Bytes())
	return err
}

// pageStyle has the margins of a printed page: the title and what the document is not at the head, the page's number at the foot.
// The first page has its own title and goes without a head.
func (d Document) pageStyle() string {
	quoted := func(s string) string {
		return "\"" + strings.NewReplacer("\\", "\\\\", "\"", "\\22 ", "<", "\\3c ", "\n", " ").Replace(s) + "\""
	}
	const look = "font: 7.5pt \"Report Sans\", Arial, sans-serif; color: #55606E;"
	return fmt.Sprintf(`@page {
  size: A4; margin: 19mm 18mm 17mm;
  @top-left { content: %s; %s }
  @top-right { content: %s; %s }
  @bottom-right { content: counter(page) " / " counter(pages); %s }
}
@page :first { margin-top: 13mm; @top-left { content: none } @top-right { content: none } }
`, quoted(short(d.Title, 70)), look, quoted(d.Running), look, look)
}

// short is a text of at most n letters.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

func (d Document) contents(w *writer) {
	w.printf("<nav aria-label=\"Contents\"><h2>Contents</h2><ol>\n")
	for _, s := range d.Sections[1:] {
		w.printf("<li><a href=\"#%s\">%s</a></li>\n", text(s.ID), text(s.Title))
	}
	w.printf("</ol></nav>\n")
}

func (p Para) write(w *writer)    { w.printf("<p>%s</p>\n", text(string(p))) }
func (h Head) write(w *writer)    { w.printf("<h3>%s</h3>\n", text(string(h))) }
func (v Verdict) write(w *writer) { w.printf("<p class=\"verdict\">%s</p>\n", text(string(v))) }

func (t Terms) write(w *writer) {
	w.printf("<dl>\n")
	for _, x := range t {
		w.printf("<dt>%s</dt><dd>%s</dd>\n", text(x.Name), text(x.Text))
	}
	w.printf("</dl>\n")
}

func (n Numbers) write(w *writer) {
	w.printf("<div class=\"numbers\">\n")
	for _, x := range n {
		colour := ""
		if x.Colour != "" {
			colour = fmt.Sprintf(" style=\"border-color:%s\"", text(x.Colour))
		}
		w.printf("<div class=\"number\"%s><strong>%s</strong> <span class=\"range\">%s</span> <span class=\"label\">%s</span></div>\n", colour, text(x.Value), text(x.Range), text(x.Label))
	}
	w.printf("</div>\n")
}

func (l List) write(w *writer) {
	w.printf("<ul>\n")
	for _, x := range l {
		w.printf("<li>%s</li>\n", text(x))
	}
	w.printf("</ul>\n")
}

func (t Table) write(w *writer) {
	w.tables++
	set := func(column int) string {
		if column > 0 && (t.Lead < 0 || column <= t.Lead) {
			return " class=\"word\""
		}
		return ""
	}
	class := "table"
	if t.Tight {
		class += " tight"
	}
	if t.Lead < 0 {
		class += " words"
	}
	if len(t.Rows) > 14 { // may break over pages
		class += " long"
	}
	w.printf("<figure class=\"%s\">\n<table>\n<caption>Table %d. %s</caption>\n<thead><tr>", class, w.tables, text(t.Caption))
	for i, h := range t.Head {
		w.printf("<th scope=\"col\"%s>%s</th>", set(i), text(h))
	}
	w.printf("</tr></thead>\n<tbody>\n")
	for _, r := range t.Rows {
		w.printf("<tr>")
		for i, c := range r {
			if i == 0 {
				short := ""
				if len(c) < 4 {
					short = " class=\"short\""
				}
				w.printf("<th scope=\"row\"%s>%s</th>", short, text(c))
			} else {
				w.printf("<td%s>%s</td>", set(i), text(c))
			}
		}
		w.printf("</tr>\n")
	}
	w.printf("</tbody>\n</table>\n")
	for _, n := range t.Notes {
		w.printf("<p class=\"note\">%s</p>\n", text(n))
	}
	w.printf("</figure>\n")
}

var viewBox = regexp.MustCompile(`viewBox="[0-9.-]+ [0-9.-]+ ([0-9.]+) ([0-9.]+)"`)

func (f Figure) write(w *writer) {
	w.figures++
	svg := string(f.SVG)
	if i := strings.Index(svg, "<svg"); i >= 0 {
		svg = svg[i:] // without the XML declaration
	}
	label := fmt.Sprintf("<svg role=\"img\" aria-label=\"%s\"", text(f.Alt))
	svg = strings.Replace(svg, "<svg", label, 1)
	tall := ""
	if m := viewBox.FindStringSubmatch(svg); m != nil {
		if wide, err := strconv.ParseFloat(m[1], 64); err == nil {
			if high, err := strconv.ParseFloat(m[2], 64); err == nil && high > 1.2*wide { // a page of its own when printed
				tall = " class=\"tall\""
			}
		}
	}
	w.printf("<figure id=\"figure-%s\"%s>\n%s\n<figcaption>Figure %d. %s</figcaption>\n</figure>\n", text(f.Name), tall, svg, w.figures, text(f.Caption))
}

package document_test

import (
	"bytes"
	"strings"
	"testing"

	"pumplab/analysis/document"
)

func sample() document.Document {
	return document.Document{
		Title: "Keys & interruptions", Subtitle: "24 people", Notice: "Not a safety certification",
		Sections: []document.Section{
			{ID: "verdict", Blocks: []document.Block{
				document.Verdict("chevron-form had fewer errors than keypad-wizard."),
				document.Numbers{{Value: "4.2 %", Range: "2.8 to 6.1 %", Label: "undetected, chevron-form", Colour: "#0072B2"}},
				document.Figure{Name: "rates", SVG: []byte("<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 1 1\"></svg>"), Alt: "Error rate by design <b>", Caption: "Fewer errors."},
			}},
			{ID: "tables", Title: "Tables", Blocks: []document.Block{
				document.Para("a < b"),
				document.Table{Caption: "Errors", Head: []string{"design", "errors"}, Rows: [][]string{{"chevron-form", "3"}}, Notes: []string{"per task"}},
				document.List{"one", "two"},
			}},
			{ID: "methods", Title: "Methods", Page: true, Blocks: []document.Block{document.Head("Words"), document.Table{Caption: "Hashes", Head: []string{"file", "hash"}, Rows: [][]string{{"a.yaml", "ff"}}, Lead: -1, Tight: true}}},
		},
		Footer: []string{"study sha256 abc"},
	}
}

func TestDocumentIsOneFileThatReadsAloud(t *testing.T) {
	var b bytes.Buffer
	if err := sample().HTML(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{
		"<html lang=\"en\">", "Keys &amp; interruptions", "a &lt; b", "role=\"img\" aria-label=\"Error rate by design &lt;b&gt;\"",
		"<caption>Table 1. Errors</caption>", "<th scope=\"row\">chevron-form</th>", "Figure 1. Fewer errors.", "<section id=\"methods\" class=\"page\">", "<h3>Words</h3>", "class=\"table tight words\"", "@top-left { content: \"Keys & interruptions\"", "counter(page)", "4.2\u00a0%", "href=\"#methods\"",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	for _, outside := range []string{"http://", "https://", "<script", "url(h", "url(/", "url(f", "@import"} {
		if strings.Contains(page, outside) {
			t.Errorf("page reaches outside itself: %q", outside)
		}
	}
	for _, tag := range []string{"section", "figure", "table", "p", "div", "nav", "ul", "ol", "li"} {
		if open, shut := strings.Count(page, "<"+tag+">")+strings.Count(page, "<"+tag+" "), strings.Count(page, "</"+tag+">"); open != shut {
			t.Errorf("<%s> opened %d times, closed %d times", tag, open, shut)
		}
	}
}

func TestAFigureThatIsTallHasAPageOfItsOwnWhenPrinted(t *testing.T) {
	for size, tall := range map[string]bool{"100 90": false, "100 119": false, "100 300": true} {
		d := document.Document{Title: "t", Sections: []document.Section{{ID: "a", Blocks: []document.Block{document.Figure{Name: "f", SVG: []byte("<svg viewBox=\"0 0 " + size + "\"></svg>")}}}}}
		var b bytes.Buffer
		if err := d.HTML(&b); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(b.String(), "<figure id=\"figure-f\" class=\"tall\">"); got != tall {
			t.Errorf("%s: tall is %v", size, got)
		}
	}
}

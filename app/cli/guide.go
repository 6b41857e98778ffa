package cli

import (
	"fmt"
	"io"
	"io/fs"
	"strings"

	"pumplab/pumpmodel/written"
)

// GuideCmd prints one of the guides that ship with the program.
type GuideCmd struct {
	Name string `arg:"" optional:"" words:"guides" help:"Guide: designs, libraries, sessions or studies; without one they are listed."`
}

// Help is shown by --help.
func (*GuideCmd) Help() string {
	return "Examples:\n  pumplab guide studies\n  pumplab guide designs > designs.md"
}

// guides are the names of the guides, sorted.
func guides(x *Context) []string {
	if x.Assets.Texts == nil {
		return nil
	}
	files, _ := fs.Glob(x.Assets.Texts(), "*.md")
	var out []string
	for _, f := range files {
		if name := strings.TrimSuffix(f, ".md"); name != "README" {
			out = append(out, name)
		}
	}
	return out
}

// Run prints the guide as it is written, in Markdown.
func (c *GuideCmd) Run(x *Context) error {
	type guide struct {
		Guide string `json:"guide"`
		Title string `json:"title"`
		Text  string `json:"text,omitempty"`
	}
	var all []guide
	for _, name := range guides(x) {
		text, err := fs.ReadFile(x.Assets.Texts(), name+".md")
		if err != nil {
			return err
		}
		first, _, _ := strings.Cut(string(text), "\n")
		g := guide{Guide: name, Title: strings.TrimPrefix(first, "# ")}
		if name == c.Name {
			g.Text = string(text)
			return x.Print(g, func(w io.Writer) { fmt.Fprint(w, g.Text) })
		}
		all = append(all, g)
	}
	if c.Name != "" {
		return fmt.Errorf("open guide %s: there is none%s", c.Name, written.Instead(c.Name, guides(x)))
	}
	return x.Print(all, func(w io.Writer) {
		for _, g := range all {
			fmt.Fprintf(w, "%-10s  %s\n", g.Guide, g.Title)
		}
	})
}

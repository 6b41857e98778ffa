package cli

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/designtest"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/explore"
)

// DesignCmd is everything about pump interfaces.
type DesignCmd struct {
	List   designListCmd   `cmd:"" help:"The built-in designs."`
	Check  designCheckCmd  `cmd:"" help:"Check a design: its file, the laws, its usability."`
	Press  designPressCmd  `cmd:"" help:"Press keys and print the display after each."`
	Graph  GraphCmd        `cmd:"" help:"What the keys of a number field can reach, and how fast."`
	Render designRenderCmd `cmd:"" help:"Draw an instrument as PNG or SVG, without a window."`
	Sheet  designSheetCmd  `cmd:"" help:"Draw all built-in designs on one picture."`
	Try    designTryCmd    `cmd:"" help:"Open a design in the window and follow its file while it is edited."`
	Copy   designCopyCmd   `cmd:"" help:"Copy a design into a new folder, under a name of its own, to change it."`
	Schema designSchemaCmd `cmd:"" help:"Print the JSON Schema of design.yaml."`
}

type designTryCmd struct {
	Name    string `arg:"" words:"designs" help:"Design (built in, or its folder)."`
	Library string `help:"Drug library (built in, or its file); one that fits the pump if none is given." placeholder:"FILE"`
}

// Help is shown by --help.
func (*designTryCmd) Help() string {
	return "Example:\n  pumplab design try ./my-design"
}

// Run opens the window on the design.
func (c *designTryCmd) Run(open Window) error {
	return open(Opening{Design: c.Name, Library: c.Library})
}

type designSchemaCmd struct{}

// Help is shown by --help.
func (designSchemaCmd) Help() string { return "Example:\n  pumplab design schema > design.schema.json" }

// Run prints the schema.
func (designSchemaCmd) Run(x *Context) error {
	_, err := x.Out.Write(design.Schema())
	return err
}

type designListCmd struct{}

type designRow struct {
	Name    string   `json:"name"`
	Version int      `json:"version"`
	Title   string   `json:"title"`
	Pump    string   `json:"pump"`
	Entry   string   `json:"entry"`
	Keys    int      `json:"controls"`
	Flaws   []string `json:"flaws"`
	Hash    string   `json:"hash"`
}

// Help is shown by --help.
func (designListCmd) Help() string { return "Example:\n  pumplab design list --json" }

// Run lists the built-in designs.
func (designListCmd) Run(x *Context) error {
	names, err := design.List(x.Assets.Designs(), ".")
	if err != nil {
		return err
	}
	rows := []designRow{}
	for _, name := range names {
		d, err := design.Load(x.Assets.Designs(), name)
		if err != nil {
			return err
		}
		flaws := d.Flaws
		if flaws == nil {
			flaws = []string{}
		}
		rows = append(rows, designRow{d.Name, d.Version, d.Title, d.Pump.Name, d.Entry["all"].Method, len(d.Face.Keys), flaws, d.Hash})
	}
	return x.Print(rows, func(w io.Writer) {
		for _, r := range rows {
			mark := ""
			if len(r.Flaws) > 0 {
				mark = "  [flawed by intent: " + strings.Join(r.Flaws, ", ") + "]"
			}
			fmt.Fprintf(w, "%-22s v%d  %s%s\n", r.Name, r.Version, r.Title, mark)
		}
	})
}

type designCheckCmd struct {
	Name    string `arg:"" words:"designs" help:"Design (built in, or its folder)."`
	Library string `help:"Drug library to run it on (built in, or its file); one that fits the pump if none is given." placeholder:"FILE"`
	Walks   int    `default:"60" help:"Random walks of the laws."`
	Seed    uint64 `default:"1" help:"Seed of the walks."`
	Prove   bool   `help:"Also walk every reachable state over values below, at, between and above each limit, and what comes from outside (about a minute)."`
	States  int    `default:"1000000" help:"With --prove: states one walk may have. A walk that needs more proves nothing, and is told."`
}

// Help is shown by --help.
func (*designCheckCmd) Help() string {
	return "Examples:\n  pumplab design check keypad-wizard\n  pumplab design check ./my-design --walks 500"
}

type designCheck struct {
	Design     string   `json:"design"`
	Library    string   `json:"library"`    // it was tried on
	Problems   []string `json:"problems"`   // of the file
	Violations []string `json:"violations"` // of the laws
	Findings   []string `json:"findings"`   // of the usability lint, as text
	Accepted   []string `json:"accepted"`   // findings that the design keeps, with its reasons

	Usability []design.Finding `json:"usability"` // the same by rule
	Started   int              `json:"started"`   // infusions started or changed in the walks
	Proofs    []string         `json:"proofs"`    // one line a walk, then one that adds them up, with --prove
	Proved    *proved          `json:"proved,omitempty"`
	Explained []string         `json:"-"`               // what the walks are, for a reader
	Idle      bool             `json:"nothing_started"` // no walk started an infusion: nothing was tested
	OK        bool             `json:"ok"`
}

// Run checks the file, then the laws on random walks, then usability. Status 1 if anything is wrong.
func (c *designCheckCmd) Run(x *Context) error {
	out := designCheck{Design: c.Name, Problems: []string{}, Violations: []string{}, Findings: []string{}, Accepted: []string{}, Usability: []design.Finding{}, Proofs: []string{}}
	d, err := loadDesign(x, c.Name)
	var problems design.Problems
	switch {
	case errors.As(err, &problems):
		for _, p := range problems {
			out.Problems = append(out.Problems, p.String())
		}
	case err != nil:
		return err
	default:
		if err := c.laws(x, d, &out); err != nil {
			return err
		}
		if err := c.prove(x, d, &out); err != nil {
			return err
		}
		out.Usability = d.Accept(append(d.Lint(), out.Usability...))
		for _, f := range out.Usability {
			text := f.String()
			if f.Line > 0 {
				text = fmt.Sprintf("%s:%d:%d: %s", filepath.Join(c.Name, design.File), f.Line, f.Col, text)
			}
			if f.Accepted == "" {
				out.Findings = append(out.Findings, text)
			} else {
				out.Accepted = append(out.Accepted, text)
			}
		}
	}
	out.Idle = err == nil && c.Walks > 0 && out.Started == 0
	out.OK = len(out.Problems)+len(out.Violations) == 0 && !out.Idle
	if err := x.Print(out, func(w io.Writer) { printCheck(w, out) }); err != nil || out.OK {
		return err
	}
	return Failed("")
}

func (c *designCheckCmd) laws(x *Context, d *design.Design, out *designCheck) error {
	lib, err := libraryFor(x, c.Library, c.Name, d)
	if err != nil {
		return err
	}
	out.Library = lib.Name
	m, err := engine.New(d, lib)
	if err != nil {
		return err
	}
	for _, v := range designtest.Check(m, designtest.Options{
		Seed: c.Seed, Walks: c.Walks, Limits: func(p pumpmodel.Programme) []pumpmodel.Output {
			out.Started++
			return engine.Passed(lib, d.Pump, p)
		},
	}) {
		out.Violations = append(out.Violations, v.String())
	}
	out.Usability = seen(explore.Look(m, rand.New(rand.NewPCG(c.Seed, 1)), c.Walks, 150))
	return nil
}

// seen are the findings of walks that compare what is shown with what the controls do.
func seen(s explore.Seen) []design.Finding {
	out := []design.Finding{}
	for _, m := range s.Modes {
		out = append(out, design.Finding{Rule: "hidden-mode", What: m.String()})
	}
	for _, u := range s.Unitless {
		out = append(out, design.Finding{Rule: "no-unit", What: u})
	}
	for _, h := range s.Habits {
		out = append(out, design.Finding{Rule: "alert-same-key", What: h})
	}
	return out
}

func printCheck(w io.Writer, c designCheck) {
	broken := slices.DeleteFunc(slices.Clone(c.Violations), func(line string) bool { return slices.Contains(c.Proofs, line) })
	for _, group := range [][]string{c.Problems, c.Explained, c.Proofs, broken, c.Findings, c.Accepted} {
		for _, line := range group {
			fmt.Fprintln(w, line)
		}
	}
	switch {
	case len(c.Problems) > 0:
		fmt.Fprintf(w, "%s: %s in its file\n", c.Design, count(len(c.Problems), "problem"))
	case c.Idle:
		fmt.Fprintf(w, "%s: no walk started an infusion: the laws were not tested. Press its keys up to the start (pumplab design press), or take more walks (--walks 500)\n", c.Design)
	default:
		accepted := ""
		if n := len(c.Accepted); n > 0 {
			accepted = fmt.Sprintf(", %d accepted with a reason", n)
		}
		fmt.Fprintf(w, "%s: %d laws broken in walks that started or changed %d infusions on library %s; %s of usability%s\n",
			c.Design, len(c.Violations), c.Started, c.Library, count(len(c.Findings), "finding"), accepted)
	}
}

package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/explore"
	"pumplab/pumpmodel/quantity"
)

// GraphCmd explores what the keys of a design's number field can reach, and how fast.
type GraphCmd struct {
	Name  string   `arg:"" words:"graph" help:"Design (built in, or its folder) or entry method."`
	Field string   `default:"rate" help:"Field of the design: weight, dose, rate, vtbi, time."`
	To    []string `help:"Value whose fewest presses are wanted (repeatable)."`
	Holds bool     `help:"Holding a key for as long as it takes is one press too."`
}

// Help is shown by --help.
func (*GraphCmd) Help() string {
	return "Examples:\n  pumplab design graph chevron --to 2.5 --to 15.4\n  pumplab design graph chevron-form --field rate --holds"
}

// graphTargets are the values whose presses are told unasked, where the method can reach them.
var graphTargets = []string{"0.5", "1", "2.5", "10", "12.5", "15.4", "50", "99.9", "125", "250", "999"}

type graphResult struct {
	Design    string          `json:"design"`
	Method    string          `json:"method"`
	Field     string          `json:"field,omitempty"`
	Holds     bool            `json:"holds,omitempty"`
	Reachable int             `json:"reachable"`     // distinct values
	Diameter  int             `json:"diameter"`      // fewest presses to the farthest value
	Mean      float64         `json:"mean_shortest"` // fewest presses, mean over all reachable values from the start
	Targets   map[string]*int `json:"targets"`       // null: cannot be reached
	Whole     bool            `json:"complete"`      // nothing was cut off

	Slips map[string]slipShares `json:"slips"` // by target: what single slips on the shortest way come to
}

// slipShares are shares of all single slips on the way to a number: a key left out, doubled, changed for one beside it, or exchanged
// with the next. Right, wrong and blocked add up to one; out by ten (or more) is a part of wrong.
type slipShares struct {
	Slips    int     `json:"slips"`
	Right    float64 `json:"right"`
	Wrong    float64 `json:"wrong"`
	OutByTen float64 `json:"out_by_ten"`
	Blocked  float64 `json:"blocked"`
}

// slipsMost is the longest way whose slips are followed: thousands of detents would take minutes and say nothing new.
const slipsMost = 400

// slips are the shares for every target that can be reached.
func slips(m entry.Method, from entry.State, targets map[string]*int, layout string) map[string]slipShares {
	out := map[string]slipShares{}
	var beside func(string) []string
	if entry.Types(m) {
		beside = func(key string) []string { return entry.Neighbours(cmp.Or(layout, "telephone"), key) }
	}
	for text, n := range targets {
		v := quantity.MustParse(text)
		path, ok := explore.Path(m, from, v)
		if n == nil || !ok || len(path) == 0 || len(path) > slipsMost {
			continue
		}
		s := explore.SlipsOn(m, from, v, path, beside)
		share := func(k int) float64 { return float64(k) / float64(s.All) }
		out[text] = slipShares{s.All, share(s.Right), share(s.Wrong), share(s.OutByTen), share(s.Blocked)}
	}
	return out
}

// Run explores from 0 (from an empty field where digits are typed) and prints.
func (c *GraphCmd) Run(x *Context) error {
	m, field, layout, err := c.method(x)
	if err != nil {
		return err
	}
	asked := map[string]quantity.Decimal{}
	for _, text := range c.To {
		v, err := number("--to", text)
		if err != nil {
			return err
		}
		asked[v.String()] = v
	}
	from := nowhere(m)
	g := explore.Values(m, from, c.Holds)
	out := graphResult{
		Design: c.Name, Method: m.Name(), Field: field, Holds: c.Holds, Reachable: g.Reachable(), Diameter: g.Diameter,
		Mean: float64(g.Total) / float64(g.Reachable()), Targets: map[string]*int{}, Whole: g.Whole,
	}
	for _, text := range graphTargets {
		if n, ok := g.Presses[quantity.MustParse(text)]; ok {
			out.Targets[text] = &n
		}
	}
	for text, v := range asked {
		out.Targets[text] = nil
		n, ok := g.Presses[v]
		if !ok && !g.Whole {
			n, ok = explore.Presses(m, from, v)
		}
		if ok {
			out.Targets[text] = &n
		}
	}
	if out.Slips = map[string]slipShares{}; !c.Holds {
		out.Slips = slips(m, from, out.Targets, layout)
	}
	return x.Print(out, func(w io.Writer) { printGraph(w, out) })
}

func printGraph(w io.Writer, g graphResult) {
	what := g.Method
	if g.Field != "" {
		what = fmt.Sprintf("%s of %s, by %s", g.Field, g.Design, g.Method)
	}
	unit := "presses, no holds"
	if g.Holds {
		unit = "presses, holds count one"
	}
	fmt.Fprintf(w, "%s: %d values, at most %d, on average %.1f %s\n", what, g.Reachable, g.Diameter, g.Mean, unit)
	if !g.Whole {
		fmt.Fprintln(w, "too many numbers to visit them all: the counts above are lower bounds")
	}
	names := slices.SortedFunc(maps.Keys(g.Targets), func(a, b string) int {
		return cmp.Compare(quantity.MustParse(a), quantity.MustParse(b))
	})
	for _, name := range names {
		presses := "cannot be reached"
		if n := g.Targets[name]; n != nil {
			presses = fmt.Sprint(*n)
		}
		fmt.Fprintf(w, "%8s  %s", name, presses)
		if s, ok := g.Slips[name]; ok {
			fmt.Fprintf(w, "; of %d single slips %.0f %% end wrong (%.0f %% out by ten), %.0f %% are blocked", s.Slips, 100*s.Wrong, 100*s.OutByTen, 100*s.Blocked)
		}
		fmt.Fprintln(w)
	}
}

// method is the entry method meant: a bare one, or that of a design's field.
func (c *GraphCmd) method(x *Context) (m entry.Method, field, layout string, err error) {
	if slices.Contains(entry.Names(), c.Name) {
		m, err = entry.New(c.Name, entry.Params{})
		return m, "", "", err
	}
	d, err := loadDesign(x, c.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", "", fmt.Errorf("%w; nor an entry method: these are %s", err, strings.Join(entry.Names(), ", "))
	}
	if err != nil {
		return nil, "", "", err
	}
	rule, ok := d.Entry[c.Field]
	if !ok {
		rule = d.Entry["all"]
	}
	m, err = fieldMethod(d, c.Field)
	return m, c.Field, rule.Params.Layout, err
}

// minutes is the range of a time, as the pump grades it: up to 99 h 59 min.
var minutes = quantity.Scale{Min: quantity.One, Bands: []quantity.Band{{To: quantity.Int(99*60 + 59), Step: quantity.One}}}

// fieldMethod is the entry method of a design's field, with the pump's range where the design says none.
func fieldMethod(d *design.Design, field string) (entry.Method, error) {
	scales := map[string]quantity.Scale{"weight": d.Pump.Weight, "dose": d.Pump.Dose, "rate": d.Pump.Rate, "vtbi": d.Pump.VTBI, "time": minutes}
	scale, ok := scales[field]
	if !ok {
		return nil, fmt.Errorf("explore field %q: unknown; there are weight, dose, rate, vtbi, time", field)
	}
	rule, ok := d.Entry[field]
	if !ok {
		rule = d.Entry["all"]
	}
	if rule.Params.Maximum == 0 {
		rule.Params.Maximum = scale.Max()
	}
	return entry.New(rule.Method, rule.Params)
}

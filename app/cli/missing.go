package cli

import (
	"fmt"
	"strconv"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
	"pumplab/analysis/mixed/formula"
)

// warnOfCodes says on the side which numbers in the columns look as if they meant missing. They are computed with all the same.
func warnOfCodes(x *Context, f *frame.Frame, columns []string) {
	said := map[string]bool{}
	for _, name := range columns {
		col, ok := f.Col(name)
		if !ok || said[name] || x.Err == nil {
			continue
		}
		said[name] = true
		for _, c := range col.MissingCodes() {
			fmt.Fprintf(x.Err, "Note: %s occurs %d time%s in column %q and was taken as a number; if it means missing, write NA.\n",
				strconv.FormatFloat(c.Value, 'f', -1, 64), c.Count, plural(c.Count), name)
		}
	}
}

// measured are the columns a model takes as numbers or levels, without those that only name people or tasks.
func measured(s mixed.Spec) []string {
	f, err := formula.Parse(s.Formula)
	if err != nil {
		return nil // fitting says what is wrong
	}
	names := []string{s.Weights, s.Offset}
	nodes := append([]*formula.Node{f.Response}, f.Vars...)
	for _, b := range f.Bars {
		nodes = append(nodes, b.Expr)
	}
	for _, n := range append(nodes, f.Offsets...) {
		if n != nil {
			names = append(names, n.Names()...)
		}
	}
	return names
}

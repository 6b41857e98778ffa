package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pumplab/analysis/frame"
)

// statTasks gathers a table of events into one row per task.
type statTasks struct {
	File  string            `arg:"" help:"CSV of events, one a row, as 'pumplab export' writes event_v1 (gz is read as it is); - reads standard input."`
	By    []string          `default:"session,participant,task" help:"Columns that say which rows belong together."`
	Time  string            `default:"at_ns" placeholder:"COLUMN" help:"Column of the time; a name that ends in _ns is nanoseconds and gives seconds too."`
	Count map[string]string `default:"presses=phase:down;ignored=answer:ignored;blocked=answer:blocked;clipped=answer:clipped" placeholder:"NAME=COLUMN:VALUE" help:"What to count: --count wrong=outcome:undetected."`
	Out   string            `placeholder:"FILE" help:"Write the table there; without it to standard output."`
}

// Help is shown by --help.
func (*statTasks) Help() string {
	return "Goes through the file once; ten million events take seconds and some tens of megabytes. The table is ready for 'pumplab fit'.\n\n" +
		"Examples:\n  pumplab stat tasks out/event_v1.csv --out tasks.csv\n  pumplab stat tasks log.csv.gz --by person,design --time ms --count errors=kind:error"
}

// tasksResult is what stat tasks --json prints.
type tasksResult struct {
	Events  int              `json:"events"`
	Groups  int              `json:"groups"`
	LeftOut int              `json:"left_out"` // events without a group
	Columns []string         `json:"columns"`
	Rows    []map[string]any `json:"rows,omitempty"` // without --out
	Out     string           `json:"out,omitempty"`
	Seconds finite           `json:"seconds"`
}

// Run gathers and writes the table.
func (c *statTasks) Run(x *Context) error {
	g, err := c.grouping()
	if err != nil {
		return err
	}
	in, name := x.In, "standard input"
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("read table: %w", err)
		}
		defer f.Close()
		in, name = f, filepath.Base(c.File)
	}
	if in == nil {
		return fmt.Errorf("read table: nothing on standard input")
	}
	began := time.Now()
	t, err := frame.Group(in, name, g)
	if err != nil {
		return err
	}
	if err := c.seconds(t.Frame); err != nil {
		return err
	}
	out := tasksResult{Events: t.Read, Groups: t.N, LeftOut: t.Except, Columns: t.Names(), Out: c.Out, Seconds: finite(time.Since(began).Seconds())}
	if c.Out != "" {
		return c.save(x, t.Frame, out)
	}
	for i := range t.N {
		row := map[string]any{}
		for _, col := range t.Cols {
			row[col.Name] = any(col.String(i))
			if col.Kind == frame.Number {
				row[col.Name] = finite(col.Num[i])
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return x.Print(out, func(w io.Writer) { writeTable(w, t.Frame) })
}

func (c *statTasks) grouping() (frame.Grouping, error) {
	g := frame.Grouping{By: c.By, Measures: []frame.Measure{{Name: "events", How: frame.Rows}}, Workers: workers}
	for _, name := range slices.Sorted(maps.Keys(c.Count)) {
		column, value, ok := strings.Cut(c.Count[name], ":")
		if !ok {
			return g, fmt.Errorf("read --count %s=%s: write NAME=COLUMN:VALUE, as in presses=phase:down", name, c.Count[name])
		}
		g.Measures = append(g.Measures, frame.Measure{Name: name, How: frame.Equal, Column: column, Value: value})
	}
	end := ""
	if strings.HasSuffix(c.Time, "_ns") {
		end = "_ns"
	}
	for _, m := range []frame.Measure{{Name: "started" + end, How: frame.Least}, {Name: "ended" + end, How: frame.Most}} {
		m.Column = c.Time
		g.Measures = append(g.Measures, m)
	}
	return g, nil
}

// seconds adds the time from the first to the last event of each task where times are nanoseconds.
func (c *statTasks) seconds(t *frame.Frame) error {
	from, ok := t.Col("started_ns")
	to, too := t.Col("ended_ns")
	if !ok || !too || !strings.HasSuffix(c.Time, "_ns") {
		return nil
	}
	s := make([]float64, t.N)
	for i := range s {
		s[i] = (to.Num[i] - from.Num[i]) / 1e9
	}
	if _, taken := t.Col("seconds"); taken {
		return fmt.Errorf("gather tasks: a column is named seconds already; name the count differently")
	}
	t.Cols = append(t.Cols, frame.NewNumber("seconds", s))
	return nil
}

func (c *statTasks) save(x *Context, t *frame.Frame, out tasksResult) error {
	f, err := os.Create(c.Out)
	if err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	if err := writeTable(f, t); err != nil {
		f.Close()
		return fmt.Errorf("write table: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %d rows from %d events in %.1f s", c.Out, out.Groups, out.Events, float64(out.Seconds))
		if out.LeftOut > 0 {
			fmt.Fprintf(w, "; %d outside any task left out", out.LeftOut)
		}
		fmt.Fprintln(w)
	})
}

// writeTable writes a table as CSV; numbers in the form that reads back the same, whole ones without an exponent.
func writeTable(w io.Writer, t *frame.Frame) error {
	c := csv.NewWriter(w)
	if err := c.Write(t.Names()); err != nil {
		return err
	}
	rec := make([]string, len(t.Cols))
	for i := range t.N {
		for j, col := range t.Cols {
			rec[j] = col.String(i)
			if col.Kind == frame.Number && col.Num[i] == float64(int64(col.Num[i])) {
				rec[j] = fmt.Sprint(int64(col.Num[i]))
			}
		}
		if err := c.Write(rec); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

package export

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
)

// rowGroup is how many rows are kept in memory until they are written together.
const rowGroup = 1 << 16

// parquet writes a file a table, typed: integers of 64 bits, truth values, UTF-8 texts, moments in microseconds of UTC. An absent value
// is null. What each column means is in dictionary.csv and in the file's own metadata under the column's name.
func (o *output) parquet(tables []Table) error {
	for _, t := range tables {
		err := o.put(t.Name+".parquet", func(w io.Writer) (err error) {
			o.rows[t.Name], err = o.writeParquet(w, t)
			return err
		})
		if err != nil {
			return err
		}
	}
	return o.put("dictionary.csv", func(w io.Writer) error { return writeDictionary(w, tables) })
}

// columnsInOrder is a group of columns in the order of the table; the library's own sorts them by name.
type columnsInOrder struct {
	parquet.Group
	order []string
}

// Fields are the columns.
func (c columnsInOrder) Fields() []parquet.Field {
	byName := map[string]parquet.Field{}
	for _, f := range c.Group.Fields() {
		byName[f.Name()] = f
	}
	out := make([]parquet.Field, len(c.order))
	for i, name := range c.order {
		out[i] = byName[name]
	}
	return out
}

func (o *output) writeParquet(w io.Writer, t Table) (rows int, err error) {
	schema := columnsInOrder{parquet.Group{}, t.Columns}
	kinds := make([]string, len(t.Columns))
	options := []parquet.WriterOption{
		parquet.Compression(&parquet.Snappy), parquet.CreatedBy("pumplab", o.study.Program, ""),
		parquet.KeyValueMetadata("study", o.study.Name), parquet.KeyValueMetadata("program", o.study.Program),
	}
	for i, c := range t.Columns {
		f, _ := t.describe(c)
		kinds[i] = f.Type
		schema.Group[c] = parquet.Optional(nodeOf(f.Type))
		options = append(options, parquet.KeyValueMetadata(c, f.Meaning))
	}
	out := parquet.NewWriter(w, append(options, parquet.NewSchema(t.Name, schema))...)
	row := make(parquet.Row, len(t.Columns))
	for cells, err := range t.Rows {
		if err != nil {
			return rows, err
		}
		for i, cell := range cells {
			v, err := valueOf(kinds[i], cell)
			if err != nil {
				return rows, fmt.Errorf("row %d: column %s: %w", rows+1, t.Columns[i], err)
			}
			defined := 1
			if v.IsNull() {
				defined = 0
			}
			row[i] = v.Level(0, defined, i)
		}
		if _, err := out.WriteRows([]parquet.Row{row}); err != nil {
			return rows, err
		}
		if rows++; rows%rowGroup == 0 {
			if err := out.Flush(); err != nil {
				return rows, err
			}
		}
	}
	return rows, out.Close()
}

func nodeOf(kind string) parquet.Node {
	switch kind {
	case "integer":
		return parquet.Int(64)
	case "boolean":
		return parquet.Leaf(parquet.BooleanType)
	case "number":
		return parquet.Leaf(parquet.DoubleType)
	case "datetime":
		return parquet.Timestamp(parquet.Microsecond)
	}
	return parquet.String()
}

func valueOf(kind, cell string) (parquet.Value, error) {
	if cell == "" {
		return parquet.NullValue(), nil
	}
	switch kind {
	case "integer":
		n, err := strconv.ParseInt(cell, 10, 64)
		return parquet.Int64Value(n), err
	case "boolean":
		b, err := strconv.ParseBool(cell)
		return parquet.BooleanValue(b), err
	case "number":
		x, err := strconv.ParseFloat(cell, 64)
		return parquet.DoubleValue(x), err
	case "datetime":
		at, err := time.Parse(time.RFC3339Nano, cell)
		return parquet.Int64Value(at.UnixMicro()), err
	}
	return parquet.ByteArrayValue([]byte(cell)), nil
}

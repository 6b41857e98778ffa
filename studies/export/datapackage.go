package export

import (
	"regexp"
	"strings"
)

// The Frictionless Data Package standard, version 1 (https://specs.frictionlessdata.io/data-package/).
type dataPackage struct {
	Profile      string        `json:"profile"`
	Name         string        `json:"name"`
	Title        string        `json:"title,omitempty"`
	Version      int           `json:"version,omitempty"`
	Created      string        `json:"created,omitempty"`
	Contributors []contributor `json:"contributors,omitempty"`
	Sources      []source      `json:"sources,omitempty"`
	Resources    []resource    `json:"resources"`
}

type contributor struct {
	Title string `json:"title"`
	Role  string `json:"role"`
}

type source struct {
	Title string `json:"title"`
}

type resource struct {
	Profile   string  `json:"profile"`
	Name      string  `json:"name"`
	Path      string  `json:"path"`
	Format    string  `json:"format"`
	MediaType string  `json:"mediatype"`
	Encoding  string  `json:"encoding"`
	Dialect   dialect `json:"dialect"`
	Schema    schema  `json:"schema"`
	Rows      int     `json:"rows"`
}

type dialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

type schema struct {
	Fields        []field  `json:"fields"`
	MissingValues []string `json:"missingValues"`
	PrimaryKey    []string `json:"primaryKey,omitempty"`
}

type field struct {
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Description string      `json:"description"`
	Unit        string      `json:"unit,omitempty"`
	TrueValues  []string    `json:"trueValues,omitempty"`
	FalseValues []string    `json:"falseValues,omitempty"`
	Constraints *constraint `json:"constraints,omitempty"`
}

type constraint struct {
	Enum []string `json:"enum"`
}

var notSlug = regexp.MustCompile(`[^a-z0-9._-]+`)

// datapackage writes the tables as CSV with a description of each column.
func (o *output) datapackage(tables []Table) error {
	if err := o.tables(tables, func(t Table) string { return t.Name + ".csv" }); err != nil {
		return err
	}
	s := o.study
	p := dataPackage{
		Profile: "tabular-data-package", Name: notSlug.ReplaceAllString(strings.ToLower(s.Name), "-"), Title: s.Title, Version: s.Version,
		Created: s.Created, Sources: []source{{s.Program}},
	}
	for _, a := range s.Authors {
		p.Contributors = append(p.Contributors, contributor{a, "author"})
	}
	for _, t := range tables {
		r := resource{
			Profile: "tabular-data-resource", Name: t.Name, Path: t.Name + ".csv", Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
			Dialect: dialect{",", "\n", `"`, true, true}, Rows: o.rows[t.Name], Schema: schema{MissingValues: []string{""}},
		}
		switch t.Name {
		case "event_v1":
			r.Schema.PrimaryKey = []string{"session", "seq"}
		case SessionTable:
			r.Schema.PrimaryKey = []string{"session"}
		}
		for _, c := range t.Columns {
			r.Schema.Fields = append(r.Schema.Fields, t.fieldOf(c))
		}
		p.Resources = append(p.Resources, r)
	}
	return o.json("datapackage.json", p)
}

func (t Table) fieldOf(column string) field {
	d, _ := t.describe(column)
	f := field{Name: column, Type: d.Type, Description: d.Meaning, Unit: d.Unit}
	switch {
	case d.Type == "boolean":
		f.TrueValues, f.FalseValues = []string{"1"}, []string{"0"}
	case len(d.Values) > 0:
		f.Constraints = &constraint{d.Values}
	}
	return f
}

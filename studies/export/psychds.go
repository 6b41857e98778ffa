package export

import (
	"regexp"
	"strings"
)

// The Psych-DS specification (https://psych-ds.github.io): a JSON-LD description at the root with schema.org's words, CSV under data/
// with keywords in the file names and _data before the point, and beside each CSV a description of its own columns.
type psychDescription struct {
	Context          string          `json:"@context"`
	Type             string          `json:"@type"`
	Name             string          `json:"name"`
	Description      string          `json:"description"`
	Author           []psychAuthor   `json:"author,omitempty"`
	DateCreated      string          `json:"dateCreated,omitempty"`
	Version          int             `json:"version,omitempty"`
	VariableMeasured []psychVariable `json:"variableMeasured"`
}

type psychAuthor struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type psychVariable struct {
	Type        string `json:"@type"`
	Name        string `json:"name"`
	Description string `json:"description"`
	UnitText    string `json:"unitText,omitempty"`
	ValueType   string `json:"valueType"`
	Levels      string `json:"levels,omitempty"`
}

var notAlphanumeric = regexp.MustCompile(`[^A-Za-z0-9]+`)

// psychDS writes a Psych-DS dataset.
func (o *output) psychDS(tables []Table) error {
	name := func(t Table) string {
		what := map[string]string{"event_v1": "events", "task_v1": "tasks", "alert_v1": "alerts", "alert_v2": "alertsseen", "alert_v3": "alertrecords", SessionTable: "sessions"}[t.Name]
		if what == "" {
			what = notAlphanumeric.ReplaceAllString(t.Name, "")
		}
		return "data/study-" + notAlphanumeric.ReplaceAllString(o.study.Name, "") + "_description-" + what + "_data.csv"
	}
	if err := o.tables(tables, name); err != nil {
		return err
	}
	all := o.psychDescription("", nil)
	seen := map[string]bool{}
	for _, t := range tables {
		own := o.psychDescription(" – "+t.Name, nil)
		for _, c := range t.Columns {
			own.VariableMeasured = append(own.VariableMeasured, t.psychVariable(c))
			if !seen[c] {
				all.VariableMeasured = append(all.VariableMeasured, t.psychVariable(c))
			}
			seen[c] = true
		}
		if err := o.json(strings.TrimSuffix(name(t), ".csv")+".json", own); err != nil {
			return err
		}
	}
	if err := o.json("dataset_description.json", all); err != nil {
		return err
	}
	return o.text("README.md", o.readme("Psych-DS", tables, "`data/` holds one CSV file for each table; the JSON file beside it describes its columns. A row of events is named by `session` and `seq`."))
}

func (o *output) psychDescription(of string, variables []psychVariable) psychDescription {
	d := psychDescription{
		Context: "https://schema.org/", Type: "Dataset", Name: o.study.Name + of, Version: o.study.Version, DateCreated: o.study.Created,
		Description:      "Usability study of infusion-pump interfaces: " + o.title() + " Recorded with " + o.study.Program + ".",
		VariableMeasured: variables,
	}
	for _, a := range o.study.Authors {
		d.Author = append(d.Author, psychAuthor{"Person", a})
	}
	return d
}

func (t Table) psychVariable(column string) psychVariable {
	f, _ := t.describe(column)
	return psychVariable{"PropertyValue", column, f.Meaning, f.Unit, f.Type, f.levels()}
}

// title is the study's title as a sentence.
func (o *output) title() string {
	t := strings.TrimSpace(o.study.Title)
	if t == "" {
		t = o.study.Name
	}
	if !strings.ContainsAny(t[len(t)-1:], ".?!") {
		t += "."
	}
	return t
}

// readme is the text that a dataset brings along.
func (o *output) readme(standard string, tables []Table, where string) string {
	var b strings.Builder
	b.WriteString("# " + o.study.Name + "\n\n" + o.title() + "\n\nA usability study of infusion-pump interfaces: people programme orders on simulated pumps; every key has its time. Written by " +
		o.study.Program + " as " + standard + ".\n\n" + where + "\n\nParticipants have codes, no names. Times run from the start of the session, on a clock that is never set. " +
		"Results are research, never for clinical use.\n")
	for _, t := range tables {
		b.WriteString("\n## " + t.Name + "\n\n")
		for _, c := range t.Columns {
			f, _ := t.describe(c)
			b.WriteString("- `" + c + "`: " + f.Meaning)
			if f.Unit != "" && f.Unit != "1" {
				b.WriteString(" (" + f.Unit + ")")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

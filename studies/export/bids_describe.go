package export

import (
	"maps"
	"slices"
	"strings"
)

type bidsDescription struct {
	Name        string      `json:"Name"`
	BIDSVersion string      `json:"BIDSVersion"`
	DatasetType string      `json:"DatasetType"`
	Authors     []string    `json:"Authors,omitempty"`
	GeneratedBy []bidsMaker `json:"GeneratedBy"`
}

type bidsMaker struct {
	Name        string `json:"Name"`
	Version     string `json:"Version,omitempty"`
	Description string `json:"Description,omitempty"`
}

// bidsColumn describes a column of a TSV file.
type bidsColumn struct {
	Description string            `json:"Description"`
	Units       string            `json:"Units,omitempty"`
	Levels      map[string]string `json:"Levels,omitempty"`
}

func (t Table) bidsColumn(column string) bidsColumn {
	f, _ := t.describe(column)
	c := bidsColumn{Description: f.Meaning, Levels: f.levelsOf()}
	if f.Unit != "1" {
		c.Units = f.Unit
	}
	return c
}

// bidsColumns are the columns of the events: what BIDS asks for, then all others that the tables have, times of their own in seconds.
func bidsColumns(from []*bidsSource) []string {
	out := []string{"onset", "duration", "trial_type"}
	for _, m := range from {
		for _, c := range m.Columns {
			switch c {
			case "session", "participant", "kind", m.start, m.end, m.lasts:
				continue
			}
			if c = strings.TrimSuffix(c, "_ns"); !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// bidsDescribe writes what the dataset and its columns are.
func (o *output) bidsDescribe(columns []string, from []*bidsSource) error {
	program, version, _ := strings.Cut(o.study.Program, " ")
	err := o.json("dataset_description.json", bidsDescription{
		Name: o.study.Name, BIDSVersion: bidsVersion, DatasetType: "raw", Authors: o.study.Authors,
		GeneratedBy: []bidsMaker{{program, version, "recorded and exported the sessions"}},
	})
	if err != nil {
		return err
	}
	kinds := map[string]string{}
	for k := range strings.SplitSeq("task alert pump stray next done give-up reply rate note assist hold continue skip stop resume quality anchor clock pointer shown disturb", " ") {
		kinds[k] = levels[k]
	}
	about := map[string]any{
		"StimulusPresentation": map[string]string{"SoftwareName": program, "SoftwareVersion": version},
		"onset":                bidsColumn{Description: "from the start of the session", Units: "s"},
		"duration":             bidsColumn{Description: "of a task, or from an alert to its answer; 0 for a key, n/a for an alert without an answer", Units: "s"},
		"trial_type":           bidsColumn{Description: "what the row is", Levels: kinds},
	}
	for _, c := range columns[3:] {
		about[c] = mergedColumn(c, from)
	}
	if err := o.json("task-"+bidsLabel+"_events.json", about); err != nil {
		return err
	}
	return o.text("README.md", o.readme("BIDS "+bidsVersion, nil,
		"Each `sub-…/beh/…_events.tsv` is one session: its tasks, limit alerts, keys and other events in the order they began. `trial_type` says what a row is; columns that do not apply to it are n/a. `task-"+bidsLabel+"_events.json` and `participants.json` describe the columns."))
}

// mergedColumn describes a column of the events that may come from several tables.
func mergedColumn(column string, from []*bidsSource) bidsColumn {
	var out bidsColumn
	for _, m := range from {
		name := column
		if m.at(name) < 0 {
			name += "_ns"
		}
		if m.at(name) < 0 {
			continue
		}
		c := m.bidsColumn(name)
		if c.Units == "ns" {
			c.Units = "s"
		}
		switch {
		case out.Description == "":
			out = c
		case !strings.Contains(out.Description, c.Description):
			out.Description += "; or: " + c.Description
		}
		if out.Levels != nil {
			maps.Copy(out.Levels, c.Levels)
		}
	}
	return out
}

// Package questionnaire provides the instruments a study asks with, and their scoring.
//
// An instrument is a YAML file NAME.yaml:
//
//	questionnaire: raw-tlx
//	title: Workload
//	source: Hart & Staveland 1988
//	scoring: raw-tlx                  # raw-tlx, sus, umux-lite, seq, asq, pssuq; left out: reported item by item
//	intro: Please rate the pump you have just used.
//	scale: {from: 0, to: 100, step: 5, low: Very low, high: Very high}
//	items:
//	  - {id: mental, text: How mentally demanding was the task?}
//	  - {id: performance, text: How successful were you?, low: Perfect, high: Failure}
package questionnaire

// Instrument is one questionnaire, read from assets or the study folder.
type Instrument struct {
	Name    string // raw-tlx, sus
	Title   string
	Source  string // who made it
	Scoring string // name of the scoring; empty: item by item
	Intro   string
	Items   []Item
	Hash    string // SHA-256 of the file's bytes, hexadecimal
}

// Item is one question with a scale.
type Item struct {
	ID       string // mental, physical …; sus1 …
	Text     string
	Low      string // label at the scale's low end
	High     string
	Min, Max int
	Step     int
}

// ItemNamed is the item of that id; nil if there is none.
func (in *Instrument) ItemNamed(id string) *Item {
	for i := range in.Items {
		if in.Items[i].ID == id {
			return &in.Items[i]
		}
	}
	return nil
}

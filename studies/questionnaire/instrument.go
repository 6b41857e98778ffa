// Package questionnaire provides the instruments a study asks with, and their scoring.
package questionnaire

// Instrument is one questionnaire, read from assets or the study folder.
type Instrument struct {
	Name  string // raw-tlx, sus
	Title string
	Intro string
	Items []Item
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

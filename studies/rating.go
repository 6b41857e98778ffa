package studies

// RatingRow is one answered item of a questionnaire. Items left open have no row.
type RatingRow struct {
	Session     string  `json:"session"`
	Participant string  `json:"participant"`
	Step        int     `json:"step"`
	Design      string  `json:"design"`
	Condition   string  `json:"condition"`
	Instrument  string  `json:"instrument"`
	Item        string  `json:"item"`
	Value       float64 `json:"value"`
	Score       float64 `json:"score"`  // of the whole questionnaire, the same on each of its rows
	Scored      bool    `json:"scored"` // false: items are missing, there is no score
}

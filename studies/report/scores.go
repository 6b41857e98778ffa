package report

import (
	"pumplab/studies"
	"pumplab/studies/questionnaire"
)

// ScoresOf are the questionnaires' scores: one for each questionnaire that was answered at all, with the number of items left
// open. Rows of one questionnaire carry the same score; they are told apart by session and step.
func ScoresOf(rows []studies.RatingRow, instruments map[string]*questionnaire.Instrument) []Score {
	type page struct {
		session string
		step    int
	}
	at := map[page]int{}
	var out []Score
	for _, r := range rows {
		p := page{r.Session, r.Step}
		i, seen := at[p]
		if !seen {
			i = len(out)
			at[p] = i
			s := Score{Participant: r.Participant, Design: r.Design, Instrument: r.Instrument, Value: r.Score}
			if in := instruments[r.Instrument]; in != nil {
				s.Missing = len(in.Items)
			}
			out = append(out, s)
		}
		out[i].Missing--
	}
	return out
}

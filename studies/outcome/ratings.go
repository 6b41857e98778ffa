package outcome

import (
	"math"
	"strconv"

	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/questionnaire"
)

// asked is a questionnaire as it is answered.
type asked struct {
	step  studies.Step
	index int
	given map[string]string
}

func (a *asked) rate(item, value string) {
	if a.given == nil {
		a.given = map[string]string{}
	}
	a.given[item] = value
}

// rows are the answered items, in the instrument's order, each with the score of the whole.
func (a *asked) rows(h journal.Head, instruments map[string]*questionnaire.Instrument) ([]studies.RatingRow, error) {
	in := instruments[a.step.Instrument]
	if in == nil {
		return nil, nil
	}
	scores, err := in.Scores(a.given)
	if err != nil {
		return nil, err
	}
	scored := in.Scoring != "" && len(scores) > 0 && !math.IsNaN(scores[0].Value)
	var rows []studies.RatingRow
	for _, it := range in.Items {
		v, err := strconv.ParseFloat(a.given[it.ID], 64)
		if err != nil {
			continue // left open
		}
		r := studies.RatingRow{
			Session: h.Session, Participant: h.Participant, Step: a.index, Design: a.step.Design, Condition: a.step.Condition,
			Instrument: a.step.Instrument, Item: it.ID, Value: v, Scored: scored,
		}
		if scored {
			r.Score = scores[0].Value
		}
		rows = append(rows, r)
	}
	return rows, nil
}

package main

import (
	"fmt"
	"time"

	"pumplab/app/cli"
	"pumplab/app/screens"
)

// Sessions are the cards of all sessions in the order they began, with what their measured tasks came to.
func (l *Lab) Sessions() ([]screens.SessionCard, error) {
	sessions, err := l.Store.Sessions()
	if err != nil {
		return nil, err
	}
	all, err := cli.KeptOutcomes(l.Store, l.Program)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	cards := make([]screens.SessionCard, len(sessions))
	for i, s := range sessions {
		at[s.ID] = i
		cards[i] = screens.SessionCard{
			ID: s.ID, Participant: s.Participant, Began: localTime(s.Started), State: s.Status,
			Records: s.Records, Simulated: s.Simulated, Resumed: s.Resumed,
		}
		if s.Status == "running" || s.Status == "interrupted" {
			cards[i].State = "not ended"
		} else {
			t := s.Ended.Round(time.Second)
			cards[i].Took = fmt.Sprintf("%d:%02d:%02d", t/time.Hour, t/time.Minute%60, t/time.Second%60)
		}
	}
	practice := map[string]bool{}
	for _, t := range all.Tasks {
		i, ok := at[t.Session]
		if practice[fmt.Sprint(t.Session, " ", t.Step)] = t.Practice; !ok || t.Practice {
			continue
		}
		cards[i].Tasks++
		if t.Outcome.Error() {
			cards[i].Wrong++
		}
	}
	for _, a := range all.Alerts {
		if i, ok := at[a.Session]; ok && !practice[fmt.Sprint(a.Session, " ", a.Step)] {
			cards[i].Alerts++
		}
	}
	return cards, nil
}

// localTime is a time of the journal as the computer's clock would show it; as it stands if it cannot be read.
func localTime(utc string) string {
	t, err := time.Parse(time.RFC3339Nano, utc)
	if err != nil {
		return utc
	}
	return t.Local().Format("2006-01-02 15:04")
}

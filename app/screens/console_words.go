package screens

import (
	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/session"
)

// stateWords is what the instrument is doing, in words.
func stateWords(v session.View) string {
	switch {
	case v.Ended == "complete":
		return "The session is complete"
	case v.Ended != "":
		return "The session was stopped"
	case v.Held:
		return "Paused"
	case v.Disturbance != nil && v.Disturbance.Kind == "phone":
		return "The phone rings"
	case v.Disturbance != nil && v.Disturbance.Kind == "alarm":
		return "Another pump's alarm: " + v.Disturbance.Prompt
	case v.Disturbance != nil:
		return "A colleague asks"
	case v.Pump != nil:
		return pumpWords(*v.Pump)
	}
	return "No pump on the screen"
}

func pumpWords(d pumpmodel.Display) string {
	what := d.Title
	if f, ok := d.ActiveField(); ok {
		what = f.Label + " = " + f.Text + " " + f.Unit
	}
	if d.Alert != nil {
		what = "Alert: " + d.Alert.Title
	}
	if d.Status != "" {
		what = d.Status + " · " + what
	}
	return what
}

func stepTitle(s studies.Step) string {
	switch s.Kind {
	case studies.StepTask:
		t := s.Design + " · " + s.Condition + " · " + s.Task
		if s.Practice {
			t += " (practice)"
		}
		return t
	case studies.StepAsk:
		return "questionnaire " + s.Instrument
	case studies.StepIntro:
		return "text to read"
	}
	return string(s.Kind)
}

// happened is a fact in words.
func happened(k studies.EventKind) string {
	switch k {
	case studies.Hold:
		return "paused"
	case studies.Continue:
		return "went on"
	case studies.Quality:
		return "instrument measured"
	case studies.Resume:
		return "opened again"
	case studies.GiveUp:
		return "gives up"
	case studies.Disturb:
		return "disturbed by hand"
	}
	return string(k)
}

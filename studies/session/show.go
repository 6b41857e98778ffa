package session

import (
	"strings"
)

// Show is everything the participant can perceive in this state.
func (m *Machine) Show(s State) View {
	p := &m.steps[s.Index]
	v := View{
		At: s.Now, Index: s.Index, Count: len(m.steps), Step: p.Step,
		Held: s.Held, Ended: s.Ended, Text: p.Text,
	}
	v.Title, v.Text = heading(p.Text)
	if p.For > 0 && s.Ended == "" {
		v.Remain = max(0, p.For-s.Spent)
	}
	if s.Pump != nil {
		display := p.pump.Show(s.Pump)
		v.Order, v.Pump = &p.task.Order, &display
	}
	if on := s.On; on.Kind != "" {
		v.Disturbance = &Disturbance{
			Kind: on.Kind, Prompt: on.Prompt, Priority: on.Priority, Covers: on.Covers, Ringing: on.Kind == "phone", Since: s.Spent - on.From,
		}
		if on.Warning > 0 {
			*v.Disturbance = Disturbance{Kind: on.Kind, Warning: true, Since: s.Spent - on.From}
		}
	}
	for i, a := range s.Around {
		if a.On {
			d := p.Disturbances[i]
			v.Around = append(v.Around, Around{Kind: d.Kind, Name: d.Prompt, Level: d.Level})
		}
	}
	if p.asked != nil {
		v.Instrument, v.Rated = p.asked, rated(s.Rated)
	}
	return v
}

// heading splits a step's text into its first line, the title, and the rest.
func heading(text string) (title, rest string) {
	title, rest, _ = strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimLeft(title, "# "), strings.TrimSpace(rest)
}

// rated is the questionnaire's answers as a map.
func rated(encoded string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(encoded) {
		item, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		out[item] = value
	}
	return out
}

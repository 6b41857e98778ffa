// Package markers tells other instruments what happens in a session, and when: trials, alerts, distractions and responses, as a
// stream of text with the session's own times, in the form of the Lab Streaming Layer (LSL): a file in its format, XDF, and lines
// over a local socket.
//
// LSL counts seconds on the system's monotonic clock, which on Linux is also a session's: there a marker stands beside an EEG's or an
// eye tracker's samples recorded through LSL on the same machine without any alignment. The library liblsl itself is in no registry
// of Go or Debian packages; where it is wanted, it is one more Outlet.
package markers

import (
	"strings"
	"time"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
)

// Marker is one moment of a session, in words with slashes between them, the coarsest first: "trial/begin/keypad-wizard/quiet/d1".
// Tools that select events by parts of their names (MNE, EEGLAB) take them as they are.
type Marker struct {
	At   time.Duration // since the session's start, as in its journal
	Text string
}

// Outlet takes markers in the order of their times.
type Outlet interface {
	Mark(Marker) error
	Close() error
}

// Of are the markers of one record, in the order of their times. Event is what the record says happened; its outputs say what came
// of it, and what time alone had brought about before.
func Of(plan studies.Plan, r journal.Record, e studies.Event) []Marker {
	var out []Marker
	add := func(at time.Duration, words ...string) {
		for i, w := range words {
			words[i] = strings.ReplaceAll(w, "/", "-")
		}
		out = append(out, Marker{at, strings.TrimRight(strings.Join(words, "/"), "/")})
	}
	early := 0
	for early < len(r.Outputs) && r.Outputs[early].At < r.At {
		early++
	}
	for _, o := range r.Outputs[:early] {
		outputMarker(plan, o, add)
	}
	if w := response(e, r.Outputs[early:]); w != nil {
		add(r.At, w...)
	}
	for _, o := range r.Outputs[early:] {
		outputMarker(plan, o, add)
	}
	return out
}

// response are the words of what the participant did; nil if they did nothing.
func response(e studies.Event, outs []studies.Output) []string {
	for _, o := range outs {
		if o.Kind == studies.Refused {
			return nil
		}
	}
	switch e.Kind {
	case studies.Pump:
		if e.Pump == nil || e.Pump.Control == "" {
			return nil
		}
		answer := ""
		for _, o := range outs {
			if o.Pump != nil && o.Pump.Kind == pumpmodel.KeyAnswered {
				answer = string(o.Pump.Answer)
				break
			}
		}
		return []string{"response", string(e.Pump.Kind), e.Pump.Control, answer}
	case studies.Done, studies.GiveUp, studies.Reply, studies.Next:
		return []string{"response", string(e.Kind)}
	case studies.Rate:
		return []string{"response", "rate", e.Item, e.Value}
	}
	return nil
}

// outputMarker adds the marker of a consequence, if it has one.
func outputMarker(plan studies.Plan, o studies.Output, add func(time.Duration, ...string)) {
	var step studies.Step
	if o.Step >= 0 && o.Step < len(plan.Steps) {
		step = plan.Steps[o.Step]
	}
	switch o.Kind {
	case studies.StepBegan, studies.StepEnded:
		phase := map[studies.OutputKind]string{studies.StepBegan: "begin", studies.StepEnded: "end"}[o.Kind]
		if step.Kind != studies.StepTask {
			add(o.At, string(step.Kind), phase, step.Instrument)
			return
		}
		what := "trial"
		if step.Practice {
			what = "practice"
		}
		words := []string{what, phase, step.Design, step.Condition, step.Task}
		if o.Kind == studies.StepEnded {
			words = append(words, o.Why)
		}
		add(o.At, words...)
	case studies.DisturbBegan:
		add(o.At, "distraction", "begin", o.Which)
	case studies.DisturbEnded:
		add(o.At, "distraction", "end", o.Which, o.Why)
	case studies.SessionHeld:
		add(o.At, "pause", "begin")
	case studies.SessionResumed:
		add(o.At, "pause", "end")
	case studies.SessionEnded:
		add(o.At, "session", "end", o.Why)
	case studies.FromPump:
		alertMarker(o, add)
	}
}

// alertMarker adds the marker of an alert that came or was answered.
func alertMarker(o studies.Output, add func(time.Duration, ...string)) {
	p := o.Pump
	if p == nil || p.Kind != pumpmodel.AlertRaised && p.Kind != pumpmodel.AlertAnswered {
		return
	}
	kind := ""
	if p.Limit != nil {
		kind = p.Limit.Kind
	}
	if p.Kind == pumpmodel.AlertRaised {
		add(o.At, "alert", "begin", kind, p.Field)
		return
	}
	add(o.At, "alert", "end", kind, p.Field, p.Choice)
}

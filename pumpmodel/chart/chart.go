// Package chart provides what a patient's chart holds of the infusions: a pure fold over a pump's outputs.
package chart

import (
	"math/big"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
)

// Event is one output of a pump with its time since the session's start.
type Event struct {
	At     time.Duration
	Output pumpmodel.Output
}

// Episode is one infusion of one drug, from its start to its stop.
type Episode struct {
	Drug     string        // tall-man name; empty for a basic infusion
	Start    time.Duration // since the session's start
	Stop     time.Duration // meaningful if Ended
	Ended    bool
	Complete []time.Duration // when a volume to be infused was done
	Entries  []Entry         // programmes in the order in which they came into force; at least one
	Pauses   []Pause
	Alarms   []Note
	Beyond   bool // ran beyond an overridden soft limit at some time
}

// Entry is a programme and when it came into force.
type Entry struct {
	At        time.Duration
	Programme pumpmodel.Programme
}

// Pause is a stretch without flow, by a person or by an alarm.
type Pause struct {
	From, To time.Duration // To is meaningful if Over
	Over     bool
}

// Note is an alarm of the episode.
type Note struct {
	At        time.Duration
	Condition string
	Priority  string
}

// Fold makes the chart of events in the order of their times. What concerns no infusion is passed over; a start while another
// infusion runs ends that one, as a changed drug does on a single channel.
func Fold(events []Event) []Episode {
	var all []Episode
	for _, e := range events {
		if e.Output.Kind == pumpmodel.InfusionStarted {
			all = begin(all, e)
			continue
		}
		if n := len(all); n > 0 && !all[n-1].Ended {
			all[n-1] = all[n-1].with(e)
		}
	}
	return all
}

func begin(all []Episode, e Event) []Episode {
	if e.Output.Programme == nil {
		return all
	}
	if n := len(all); n > 0 && !all[n-1].Ended {
		all[n-1] = all[n-1].end(e.At)
	}
	p := *e.Output.Programme
	return append(all, Episode{Drug: p.Drug, Start: e.At, Beyond: p.Beyond, Entries: []Entry{{e.At, p}}})
}

// with is the episode after one more output.
func (e Episode) with(ev Event) Episode {
	switch ev.Output.Kind {
	case pumpmodel.InfusionChanged:
		if p := ev.Output.Programme; p != nil {
			e.Entries = append(e.Entries, Entry{ev.At, *p})
			e.Beyond = e.Beyond || p.Beyond
		}
	case pumpmodel.InfusionPaused:
		if !e.paused() {
			e.Pauses = append(e.Pauses, Pause{From: ev.At})
		}
	case pumpmodel.InfusionResumed:
		e = e.resume(ev.At)
	case pumpmodel.VolumeComplete:
		e.Complete = append(e.Complete, ev.At)
	case pumpmodel.AlarmRaised:
		e.Alarms = append(e.Alarms, Note{ev.At, ev.Output.Text, ev.Output.Why})
	case pumpmodel.InfusionStopped, pumpmodel.NewPatient:
		e = e.end(ev.At)
	}
	return e
}

func (e Episode) paused() bool { n := len(e.Pauses); return n > 0 && !e.Pauses[n-1].Over }

func (e Episode) resume(at time.Duration) Episode {
	if e.paused() {
		last := &e.Pauses[len(e.Pauses)-1]
		last.To, last.Over = at, true
	}
	return e
}

func (e Episode) end(at time.Duration) Episode {
	e = e.resume(at)
	e.Stop, e.Ended = at, true
	return e
}

// Volume is what the chart documents as infused by the time now, mL: rate × time of every programme, pauses and what follows the
// end of the volume left out, exactly and then rounded half up to a tenth. KVO is not documented as drug given.
func (e Episode) Volume(now time.Duration) quantity.Decimal {
	sum := new(big.Rat)
	for i, entry := range e.Entries {
		until := now
		if e.Ended {
			until = min(until, e.Stop)
		}
		if i+1 < len(e.Entries) {
			until = min(until, e.Entries[i+1].At)
		}
		for _, done := range e.Complete { // the end of the volume ends what this programme gives
			if done >= entry.At {
				until = min(until, done)
			}
		}
		rate, err := quantity.Parse(entry.Programme.Rate)
		if err != nil {
			continue
		}
		flow := e.flowing(entry.At, until)
		sum.Add(sum, new(big.Rat).Mul(rate.Rat(), big.NewRat(int64(flow), int64(time.Hour))))
	}
	return quantity.Round(sum, quantity.One/10)
}

// flowing is the time between from and until that is no pause.
func (e Episode) flowing(from, until time.Duration) time.Duration {
	if until <= from {
		return 0
	}
	left := until - from
	for _, p := range e.Pauses {
		to := until
		if p.Over {
			to = min(to, p.To)
		}
		left -= max(0, to-max(from, p.From))
	}
	return left
}

// RateAt is the documented rate at a time, mL/h as the pump showed it; empty before the start, after the stop, and in a pause.
func (e Episode) RateAt(at time.Duration) string {
	if e.Ended && at >= e.Stop || e.flowing(at, at+1) == 0 {
		return ""
	}
	rate := ""
	for _, entry := range e.Entries {
		if entry.At <= at {
			rate = entry.Programme.Rate
		}
	}
	return rate
}

package delivery

import (
	"time"

	"pumplab/pumpmodel"
)

// pattern is the sound of one priority: shared/data/alarm_signals.csv (IEC 60601-1-8 through secondary sources). Gaps run from the
// end of a pulse to the start of the next.
type pattern struct {
	notes []string // the drug delivery melody
	pulse time.Duration
	gaps  []time.Duration // after each note but the last
	every time.Duration
}

const ms = time.Millisecond

// Two rules of the table: between the 3rd and 4th (8th and 9th) pulse the gap is 2x + td, and 350–1300 ms between the 5th and 6th.
var patterns = map[Priority]pattern{
	High: {
		notes: []string{"C5", "D4", "G4", "C5", "D4", "C5", "D4", "G4", "C5", "D4"}, pulse: 150 * ms,
		gaps:  []time.Duration{100 * ms, 100 * ms, 350 * ms, 100 * ms, 500 * ms, 100 * ms, 100 * ms, 350 * ms, 100 * ms},
		every: 6 * time.Second,
	},
	Medium: {
		notes: []string{"C5", "D4", "G4"}, pulse: 200 * ms,
		gaps:  []time.Duration{200 * ms, 200 * ms},
		every: 12 * time.Second,
	},
	Low: {
		notes: []string{"E4", "C4"}, pulse: 200 * ms,
		gaps:  []time.Duration{200 * ms},
		every: 20 * time.Second,
	},
}

// sign is lamp and tone of one priority.
type sign struct {
	lamp pumpmodel.Lamp
	tone pumpmodel.Tone
}

// signs are made once: they never change.
var signs = map[Priority]sign{
	High:   {pumpmodel.Lamp{Name: "alarm", Colour: "red", Flash: 2000, Duty: 40}, patterns[High].tone(High)},
	Medium: {pumpmodel.Lamp{Name: "alarm", Colour: "yellow", Flash: 600, Duty: 40}, patterns[Medium].tone(Medium)},
	Low:    {pumpmodel.Lamp{Name: "alarm", Colour: "cyan", Duty: 100}, patterns[Low].tone(Low)},
}

func (pat pattern) tone(p Priority) pumpmodel.Tone {
	tone := pumpmodel.Tone{Name: string(p), Every: pat.every}
	var at time.Duration
	for i, note := range pat.notes {
		tone.Pulses = append(tone.Pulses, pumpmodel.Pulse{At: at, For: pat.pulse, Note: note})
		if i < len(pat.gaps) {
			at += pat.pulse + pat.gaps[i]
		}
	}
	return tone
}

// Signal is how a priority looks and sounds: lamp and tone as data, the pulses shared by all who ask. Without a priority both are
// zero: dark and silent.
func Signal(p Priority) (pumpmodel.Lamp, pumpmodel.Tone) {
	x := signs[p]
	return x.lamp, x.tone
}

// Signal is what the channel's alarms look and sound like now: the lamp of the most urgent condition, and its tone unless it is
// silenced. Zero values when there is none.
func (a Alarms) Signal() (pumpmodel.Lamp, pumpmodel.Tone) {
	cause, ok := a.Active.Worst()
	if !ok {
		return pumpmodel.Lamp{}, pumpmodel.Tone{}
	}
	lamp, tone := Signal(cause.Priority())
	if !a.Audible() {
		tone = pumpmodel.Tone{}
	}
	return lamp, tone
}

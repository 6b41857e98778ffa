package capture

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"strings"
	"time"
)

// Quality is what the instrument found out about itself on this machine: the value of a session's quality event, and the result
// of `pumplab timing`. What could not be measured is nil and named in Notes.
type Quality struct {
	System    string  `json:"system"`              // operating system, processor, window system
	Processor int     `json:"processors"`          //
	Seconds   float64 `json:"seconds"`             // how long was measured
	Monotonic int64   `json:"monotonic,omitempty"` // CLOCK_MONOTONIC at the session's 0, ns; only in a session's own check

	Way        string `json:"way"` // the nearest observer at work: raw, hook, callback; none without a window
	Pump       bool   `json:"pump"`
	Realtime   bool   `json:"realtime"`              // the raw thread runs at real-time priority
	RealtimeBy string `json:"realtime_by,omitempty"` // who gave it: the system (SCHED_FIFO), rtkit (SCHED_RR)
	AtOnce     bool   `json:"at_once"`               // an input's picture does not wait for the next tick

	Devices map[int]string `json:"devices,omitempty"` // names of the keyboards and pointers, by the number that events carry

	Clock  ClockQuality `json:"clock"`
	Stalls StallQuality `json:"stalls"`

	Injected  int            `json:"injected,omitempty"`  // events sent through XTEST or SendInput
	Delivered int            `json:"delivered,omitempty"` // of these, how many arrived
	Kinds     map[string]int `json:"kinds,omitempty"`     // stamps by kind
	Stamp     *Spread        `json:"stamp_error,omitempty"`
	Interval  *Spread        `json:"interval_error,omitempty"`
	Hold      *Spread        `json:"hold_error,omitempty"`
	Picture   *Spread        `json:"key_to_picture,omitempty"` // from the stamp until the changed picture was handed to the screen
	Onset     *Spread        `json:"onset_error,omitempty"`    // from what the program takes for a picture's onset until its pixel is seen on the screen
	Poll      *Spread        `json:"poll,omitempty"`
	Frame     *Spread        `json:"frame,omitempty"` // from tick to tick of the toolkit
	LateTicks int            `json:"late_ticks"`      // ticks of the toolkit that did not come because the one before came more than half a tick late
	Dropped   int            `json:"dropped_frames"`  // refreshes of the screen that went by, beyond the first, before an injected key's picture was handed over

	Screen  *ScreenQuality `json:"screen,omitempty"`
	Sound   string         `json:"sound,omitempty"`
	Notes   []string       `json:"notes,omitempty"`
	Verdict string         `json:"verdict"`
	Bad     bool           `json:"bad"` // not good enough for keystroke times
}

// ClockQuality is what the monotonic clock does.
type ClockQuality struct {
	Resolution time.Duration `json:"resolution_ns,omitempty"` // as the system states it
	Step       time.Duration `json:"step_ns"`                 // smallest difference seen between two readings
	Backward   int           `json:"backward"`
	WallSteps  int           `json:"wall_steps"` // times the machine slept or its wall clock was set
}

// StallQuality is how punctual this process is woken: sleeps of 1 ms that ended late.
type StallQuality struct {
	Late   *Spread `json:"late"`
	Over10 int     `json:"over_10ms"`
}

// ScreenQuality is the screen the window is on.
type ScreenQuality struct {
	Width    int     `json:"width"`
	Height   int     `json:"height"`
	WidthMM  int     `json:"width_mm"`
	HeightMM int     `json:"height_mm"`
	Refresh  float64 `json:"refresh_hz"`
}

// TimingItem marks a session's facts about a check that went badly: that it was held, and the experimenter's choice, a note with one of
// the values below.
const TimingItem = "timing"

// What an experimenter may choose after a poor check.
const (
	MeasuredAgain = "measured again"
	WentOn        = "went on"
	WasStopped    = "stopped the session"
)

// FrameTime is a tick of the toolkit, and a refresh of most screens.
const FrameTime = time.Second / 60

// Dropped is how many frames were dropped when a change of the picture was shown so long after it was due: a change may take the
// present refresh of the screen, and each further one that went by without it is a dropped frame.
func Dropped(late, refresh time.Duration) int {
	return max(0, int((late+refresh-1)/refresh)-1)
}

// CheckClock measures what needs no window: the clock and the stalls, for a while.
func CheckClock(ctx context.Context, span time.Duration) Quality {
	q := Quality{
		System: runtime.GOOS + " " + runtime.GOARCH, Processor: runtime.NumCPU(), Seconds: span.Seconds(), Way: "none",
		Clock: ClockQuality{Resolution: getres(), Step: math.MaxInt64},
	}
	defer punctual()()
	last := moment()
	for range 20000 {
		now := moment()
		if d := now - last; d < 0 {
			q.Clock.Backward++
		} else if d > 0 && d < q.Clock.Step {
			q.Clock.Step = d
		}
		last = now
	}
	var late []time.Duration
	var vigil Vigil
	for end := moment() + span; moment() < end && ctx.Err() == nil; {
		before := moment()
		time.Sleep(time.Millisecond)
		late = append(late, moment()-before-time.Millisecond)
		q.Clock.WallSteps += len(vigil.See(readClocks()))
	}
	q.Stalls.Late = SpreadOf(late)
	for _, d := range late {
		if d > 10*time.Millisecond {
			q.Stalls.Over10++
		}
	}
	q.judge()
	return q
}

// Brief is the result without histograms, as a session keeps it.
func (q Quality) Brief() Quality {
	for _, s := range []**Spread{&q.Stalls.Late, &q.Stamp, &q.Interval, &q.Hold, &q.Picture, &q.Onset, &q.Poll, &q.Frame} {
		*s = (*s).brief()
	}
	return q
}

// judge writes the verdict.
func (q *Quality) judge() {
	q.Bad = q.Clock.Backward > 0 || q.Clock.Step > 100*time.Microsecond
	var says []string
	switch {
	case q.Interval != nil:
		says = append(says, fmt.Sprintf("Keystroke intervals are good to ±%.2g ms on this machine (95 of 100 of them; %d of %d injected events arrived)",
			q.Interval.P95, q.Delivered, q.Injected))
		q.Bad = q.Bad || q.Delivered < q.Injected || q.Interval.P95 > 5
	case q.Injected > 0:
		says = append(says, fmt.Sprintf("The machine was too busy to tell when keys were injected, so the error of the stamps was not measured (%d of %d arrived)", q.Delivered, q.Injected))
		q.Bad = true
	case q.Way == "none":
		says = append(says, fmt.Sprintf("The clock ticks in steps of %d ns; input was not measured, there was no window", q.Clock.Step.Nanoseconds()))
	case q.Way == Callback:
		says = append(says, "Keystroke times lie on the grid of the screen's refreshes, some 17 ms: too coarse for intervals")
		q.Bad = true
	default:
		says = append(says, "Input could not be injected here, so the error of the stamps was not measured")
	}
	switch q.Way {
	case Raw:
		says = append(says, "stamps come from raw events"+map[bool]string{true: " at real-time priority", false: ""}[q.Realtime])
	case Hook:
		says = append(says, "stamps come from a hook before the toolkit, raw events are missing")
	}
	if q.Picture != nil && q.Dropped*20 > q.Picture.N {
		says = append(says, fmt.Sprintf("%d frames were dropped in %d changes of the picture", q.Dropped, q.Picture.N))
	}
	if q.Stalls.Late != nil && q.Stalls.Late.P99 > 10 {
		says = append(says, fmt.Sprintf("the machine is busy: one wake-up in a hundred is more than %.0f ms late", q.Stalls.Late.P99))
		q.Bad = q.Bad || q.Way != Raw
	}
	q.Verdict = strings.Join(says, "; ") + "."
}

// Sentence says for a report how times were taken: from what so many people's sessions found out about themselves.
func Sentence(found []Quality, people int) string {
	if len(found) == 0 {
		return "No session kept a check of its timing: key times were taken when the program handled them, and intervals may be wrong by a refresh of the screen."
	}
	ways, worst := map[string]int{}, 0.0
	measured, bad := 0, 0
	for _, q := range found {
		ways[q.Way]++
		if q.Interval != nil {
			measured++
			worst = max(worst, q.Interval.P95)
		}
		if q.Bad {
			bad++
		}
	}
	var parts []string
	for _, w := range []struct{ way, words string }{
		{Raw, "from raw events of the display on a thread of its own"}, {Hook, "in front of the toolkit's handlers"}, {Callback, "in the toolkit's handlers"},
	} {
		if n := ways[w.way]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s in %d", w.words, n))
		}
	}
	s := fmt.Sprintf("Key times were taken %s of %d sessions", strings.Join(parts, ", "), people)
	if measured > 0 {
		s += fmt.Sprintf("; each of %d sessions first injected keys into itself, and in the worst of them 95 of 100 intervals were right to ±%.2g ms", measured, worst)
	}
	if bad > 0 {
		s += fmt.Sprintf("; in %d the check was not good enough for keystroke times", bad)
	}
	return s + "."
}

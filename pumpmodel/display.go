package pumpmodel

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// Display is everything a person can perceive of a pump in one state, as data. The window draws it, tests print it, the
// simulated participant reads it, the journal stores its Digest. Time-dependent looks (a flashing lamp) are given as data
// (Hz, duty), so a Display stays the same while nothing happens.
type Display struct {
	Screen string // the screen's name in the design file: drug, programme, running
	Kind   string // choose, enter, form, review, running, alert, message, menu, off
	Title  string
	Lit    bool // the display is on

	Channel  string    // whose screen it is: A, B, A secondary; empty on a pump with one channel
	Channels []Channel // what each channel does, where there is more than one

	Items  []Item   // rows of a list, only those visible
	More   string   // "3/7" where a list goes on
	Fields []Field  // numbers and choices, in the order of the screen
	Lines  []Line   // other text, top to bottom
	Alert  *Alert   // over the screen (banner) or instead of it (full screen)
	Marks  []string // what must not be overlooked all the time: NO LIBRARY LIMITS, BEYOND SOFT LIMIT
	Status string   // INFUSING, PAUSED, STOPPED, KVO, COMPLETE, empty while programming
	Keys   []Hint   // what each working control does on this screen

	Lamps []Lamp
	Tones []Tone
}

// Channel is one channel of a pump, or a secondary infusion, in a line.
type Channel struct {
	Name   string // A, B, A secondary, primary, secondary
	Text   string // heparin
	Rate   string // 20 mL/h; empty while it is not set
	Status string // INFUSING, HELD, PROGRAMMING; empty while nothing is programmed
	Alarm  string // priority of its most urgent alarm; empty for none
	Shown  bool   // the screen is this channel's
}

// String is the channel as traces print it: the shown one behind ">".
func (c Channel) String() string {
	mark := " "
	if c.Shown {
		mark = ">"
	}
	out := strings.TrimRight("channel "+mark+c.Name+": "+strings.TrimSpace(c.Text+" "+c.Rate), " ")
	if c.Status != "" {
		out += " " + c.Status
	}
	if c.Alarm != "" {
		out += " !" + c.Alarm
	}
	return out
}

// Item is one row of a list.
type Item struct {
	Label    string
	Detail   string
	Selected bool
}

// Field is one number or choice on the screen.
type Field struct {
	Name   string // dose, rate, vtbi, weight, concentration …
	Label  string // DOSE
	Text   string // what the display shows: "5.25", "" while empty
	Unit   string // mcg/kg/min
	Cursor int    // the symbol of Text shown inverted; -1 none. len(Text) is a caret after the last symbol
	Active bool   // the keys edit this field
	Error  string // "Too high": why the entry is blocked or refused
	Beyond string // a limit passed and overridden: the mark that stays ("▲ soft limit"); empty within limits
	Fixed  bool   // shown, cannot be edited here

	Pending bool // as it stands in the editor; the programme has another number, or none, until it is confirmed
}

// Line is a line of text and what it is for.
type Line struct {
	Role string // prompt, search, note, advisory, value, alarm, about: for whom, in which care area, what was programmed so far
	Text string
}

// Alert is a message that wants an answer.
type Alert struct {
	Style   string // full-screen, banner
	Kind    string // soft, hard, advisory, range, alarm, confirm
	Title   string
	Text    []string
	Answers []Hint // which control gives which answer
}

// Hint says what a control does now.
type Hint struct {
	Control string
	Does    string // "start", "change dose", "override"
	Action  string // machine-readable: confirm, back, override, reprogram, cancel, acknowledge, start, pause, stop, up, down, clear, digit …
}

// Lamp is a light on the face.
type Lamp struct {
	Name   string // alarm, run
	Colour string // red, yellow, cyan, green; empty is off
	Flash  Millihertz
	Duty   int // per cent of the period lit; 100 is steady
}

// Millihertz is a frequency in thousandths of a hertz; 0 does not flash.
type Millihertz int

// Tone is one sound pattern that is being made.
type Tone struct {
	Name   string // high, medium, low, key, error
	Pulses []Pulse
	Every  time.Duration // from the start of one burst to the next; 0 sounds once
}

// Pulse is one pulse of a burst.
type Pulse struct {
	At   time.Duration // from the start of the burst
	For  time.Duration
	Note string // C5
}

// FieldNamed is the field of that name; ok is false if the display shows none.
func (d Display) FieldNamed(name string) (f Field, ok bool) {
	for _, f := range d.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// ActiveField is the field the keys edit; ok is false if there is none.
func (d Display) ActiveField() (f Field, ok bool) {
	for _, f := range d.Fields {
		if f.Active {
			return f, true
		}
	}
	return Field{}, false
}

// Does is the control that performs action on this screen or alert; empty if none does.
func (d Display) Does(action string) string {
	if d.Alert != nil {
		for _, h := range d.Alert.Answers {
			if h.Action == action {
				return h.Control
			}
		}
	}
	for _, h := range d.Keys {
		if h.Action == action {
			return h.Control
		}
	}
	return ""
}

// String is the display as text, one line a thing, the form in which traces and tests print it. Two displays that a person can
// tell apart differ here.
func (d Display) String() string {
	var b strings.Builder
	b.Grow(512)
	line := func(parts ...string) { // a digest is taken after every key
		for _, p := range parts {
			b.WriteString(p)
		}
		b.WriteByte('\n')
	}
	on := ""
	if !d.Lit {
		on = " (dark)"
	}
	line("[", d.Screen, "/", d.Kind, "]", on, " ", d.Title)
	for _, c := range d.Channels {
		fmt.Fprintln(&b, c)
	}
	if d.Status != "" {
		line("status: ", d.Status)
	}
	for _, m := range d.Marks {
		line("mark: ", m)
	}
	for _, l := range d.Lines {
		line(l.Role, ": ", l.Text)
	}
	for _, i := range d.Items {
		mark := " "
		if i.Selected {
			mark = ">"
		}
		detail := ""
		if i.Detail != "" {
			detail = " · " + i.Detail
		}
		line(mark, " ", i.Label, detail)
	}
	if d.More != "" {
		line("more: ", d.More)
	}
	for _, f := range d.Fields {
		line(f.String())
	}
	if a := d.Alert; a != nil {
		line("ALERT ", a.Style, " ", a.Kind, ": ", a.Title)
		for _, t := range a.Text {
			line("  ", t)
		}
		for _, h := range a.Answers {
			line("  (", h.Control, ") ", h.Does)
		}
	}
	for _, h := range d.Keys {
		line("(", h.Control, ") ", h.Does)
	}
	for _, l := range d.Lamps {
		if l.Colour != "" {
			fmt.Fprintf(&b, "lamp %s: %s %d mHz %d %%\n", l.Name, l.Colour, l.Flash, l.Duty)
		}
	}
	for _, t := range d.Tones {
		fmt.Fprintf(&b, "tone: %s, %d pulses, every %v\n", t.Name, len(t.Pulses), t.Every)
	}
	return b.String()
}

// String is the field as traces print it: the active one behind ">", the cursor's symbol in brackets.
func (f Field) String() string {
	mark := " "
	if f.Active {
		mark = ">"
	}
	text := f.Text
	if f.Cursor >= 0 && f.Cursor < len(text) {
		text = text[:f.Cursor] + "[" + text[f.Cursor:f.Cursor+1] + "]" + text[f.Cursor+1:]
	} else if f.Cursor >= 0 {
		text += "[]"
	}
	out := mark + " " + f.Label + " = " + text + " " + f.Unit
	if f.Fixed {
		out += " (fixed)"
	}
	if f.Pending {
		out += " (not confirmed)"
	}
	if f.Beyond != "" {
		out += " " + f.Beyond
	}
	if f.Error != "" {
		out += " !" + f.Error
	}
	return out
}

// Digest is the first 16 hexadecimal digits of the SHA-256 of String: what the journal keeps of a display.
func (d Display) Digest() string {
	sum := sha256.Sum256([]byte(d.String()))
	return hex.EncodeToString(sum[:8])
}

package screens

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/studies"
)

// deed is one thing an experimenter may do: a button with its key printed on it, which acts wherever the focus is.
type deed struct {
	widget.Button
	key   fyne.KeyName
	plain string // its text at rest
	again string // its text while it waits for the second press; empty for one that acts at the first
	act   func()
	keys  func(fyne.KeyName) bool

	armed bool
	until time.Duration // session time at which it stops waiting
}

// armedFor is how long a deed waits for its second press.
const armedFor = 4 * time.Second

func (c *Console) newDeed(text, again string, key fyne.KeyName, act func()) *deed {
	d := &deed{key: key, plain: text, again: again, act: act, keys: c.key}
	d.Text = text + "  " + string(key)
	d.OnTapped = func() { c.perform(d) }
	d.ExtendBaseWidget(d)
	return d
}

// TypedKey lets the console's keys through to the console.
func (d *deed) TypedKey(e *fyne.KeyEvent) {
	if !d.keys(e.Name) {
		d.Button.TypedKey(e)
	}
}

// say changes what is printed on it.
func (d *deed) say(text string, danger bool) {
	d.Importance = widget.MediumImportance
	if danger {
		d.Importance = widget.DangerImportance
	}
	d.SetText(text + "  " + string(d.key))
}

// perform does a deed, or asks for the second press.
func (c *Console) perform(d *deed) {
	if d.Disabled() {
		return
	}
	if d.again != "" && !d.armed {
		c.disarm()
		d.armed, d.until = true, c.desk.Clock.Now()+armedFor
		d.say(d.again, true)
		return
	}
	c.disarm()
	d.act()
}

// disarm lets no deed wait any longer.
func (c *Console) disarm() {
	for _, d := range c.deeds {
		if d.armed {
			d.armed = false
			d.say(d.plain, false)
		}
	}
}

// lapse lets deeds stop waiting whose time is over.
func (c *Console) lapse(now time.Duration) {
	for _, d := range c.deeds {
		if d.armed && now >= d.until {
			c.disarm()
		}
	}
}

// noteEntry is the line for notes; the console's keys act in it too.
type noteEntry struct {
	widget.Entry
	keys func(fyne.KeyName) bool
}

func newNoteEntry(keys func(fyne.KeyName) bool) *noteEntry {
	e := &noteEntry{keys: keys}
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey lets the console's keys through to the console.
func (e *noteEntry) TypedKey(k *fyne.KeyEvent) {
	if !e.keys(k.Name) {
		e.Entry.TypedKey(k)
	}
}

// key does what a key stands for; false if it stands for nothing here.
func (c *Console) key(name fyne.KeyName) bool {
	if name == fyne.KeyF1 {
		c.help()
		return true
	}
	for _, d := range c.deeds {
		if d.key == name {
			c.perform(d)
			return true
		}
	}
	return false
}

func (c *Console) bottom() fyne.CanvasObject {
	c.entry = newNoteEntry(c.key)
	c.entry.SetPlaceHolder("A note, never with a name: F2 or Enter keeps it, F3 as help given, F8 as why the session stops")
	c.entry.OnSubmitted = func(string) { c.note(studies.Note) }
	c.pause = c.newDeed("Pause", "", fyne.KeyF4, c.togglePause)
	c.deeds = []*deed{
		c.newDeed("Note", "", fyne.KeyF2, c.writeNote),
		c.newDeed("Help given", "", fyne.KeyF3, func() { c.note(studies.Assist) }),
		c.pause,
		c.newDeed("Ring the phone", "", fyne.KeyF6, func() { c.desk.Do(studies.Event{Kind: studies.Disturb, Item: "phone"}) }),
		c.newDeed("Skip step", "Skip? Again", fyne.KeyF7, func() { c.desk.Do(studies.Event{Kind: studies.Skip}) }),
		c.newDeed("Stop session", "Stop? Again", fyne.KeyF8, func() { c.desk.Do(studies.Event{Kind: studies.Stop, Value: c.taken()}) }),
	}
	row := container.NewGridWithColumns(len(c.deeds))
	for _, d := range c.deeds {
		row.Add(d)
	}
	return container.NewBorder(parts.Rule(), nil, nil, nil, parts.Inset(parts.Column(look.Grid, c.entry, row), 2*look.Grid))
}

// writeNote keeps the note that is written, or lets one be written.
func (c *Console) writeNote() {
	if c.entry.Text != "" {
		c.note(studies.Note)
		return
	}
	if c.canvas != nil {
		c.canvas.Focus(c.entry)
	}
}

// taken is the text of the note line, which is empty afterwards.
func (c *Console) taken() string {
	text := c.entry.Text
	c.entry.SetText("")
	return text
}

func (c *Console) note(kind studies.EventKind) {
	if text := c.taken(); text != "" || kind != studies.Note {
		c.desk.Do(studies.Event{Kind: kind, Value: text})
	}
}

func (c *Console) togglePause() {
	kind := studies.Hold
	if c.desk.Look().Held {
		kind = studies.Continue
	}
	c.desk.Do(studies.Event{Kind: kind})
}

// over leaves only the notes once the session has ended.
func (c *Console) over() {
	c.disarm()
	for _, d := range c.deeds[2:] {
		d.Disable()
	}
}

// Spot is the middle of the deed of a key in the window, for tests and for pointing at it.
func (c *Console) Spot(key fyne.KeyName) (fyne.Position, bool) {
	for _, d := range c.deeds {
		if d.key == key {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d)
			return at.AddXY(d.Size().Width/2, d.Size().Height/2), true
		}
	}
	return fyne.Position{}, false
}

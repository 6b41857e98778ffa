// Package design provides what a pump interface's file says: design.yaml, read, checked and explained to editors.
//
// The vocabulary is closed: screens (choose, enter, form, menu, review, running), entry methods, alert styles, actions. A new kind
// of behaviour is one Go function and its name in the table; there is no expression language. The format is described in doc.go.
package design

import (
	"image"
	"time"

	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

// Design is one pump interface as its file describes it. It is immutable after Load.
type Design struct {
	Name      string
	Version   int
	Title     string
	Pump      quantity.Pump
	Face      Face
	Keys      map[string]string    // action (confirm, back, up …) to the control that does it outside number entry
	Rows      []string             // controls beside or on the visible rows of a list, top to bottom
	Entry     map[string]EntryRule // by field name; "all" is the default
	Channels  []string             // of a device with more than one: A, B
	Secondary bool                 // a channel can give a secondary infusion while its primary is held
	Screens   []Screen             // in the order of the file; the first is where programming begins
	Alerts    AlertRules
	Show      ShowRules
	Sounds    SoundRules
	Idle      IdleRules
	Flaws     []string          // known flaws switched on by intent
	Accepts   map[string]string // findings of design check that stay, by rule, each with its reason
	Hash      string            // SHA-256 of the folder's files, hexadecimal
}

// MM is a length in hundredths of a millimetre.
type MM int

// Box is a rectangle on the face.
type Box struct{ X, Y, W, H MM }

// Overlaps reports that the two boxes share more than an edge.
func (b Box) Overlaps(o Box) bool {
	return b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H
}

// Face is how the instrument looks and what can be operated on it. Lengths are true millimetres.
type Face struct {
	Width, Height MM
	Picture       string // file in the design's folder: the vendor's front panel; controls are hot zones over it
	Image         []byte // the picture's bytes, PNG or JPEG
	ImageSize     image.Point
	PictureAt     written.Place // where the file names the picture
	Housing       string        // colour of the body, #RRGGBB
	Displays      []Panel
	Lamps         []LampPlace
	Keys          []Key
}

// Panel is a display of the face.
type Panel struct {
	Name string
	Box  Box
	Kind string // lcd (dark on grey-green), oled (white on black), paper (dark on white), touch (dark on white, keys on it)

	Letters string // printed, dots (a dot matrix), segments (numbers in seven segments, words printed); empty is printed

	Content   Box    // where the screen's own content is, if keys on the display take the rest
	Back, Ink string // colours of its own, #RRGGBB; empty for those of its kind
}

// LampPlace is a lamp of the face.
type LampPlace struct {
	Name    string
	X, Y    MM
	Size    MM
	Colours []string
}

// Key is one control of the face.
type Key struct {
	Name   string // what is printed on it: 7, ., enter, UP
	Label  string // printed instead of the name, if given
	X, Y   MM     // of its top left corner
	W, H   MM
	Shape  string // rect, round, chevron-up, double-chevron-up, chevron-down, double-chevron-down, arrow-left …
	Kind   string // key, dial, touch (on a display, drawn while it does something)
	Role   string // digit, confirm, stop, start, cancel, neutral: for its colour
	Bound  string // key of an ordinary keyboard
	Types  string // the key of the entry methods it stands for: 7, up, clear; its name if the file gives none
	Repeat Repeat

	CW, CCW       string   // keyboard keys that turn a dial by one detent
	On            []string // screens a touch key is on; all if empty
	Colour, Print string   // of the cap and of what is printed, #RRGGBB; empty for those of its role
}

// Box is where the key is on the face.
func (k Key) Box() Box { return Box{k.X, k.Y, k.W, k.H} }

// Repeat is how a held control repeats; the zero value does not.
type Repeat struct{ After, Every time.Duration }

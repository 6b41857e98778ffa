// Package document provides a report as data (sections, paragraphs, tables, figures) and writes it as one self-contained HTML
// file that prints cleanly and reads well aloud.
package document

import "image"

// Document is a report: a first page that stands alone, then sections.
type Document struct {
	Title    string
	Subtitle string
	Lang     string // en
	Notice   string // one line under the title that cannot be overlooked
	Running  string // at the head of every printed page but the first, beside the title
	Sections []Section
	Footer   []string
}

// Section is a heading and what stands under it.
type Section struct {
	ID     string // anchor
	Title  string
	Page   bool // begins a page of its own when printed
	Blocks []Block
}

// Block is one piece of a section: Para, Head, Verdict, Terms, Numbers, List, Table, Figure.
type Block interface{ write(*writer) }

// Para is a paragraph of plain text.
type Para string

// Head is a heading within a section.
type Head string

// Verdict is the one sentence the reader came for.
type Verdict string

// Term is a question a reader has, and its answer.
type Term struct{ Name, Text string }

// Terms are a few questions with their answers, one under the other.
type Terms []Term

// Number is a figure to remember: a value with its interval and what it is.
type Number struct {
	Value  string // 4.2 %
	Range  string // 2.8 to 6.1 %
	Label  string // tasks with an undetected error, chevron-form
	Colour string // #RRGGBB of the design; empty for ink
}

// Numbers are a few figures to remember, side by side.
type Numbers []Number

// List is a list of sentences.
type List []string

// Table is a table with a caption. Columns after the first are numbers and are set right.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
	Notes   []string
	Tight   bool // smaller type, for tables with many columns
	Lead    int  // how many columns after the first are words too and are set left; -1 all
}

// Figure is a picture with its text for those who do not see it.
type Figure struct {
	Name    string // file name without ending
	SVG     []byte // <svg …>…</svg>
	Alt     string
	Caption string // says the finding in one sentence

	Picture func(dpi int) image.Image // the same for a screen, that many pixels to an inch; nil if there is none
}

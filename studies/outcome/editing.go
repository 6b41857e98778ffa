package outcome

import (
	"cmp"
	"strings"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/quantity"
)

// editing follows the keys of one field after another and counts corrections: a number cleared, symbols taken back, or a value
// that turns round (up after down) without having been confirmed in between.
type editing struct {
	corrections int
	field       string
	typed       bool // digits were pressed in this field
	direction   int  // of the last change of a stepped value; 0 at its start
}

func (e *editing) key(o pumpmodel.Output) {
	if o.Field != e.field {
		*e = editing{corrections: e.corrections, field: o.Field}
	}
	if o.Field == "" {
		return
	}
	if len(o.Control) == 1 && strings.Contains("0123456789.", o.Control) {
		e.typed = true
		return
	}
	if o.Before == o.After {
		return
	}
	turn := compare(o.After, o.Before)
	switch {
	case e.typed: // not a digit, yet the number changed: symbols were taken back
		e.corrections++
	case isEmpty(o.After) && e.direction >= 0 && !isEmpty(o.Before): // cleared
		e.corrections++
		turn = 0
	case e.direction != 0 && turn != e.direction:
		e.corrections++
	}
	e.direction = turn
}

func isEmpty(s string) bool { return s == "" || s == "0" }

// compare is the order of two decimal texts; an empty one is 0.
func compare(a, b string) int {
	x, _ := quantity.Parse("0" + a)
	y, _ := quantity.Parse("0" + b)
	return cmp.Compare(x, y)
}

package screens

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pumplab/app/face"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/pumpmodel/design"
	"pumplab/studies/session"
)

// screenCopy is a small copy of the participant's screen: the order over the pump, or the text that is read.
type screenCopy struct {
	designs map[string]*design.Design
	root    *fyne.Container
	pump    *face.Pump // nil while the step has none
	step    int        // that is drawn; -1 none
	ended   string
}

func newScreenCopy(designs map[string]*design.Design) *screenCopy {
	return &screenCopy{designs: designs, root: container.NewStack(), step: -1}
}

// show brings the copy up to a view.
func (c *screenCopy) show(v session.View) {
	if v.Index == c.step && v.Ended == c.ended {
		if c.pump != nil && v.Pump != nil {
			c.pump.Set(*v.Pump)
		}
		return
	}
	c.step, c.ended, c.pump = v.Index, v.Ended, nil
	c.root.Objects = nil
	switch {
	case v.Pump != nil && c.designs[v.Step.Design] != nil:
		c.pump = face.NewPump(c.designs[v.Step.Design], 96/25.4, noClock{}, func(face.Input) {})
		c.pump.Set(*v.Pump)
		lines := parts.Column(2)
		for _, l := range v.Order.Card() {
			lines.Add(container.NewHBox(parts.Wide(look.Line(l.Label, look.Quiet, look.Small, false), 96), look.Line(l.Text, look.Ink, look.Small, l.Large)))
		}
		c.root.Add(container.NewBorder(parts.Card(lines), nil, nil, nil, c.pump))
	default:
		title := v.Title
		if v.Instrument != nil {
			title = v.Instrument.Title
		}
		c.root.Add(container.NewVScroll(parts.Card(parts.Column(4, look.Line(title, look.Ink, look.Strong, true), parts.Prose(v.Text, look.Quiet, look.Text)))))
	}
	c.root.Refresh()
}

// tick sets the phase of flashing lamps.
func (c *screenCopy) tick(at time.Duration) {
	if c.pump != nil {
		c.pump.Tick(at)
	}
}

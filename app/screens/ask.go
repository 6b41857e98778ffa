package screens

import (
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"pumplab/app/capture"
	"pumplab/app/parts"
	"pumplab/studies"
	"pumplab/studies/questionnaire"
	"pumplab/studies/session"
)

// ask is the stage of a questionnaire: one row an item, answered with the mouse or the keyboard alone. Up and Down choose the
// item; Left and Right move the answer, or a digit gives it on short scales; Enter goes on.
type ask struct {
	desk   *Desk
	in     *questionnaire.Instrument
	scales []*parts.Scale
	row    int
	next   *parts.Plate
	note   *canvas.Text
	warned bool
	root   fyne.CanvasObject
}

func newAsk(desk *Desk, v session.View) *ask {
	a := &ask{desk: desk, in: v.Instrument}
	page := parts.Column(0)
	page.Add(line(a.in.Title, cardInk, 24, true))
	page.Add(parts.Gap(6))
	for _, l := range parts.Broken(a.in.Intro, 15, 820) {
		page.Add(line(l, cardQuiet, 15, false))
	}
	page.Add(parts.Gap(14))
	for i, it := range a.in.Items {
		s := parts.NewScale(it.Text, it.Low, it.High, it.Min, it.Max, it.Step, desk.Clock, func(value int, stamp capture.Stamp) {
			a.choose(i)
			a.rate(i, value, "button1", stamp)
		})
		a.scales = append(a.scales, s)
		page.Add(s)
	}
	a.next = desk.plate("Continue", "Enter", plateMain, plateInk, a.goOn)
	a.note = line("", cardQuiet, 14, false)
	page.Add(parts.Gap(14))
	page.Add(container.NewBorder(nil, nil, nil, parts.Sized(a.next, fyne.NewSize(220, 50)), container.NewBorder(nil, nil, container.NewCenter(a.note), nil)))
	a.root = container.NewCenter(parts.Wide(sheetOf(page, 32), 920))
	a.choose(0)
	return a
}

func (a *ask) object() fyne.CanvasObject { return a.root }

func (a *ask) update(v session.View) {
	for i, it := range a.in.Items {
		n, err := strconv.Atoi(v.Rated[it.ID])
		a.scales[i].Set(n, err == nil)
	}
	if !a.warned {
		a.say(fmt.Sprintf("%d of %d answered", a.answered(), len(a.scales)))
	}
}

func (a *ask) answered() int {
	n := 0
	for _, s := range a.scales {
		if _, ok := s.Value(); ok {
			n++
		}
	}
	return n
}

func (a *ask) say(text string) {
	if a.note.Text != text {
		a.note.Text = text
		a.note.Refresh()
	}
}

func (a *ask) choose(i int) {
	a.row = min(max(i, 0), len(a.scales)-1)
	for j, s := range a.scales {
		s.Choose(j == a.row)
	}
}

func (a *ask) rate(i, value int, code string, s capture.Stamp) {
	a.warned = false
	a.desk.Tell(s, studies.Event{Kind: studies.Rate, Item: a.in.Items[i].ID, Value: strconv.Itoa(value), Code: code})
}

func (a *ask) keyDown(name fyne.KeyName, s capture.Stamp) bool {
	it := a.in.Items[a.row]
	step := max(1, it.Step)
	now, given := a.scales[a.row].Value()
	move := func(by int) {
		if !given {
			now = (it.Min + it.Max) / 2 / step * step
			by = 0
		}
		a.rate(a.row, min(it.Max, max(it.Min, now+by)), string(name), s)
	}
	switch name {
	case fyne.KeyUp:
		a.choose(a.row - 1)
	case fyne.KeyDown, fyne.KeyTab:
		a.choose(a.row + 1)
	case fyne.KeyLeft:
		move(-step)
		return true
	case fyne.KeyRight:
		move(step)
		return true
	case fyne.KeyPageUp:
		move(5 * step)
		return true
	case fyne.KeyPageDown:
		move(-5 * step)
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		a.goOn(s)
		return true
	default:
		n, err := strconv.Atoi(string(name))
		if err != nil || it.Max > 9 || n < it.Min || n > it.Max {
			return false
		}
		a.rate(a.row, n, string(name), s)
		a.choose(a.row + 1)
		return true
	}
	a.desk.Tell(s, studies.Event{Kind: studies.Stray, Code: string(name), Item: "choose"})
	return true
}

// goOn leaves the page; with answers missing it says so first and leaves at the second press.
func (a *ask) goOn(s capture.Stamp) {
	if left := len(a.scales) - a.answered(); left > 0 && !a.warned {
		a.warned = true
		a.say(fmt.Sprintf("%d not answered yet. Press Continue again to leave them open.", left))
		for i, sc := range a.scales {
			if _, ok := sc.Value(); !ok {
				a.choose(i)
				break
			}
		}
		a.desk.Tell(s, studies.Event{Kind: studies.Stray, Code: "Return", Item: "incomplete"})
		return
	}
	a.desk.Tell(s, studies.Event{Kind: studies.Next, Code: "Return"})
}

func (a *ask) keyUp(fyne.KeyName, capture.Stamp) {}
func (a *ask) rune(rune)                         {}
func (a *ask) tick(time.Duration)                {}
func (a *ask) leave(capture.Stamp)               {}

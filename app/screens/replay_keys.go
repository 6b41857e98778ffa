package screens

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"pumplab/studies"
)

// leap goes to the next event or the one before.
func (r *Replay) leap(by int) {
	r.pause()
	if n := r.chosen + by; n >= 0 && n < len(r.lines) {
		r.Seek(r.lines[n].at)
	}
}

// leapTask goes to the beginning of the next task or the one before.
func (r *Replay) leapTask(by int) {
	steps := r.film.Plan().Steps
	for i := r.film.Look(r.at).Index + by; i >= 0 && i < len(steps); i += by {
		if steps[i].Kind == studies.StepTask {
			r.Step(i)
			return
		}
	}
}

func (r *Replay) toggle() {
	if r.playing {
		r.pause()
		return
	}
	if r.at >= r.film.Length() {
		r.Seek(0)
	}
	r.playing, r.turned = true, r.clock.Now()
	r.play.SetText("Pause  Space")
	r.play.SetIcon(theme.MediaPauseIcon())
}

func (r *Replay) pause() {
	if r.playing {
		r.playing = false
		r.play.SetText("Play  Space")
		r.play.SetIcon(theme.MediaPlayIcon())
	}
}

// Tick lets a replay that plays go on.
func (r *Replay) Tick() {
	if !r.playing {
		return
	}
	now := r.clock.Now()
	r.Seek(r.at + time.Duration(float64(now-r.turned)*r.factor))
	r.turned = now
	if r.at >= r.film.Length() {
		r.pause()
	}
}

// Key is a key of the keyboard.
func (r *Replay) Key(name fyne.KeyName) {
	switch name {
	case fyne.KeySpace:
		r.toggle()
	case fyne.KeyLeft:
		r.leap(-1)
	case fyne.KeyRight:
		r.leap(1)
	case fyne.KeyPageUp:
		r.leapTask(-1)
	case fyne.KeyPageDown:
		r.leapTask(1)
	case fyne.KeyHome:
		r.pause()
		r.Seek(0)
	case fyne.KeyEnd:
		r.pause()
		r.Seek(r.film.Length())
	case fyne.KeyEscape:
		r.back()
	}
}

func (r *Replay) free() {
	if r.Free != nil {
		r.Free()
	}
}

// tap makes an object tappable.
type tap struct {
	widget.BaseWidget
	object fyne.CanvasObject
	tapped func()
}

func newTap(o fyne.CanvasObject, tapped func()) *tap {
	t := &tap{object: o, tapped: tapped}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped is a click on the object.
func (t *tap) Tapped(*fyne.PointEvent) { t.tapped() }

// CreateRenderer shows the object.
func (t *tap) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.object) }

// track is the line a slider runs on: the toolkit draws its own in the colour of the paper.
type track struct{}

func (track) Layout(o []fyne.CanvasObject, size fyne.Size) {
	room := theme.IconInlineSize()/2 + theme.InnerPadding()/2
	o[0].Move(fyne.NewPos(room, size.Height/2-2))
	o[0].Resize(fyne.NewSize(size.Width-2*room, 4))
}

// MinSize is nothing: the slider over it gives the size.
func (track) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

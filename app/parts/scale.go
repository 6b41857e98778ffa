package parts

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/capture"
)

// Scale is one question with its scale: a line with ticks for many steps, boxes with numbers for few. It shows no answer before
// one was given, so that it suggests none.
type Scale struct {
	widget.BaseWidget
	text, low, high string
	from, to, step  int
	clock           Clock
	chosen          func(value int, s capture.Stamp)

	value  int
	given  bool
	active bool
	look   *scaleLook
}

var _ desktop.Mouseable = (*Scale)(nil)

// NewScale is a question on a scale from..to in steps; chosen hears of clicks on a value.
func NewScale(text, low, high string, from, to, step int, clock Clock, chosen func(int, capture.Stamp)) *Scale {
	s := &Scale{text: text, low: low, high: high, from: from, to: to, step: max(1, step), clock: clock, chosen: chosen}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows an answer, or that there is none.
func (s *Scale) Set(value int, given bool) {
	if s.value != value || s.given != given {
		s.value, s.given = value, given
		s.Refresh()
	}
}

// Value is the answer shown; false if there is none.
func (s *Scale) Value() (int, bool) { return s.value, s.given }

// Choose marks the row the keyboard answers.
func (s *Scale) Choose(on bool) {
	if s.active != on {
		s.active = on
		s.Refresh()
	}
}

func (s *Scale) points() int { return (s.to-s.from)/s.step + 1 }
func (s *Scale) boxes() bool { return s.points() <= 9 }

// MouseDown takes the value under the pointer.
func (s *Scale) MouseDown(e *desktop.MouseEvent) {
	stamp := s.clock.Stamp()
	if s.look == nil {
		return
	}
	x0, w := s.look.span(s.Size())
	n := s.points() - 1
	var i int
	if s.boxes() {
		i = int((e.Position.X - x0) / (w / float32(n+1)))
	} else {
		i = int((e.Position.X-x0)/w*float32(n) + 0.5)
	}
	if e.Position.X < x0-12 || e.Position.X > x0+w+12 {
		return
	}
	s.chosen(s.from+s.step*min(n, max(0, i)), stamp)
}

// MouseUp does nothing.
func (s *Scale) MouseUp(*desktop.MouseEvent) {}

// CreateRenderer builds the picture.
func (s *Scale) CreateRenderer() fyne.WidgetRenderer {
	s.look = newScaleLook(s)
	return s.look
}

// scaleLook draws a Scale.
type scaleLook struct {
	s         *Scale
	row       *canvas.Rectangle
	question  []*canvas.Text
	low, high *canvas.Text
	axis      *canvas.Line
	ticks     []*canvas.Line
	boxes     []*canvas.Rectangle
	numbers   []*canvas.Text
	thumb     *canvas.Rectangle
	all       []fyne.CanvasObject
}

var (
	scaleInk    = color.NRGBA{27, 36, 48, 255}
	scaleQuiet  = color.NRGBA{85, 98, 114, 255}
	scaleLine   = color.NRGBA{190, 199, 209, 255}
	scaleAccent = color.NRGBA{11, 95, 165, 255}
	scaleWash   = color.NRGBA{234, 242, 250, 255}
	scaleWhite  = color.NRGBA{255, 255, 255, 255}
)

func newScaleLook(s *Scale) *scaleLook {
	l := &scaleLook{s: s, row: canvas.NewRectangle(color.Transparent)}
	l.row.CornerRadius = 6
	l.all = append(l.all, l.row)
	text := func(t string, c color.Color, size float32) *canvas.Text {
		x := canvas.NewText(t, c)
		x.TextSize = size
		l.all = append(l.all, x)
		return x
	}
	for _, part := range Broken(s.text, 15, l.questionWidth()) {
		l.question = append(l.question, text(part, scaleInk, 15))
	}
	l.low, l.high = text(s.low, scaleQuiet, 12), text(s.high, scaleQuiet, 12)
	l.low.Alignment, l.high.Alignment = fyne.TextAlignLeading, fyne.TextAlignTrailing
	if s.boxes() {
		for i := range s.points() {
			b := canvas.NewRectangle(scaleWhite)
			b.CornerRadius, b.StrokeWidth, b.StrokeColor = 6, 1, scaleLine
			l.boxes = append(l.boxes, b)
			l.all = append(l.all, b)
			n := text(strconv.Itoa(s.from+i*s.step), scaleInk, 15)
			n.Alignment = fyne.TextAlignCenter
			l.numbers = append(l.numbers, n)
		}
		return l
	}
	l.axis = canvas.NewLine(scaleQuiet)
	l.axis.StrokeWidth = 2
	l.all = append(l.all, l.axis)
	for range s.points() {
		t := canvas.NewLine(scaleQuiet)
		t.StrokeWidth = 1
		l.ticks = append(l.ticks, t)
		l.all = append(l.all, t)
	}
	l.thumb = canvas.NewRectangle(scaleAccent)
	l.thumb.CornerRadius = 5
	l.all = append(l.all, l.thumb)
	return l
}

func (l *scaleLook) questionWidth() float32 {
	if l.s.boxes() {
		return 500
	}
	return 380
}

// span is where the scale begins and how long it is.
func (l *scaleLook) span(size fyne.Size) (x, w float32) {
	x = l.questionWidth() + 36
	return x, size.Width - x - 20
}

// Layout places question at the left, the scale at the right.
func (l *scaleLook) Layout(size fyne.Size) {
	l.row.Resize(size)
	h := float32(21)
	y := (size.Height - h*float32(len(l.question))) / 2
	for i, q := range l.question {
		q.Move(fyne.NewPos(12, y+float32(i)*h))
		q.Resize(fyne.NewSize(l.questionWidth(), h))
	}
	x, w := l.span(size)
	if l.s.boxes() {
		l.layBoxes(x, w, size)
		return
	}
	mid := size.Height/2 - 7
	l.axis.Position1, l.axis.Position2 = fyne.NewPos(x, mid), fyne.NewPos(x+w, mid)
	for i, t := range l.ticks {
		at := x + w*float32(i)/float32(len(l.ticks)-1)
		long := float32(5)
		if i%5 == 0 || i == len(l.ticks)-1 {
			long = 9
		}
		t.Position1, t.Position2 = fyne.NewPos(at, mid-long), fyne.NewPos(at, mid+long)
	}
	l.low.Move(fyne.NewPos(x, mid+12))
	l.high.Move(fyne.NewPos(x, mid+12))
	l.high.Resize(fyne.NewSize(w, 16))
	l.place(size)
}

func (l *scaleLook) layBoxes(x, w float32, size fyne.Size) {
	cell := w / float32(len(l.boxes))
	for i, b := range l.boxes {
		b.Move(fyne.NewPos(x+cell*float32(i)+3, 8))
		b.Resize(fyne.NewSize(cell-6, 32))
		l.numbers[i].Move(fyne.NewPos(x+cell*float32(i), 13))
		l.numbers[i].Resize(fyne.NewSize(cell, 22))
	}
	l.low.Move(fyne.NewPos(x+3, 42))
	l.high.Move(fyne.NewPos(x, 42))
	l.high.Resize(fyne.NewSize(w-3, 16))
}

func (l *scaleLook) place(size fyne.Size) {
	x, w := l.span(size)
	share := float32(l.s.value-l.s.from) / float32(l.s.to-l.s.from)
	l.thumb.Resize(fyne.NewSize(12, 30))
	l.thumb.Move(fyne.NewPos(x+w*share-6, size.Height/2-7-15))
}

// MinSize is one row.
func (l *scaleLook) MinSize() fyne.Size {
	h := max(64, 21*float32(len(l.question))+20)
	return fyne.NewSize(820, h)
}

// Refresh shows the answer and whether the keyboard is here.
func (l *scaleLook) Refresh() {
	l.row.FillColor = color.Transparent
	if l.s.active {
		l.row.FillColor = scaleWash
	}
	l.row.Refresh()
	for i, b := range l.boxes {
		on := l.s.given && l.s.from+i*l.s.step == l.s.value
		b.FillColor, b.StrokeColor, l.numbers[i].Color, l.numbers[i].TextStyle.Bold = scaleWhite, scaleLine, scaleInk, on
		if on {
			b.FillColor, b.StrokeColor, l.numbers[i].Color = scaleAccent, scaleAccent, scaleWhite
		}
		b.Refresh()
		l.numbers[i].Refresh()
	}
	if l.thumb == nil {
		return
	}
	l.thumb.Hidden = !l.s.given
	l.place(l.s.Size())
	l.thumb.Refresh()
}

// Objects are all parts.
func (l *scaleLook) Objects() []fyne.CanvasObject { return l.all }

// Destroy has nothing to free.
func (l *scaleLook) Destroy() {}

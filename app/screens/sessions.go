package screens

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/look"
	"pumplab/app/parts"
)

// SessionCard is one session as the list of sessions shows it.
type SessionCard struct {
	ID, Participant string
	Began           string // day and time where the computer is
	State           string // complete, stopped, not ended
	Took            string // 0:31:05; empty while it has not ended
	Tasks, Wrong    int    // measured tasks, practice left out; those that ended wrong
	Alerts          int
	Records         int
	Simulated       bool
	Resumed         bool
}

// SessionsParts is what the list of sessions needs.
type SessionsParts struct {
	Study   string
	Cards   []SessionCard
	Replay  func(id string)
	Verify  func() // replays every session and compares
	Export  func() // writes the tables
	Backup  func() // copies the database
	Results func()
	Back    func()
}

// Sessions lists who has taken part.
type Sessions struct {
	parts  SessionsParts
	root   *fyne.Container
	about  *fyne.Container
	list   *widget.List
	chosen int
}

// NewSessions lists the sessions of a study, the first of the cards chosen.
func NewSessions(p SessionsParts) *Sessions {
	s := &Sessions{parts: p, about: container.NewStack(), chosen: min(0, len(p.Cards)-1)}
	replay := primary("Replay this session", func() { p.Replay(p.Cards[s.chosen].ID) })
	if len(p.Cards) == 0 {
		replay.Disable()
	}
	s.root = container.NewStack(parts.Frame(s.where(), s.thing(), s.about, replay))
	if s.chosen >= 0 {
		s.list.Select(s.chosen)
	}
	s.tell()
	return s
}

// Object is what goes into the window.
func (s *Sessions) Object() fyne.CanvasObject { return s.root }

func (s *Sessions) where() fyne.CanvasObject {
	p := s.parts
	button := func(text string, icon fyne.Resource, act func()) *widget.Button {
		return leading(widget.NewButtonWithIcon(text, icon, act))
	}
	col := parts.Column(look.Grid, parts.Prose(p.Study, look.Ink, look.Text), parts.Gap(look.Grid), heading("All sessions"),
		button("Results", theme.DocumentIcon(), p.Results),
		button("Verify", theme.ConfirmIcon(), p.Verify),
		button("Write tables", theme.DownloadIcon(), p.Export),
		button("Back up", theme.ContentCopyIcon(), p.Backup))
	if len(p.Cards) == 0 {
		for _, o := range col.Objects[3:] {
			if b, ok := o.(*widget.Button); ok {
				b.Disable()
			}
		}
	}
	col.Add(parts.Gap(look.Grid))
	col.Add(leading(widget.NewButton("Back to the studies", p.Back)))
	return place("Sessions", col)
}

// columns of the list: widths in Fyne units, the first takes what is left.
var sessionColumns = []float32{0, 150, 100, 80, 90, 70}

func (s *Sessions) thing() fyne.CanvasObject {
	title := parts.Column(0, look.Line("Sessions", look.Ink, look.Title, true), parts.Gap(2*look.Grid))
	if len(s.parts.Cards) == 0 {
		return container.NewBorder(title, nil, nil, nil, container.NewVScroll(parts.Card(parts.Column(look.Grid,
			look.Line("Nobody has taken part yet", look.Ink, look.Strong, true),
			parts.Prose("Run a participant from the list of studies. Each session appears here with what it came to, and can be replayed key by key.", look.Ink, look.Text)))))
	}
	head := newSessionRow()
	head.set([]string{"Participant", "Began", "State", "Time", "Wrong", "Alerts"}, look.Quiet, true)
	s.list = widget.NewList(func() int { return len(s.parts.Cards) }, func() fyne.CanvasObject { return newSessionRow().root }, func(i widget.ListItemID, o fyne.CanvasObject) {
		c := s.parts.Cards[i]
		wrong := "–"
		if c.Tasks > 0 {
			wrong = fmt.Sprintf("%d / %d", c.Wrong, c.Tasks)
		}
		rowOf(o).set([]string{c.Participant, c.Began, c.State, c.Took, wrong, fmt.Sprint(c.Alerts)}, look.Ink, false)
	})
	s.list.OnSelected = func(i widget.ListItemID) {
		s.chosen = i
		s.tell()
	}
	return container.NewBorder(parts.Column(0, title, head.root, parts.Gap(4), parts.Rule()), nil, nil, nil, s.list)
}

// sessionRow is a row of the list: texts in columns, all but the first at the right.
type sessionRow struct {
	texts []*canvas.Text
	root  *fyne.Container
}

func newSessionRow() sessionRow {
	r := sessionRow{root: container.New(sessionLayout{})}
	for i := range sessionColumns {
		t := look.Number("", look.Ink, look.Text)
		if i == 0 {
			t = look.Line("", look.Ink, look.Text, true)
		}
		r.texts = append(r.texts, t)
		r.root.Add(t)
	}
	return r
}

// rowOf is the row a list hands back.
func rowOf(o fyne.CanvasObject) sessionRow {
	r := sessionRow{root: o.(*fyne.Container)}
	for _, t := range r.root.Objects {
		r.texts = append(r.texts, t.(*canvas.Text))
	}
	return r
}

func (r sessionRow) set(texts []string, role look.Role, head bool) {
	for i, t := range r.texts {
		t.Text, t.Color = texts[i], look.Of(role)
		if head {
			t.TextSize = look.Small
		}
		t.Refresh()
	}
}

type sessionLayout struct{}

func (sessionLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	first := size.Width - 2*look.Grid // room for the list's scroll bar
	for _, w := range sessionColumns {
		first -= w
	}
	x := float32(0)
	for i, c := range o {
		w := sessionColumns[i]
		if i == 0 {
			w = first
		}
		h := c.MinSize().Height
		c.Move(fyne.NewPos(x, (size.Height-h)/2))
		c.Resize(fyne.NewSize(w, h))
		x += w
	}
}

func (sessionLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := float32(120)
	for _, c := range sessionColumns {
		w += c
	}
	return fyne.NewSize(w, o[0].MinSize().Height+look.Grid)
}

// tell shows what there is to say about the chosen session.
func (s *Sessions) tell() {
	col := parts.Column(0, heading("This session"))
	if s.chosen < 0 {
		col.Add(look.Line("None", look.Quiet, look.Text, false))
		s.about.Objects = []fyne.CanvasObject{col}
		s.about.Refresh()
		return
	}
	c := s.parts.Cards[s.chosen]
	col.Add(parts.Prose(c.ID, look.Ink, look.Strong))
	col.Add(parts.Gap(look.Grid))
	fact := func(label, value string) {
		col.Add(container.NewBorder(nil, nil, look.Line(label, look.Quiet, look.Text, false), nil, look.Number(value, look.Ink, look.Text)))
		col.Add(parts.Gap(look.Grid))
	}
	fact("Began", c.Began)
	fact("State", c.State)
	fact("Measured tasks", fmt.Sprint(c.Tasks))
	fact("Ended wrong", fmt.Sprint(c.Wrong))
	fact("Alerts", fmt.Sprint(c.Alerts))
	fact("Records", fmt.Sprint(c.Records))
	if c.Simulated {
		col.Add(parts.Prose("A simulated participant.", look.Quiet, look.Text))
	}
	if c.Resumed {
		col.Add(parts.Prose("The program had ended in its middle; it was opened again and went on.", look.Caution, look.Text))
	}
	if c.State == "not ended" {
		col.Add(parts.Prose("It goes on where it was when the same participant code is run again.", look.Caution, look.Text))
	}
	s.about.Objects = []fyne.CanvasObject{container.NewVScroll(col)}
	s.about.Refresh()
}

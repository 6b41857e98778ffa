package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/look"
	"pumplab/app/parts"
)

// helpLines are what one must know, a key or a name before each.
var helpLines = [][2]string{
	{"Study", "A folder you own: study.yaml, designs, libraries, texts. Change it with any editor; “study check” finds mistakes."},
	{"Guides", "“pumplab guide studies” prints how a study file is written; also designs, libraries, sessions."},
	{"Run", "Choose a study, “Run a participant”. The participant's screen fills this display; the console is for you."},
	{"Pump", "Keys by mouse, touch or keyboard: digits, point, arrows, Enter, Backspace, Escape, Page Up and Down."},
	{"F12, F11", "The participant says done; the participant gives the order up."},
	{"F10", "The participant answers the phone, or silences another pump's alarm. Enter sends the answer to a colleague's question."},
	{"F2, F3", "Console: keep a note; keep it as help given (the report counts it). Notes are data and are exported: never a name."},
	{"F4, F6", "Console: pause and go on; ring the phone."},
	{"F7, F8", "Console: skip the step; stop the session. Both ask for a second press."},
	{"Ctrl+Shift+C", "On the participant's screen: opens a closed console again. Closing it ends nothing."},
	{"Data", "study.db in the study's folder holds every key with its time. A session that broke off goes on under its code. Back up under Sessions; “pumplab restore” goes back."},
}

// Help shows the one page of help over a window; F1, Escape or Enter close it.
func Help(over fyne.Canvas) {
	rows := parts.Column(look.Grid)
	for _, l := range helpLines {
		rows.Add(container.NewBorder(nil, nil, container.NewBorder(parts.Wide(look.Line(l[0], look.Accent, look.Text, true), 120), nil, nil, nil), nil, parts.Prose(l[1], look.Ink, look.Text)))
	}
	var pop *widget.PopUp
	done := &helpButton{}
	done.Text, done.Importance = "Close", widget.HighImportance
	done.OnTapped = func() { pop.Hide() }
	done.ExtendBaseWidget(done)
	box := parts.Column(2*look.Grid, look.Line("Help", look.Ink, look.Heading, true), rows, container.NewHBox(layout.NewSpacer(), done))
	page := parts.Wide(parts.Inset(box, 2*look.Grid), 720)
	page.Resize(fyne.NewSize(720, page.MinSize().Height)) // the height of wrapped lines is known at their width only
	pop = widget.NewModalPopUp(page, over)
	pop.Show()
	pop.Resize(page.MinSize())
	over.Focus(done)
}

// helpButton closes the page at the keys that opened it, too.
type helpButton struct{ widget.Button }

// TypedKey closes at F1, Escape and Enter.
func (b *helpButton) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyF1, fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
		b.OnTapped()
	default:
		b.Button.TypedKey(e)
	}
}

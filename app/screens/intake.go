package screens

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/studies"
)

// IntakeParts is what the intake of a participant needs.
type IntakeParts struct {
	Study      *studies.Study
	Consent    string                     // text the participant agrees to; empty for none
	Code       string                     // suggested code
	Check      func(code string) error    // why a code cannot be used
	Unfinished func(code string) bool     // the participant's session was interrupted
	Course     func(code string) []string // what this participant will do, a line each
	Begin      func(code string, answers map[string]string)
	Back       func()
}

// Intake takes in a participant: code, consent, what the study asks of everybody.
type Intake struct {
	p       IntakeParts
	code    *widget.Entry
	agreed  *widget.Check
	asked   []askedField
	problem *widget.Label
	course  *fyne.Container
	begin   *widget.Button
	foot    *fyne.Container
	root    fyne.CanvasObject
}

// askedField is one thing asked of each participant.
type askedField struct {
	ask   studies.Ask
	value func() string
}

// NewIntake is the intake screen.
func NewIntake(p IntakeParts) *Intake {
	in := &Intake{p: p, problem: look.Prose(""), course: parts.Column(4)}
	in.problem.Importance = widget.DangerImportance
	in.code = widget.NewEntry()
	in.code.SetPlaceHolder("P01")
	in.code.OnChanged = func(string) { in.changed() }
	in.begin = primary("Start the session", in.start)
	in.foot = parts.Column(look.Grid, in.problem, in.begin)
	in.root = parts.Frame(in.where(), in.thing(), in.about(), in.foot)
	in.code.SetText(p.Code)
	in.changed()
	return in
}

// Object is what goes into the window.
func (in *Intake) Object() fyne.CanvasObject { return in.root }

// First is where the keyboard begins.
func (in *Intake) First() fyne.Focusable { return in.code }

func (in *Intake) where() fyne.CanvasObject {
	return place("Participant", parts.Prose(in.p.Study.Title, look.Ink, look.Text), parts.Gap(look.Grid), leading(widget.NewButton("Back to the studies", in.p.Back)))
}

func (in *Intake) thing() fyne.CanvasObject {
	form := parts.Column(0)
	form.Add(look.Line("A participant", look.Ink, look.Title, true))
	form.Add(parts.Gap(3 * look.Grid))
	form.Add(labelled("Participant code", "A code, not a name: nothing here may tell who the person is.", fixedWidth(in.code, 200)))
	for _, a := range in.p.Study.People.Ask {
		f, o := askFor(a)
		in.asked = append(in.asked, f)
		form.Add(labelled(capital(a.Name), keptApart(a), o))
	}
	body := fyne.CanvasObject(nil)
	in.agreed = widget.NewCheck("The participant has read this and agrees to take part.", func(bool) { in.say("") })
	if in.p.Consent != "" {
		form.Add(look.Line("Consent", look.Ink, look.Strong, true))
		form.Add(parts.Gap(look.Grid))
		text := widget.NewRichTextFromMarkdown(in.p.Consent)
		text.Wrapping = fyne.TextWrapWord
		body = container.NewBorder(nil, parts.Column(0, parts.Gap(look.Grid), in.agreed), nil, nil, parts.Card(container.NewVScroll(text)))
	}
	return container.NewBorder(form, nil, nil, nil, body)
}

func fixedWidth(o fyne.CanvasObject, w float32) fyne.CanvasObject {
	return container.NewHBox(parts.Wide(o, w))
}

// labelled is an input with its label above and a hint beside.
func labelled(label, hint string, input fyne.CanvasObject) fyne.CanvasObject {
	row := container.NewBorder(nil, nil, input, nil, container.NewBorder(nil, nil, look.Line("  "+hint, look.Quiet, look.Small, false), nil))
	return parts.Column(0, look.Line(label, look.Ink, look.Text, true), parts.Gap(4), row, parts.Gap(2*look.Grid))
}

func askFor(a studies.Ask) (askedField, fyne.CanvasObject) {
	if len(a.Choices) > 0 {
		s := widget.NewSelect(a.Choices, nil)
		s.PlaceHolder = "Choose"
		frame := canvas.NewRectangle(color.Transparent)
		frame.CornerRadius, frame.StrokeWidth, frame.StrokeColor = 4, 1, look.Of(look.Quiet)
		return askedField{a, func() string { return s.Selected }}, fixedWidth(container.NewStack(s, frame), 200)
	}
	e := widget.NewEntry()
	if a.Text {
		return askedField{a, func() string { return strings.TrimSpace(e.Text) }}, fixedWidth(e, 240)
	}
	e.SetPlaceHolder(fmt.Sprintf("%d to %d", a.Min, a.Max))
	return askedField{a, func() string { return strings.TrimSpace(e.Text) }}, fixedWidth(e, 200)
}

// keptApart says what becomes of an answer that could tell who the person is; nothing for others.
func keptApart(a studies.Ask) string {
	if !a.Identifying {
		return ""
	}
	return "May stay empty. Kept encrypted, apart from the data."
}

// problemOf says why a value cannot be taken; empty if it can.
func (f askedField) problemOf(value string) string {
	if value == "" && f.ask.Identifying {
		return ""
	}
	if value == "" {
		return "say the participant's " + f.ask.Name
	}
	if len(f.ask.Choices) == 0 && !f.ask.Text {
		if n, err := strconv.Atoi(value); err != nil || n < f.ask.Min || n > f.ask.Max {
			return fmt.Sprintf("%s is a whole number from %d to %d", f.ask.Name, f.ask.Min, f.ask.Max)
		}
	}
	return ""
}

func (in *Intake) about() fyne.CanvasObject {
	return container.NewVScroll(parts.Column(0, heading("What this participant will do"), in.course))
}

func (in *Intake) changed() {
	in.say("")
	code := strings.TrimSpace(in.code.Text)
	in.course.Objects = nil
	in.begin.SetText("Start the session")
	if in.p.Unfinished != nil && in.p.Unfinished(code) {
		in.begin.SetText("Go on with the session")
		in.course.Add(parts.Prose("The session of "+code+" was interrupted. It goes on after the task that was on; that task has no outcome.", look.Ink, look.Text))
	} else if in.p.Course != nil {
		for i, l := range in.p.Course(code) {
			in.course.Add(container.NewBorder(nil, nil, parts.Wide(look.Number(strconv.Itoa(i+1)+"  ", look.Quiet, look.Small), 24), nil, look.Line(l, look.Ink, look.Small, false)))
		}
	}
	in.course.Refresh()
}

func (in *Intake) say(text string) {
	in.problem.SetText(text)
	in.problem.Hidden = text == ""
	in.problem.Refresh()
	if in.root != nil {
		in.root.Refresh() // the lower right corner grows by the sentence
	}
}

// start begins the session if nothing is missing; otherwise it says what is.
func (in *Intake) start() {
	code := strings.TrimSpace(in.code.Text)
	if err := in.p.Check(code); err != nil {
		in.say(capital(err.Error()) + ".")
		return
	}
	answers := map[string]string{}
	going := in.p.Unfinished != nil && in.p.Unfinished(code)
	for _, f := range in.asked {
		v := f.value()
		if why := f.problemOf(v); why != "" && !going {
			in.say(capital(why) + ".")
			return
		}
		answers[f.ask.Name] = v
	}
	if in.p.Consent != "" && !in.agreed.Checked && !going {
		in.say("Tick the box once the participant has agreed to take part.")
		return
	}
	in.p.Begin(code, answers)
}

// capital makes the first letter a capital.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"pumplab/studies"
	"pumplab/studies/replay"
	"pumplab/studies/session"
)

// ReplayCmd shows a recorded session again.
type ReplayCmd struct {
	Study    string         `arg:"" help:"Study folder."`
	Session  string         `arg:"" help:"Session, or the code of a participant with one session."`
	At       *time.Duration `help:"Show the display at this time since the session's start, as 93.5s or 12m3s."`
	Displays bool           `help:"Show the whole display after every record, not only what happened."`
}

// Help is shown by --help.
func (*ReplayCmd) Help() string {
	return "Examples:\n  pumplab replay my-study P07-20260102T150405\n  pumplab replay my-study P07 --at 93.5s"
}

// replayed is one record as replay --json prints it.
type replayed struct {
	Seq     int              `json:"seq"`
	At      time.Duration    `json:"at_ns"`
	Event   studies.Event    `json:"event"`
	Outputs []studies.Output `json:"outputs"`
	Screen  string           `json:"screen"`
}

// Run replays on the files the session froze.
func (c *ReplayCmd) Run(x *Context) error {
	d, err := openData(x, c.Study)
	if err != nil {
		return err
	}
	defer d.Close()
	id, err := d.find(c.Session)
	if err != nil {
		return err
	}
	if c.At != nil {
		return c.moment(x, d, id)
	}
	var all []replayed
	for m, err := range replay.Run(d.store.Records(id), d.build) {
		if err != nil {
			return Failed(fmt.Sprintf("replay session %s: %v", id, err))
		}
		r := replayed{Seq: m.Record.Seq, At: m.Record.At, Event: m.Event, Outputs: m.Outputs}
		if c.Displays || x.JSON {
			r.Screen = screen(m.View)
		}
		if x.JSON {
			all = append(all, r)
			continue
		}
		if m.Event.Kind != studies.Pointer { // sixty a second, and nothing comes of them: --json has them
			printReplayed(x.Out, r)
		}
	}
	if x.JSON {
		return x.Print(all, nil)
	}
	return nil
}

func (c *ReplayCmd) moment(x *Context, d *data, id string) error {
	v, err := replay.At(d.store.Records(id), d.build, *c.At)
	if err != nil {
		return err
	}
	out := struct {
		Session string        `json:"session"`
		At      time.Duration `json:"at_ns"`
		Step    int           `json:"step"`
		Task    string        `json:"task,omitempty"`
		Design  string        `json:"design,omitempty"`
		Screen  string        `json:"screen"`
	}{id, *c.At, v.Index, v.Step.Task, v.Step.Design, screen(v)}
	return x.Print(out, func(w io.Writer) { fmt.Fprint(w, out.Screen) })
}

// find is the session of that id, or the only one of that participant.
func (d *data) find(name string) (string, error) {
	sessions, err := d.store.Sessions()
	if err != nil {
		return "", err
	}
	var of, all []string
	for _, s := range sessions {
		if s.ID == name {
			return name, nil
		}
		if s.Participant == name {
			of = append(of, s.ID)
		}
		all = append(all, s.ID)
	}
	switch {
	case len(of) == 1:
		return of[0], nil
	case len(of) > 1:
		return "", fmt.Errorf("participant %s has several sessions: name one of %s", name, strings.Join(of, ", "))
	}
	return "", fmt.Errorf("there is no session %s; there are %s", name, short(strings.Join(all, ", ")))
}

// screen is everything a participant could see, as text.
func screen(v session.View) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  step %d of %d: %s", clock(v.At), v.Index+1, v.Count, v.Step.Kind)
	if s := v.Step; s.Task != "" {
		fmt.Fprintf(&b, " %s on %s, %s", s.Task, s.Design, or(s.Condition, "no condition"))
	}
	b.WriteByte('\n')
	if v.Held {
		b.WriteString("held by the experimenter\n")
	}
	if v.Title != "" {
		fmt.Fprintf(&b, "%s\n", v.Title)
	}
	if v.Order != nil {
		for _, l := range v.Order.Card() {
			fmt.Fprintf(&b, "| %s: %s\n", l.Label, l.Text)
		}
	}
	if on := v.Disturbance; on != nil {
		fmt.Fprintf(&b, "DISTURBED by %s %s (for %v)\n", on.Kind, on.Prompt, on.Since.Round(time.Millisecond))
	}
	if v.Pump != nil {
		b.WriteString(v.Pump.String())
	}
	if in := v.Instrument; in != nil {
		fmt.Fprintf(&b, "%s\n", in.Title)
		for _, it := range in.Items {
			fmt.Fprintf(&b, "  %s: %s\n", it.ID, or(v.Rated[it.ID], "-"))
		}
	}
	return b.String()
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// clock is a time since the session's start as 1:02:03.004.
func clock(d time.Duration) string {
	d = d.Round(time.Millisecond)
	return fmt.Sprintf("%d:%02d:%02d.%03d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60, d.Milliseconds()%1000)
}

// printReplayed is a record in one line a fact, with its consequences behind.
func printReplayed(w io.Writer, r replayed) {
	what := string(r.Event.Kind)
	switch e := r.Event; {
	case r.Seq == 1:
		what = "session begins"
	case e.Pump != nil:
		what = string(e.Pump.Kind) + " " + e.Pump.Control + e.Pump.Text
	default:
		what = strings.TrimSpace(strings.Join([]string{what, e.Item, e.Value, e.Code}, " "))
	}
	fmt.Fprintf(w, "%6d  %s  %s%s\n", r.Seq, clock(r.At), what, consequences(r.Outputs))
	if r.Screen != "" {
		for line := range strings.Lines(r.Screen) {
			fmt.Fprintf(w, "        %s", line)
		}
	}
}

func consequences(outs []studies.Output) string {
	var b strings.Builder
	for _, o := range outs {
		b.WriteString(" → ")
		words := []string{string(o.Kind), o.Which, o.Value, o.Why}
		if p := o.Pump; p != nil {
			words = []string{string(p.Kind), string(p.Answer), p.Field}
			if p.Before != "" || p.After != "" {
				words = append(words, p.Before+"…"+p.After)
			}
			words = append(words, p.Choice, p.Why, p.Text)
		}
		b.WriteString(strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	return b.String()
}

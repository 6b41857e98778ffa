package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/written"
)

type designPressCmd struct {
	Name    string   `arg:"" words:"designs" help:"Design (built in, or its folder)."`
	Acts    []string `arg:"" optional:"" help:"Controls by name; KEY*3 three times, KEY@2s held for two seconds, SLIDER@37% touched there, wait:5m, fault:occlusion, repair:occlusion, 'order:drug: DOPamine; dose: 5 mcg/kg/min; …'."`
	Library string   `help:"Drug library (built in, or its file); one that fits the pump if none is given." placeholder:"FILE"`
	Last    bool     `help:"Only the last display."`
}

// Help is shown by --help.
func (*designPressCmd) Help() string {
	return "Example:\n  pumplab design press keypad-wizard enter enter 3 3 3 3 enter enter 8 2 enter 5 enter 2 5 0 enter start --last"
}

type pressStep struct {
	Act     string             `json:"act"`
	Outputs []pumpmodel.Output `json:"outputs"`
	Display pumpmodel.Display  `json:"display"`
}

// Run presses the keys one after the other.
func (c *designPressCmd) Run(x *Context) error {
	d, err := loadDesign(x, c.Name)
	if err != nil {
		return err
	}
	lib, err := libraryFor(x, c.Library, c.Name, d)
	if err != nil {
		return err
	}
	m, err := engine.New(d, lib)
	if err != nil {
		return err
	}
	s := m.Start()
	steps := []pressStep{{Act: "", Outputs: []pumpmodel.Output{}, Display: m.Show(s)}}
	for _, word := range c.Acts {
		var out []pumpmodel.Output
		if s, out, err = pressWord(m, s, word); err != nil {
			return err
		}
		steps = append(steps, pressStep{word, out, m.Show(s)})
	}
	if c.Last {
		steps = steps[len(steps)-1:]
	}
	return x.Print(steps, func(w io.Writer) {
		for _, p := range steps {
			fmt.Fprintf(w, "── %s\n", p.Act)
			for _, o := range p.Outputs {
				if o.Kind == pumpmodel.KeyAnswered && o.Answer != pumpmodel.Accepted {
					fmt.Fprintf(w, "%s: %s\n", o.Answer, o.Why)
				}
			}
			fmt.Fprintln(w, p.Display)
		}
	})
}

// pressWord does what one argument says.
func pressWord(m pumpmodel.Machine, s pumpmodel.State, word string) (pumpmodel.State, []pumpmodel.Output, error) {
	if kind, what, ok := strings.Cut(word, ":"); ok {
		switch kind {
		case "wait":
			d, err := time.ParseDuration(what)
			if err != nil || d < 0 {
				return s, nil, fmt.Errorf("read %q: expected a time such as wait:90s", word)
			}
			s, out := pumpmodel.Advance(m, s, d)
			return s, out, nil
		case "fault", "repair":
			if faults := engine.Faults(); !slices.Contains(faults, what) {
				return s, nil, fmt.Errorf("read %q: there is no such fault%s", word, written.Instead(what, faults))
			}
			s, out := m.Step(s, pumpmodel.Event{Kind: pumpmodel.EventKind(kind), Text: what})
			return s, out, nil
		case "order":
			s, out := m.Step(s, pumpmodel.Event{Kind: pumpmodel.Ordered, Text: what})
			return s, out, nil
		}
	}
	key, times, hold := word, 1, time.Duration(0)
	if k, n, ok := strings.Cut(word, "*"); ok && k != "" {
		if _, err := fmt.Sscan(n, &times); err != nil || times < 1 || times > 10_000 {
			return s, nil, fmt.Errorf("read %q: expected a control and a number such as up*3", word)
		}
		key = k
	} else if k, place, ok := strings.Cut(word, "@"); ok && strings.HasSuffix(place, "%") {
		return touchWord(m, s, k, strings.TrimSuffix(place, "%"))
	} else if k, d, ok := strings.Cut(word, "@"); ok && k != "" {
		var err error
		if hold, err = time.ParseDuration(d); err != nil || hold < 0 {
			return s, nil, fmt.Errorf("read %q: expected a control and a time such as UP@2s", word)
		}
		key = k
	}
	var known []string
	for _, c := range m.Info().Controls {
		known = append(known, c.Name)
	}
	if !slices.Contains(known, key) && !slices.Contains(known, strings.TrimRight(key, "+-")) {
		return s, nil, fmt.Errorf("press %q: the face has no such control%s", key, written.Instead(key, known))
	}
	var all []pumpmodel.Output
	for range times {
		var out []pumpmodel.Output
		s, out = m.Step(s, pumpmodel.Press(key))
		all = append(all, out...)
		s, out = pumpmodel.Advance(m, s, hold)
		all = append(all, out...)
		s, out = m.Step(s, pumpmodel.Release(key))
		all = append(all, out...)
	}
	return s, all, nil
}

// touchWord touches a control at a share of its length, from the left or from below, and lets it go.
func touchWord(m pumpmodel.Machine, s pumpmodel.State, control, share string) (pumpmodel.State, []pumpmodel.Output, error) {
	n := -1
	if _, err := fmt.Sscan(share, &n); err != nil || n < 0 || n > 100 {
		return s, nil, fmt.Errorf("read %q: expected a control and a place such as slider@37%%", control+"@"+share+"%")
	}
	e := pumpmodel.Event{Kind: pumpmodel.Touch, Control: control, X: -1, Y: -1}
	for _, c := range m.Info().Controls {
		switch {
		case c.Name != control || c.W == 0:
		case c.H > c.W:
			e.X, e.Y = c.X+c.W/2, c.Y+c.H-c.H*n/100
		default:
			e.X, e.Y = c.X+c.W*n/100, c.Y+c.H/2
		}
	}
	s, all := m.Step(s, e)
	s, out := m.Step(s, pumpmodel.Release(control))
	return s, append(all[:len(all):len(all)], out...), nil
}

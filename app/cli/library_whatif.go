package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"pumplab/pumpmodel/ders"
)

// LibraryWhatIfCmd replays what was programmed in a study, or on simulated ward days, against a new library.
type LibraryWhatIfCmd struct {
	Old       string `arg:"" help:"Library file the study was run with, or the name of a built-in one."`
	New       string `arg:"" help:"Library file that is thought of."`
	Study     string `xor:"source" required:"" help:"Study folder with recorded or simulated sessions." placeholder:"DIR"`
	WardDay   bool   `xor:"source" required:"" help:"Simulated ward days on the old library's setups instead of a study; their assumptions are printed."`
	Infusions int    `default:"400" help:"Infusions a simulated day."`
	Days      int    `default:"200" help:"Simulated days."`
	Seed      uint64 `default:"1" help:"Of the simulated days."`
	Practice  bool   `help:"Count a study's practice tasks too."`
	HTML      string `name:"html" help:"Write a page for a library committee too." placeholder:"FILE"`
}

// Help is shown by --help.
func (*LibraryWhatIfCmd) Help() string {
	return "Every number that was confirmed or alerted in the logged sessions, or would be on simulated ward days, is held against both\n" +
		"libraries: which alerts appear, vanish or change kind, and how many alerts people would see.\n\n" +
		"Examples:\n  pumplab library whatif demo stricter.yaml --study my-study --html what-if.html\n" +
		"  pumplab library whatif demo stricter.yaml --ward-day --infusions 400 --days 200 --seed 1"
}

type whatIfJSON struct {
	Old       string           `json:"old"`
	New       string           `json:"new"`
	Study     string           `json:"study,omitempty"`
	WardDay   *wardDayJSON     `json:"ward_day,omitempty"`
	Sessions  int              `json:"sessions"`
	Infusions int              `json:"infusions"`
	Attempts  int              `json:"attempts"`
	Judged    int              `json:"judged"`
	Before    burdenJSON       `json:"before"`
	After     burdenJSON       `json:"after"`
	Appears   int              `json:"appears"`
	Vanishes  int              `json:"vanishes"`
	Kind      int              `json:"changes_kind"`
	Logged    int              `json:"logged_alerts"`
	Agreed    int              `json:"logged_alerts_old_library_gives_too"`
	Changes   []whatIfGroup    `json:"changes"`
	Unjudged  []whatIfUnjudged `json:"unjudged"`
}

type burdenJSON struct {
	Soft        int     `json:"soft"`
	Hard        int     `json:"hard"`
	Total       int     `json:"total"`
	PerAttempts float64 `json:"per_100_attempts"`
	PerInfusion float64 `json:"per_100_infusions"`
	Low         float64 `json:"low"`  // middle 95 % of sessions or days, per 100 numbers
	High        float64 `json:"high"` // both 0 with fewer than two
}

type whatIfGroup struct {
	Change   string   `json:"change"`
	Area     string   `json:"area"`
	Setup    string   `json:"setup"`
	Field    string   `json:"field"`
	Unit     string   `json:"unit"`
	Old      string   `json:"old_limit"`
	OldValue string   `json:"old_value"`
	New      string   `json:"new_limit"`
	NewValue string   `json:"new_value"`
	N        int      `json:"n"`
	Values   []string `json:"values"`
}

type whatIfUnjudged struct {
	Why string `json:"why"`
	N   int    `json:"n"`
}

// Run reads every session's attempts and compares.
func (c *LibraryWhatIfCmd) Run(x *Context) error {
	old, err := readLibrary(x, c.Old)
	if err != nil {
		return err
	}
	now, err := readLibrary(x, c.New)
	if err != nil {
		return err
	}
	var attempts []ders.Attempt
	infusions, sessions := 0, 0
	var day *wardDayJSON
	if c.WardDay {
		if attempts, day, err = c.days(old); err != nil {
			return err
		}
		infusions, sessions = c.Days*c.Infusions, c.Days
	} else if attempts, infusions, sessions, err = c.logged(x); err != nil {
		return err
	}
	w := ders.Compare(old, now, attempts)
	out := whatIf(w, infusions)
	out.Old, out.New, out.Study, out.Sessions, out.WardDay = old.File, now.File, c.Study, sessions, day
	out.spread(w)
	if c.HTML != "" {
		page, err := whatIfPage(old, now, out)
		if err == nil {
			err = replaceFile(c.HTML, page)
		}
		if err != nil {
			return err
		}
	}
	return x.Print(out, func(w io.Writer) { out.print(w) })
}

// logged are the attempts of a study's sessions.
func (c *LibraryWhatIfCmd) logged(x *Context) (attempts []ders.Attempt, infusions, n int, err error) {
	d, err := openData(x, c.Study)
	if err != nil {
		return nil, 0, 0, err
	}
	defer d.Close()
	sessions, err := d.store.Sessions()
	if err != nil {
		return nil, 0, 0, err
	}
	for _, s := range sessions {
		records, err := d.store.Load(s.ID)
		if err != nil {
			return nil, 0, 0, err
		}
		log := logged{session: s.ID, practice: c.Practice}
		if err := log.read(records); err != nil {
			return nil, 0, 0, fmt.Errorf("session %s: %w", s.ID, err)
		}
		attempts, infusions = append(attempts, log.attempts...), infusions+log.infusions
	}
	return attempts, infusions, len(sessions), nil
}

func whatIf(w ders.WhatIf, infusions int) whatIfJSON {
	judged := len(w.Attempts) - w.Changes[ders.Unjudged]
	out := whatIfJSON{
		Infusions: infusions, Attempts: len(w.Attempts), Judged: judged, Before: burden(w.Before, judged, infusions), After: burden(w.After, judged, infusions),
		Appears: w.Changes[ders.Appears], Vanishes: w.Changes[ders.Vanishes], Kind: w.Changes[ders.Kind], Logged: w.Logged, Agreed: w.Agreed,
		Changes: []whatIfGroup{}, Unjudged: []whatIfUnjudged{},
	}
	for _, g := range w.Groups() {
		j := whatIfGroup{Change: string(g.Change), Area: g.Area, Setup: g.Setup, Field: g.Field, Unit: g.Unit, Old: g.Old, New: g.New, N: g.N}
		if g.Old != "" {
			j.OldValue = g.OldValue.String()
		}
		if g.New != "" {
			j.NewValue = g.NewValue.String()
		}
		for _, v := range g.Values {
			j.Values = append(j.Values, v.String())
		}
		out.Changes = append(out.Changes, j)
	}
	for _, r := range w.Attempts {
		if r.Change != ders.Unjudged {
			continue
		}
		i := slices.IndexFunc(out.Unjudged, func(u whatIfUnjudged) bool { return u.Why == r.Why })
		if i < 0 {
			i, out.Unjudged = len(out.Unjudged), append(out.Unjudged, whatIfUnjudged{Why: r.Why})
		}
		out.Unjudged[i].N++
	}
	return out
}

func burden(b ders.Burden, attempts, infusions int) burdenJSON {
	per := func(n int) float64 {
		if n == 0 {
			return 0
		}
		return 100 * float64(b.Total()) / float64(n)
	}
	return burdenJSON{Soft: b.Soft, Hard: b.Hard, Total: b.Total(), PerAttempts: per(attempts), PerInfusion: per(infusions)}
}

func (r whatIfJSON) print(w io.Writer) {
	from := count(r.Sessions, "session")
	if r.WardDay != nil {
		from = several(r.Sessions, "simulated ward day", "simulated ward days")
	}
	fmt.Fprintf(w, "%s, %s, %s; %d of %d numbers can be judged by both libraries.\n", from, count(r.Infusions, "infusion"),
		count(r.Attempts, "number"), r.Judged, r.Attempts)
	line := func(name string, b burdenJSON) {
		fmt.Fprintf(w, "%-7s %d alerts (%d soft, %d hard): %.1f per 100 numbers, %.1f per 100 infusions%s\n", name, b.Total, b.Soft, b.Hard, b.PerAttempts, b.PerInfusion, r.rangeText(b))
	}
	line("before", r.Before)
	line("after", r.After)
	fmt.Fprintf(w, "%s appear, %d vanish, %d change kind.\n", count(r.Appears, "alert"), r.Vanishes, r.Kind)
	for _, g := range r.Changes {
		fmt.Fprintf(w, "%4d × %-8s %s, %s, %s: %s → %s (entered: %s %s)\n", g.N, g.Change, g.Area, or(g.Setup, "basic infusion"), g.Field,
			strings.TrimSpace(or(g.Old, "none")+" "+g.OldValue), strings.TrimSpace(or(g.New, "none")+" "+g.NewValue), some(g.Values), g.Unit)
	}
	for _, u := range r.Unjudged {
		fmt.Fprintf(w, "%4d × not judged: %s\n", u.N, u.Why)
	}
	if r.WardDay != nil {
		fmt.Fprintf(w, "The days are simulated (seed %d):\n", r.WardDay.Seed)
		for _, a := range r.WardDay.Assumptions {
			fmt.Fprintln(w, "  "+a)
		}
	}
	if r.Agreed < r.Logged {
		fmt.Fprintf(w, "%d of %d logged limit alerts are not what the old library gives: was the study run with it?\n", r.Logged-r.Agreed, r.Logged)
	}
}

// some are the first values of a list.
func some(values []string) string {
	const most = 6
	if len(values) > most {
		return strings.Join(values[:most], ", ") + " …"
	}
	return strings.Join(values, ", ")
}

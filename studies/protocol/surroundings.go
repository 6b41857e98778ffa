package protocol

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pumplab/studies"
	"pumplab/studies/distraction"
	"pumplab/studies/session"
)

var (
	distractionKeys = map[string][]string{
		"question": {"when", "ask", "until", "covers", "warning"},
		"phone":    {"when", "until", "covers", "warning"},
		"alarm":    {"when", "until", "priority", "text", "warning"},
		"noise":    {"file", "level", "when", "until", "measured"},
		"glare":    {"strength", "when", "until"},
	}
	priorities = []string{"high", "medium", "low"}
	fields     = []string{"dose", "rate", "vtbi", "time", "weight", "concentration"}

	afterPress = regexp.MustCompile(`^([a-z ]+) after (\d{1,3}) press(?:es)?$`)
	everySpan  = regexp.MustCompile(`^every (.+?)( poisson)?$`)
)

// surroundings reads what disturbs in each level; a level that is not described is quiet.
func (d *draft) surroundings(levels []node, described node) {
	if !described.Absent() && described.Kind != "map" {
		d.fail(described, "surroundings: each level with its list of distractions is expected")
		described = node{}
	}
	for _, p := range described.Pairs {
		if !slices.ContainsFunc(levels, func(l node) bool { return l.Text == p.Key.Text }) {
			d.fail(p.Key, "surroundings: %q is no level of the factor surroundings%s", p.Key.Text, nearest(p.Key.Text, texts(levels)))
		}
	}
	for _, l := range levels {
		c := studies.Condition{Name: l.Text}
		n := described.Get(l.Text)
		if n.Kind != "list" && !n.Absent() {
			d.fail(n, "surroundings: %s: a list of distractions is expected, each as - question: {…}, phone, alarm, noise or glare", l.Text)
		}
		for _, item := range n.Items {
			if x, ok := d.distraction(item, "surroundings: "+l.Text); ok {
				c.Distractions = append(c.Distractions, x)
			}
		}
		if len(c.Distractions) > session.MaxDisturbances {
			d.fail(n, "surroundings: %s: %d distractions, at most %d are possible", l.Text, len(c.Distractions), session.MaxDisturbances)
		}
		d.study.Conditions = append(d.study.Conditions, c)
	}
}

func (d *draft) distraction(n node, what string) (x studies.Distraction, ok bool) {
	if n.Kind != "map" || len(n.Pairs) != 1 {
		d.fail(n, "%s: one distraction is expected, as question: {…}, phone, alarm, noise or glare", what)
		return x, false
	}
	key, val := n.Pairs[0].Key, n.Pairs[0].Val
	if !slices.Contains(distraction.Kinds, key.Text) {
		d.fail(key, "%s: unknown distraction %q%s", what, key.Text, nearest(key.Text, distraction.Kinds))
		return x, false
	}
	x.Kind = key.Text
	what += ": " + x.Kind
	if !d.object(val, what, distractionKeys[x.Kind]) {
		d.fail(key, "%s: a map is expected, as {when: every 90 s}", what)
		return x, false
	}
	if !studies.Surrounds(x.Kind) { // what is around a task may be there as long as it lasts
		d.require(val, what, "when")
	}
	d.when(val.Get("when"), what+": when", &x)
	d.sort(val, what, &x)
	x.Ask = d.str(val.Get("ask"), what+": ask")
	if x.Kind == "question" && x.Ask == "" {
		x.Ask = "arithmetic"
	}
	x.Covers = x.Kind == "question" && val.Get("covers").Absent() || d.word(val.Get("covers"), what+": covers", "nothing", []string{"pump", "nothing"}) == "pump"
	x.Warn = d.span(val.Get("warning"), what+": warning")
	x.Until = "answered"
	if until := val.Get("until"); !until.Absent() && until.Text != "answered" {
		x.Until = until.Text
		if x.For = d.span(until, what+": until (answered, or a time)"); x.For == 0 {
			x.Until = "answered"
		}
	}
	return x, true
}

// sort reads what only some kinds have.
func (d *draft) sort(n node, what string, x *studies.Distraction) {
	switch x.Kind {
	case "alarm":
		x.Priority = d.word(n.Get("priority"), what+": priority", "medium", priorities)
		if x.Text = d.str(n.Get("text"), what+": text"); x.Text == "" {
			x.Text = "Pump at the next bed: infusion complete"
		}
	case "noise":
		d.require(n, what, "file", "level")
		x.Text = d.word(n.Get("file"), what+": file", distraction.Noises[0], distraction.Noises)
		x.Level = d.amount(n.Get("level"), what+": level", "dB", -60, 0, -18)
		x.Measured = d.str(n.Get("measured"), what+": measured")
	case "glare":
		x.Level = d.amount(n.Get("strength"), what+": strength", "%", 10, 100, 60)
	}
}

// amount is a whole number with its unit: -18 dB, 60 %.
func (d *draft) amount(n node, what, unit string, low, high, def int) int {
	text := d.str(n, what)
	if text == "" {
		return def
	}
	number, ok := strings.CutSuffix(text, unit)
	v, err := strconv.Atoi(strings.TrimSpace(number))
	if !ok || err != nil || v < low || v > high {
		d.fail(n, "%s: %q, expected a whole number from %d to %d and %s", what, text, low, high, unit)
		return def
	}
	return v
}

// when reads the onset: "dose or rate after 2 presses", "every 90 s", "every 90 s poisson".
func (d *draft) when(n node, what string, x *studies.Distraction) {
	text := d.str(n, what)
	if text == "" {
		return
	}
	if m := afterPress.FindStringSubmatch(text); m != nil {
		x.Field = m[1]
		x.After, _ = strconv.Atoi(m[2])
		for f := range strings.SplitSeq(m[1], " or ") {
			if !slices.Contains(fields, f) {
				d.fail(n, "%s: unknown field %q%s", what, f, nearest(f, fields))
			}
		}
		if x.After < 1 || x.After > 250 {
			d.fail(n, "%s: after %d presses, expected 1 to 250", what, x.After)
		}
		return
	}
	if m := everySpan.FindStringSubmatch(text); m != nil {
		if every, ok := parseDuration(m[1]); ok && every.Seconds() >= 1 {
			x.Every, x.Random = every, m[2] != ""
			return
		}
	}
	d.fail(n, "%s: %q, expected FIELD after N presses, every 90 s, or every 90 s poisson (1 s at least)", what, text)
}

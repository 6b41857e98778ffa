package design

import (
	"slices"
	"strings"

	"pumplab/pumpmodel/entry"
	"pumplab/pumpmodel/quantity"
)

// check reads the parts of a file that name controls, fields and screens, and holds them against each other.
type check struct {
	r    *reader
	d    *Design
	keys map[string]bool

	unsure bool // a screen could not be read, so nobody knows where they lead
}

// control is the name of a control of the face.
func (c *check) control(n node, what string) string {
	s := c.r.text(n, what)
	if s == "" || c.keys[s] {
		return s
	}
	var names []string
	for _, k := range c.d.Face.Keys {
		names = append(names, k.Name)
	}
	c.r.fail(n, "%s names the control %q, which the face does not have%s", what, s, nearest(s, names))
	return ""
}

func (c *check) bindings(n node) map[string]string {
	out := map[string]string{}
	for _, a := range actions {
		if s := c.control(n.Get(a), a); s != "" {
			out[a] = s
		}
	}
	for _, row := range c.r.list(n.Get("rows"), "rows") {
		if s := c.control(row, "rows"); s != "" {
			c.d.Rows = append(c.d.Rows, s)
		}
	}
	c.r.Unknown(n, append(slices.Clone(actions), "rows")...)
	return out
}

var entryKeys = []string{"method", "minimum", "maximum", "decimals", "tick", "steps", "detents", "layout", "options", "flaws", "start"}

func (c *check) entry(top, n node) map[string]EntryRule {
	out := map[string]EntryRule{}
	names := append(append([]string{"all"}, Entered[1:]...), added...)
	for _, name := range names {
		v := n.Get(name)
		if v.Absent() {
			continue
		}
		p := c.entryRule(v, out["all"])
		c.method(v, p)
		c.r.Unknown(v, entryKeys...)
		out[name] = p
	}
	c.r.Unknown(n, names...)
	if _, ok := out["all"]; !ok {
		c.r.fail(top, "entry says nothing for all fields: expected entry: {all: {method: …}}")
	}
	return out
}

// method checks an entry method where the file names it, and its parameters.
func (c *check) method(v node, p EntryRule) {
	own := v.Get("method")
	switch known := slices.Contains(entry.Names(), p.Method); {
	case p.Method == "":
		c.r.fail(v, "no entry method is said: expected method:%s", strings.TrimPrefix(nearest("", entry.Names()), ", expected"))
	case !known && own.Absent(): // said where the method is named
	case !known:
		c.r.fail(own, "unknown method %q%s", p.Method, nearest(p.Method, entry.Names()))
	default:
		if _, err := entry.New(p.Method, p.Params); err != nil {
			if own.Absent() {
				own = v
			}
			c.r.fail(own, "%s", err)
		} else if !own.Absent() {
			c.enterable(own, p.Method)
		}
	}
}

// entryRule is how one field is entered: what its own map says, and all else as base has it.
func (c *check) entryRule(v node, base EntryRule) EntryRule {
	p := base
	own := func(key string) (node, bool) { n := v.Get(key); return n, !n.Absent() }
	if n, ok := own("method"); ok {
		p.Method = c.r.text(n, "method")
	}
	if n, ok := own("minimum"); ok {
		p.Params.Minimum = c.r.decimal(n, "minimum")
	}
	if n, ok := own("maximum"); ok {
		p.Params.Maximum = c.r.decimal(n, "maximum")
	}
	if n, ok := own("decimals"); ok {
		p.Params.Decimals = c.r.whole(n, "decimals", -1, 6, 0)
	}
	if n, ok := own("tick"); ok {
		p.Params.Tick = c.r.span(n, "tick", 0)
	}
	if n, ok := own("steps"); ok {
		p.Params.Steps = c.decimals(n)
	}
	if n, ok := own("detents"); ok {
		p.Params.Detents = c.r.whole(n, "detents", 2, entry.DetentsMax, entry.DetentsMax)
	}
	if n, ok := own("layout"); ok {
		p.Params.Layout = c.r.word(n, "layout", entry.Layouts())
	}
	if n, ok := own("options"); ok {
		p.Params.Options = c.r.texts(n, "options")
	}
	if n, ok := own("start"); ok {
		p.Prefill = c.r.word(n, "start", starts) == "library"
	}
	if n, ok := own("flaws"); ok {
		p.Params.Flaws = c.r.texts(n, "flaws")
		c.d.Flaws = append(c.d.Flaws, p.Params.Flaws...)
	}
	return p
}

func (c *check) decimals(n node) []quantity.Decimal {
	var out []quantity.Decimal
	for _, i := range c.r.list(n, "steps") {
		out = append(out, c.r.decimal(i, "steps"))
	}
	return out
}

func (c *check) alerts(top, n node) AlertRules {
	out := AlertRules{
		Soft: c.alert(n.Get("soft"), "soft"), Hard: c.alert(n.Get("hard"), "hard"), Advisory: c.alert(n.Get("advisory"), "advisory"),
	}
	c.r.Unknown(n, "soft", "hard", "advisory")
	if out.Soft.Override == "" || out.Soft.Change == "" || out.Hard.Change == "" || out.Advisory.Override == "" {
		at := n
		if n.Absent() {
			at = top
		}
		c.r.fail(at, "alerts need soft: {override, change}, hard: {change} and advisory: {override}, each naming a control")
	}
	if out.Soft.Override != "" && out.Soft.Override == out.Soft.Change || out.Soft.Second != "" && out.Soft.Second == out.Soft.Change {
		c.r.fail(n, "a soft alert is overridden and changed by the same control %q", out.Soft.Change)
	}
	if out.Hard.Override != "" {
		c.r.fail(n.Get("hard"), "a hard limit cannot be overridden: remove override")
	}
	return out
}

func (c *check) alert(n node, what string) AlertRule {
	a := AlertRule{
		As:       c.r.word(n.Get("as"), what+" alert", alertStyles),
		Override: c.control(n.Get("override"), "override"),
		Second:   c.control(n.Get("second"), "second"),
		Change:   c.control(n.Get("change"), "change"),
		Delay:    c.r.span(n.Get("delay"), "delay", 0),
		Reason:   c.r.word(n.Get("reason"), "reason", []string{"typed"}),
		Reasons:  c.r.texts(n.Get("reasons"), "reasons"),
	}
	if a.Reason != "" && len(a.Reasons) > 0 {
		c.r.fail(n.Get("reason"), "a reason is either typed or one of reasons")
	}
	if a.Reason != "" && !c.letters() {
		c.r.fail(n.Get("reason"), "a reason cannot be typed: no control types letters (types: a … types: z)")
	}
	if (a.Reason != "" || len(a.Reasons) > 0) && what != "soft" {
		c.r.fail(n, "only a soft alert asks for a reason")
	}
	if a.As == "" {
		a.As = "full-screen"
	}
	c.r.Unknown(n, "as", "override", "second", "change", "delay", "reason", "reasons")
	return a
}

// letters reports that the face has keys for every letter.
func (c *check) letters() bool {
	n := 0
	for _, k := range c.d.Face.Keys {
		if Letter(k.Types) {
			n++
		}
	}
	return n >= 26
}

// Letter reports that a key types one small letter.
func Letter(types string) bool { return len(types) == 1 && types[0] >= 'a' && types[0] <= 'z' }

// flaws reads what the design declares to be wrong with it by intent. What is declared must be so, and silence on an alert must be
// declared.
func (c *check) flaws(n node) {
	for _, i := range c.r.list(n, "flaws") {
		w := c.r.word(i, "flaw", declared)
		if w != "" && !c.d.has(w) {
			c.r.fail(i, "the design declares %s, but its file does not make it so", w)
		}
		if w != "" && !slices.Contains(c.d.Flaws, w) {
			c.d.Flaws = append(c.d.Flaws, w)
		}
	}
	if c.d.has(flawSilent) && !slices.Contains(c.d.Flaws, flawSilent) {
		c.r.fail(n, "sounds: {alert: no} must be declared: flaws: [%s] (Open PCA R6.5.0: limit alerts are audible)", flawSilent)
	}
}

// accepts reads the findings of design check that the design keeps, each with its reason.
func (c *check) accepts(n node) map[string]string {
	out := map[string]string{}
	for _, rule := range lintRules {
		v := n.Get(rule)
		if v.Absent() {
			continue
		}
		if out[rule] = strings.TrimSpace(c.r.text(v, rule)); len(out[rule]) < ReasonLeast {
			c.r.fail(v, "accepts %s without a reason: expected one sentence that says why it stays", rule)
		}
	}
	c.r.Unknown(n, lintRules...)
	return out
}

// has reports that the design is made so that the flaw is true of it.
func (d *Design) has(flaw string) bool {
	switch flaw {
	case flawHabit:
		return d.habitual()
	case SilentDiscard:
		return slices.ContainsFunc(d.Screens, func(s Screen) bool { return s.Kind == "form" && s.Leaving == "discards" })
	case flawSilent:
		return !d.Sounds.Alert
	}
	return false
}

// habitual reports that a soft limit is overridden by the key that was pressed just before it, at once and alone.
func (d *Design) habitual() bool {
	a := d.Alerts.Soft
	return a.Override != "" && a.Override == d.Keys["confirm"] && a.Second == "" && a.Delay == 0 && a.Reason == "" && len(a.Reasons) == 0
}

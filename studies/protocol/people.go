package protocol

import (
	"strconv"
	"strings"

	"pumplab/pumpmodel/written"
	"pumplab/studies"
	"pumplab/studies/identity"
)

// people reads who takes part and what they are asked.
func (d *draft) people(n node) {
	if !d.object(n, "people", peopleKeys) {
		return
	}
	d.require(n, "people", "planned")
	p := &d.study.People
	p.Planned = d.whole(n.Get("planned"), "people: planned", 1, 100_000, 1)
	d.consent, d.welcome, d.thanks = n.Get("consent"), n.Get("welcome"), n.Get("thanks")
	p.Consent = d.path(d.consent, "people: consent")
	p.Recipients = d.recipients(n.Get("recipients"))
	ask := n.Get("ask")
	if ask.Absent() {
		return
	}
	if ask.Kind != "map" {
		d.fail(ask, "people: ask: each question with its answers is expected, as role: [nurse, other] or age: 18..99")
		return
	}
	for _, q := range ask.Pairs {
		a := d.asked(q)
		if a.Identifying && len(p.Recipients) == 0 && n.Get("recipients").Absent() {
			d.fail(q.Val, "people: ask: %s: identifying answers are kept encrypted, and nobody is named who may read them: add recipients: [age1…] to people; pumplab people key makes a key", a.Name)
		}
		p.Ask = append(p.Ask, a)
	}
}

// recipients are the public keys that identifying answers are encrypted for.
func (d *draft) recipients(n node) []string {
	if n.Absent() {
		return nil
	}
	var out []string
	keys := d.list(n, "people: recipients")
	for _, r := range keys {
		if err := identity.CheckRecipient(r.Text); err != nil {
			d.fail(r, "people: recipients: %q is no public age key (%v), expected one as age1… from pumplab people key or age-keygen", short(r.Text), err)
			continue
		}
		out = append(out, r.Text)
	}
	if len(keys) == 0 {
		d.fail(n, "people: recipients: at least one public age key is expected, as [age1…]")
	}
	return out
}

// short is a text that may be long, or a secret that was put in the wrong place, as a message may show it.
func short(text string) string {
	if len(text) > 16 {
		return text[:14] + "…"
	}
	return text
}

// asked is one question to a person: a list of answers, a range of whole numbers, or the word identifying for any text. With answers
// and identifying apart, a list or a range may be identifying too.
func (d *draft) asked(q written.Pair) studies.Ask {
	a := studies.Ask{Name: q.Key.Text}
	what := "people: ask: " + q.Key.Text
	answers := q.Val
	switch {
	case q.Val.Kind == "map":
		d.object(q.Val, what, askKeys)
		a.Identifying = d.flag(q.Val.Get("identifying"), what+": identifying")
		if answers = q.Val.Get("answers"); answers.Absent() {
			if a.Text = a.Identifying; !a.Text {
				d.fail(q.Val, "%s: answers is missing, expected a list or a range of whole numbers, as {answers: 1930..2010, identifying: yes}", what)
			}
			return a
		}
	case q.Val.Text == "identifying":
		a.Text, a.Identifying = true, true
		return a
	}
	if answers.Kind == "list" {
		a.Choices = texts(d.list(answers, what))
		if len(a.Choices) < 2 {
			d.fail(answers, "%s: two answers or more are expected", what)
		}
		return a
	}
	low, high, ok := strings.Cut(d.str(answers, what), "..")
	var errLow, errHigh error
	a.Min, errLow = strconv.Atoi(low)
	a.Max, errHigh = strconv.Atoi(high)
	if ok && errLow == nil && errHigh == nil && a.Min > a.Max {
		d.reversed(answers, what, low, high)
		return a
	}
	if !ok || errLow != nil || errHigh != nil || a.Min >= a.Max {
		d.fail(answers, "%s: %q, expected a list of answers, a range of whole numbers as 0..60, or the word identifying", what, answers.Text)
	}
	return a
}

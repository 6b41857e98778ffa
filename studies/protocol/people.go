package protocol

import (
	"fmt"
	"strconv"
	"strings"

	"pumplab/studies"
)

// people reads who takes part and what they are asked.
func (d *draft) people(n node) {
	if !d.object(n, "people", peopleKeys) {
		return
	}
	d.require(n, "people", "planned")
	p := &d.study.People
	p.Planned = d.whole(n.get("planned"), "people: planned", 1, 100_000, 1)
	d.consent, d.welcome, d.thanks = n.get("consent"), n.get("welcome"), n.get("thanks")
	p.Consent = d.path(d.consent, "people: consent")
	ask := n.get("ask")
	if ask.absent() {
		return
	}
	if ask.kind != "map" {
		d.fail(ask, "people: ask: each question with its answers is expected, as role: [nurse, other] or age: 18..99")
		return
	}
	for _, q := range ask.pairs {
		p.Ask = append(p.Ask, d.asked(q))
	}
}

// asked is one question to a person: a list of answers or a range of whole numbers.
func (d *draft) asked(q pair) studies.Ask {
	a := studies.Ask{Name: q.key.text}
	what := fmt.Sprintf("people: ask: %s", q.key.text)
	if q.val.kind == "list" {
		a.Choices = texts(d.list(q.val, what))
		if len(a.Choices) < 2 {
			d.fail(q.val, "%s: two answers or more are expected", what)
		}
		return a
	}
	low, high, ok := strings.Cut(d.str(q.val, what), "..")
	var errLow, errHigh error
	a.Min, errLow = strconv.Atoi(low)
	a.Max, errHigh = strconv.Atoi(high)
	if !ok || errLow != nil || errHigh != nil || a.Min >= a.Max {
		d.fail(q.val, "%s: %q, expected a list of answers or a range of whole numbers, as 0..60", what, q.val.text)
	}
	return a
}

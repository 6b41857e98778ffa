package protocol

import (
	"regexp"
	"slices"
	"strconv"

	"pumplab/studies/plan"
)

var (
	practiceKeys = []string{"tasks", "until", "at most"}
	crossKeys    = []string{"cross"}
	untilRight   = regexp.MustCompile(`^(\d{1,2}) correct in a row$`)
)

// sequence reads in which order a person meets designs, surroundings and tasks.
func (d *draft) sequence(n node) {
	if n.Absent() {
		return
	}
	q := &d.study.Sequence
	method, factor := d.ordering(n, "sequence", []string{"each"})
	if factor.Text != "design" {
		d.fail(n, "sequence: the order of designs is expected first, as williams: design")
		return
	}
	q.Designs, q.Conditions, q.Tasks = method, "", ""
	each := n.Get("each")
	d.require(n, "sequence", "each")
	for _, item := range each.Items {
		d.item(item, "sequence: each design", true)
	}
	if q.Tasks == "" && !each.Absent() {
		d.fail(each, "sequence: tasks do not come in it, expected random: tasks or fixed: tasks")
	}
	if q.Conditions == "" {
		q.Conditions = "fixed"
		if len(d.study.Conditions) > 1 && q.Tasks != "" {
			d.fail(each, "sequence: there are %d surroundings, but no order of them, expected williams: surroundings with each, or random: {cross: [tasks, surroundings]}", len(d.study.Conditions))
		}
	}
}

// ordering is the pair "williams: design" among a map's keys, besides the others it may have.
func (d *draft) ordering(n node, what string, others []string) (method string, factor node) {
	known := append(slices.Clone(plan.Methods), others...)
	if !d.object(n, what, known) {
		return "", node{}
	}
	for _, p := range n.Pairs {
		if !slices.Contains(plan.Methods, p.Key.Text) {
			continue
		}
		if method != "" {
			d.fail(p.Key, "%s: one order is expected, there is %s already", what, method)
			continue
		}
		method, factor = p.Key.Text, p.Val
	}
	return method, factor
}

// item is one step of what happens with each design (outer) or in each block.
func (d *draft) item(n node, what string, outer bool) {
	q := &d.study.Sequence
	known := append(slices.Clone(plan.Methods), "practice")
	if outer {
		known = append(known, "ask", "break", "each")
	}
	if n.Kind == "map" && len(n.Pairs) > 0 {
		switch key, val := n.Pairs[0].Key.Text, n.Pairs[0].Val; {
		case key == "practice":
			d.object(n, what, []string{"practice"})
			d.practice(val, what+": practice")
			q.PracticeOnce = outer
			return
		case key == "ask" && outer:
			d.object(n, what, []string{"ask"})
			for _, a := range d.list(val, what+": ask") {
				d.asks = append(d.asks, a)
				q.After = append(q.After, a.Text)
			}
			return
		case key == "break" && outer:
			d.object(n, what, []string{"break"})
			q.Break = d.span(val, what+": break")
			return
		}
	}
	if !d.object(n, what, known) {
		if n.Absent() {
			d.fail(n, "%s: a step is expected", what)
		}
		return
	}
	method, factor := d.ordering(n, what, known)
	switch {
	case method == "":
	case factor.Kind == "map":
		d.cross(method, factor, what)
	case factor.Text == "tasks":
		d.tasksOrder(method, factor, what)
	case factor.Text == "surroundings" && outer:
		q.Conditions = method
		d.require(n, what+": "+method+": surroundings", "each")
		for _, i := range n.Get("each").Items {
			d.item(i, what+": each of the surroundings", false)
		}
	default:
		d.fail(factor, "%s: %s: %q%s", what, method, factor.Text, nearest(factor.Text, []string{"tasks", "surroundings"}))
	}
}

func (d *draft) tasksOrder(method string, n node, what string) {
	q := &d.study.Sequence
	if q.Tasks != "" {
		d.fail(n, "%s: tasks come twice", what)
	}
	if method == "williams" || method == "latin-square" {
		d.fail(n, "%s: tasks are ordered random or fixed, %s is for design and surroundings", what, method)
	}
	q.Tasks = method
}

// cross reads random: {cross: [tasks, surroundings]}.
func (d *draft) cross(method string, n node, what string) {
	d.object(n, what, crossKeys)
	got := texts(d.list(n.Get("cross"), what+": cross"))
	slices.Sort(got)
	if !slices.Equal(got, []string{"surroundings", "tasks"}) {
		d.fail(n, "%s: expected cross: [tasks, surroundings]", what)
	}
	d.tasksOrder(method, n, what)
	d.study.Sequence.Conditions = plan.Mixed
}

// practice reads which tasks come before the measured ones, and marks them.
func (d *draft) practice(n node, what string) {
	q := &d.study.Sequence
	list := n
	if n.Kind == "map" {
		d.object(n, what, practiceKeys)
		d.require(n, what, "tasks")
		list = n.Get("tasks")
		if until := n.Get("until"); !until.Absent() {
			m := untilRight.FindStringSubmatch(until.Text)
			if m == nil || m[1] == "0" {
				d.fail(until, "%s: until: %q, expected as 2 correct in a row", what, until.Text)
			} else {
				q.UntilRight, _ = strconv.Atoi(m[1])
			}
			d.require(n, what, "at most")
		}
		q.AtMost = d.whole(n.Get("at most"), what+": at most", 1, 100, 0)
		if q.AtMost > 0 && q.AtMost < q.UntilRight {
			d.fail(n.Get("at most"), "%s: at most %d cannot give %d correct in a row", what, q.AtMost, q.UntilRight)
		}
	}
	if len(q.Practice) > 0 {
		d.fail(n, "%s: practice comes twice", what)
	}
	var ids []string
	for _, t := range d.study.Tasks {
		ids = append(ids, t.ID)
	}
	for _, p := range d.list(list, what+": tasks") {
		d.word(p, what+": tasks", "", ids)
		if t, ok := d.study.TaskByID(p.Text); ok {
			t.Practice = true
		}
		q.Practice = append(q.Practice, p.Text)
	}
}

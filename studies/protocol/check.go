package protocol

import (
	"io/fs"
	"slices"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
)

// complete checks what only the whole folder shows.
func (d *draft) complete() {
	for _, c := range d.compared { // a name misspelt in factors is told there, not here
		if !d.misspelt || !slices.Contains(d.there, c.design.Text) {
			d.word(c.design, c.what, "", d.study.Designs)
		}
	}
	measured := 0
	for _, t := range d.study.Tasks {
		if !t.Practice {
			measured++
		}
	}
	if measured == 0 && len(d.study.Tasks) > 0 {
		d.fail(node{}, "no task is measured: every task is practice")
	}
	for _, q := range d.study.Questions {
		asked := slices.Contains(d.study.Sequence.After, q.Measure)
		if (q.Measure == "sus" || q.Measure == "raw-tlx") && !asked {
			d.fail(d.questionNodes[q.Name].Get("measure"), "question %s: measure: the sequence never asks %s, expected ask: %s in it", q.Name, q.Measure, q.Measure)
		}
	}
}

// text is the content of a text file the study names; empty if it names none.
func (d *draft) text(fsys fs.FS, n node, what string) string {
	p := d.path(n, what)
	if p == "" {
		return ""
	}
	data, err := fs.ReadFile(fsys, p)
	if err != nil {
		d.fail(n, "%s: %s", what, unread(p, err))
	}
	return string(data)
}

// against holds every order against the library: area, drug and concentration are there, and a limit is passed exactly where the task
// says so; and every pump of the study can give it.
func (d *draft) against(lib *library.Library, designs map[string]*design.Design) {
	for _, t := range d.study.Tasks {
		at := d.taskNodes[t.ID]
		card := at.Get("order")
		what := "task " + t.ID + ": order"
		area, ok := lib.AreaNamed(t.Order.Area)
		if !ok {
			if t.Order.Area != "" {
				var names []string
				for _, a := range lib.Areas {
					names = append(names, a.Name)
				}
				d.fail(card.Get("area"), "%s: library %s has no care area %q%s", what, lib.Name, t.Order.Area, nearest(t.Order.Area, names))
			}
			continue
		}
		setup, ok := d.setup(area, t, card, what)
		if !ok {
			continue
		}
		for _, n := range d.designs {
			if x := designs[n.Text]; x != nil && setup.Pump != "" && setup.Pump != x.Pump.Name {
				d.fail(card, "%s: %s in %s is for a %s pump, design %s is a %s one", what, t.Order.Drug, area.Name, setup.Pump, n.Text, x.Pump.Name)
			}
		}
		d.beyond(t, at, card, lib.Name, d.alsoSecond(area, t, at, designs, passed(area, setup, t.Order)))
	}
}

// setup is the library's entry for an order; a basic infusion has an empty one.
func (d *draft) setup(area *library.Area, t studies.Task, card node, what string) (*library.Setup, bool) {
	o := t.Order
	if o.Drug == "" {
		if !area.Basic {
			d.fail(card, "%s: %s allows no basic infusion, expected a drug", what, area.Name)
		}
		return &library.Setup{}, area.Basic
	}
	setups := area.SetupsOf(o.Drug)
	if o.PCA.Dose == 0 && len(setups) > 1 {
		setups = slices.DeleteFunc(setups, func(s *library.Setup) bool { return s.Delivery == "pca" })
	} else if o.PCA.Dose > 0 {
		setups = slices.DeleteFunc(setups, func(s *library.Setup) bool { return s.Delivery != "pca" })
	}
	if len(setups) == 0 {
		d.fail(card.Get("drug"), "%s: %s has no drug %q%s", what, area.Name, o.Drug, nearest(o.Drug, area.Drugs()))
		return nil, false
	}
	var known []string
	var none quantity.Concentration
	for _, s := range setups {
		if o.PCA.Dose > 0 && s.Units[library.PCADose] != o.PCA.Unit {
			continue
		}
		if s.Custom || s.Concentration == o.Concentration || o.Concentration == none && len(setups) == 1 {
			if o.Dose != 0 && s.DoseUnit != o.DoseUnit {
				unit := s.DoseUnit.String()
				if unit == "" {
					unit = "a rate in mL/h"
				}
				d.fail(card.Get("dose"), "%s: %s is ordered in %s, the library doses it in %s", what, o.Drug, o.DoseUnit, unit)
				return nil, false
			}
			return s, true
		}
		known = append(known, s.Concentration.String())
	}
	at := card.Get("concentration")
	if at.Absent() {
		at = card
	}
	d.fail(at, "%s: %s has %s not in %q%s", what, area.Name, o.Drug, card.Get("concentration").Text, nearest(card.Get("concentration").Text, known))
	return nil, false
}

package engine

import (
	"strconv"
	"time"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
	"pumplab/pumpmodel/field"
	"pumplab/pumpmodel/quantity"
)

// historyScreen is the name of the screen that shows what was demanded and given.
const historyScreen = "history"

// show is the single-channel machine's display with what was demanded and given.
func (b *bedside) show(h *handset) pumpmodel.Display {
	d := b.m.show(&h.Lane)
	if h.Lane.inert() != "" {
		return d
	}
	keys := b.m.d.Keys
	if h.History {
		b.history(h, &d)
	}
	if h.Lane.Screen == b.m.running && infusing(&h.Lane) {
		switch {
		case h.Lane.Flow.Mode != delivery.Infusing:
		case h.PCA.Warn:
			d.Status = "KVO · MOST GIVEN"
		case h.Give.Normal.Volume > 0:
			d.Status = "INFUSING · DOSE"
		}
		if d.Alert == nil || d.Alert.Style == "banner" {
			d.Fields = append(d.Fields, b.account(h)...)
		}
	}
	if x := b.m.setup(b.m.plan(&h.Lane)); x != nil && (d.Kind == "review" || h.History) {
		d.Lines = append(d.Lines, b.volumes(b.m.plan(&h.Lane), x)...)
	}
	if b.remembers(h) && keys["history"] != "" {
		does := map[bool]string{true: "close the history", false: "history"}[h.History]
		d.Keys = append(d.Keys, pumpmodel.Hint{Control: keys["history"], Does: does, Action: "history"})
	}
	if infusing(&h.Lane) && !h.Lane.Alert.On {
		d.Keys = append(d.Keys, pumpmodel.Hint{Control: keys["demand"], Does: "the patient asks for a dose", Action: "demand"})
	}
	return d
}

// account is where the patient stands: demands, when the next can be met, and what was given in the times that are limited.
func (b *bedside) account(h *handset) []pumpmodel.Field {
	p := &h.Lane.Run
	next := "now"
	if h.Lane.Flow.Mode != delivery.Infusing {
		next = "when it runs"
	} else if left := h.PCA.Left(); left > 0 {
		next = "in " + strconv.Itoa(int((left+time.Minute-1)/time.Minute)) + " min"
	}
	out := []pumpmodel.Field{
		shownField("demands", "DEMANDS", strconv.Itoa(h.PCA.Tried)+", "+strconv.Itoa(h.PCA.Met)+" given", ""),
		shownField("next", "NEXT DEMAND", next, ""),
	}
	for i, f := range [...]field.Field{field.In1h, field.None, field.In4h} {
		if f != field.None && p.Has.of(f) {
			hours := strconv.Itoa(int(delivery.Windows[i] / time.Hour))
			out = append(out, shownField("given-"+hours+"h", "GIVEN IN "+hours+" H", b.amount(p, h.PCA.Given(delivery.Windows[i])),
				"of "+p.decimal(f)+" "+b.m.unit(p, f)))
		}
	}
	return out
}

func shownField(name, label, text, unit string) pumpmodel.Field {
	return pumpmodel.Field{Name: name, Label: label, Text: text, Unit: unit, Cursor: -1, Fixed: true}
}

// volumes says what the programme's amounts are in mL, since that is what the pump gives.
func (b *bedside) volumes(p *plan, s *setup) []pumpmodel.Line {
	r, no := b.m.rules(p, s)
	if no != nil {
		return nil
	}
	text := "a demand is " + r.Dose.String() + " mL"
	if v := b.m.loading(p, s); v > 0 {
		text += ", the loading dose " + v.String() + " mL"
	}
	if r.Basal > 0 {
		text += ", the continuous rate " + r.Basal.String() + " mL/h"
	}
	return []pumpmodel.Line{{Role: "note", Text: text}}
}

// amount is a volume in the unit of the drug, as finely as the pump shows doses.
func (b *bedside) amount(p *plan, v quantity.Decimal) string {
	s := b.m.setup(p)
	unit, err := quantity.ParseDoseUnit(s.pcaUnit + "/h")
	if err != nil {
		return ""
	}
	exact, err := quantity.DoseOf(v, unit, p.basis(s), s.conc)
	if err != nil {
		return ""
	}
	a := quantity.Round(exact, 1)
	return quantity.Round(exact, b.m.d.Pump.Dose.StepAt(a)).String()
}

// shownDoses is how many doses the history lists, the latest first.
const shownDoses = 5

// history replaces the running screen by what was demanded and given since the start.
func (b *bedside) history(h *handset, d *pumpmodel.Display) {
	p := &h.Lane.Run
	d.Screen, d.Kind, d.Title = historyScreen, "history", "HISTORY · "+b.m.drug(p).shown
	d.Fields, d.Lines, d.Items = nil, nil, nil
	d.Fields = append(d.Fields, shownField("total", "GIVEN IN ALL", b.amount(p, h.Lane.Flow.Total()), p.pcaUnitOf(b.m)+", "+
		quantity.Round(h.Lane.Flow.Total().Rat(), quantity.One/10).String()+" mL"))
	for i := h.PCA.N - 1; i >= max(0, h.PCA.N-shownDoses); i-- {
		g := h.PCA.Doses[i]
		d.Items = append(d.Items, pumpmodel.Item{Label: ago(h.PCA.Now - g.At), Detail: b.amount(p, g.Volume) + " " + p.pcaUnitOf(b.m)})
	}
	if h.PCA.N == 0 {
		d.Lines = append(d.Lines, pumpmodel.Line{Role: "prompt", Text: "No dose was given yet"})
	}
	d.Keys = append(d.Keys[:len(d.Keys):len(d.Keys)], pumpmodel.Hint{Control: b.m.d.Keys["back"], Does: "close the history", Action: "back"})
}

func (p *plan) pcaUnitOf(m *mach) string { return m.unit(p, field.PCADose) }

// ago is a time before now in whole minutes.
func ago(d time.Duration) string {
	switch n := int(d / time.Minute); {
	case n == 0:
		return "just now"
	case n < 60:
		return strconv.Itoa(n) + " min ago"
	default:
		return strconv.Itoa(n/60) + " h " + strconv.Itoa(n%60) + " min ago"
	}
}

package report

import (
	"fmt"
	"strings"

	"pumplab/analysis/document"
	"pumplab/analysis/plots"
)

// monitorSection is one page as a hospital's committee reads its dose error reduction system.
func (r *Results) monitorSection(p *pages) document.Section {
	m := r.Monitor
	s := document.Section{ID: "monitoring", Title: "DERS monitoring page", Page: true}
	if m.Infusions == 0 {
		s.Page, s.Blocks = false, one(document.Para("No measured task ended with an infusion, so there is nothing to monitor: compliance, alerts per 100 infusions and overrides need at least one."))
		return s
	}
	s.Blocks = one(
		document.Para(fmt.Sprintf("The same figures a hospital's committee follows for its dose error reduction system, computed of this study's %s. Orders that pass a limit on purpose raise alerts that are no error; they count as nuisance here, as they would on a ward.", count(m.Infusions, "measured infusion", "measured infusions"))),
		document.Numbers{
			{Value: percent(m.Compliance.Estimate), Range: "95 % interval " + percents(m.Compliance.CI), Label: fmt.Sprintf("compliance: %d of %d infusions ran within the library", m.Compliance.K, m.Compliance.N)},
			{Value: fixed(m.PerHundred, 1), Range: count(m.Alerts, "limit alert", "limit alerts"), Label: "limit alerts per 100 infusions"},
			{Value: percent(m.Override.Estimate), Range: "95 % interval " + percents(m.Override.CI), Label: fmt.Sprintf("override rate: %d of %d soft-limit alerts", m.Override.K, m.Override.N)},
		},
		document.Numbers{
			{Value: fmt.Sprint(m.GoodCatch.K), Range: fmt.Sprintf("%s of alerts (%s)", percent(m.GoodCatch.Estimate), percents(m.GoodCatch.CI)), Label: "good catches: a wrong entry, changed after the alert"},
			{Value: fmt.Sprint(m.Nuisance.K), Range: fmt.Sprintf("%s of alerts (%s)", percent(m.Nuisance.Estimate), percents(m.Nuisance.CI)), Label: "nuisance alerts: the entry was as ordered"},
			{Value: dwellOf(m), Range: dwellSpan(m), Label: "median time to answer an alert, with the middle half"},
		},
	)
	if m.Missed > 0 {
		s.Blocks = append(s.Blocks, document.Para(count(m.Missed, "alert covered a wrong entry and was overridden: the error", "alerts covered a wrong entry and were overridden: the errors")+" an alert should have stopped."))
	}
	s.Blocks = append(s.Blocks, p.draw(m.alarmFigure(r.note()))...)
	s.Blocks = append(s.Blocks, p.draw(m.overrideFigure(r.note()))...)
	if len(m.Limits) > 0 {
		s.Blocks = append(s.Blocks, limitTableOf(m))
	}
	return s
}

func dwellOf(m Monitor) string {
	if len(m.DwellSpan) < 2 {
		return "–"
	}
	return fixed(m.Dwell, 1) + " s"
}

func dwellSpan(m Monitor) string {
	if len(m.DwellSpan) < 2 {
		return "no alert was answered"
	}
	return fmt.Sprintf("%s to %s s", fixed(m.DwellSpan[0], 1), fixed(m.DwellSpan[1], 1))
}

func controlOf(c ControlData, y string, format func(float64) string, note string) plots.Control {
	k := plots.Control{XLabel: "session, in the order they began", YLabel: y, Centre: float64(c.Centre), Format: format, Note: note}
	for _, p := range c.Points {
		k.Points = append(k.Points, plots.ControlPoint{Label: p.Session, Rate: float64(p.Rate), Low: float64(p.Low), High: float64(p.High), Outside: p.Outside, Count: p.Count, Available: p.Size})
	}
	return k
}

// signals says what the chart signals.
func (c ControlData) signals() string {
	if len(c.Signals) == 0 {
		return "No session lies outside the limits and there is no run of eight on one side: the rate is stable."
	}
	return "Signals: " + some(c.Signals, 3) + "."
}

func (m Monitor) alarmFigure(note string) (figure, bool) {
	c := m.Alarms
	k := controlOf(c, "alerts per 100 infusions", func(v float64) string { return fmt.Sprintf("%.0f", v) }, note)
	return figure{
		"alerts-chart", k, fmt.Sprintf("Run chart of limit alerts per 100 infusions over %d sessions, mean %s. %s", len(c.Points), fixed(c.Centre, 1), c.signals()),
		fmt.Sprintf("Limit alerts per 100 infusions by session (u chart; mean %s, limits three standard deviations of a Poisson count). %s", fixed(c.Centre, 1), c.signals()),
	}, len(c.Points) > 1
}

func (m Monitor) overrideFigure(note string) (figure, bool) {
	c := m.Overrides
	k := controlOf(c, "soft alerts overridden", func(v float64) string { return fmt.Sprintf("%.0f %%", v) }, note)
	return figure{
		"override-chart", k, fmt.Sprintf("Run chart of the share of soft alerts overridden over %d sessions, mean %s per cent. %s", len(c.Points), fixed(c.Centre, 1), c.signals()),
		fmt.Sprintf("Share of soft-limit alerts overridden by session (p chart; mean %s %%, limits three standard deviations of a binomial share). %s", fixed(c.Centre, 1), c.signals()),
	}, len(c.Points) > 1
}

// limitTableOf has one line a drug and limit.
func limitTableOf(m Monitor) document.Table {
	const most = 8
	t := document.Table{
		Caption: "Alerts by drug and limit, the most frequent first", Head: []string{"drug", "field", "limit", "alerts", "overridden", "95 % Wilson", "with wrong entry", "good catches", "nuisance", "median s"}, Lead: 2, Tight: true,
		Notes: []string{"The drug is the one that was ordered. A limit that is overridden nearly always, with nearly only nuisance alerts, warns of nothing: consider widening it. A limit with good catches earns its place."},
	}
	for i, l := range m.Limits {
		if i == most {
			t.Notes = append(t.Notes, fmt.Sprintf("The %d most frequent of %d limits; all are in results.json.", most, len(m.Limits)))
			break
		}
		over, interval := "not possible", "–"
		if strings.HasPrefix(l.Limit, "soft") {
			over, interval = fmt.Sprintf("%d (%s)", l.Overridden.K, percent(l.Overridden.Estimate)), percents(l.Overridden.CI)
		}
		t.Rows = append(t.Rows, []string{l.Drug, l.Field, l.Limit, fmt.Sprint(l.Alerts), over, interval, fmt.Sprint(l.Wrongly), fmt.Sprint(l.GoodCatch), fmt.Sprint(l.Nuisance), fixed(l.Dwell, 1)})
	}
	return t
}

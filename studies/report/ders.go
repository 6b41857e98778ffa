package report

import (
	"math"
	"slices"
	"strings"

	"pumplab/analysis/describe"
	"pumplab/studies"
)

// Monitor is what a hospital's committee reads of its dose error reduction system, computed of this study's measured tasks.
type Monitor struct {
	Infusions  int         `json:"infusions"`  // tasks in which something was started
	Compliance Share       `json:"compliance"` // of them, run within the library
	Alerts     int         `json:"alerts"`     // limit alerts
	PerHundred Num         `json:"alerts_per_100_infusions"`
	Override   Share       `json:"override_share"` // of the soft alerts
	GoodCatch  Share       `json:"good_catches"`   // alerts on a wrong entry that was then changed, of all alerts
	Nuisance   Share       `json:"nuisance"`       // alerts on the entry that was ordered, of all alerts
	Missed     int         `json:"overridden_with_wrong_entry"`
	Dwell      Num         `json:"median_seconds_to_answer"`
	DwellSpan  []Num       `json:"quartiles_of_seconds_to_answer"`
	Limits     []LimitUse  `json:"limits"`
	Alarms     ControlData `json:"alerts_chart"`   // u chart
	Overrides  ControlData `json:"override_chart"` // p chart
}

// LimitUse is one limit of one drug.
type LimitUse struct {
	Drug       string `json:"drug"`
	Field      string `json:"field"`
	Limit      string `json:"limit"` // soft upper, 10
	Alerts     int    `json:"alerts"`
	Overridden Share  `json:"overridden"`
	GoodCatch  int    `json:"good_catches"`
	Nuisance   int    `json:"nuisance"`
	Wrongly    int    `json:"overridden_with_wrong_entry"`
	Dwell      Num    `json:"median_seconds"`
}

// ControlData is a run chart over sessions in the order they began, with limits of three standard deviations (Shewhart).
type ControlData struct {
	Centre  Num            `json:"centre"`
	Points  []ControlPoint `json:"points"`
	Signals []string       `json:"signals"`
}

// ControlPoint is one session.
type ControlPoint struct {
	Session string `json:"session"`
	Count   int    `json:"count"`
	Size    int    `json:"size"`
	Rate    Num    `json:"rate"`
	Low     Num    `json:"low"`
	High    Num    `json:"high"`
	Outside bool   `json:"outside"`
}

var limitWords = map[string]string{"upperHard": "hard upper", "lowerHard": "hard lower", "upperSoft": "soft upper", "lowerSoft": "soft lower"}

// watch computes the monitoring page.
func (r *Results) watch(in Input, rows []studies.TaskRow) {
	type where struct {
		session string
		step    int
	}
	m := &r.Monitor
	task := map[where]studies.TaskRow{}
	var order []string
	for _, s := range in.Sessions {
		order = append(order, s.ID)
	}
	within, infusions, raised, soft, overridden := 0, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, t := range rows {
		task[where{t.Session, t.Step}] = t
		if !slices.Contains(order, t.Session) {
			order = append(order, t.Session)
		}
		if t.Programmed != "" || t.Outcome == studies.Bypassed {
			m.Infusions++
			infusions[t.Session]++
			if t.Outcome != studies.Bypassed {
				within++
			}
		}
	}
	var dwell []float64
	limits := limitTable{}
	catches, nuisance, softs, softsOver := 0, 0, 0, 0
	for _, a := range in.Alerts {
		t, measured := task[where{a.Session, a.Step}]
		if !measured || limitWords[a.LimitKind] == "" {
			continue
		}
		m.Alerts++
		raised[a.Session]++
		over := a.Answer == "override"
		if strings.HasSuffix(a.LimitKind, "Soft") {
			softs++
			soft[a.Session]++
			if over {
				softsOver++
				overridden[a.Session]++
			}
		}
		switch {
		case !a.Wrong:
			nuisance++
		case over:
			m.Missed++
		case a.Answer != "":
			catches++
		}
		if a.Latency > 0 {
			dwell = append(dwell, a.Latency.Seconds())
		}
		limits.add(drugOf(in.Study, t), a)
	}
	m.Compliance, m.Override = share(within, m.Infusions), share(softsOver, softs)
	m.GoodCatch, m.Nuisance = share(catches, m.Alerts), share(nuisance, m.Alerts)
	m.PerHundred, m.Dwell = Num(math.NaN()), Num(math.NaN())
	if m.Infusions > 0 {
		m.PerHundred = Num(100 * float64(m.Alerts) / float64(m.Infusions))
	}
	for _, p := range []float64{0.25, 0.75} {
		if q, err := describe.Quantile(dwell, p); err == nil {
			m.DwellSpan = append(m.DwellSpan, Num(q))
		}
	}
	if v, err := describe.Median(dwell); err == nil {
		m.Dwell = Num(v)
	}
	m.Limits = limits.rows()
	m.Alarms = control(order, raised, infusions, false)
	m.Overrides = control(order, overridden, soft, true)
}

// drugOf is the drug of a task's order.
func drugOf(s *studies.Study, t studies.TaskRow) string {
	if known, ok := s.TaskByID(t.Task); ok && known.Order.Drug != "" {
		return known.Order.Drug
	}
	if drug := lineOf(t.Ordered)["drug"]; drug != "" {
		return drug
	}
	return "no drug"
}

// control draws up the chart: counts by size of each session, as rates (u chart, alerts per 100) or as shares (p chart).
func control(order []string, count, size map[string]int, shares bool) ControlData {
	total, all := 0, 0
	for _, s := range order {
		total, all = total+count[s], all+size[s]
	}
	c := ControlData{Centre: Num(math.NaN())}
	if all == 0 {
		return c
	}
	centre, scale := float64(total)/float64(all), 100.0
	c.Centre = Num(scale * centre)
	run, side := 0, 0
	for _, s := range order {
		n := float64(size[s])
		if n == 0 {
			continue
		}
		variance := centre / n
		if shares {
			variance = centre * (1 - centre) / n
		}
		sd := math.Sqrt(variance)
		p := ControlPoint{Session: s, Count: count[s], Size: size[s], Rate: Num(scale * float64(count[s]) / n), Low: Num(scale * max(0, centre-3*sd)), High: Num(scale * (centre + 3*sd))}
		if shares {
			p.High = min(p.High, Num(scale))
		}
		if p.Outside = p.Rate > p.High || p.Rate < p.Low; p.Outside {
			c.Signals = append(c.Signals, s+" lies outside the limits")
		}
		now := 0
		if p.Rate > c.Centre {
			now = 1
		} else if p.Rate < c.Centre {
			now = -1
		}
		if now == side && now != 0 {
			run++
		} else {
			run, side = 1, now
		}
		if run == 8 {
			c.Signals = append(c.Signals, "eight sessions in a row on one side of the centre, ending with "+s)
		}
		c.Points = append(c.Points, p)
	}
	return c
}

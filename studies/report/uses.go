package report

import (
	"math"
	"slices"
	"strings"

	"pumplab/analysis/describe"
	"pumplab/studies"
)

// workload gathers the questionnaires' complete scores by design.
func (r *Results) workload(in Input) {
	for _, instrument := range instruments(in.Scores) {
		for _, d := range r.Designs {
			w := Workload{Instrument: instrument, Design: d.Design, Score: Mean{Estimate: Num(math.NaN()), CI: describe.Interval{Low: math.NaN(), High: math.NaN()}}}
			for _, s := range in.Scores {
				if s.Instrument != instrument || s.Design != d.Design {
					continue
				}
				if s.Missing > 0 {
					w.Missing++
					continue
				}
				w.Score.Each = append(w.Score.Each, s.Value)
			}
			if len(w.Score.Each) > 0 {
				if e, err := describe.Mean(w.Score.Each, level); err == nil {
					w.Score.N, w.Score.Estimate, w.Score.CI = e.N, Num(e.Estimate), e.CI
				}
			}
			r.Workload = append(r.Workload, w)
		}
	}
}

func instruments(scores []Score) []string {
	var out []string
	for _, s := range scores {
		out = append(out, s.Instrument)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// alertUse counts a design's limit alerts in measured tasks.
func alertUse(design string, rows []studies.TaskRow, alerts []studies.AlertRow) AlertUse {
	type where struct {
		session string
		step    int
	}
	in := map[where]bool{}
	for _, t := range rows {
		in[where{t.Session, t.Step}] = true
	}
	u := AlertUse{Design: design}
	softOverridden := 0
	var dwell []float64
	for _, a := range alerts {
		if !in[where{a.Session, a.Step}] {
			continue
		}
		switch a.LimitKind {
		case "upperHard", "lowerHard":
			u.Hard++
		case "upperSoft", "lowerSoft":
			u.Soft++
		default: // an advisory, the pump's own range
			continue
		}
		u.Shown++
		switch {
		case a.Answer == "override":
			u.Overridden++
			if strings.HasSuffix(a.LimitKind, "Soft") {
				softOverridden++
			}
			if a.Wrong {
				u.Wrongly++
			}
		case a.Answer != "":
			u.Changed++
			if a.Wrong {
				u.GoodCatch++
			}
		default:
			u.Open++
		}
		if !a.Wrong {
			u.Nuisance++
		}
		if a.Latency > 0 {
			dwell = append(dwell, a.Latency.Seconds())
		}
	}
	u.Override = share(softOverridden, u.Soft)
	u.Seconds, u.PerHundred = Num(math.NaN()), Num(100*float64(u.Shown)/float64(len(rows)))
	if m, err := describe.Median(dwell); err == nil {
		u.Seconds = Num(m)
	}
	return u
}

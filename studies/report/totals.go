package report

// Totals are counts over all designs that sentences name.
type Totals struct {
	Tasks        int `json:"measured_tasks"`
	People       int `json:"people"` // with a measured task on a design, the most of any
	Designs      int `json:"designs"`
	Conditions   int `json:"conditions"`
	CloseCalls   int `json:"close_calls"`
	WrongNumbers int `json:"tasks_with_a_wrong_number"`
	Alerts       int `json:"limit_alerts"`
	Overridden   int `json:"overridden"`
	Wrongly      int `json:"overridden_with_wrong_entry"`
	GoodCatches  int `json:"good_catches"`
	Pairs        int `json:"pairs_of_designs"`
	Distinct     int `json:"pairs_that_differ"`
	Findings     int `json:"findings"`
	Limits       int `json:"limits"`
	Sessions     int `json:"sessions_in_charts"`

	Critical int `json:"critical_tasks"`
	Gravest  int `json:"tasks_of_full_severity"`

	TopClass int `json:"tasks_of_the_most_frequent_class"`
}

func (r *Results) total() {
	t := Totals{Designs: len(r.Designs), Pairs: len(r.Pairs), Findings: len(r.Findings), Limits: len(r.Monitor.Limits), Sessions: len(r.Monitor.Alarms.Points)}
	seen := map[string]bool{}
	for _, c := range r.Cells {
		seen[c.Condition] = true
	}
	t.Conditions = len(seen)
	for _, d := range r.Designs {
		t.Tasks, t.CloseCalls, t.People = t.Tasks+d.Tasks, t.CloseCalls+d.CloseCalls, max(t.People, d.People)
	}
	for _, d := range r.Designs {
		t.Critical += d.Critical.N
	}
	for _, k := range r.Risk {
		t.Gravest += k.Rungs[len(k.Rungs)-1]
	}
	for _, a := range r.AlertUse {
		t.Alerts, t.Overridden, t.Wrongly, t.GoodCatches = t.Alerts+a.Shown, t.Overridden+a.Overridden, t.Wrongly+a.Wrongly, t.GoodCatches+a.GoodCatch
	}
	for _, p := range r.Pairs {
		if p.Distinct {
			t.Distinct++
		}
	}
	classes, each := r.classes()
	for _, n := range each {
		t.WrongNumbers += n
	}
	if len(classes) > 0 {
		t.TopClass = each[classes[0]]
	}
	r.Totals = t
}

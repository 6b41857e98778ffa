package outcome_test

import (
	"strings"
	"testing"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/studies"
)

// beginBoth is a task with two orders: DOPamine on channel A, heparin on B.
func beginBoth(t *testing.T) *script {
	t.Helper()
	s := begin(t, "")
	o, err := order.Parse("channel: A; " + dopamine + " + area: Adult ICU; channel: B; drug: heparin; rate: 24 mL/h; vtbi: 500 mL")
	if err != nil {
		t.Fatal(err)
	}
	s.study.Tasks[0].Order = o
	return s
}

func (s *script) startOn(channel string, change func(*pumpmodel.Programme)) *script {
	p := right()
	if channel == "B" {
		p = pumpmodel.Programme{Area: "Adult ICU", Drug: "heparin", Rate: "24", VTBI: "500"}
	}
	p.Channel = channel
	if change != nil {
		change(&p)
	}
	return s.press("start", "", "", "", pumpmodel.Output{Kind: pumpmodel.InfusionStarted, Channel: channel, Programme: &p})
}

func (s *script) confirmOn(channel, field, value string) *script {
	return s.press("enter", "", "", "", pumpmodel.Output{Kind: pumpmodel.FieldConfirmed, Channel: channel, Field: field, After: value})
}

// Both infusions of an order are judged, each by what was ordered for its channel.
func TestATaskWithTwoInfusionsIsRightWhenBothRun(t *testing.T) {
	rate := func(v string) func(*pumpmodel.Programme) { return func(p *pumpmodel.Programme) { p.Rate = v } }
	for name, c := range map[string]struct {
		do   func(*script) *script
		want studies.Outcome
	}{
		"both":               {func(s *script) *script { return s.startOn("A", nil).startOn("B", nil) }, studies.Correct},
		"in the other order": {func(s *script) *script { return s.startOn("B", nil).startOn("A", nil) }, studies.Correct},
		"one":                {func(s *script) *script { return s.startOn("A", nil) }, studies.NotCompleted},
		"the second wrong":   {func(s *script) *script { return s.startOn("A", nil).startOn("B", rate("240")) }, studies.Undetected},
		"the first wrong": {func(s *script) *script {
			return s.startOn("A", func(p *pumpmodel.Programme) { p.VTBI = "25" }).startOn("B", nil)
		}, studies.Undetected},
		"both on A": {func(s *script) *script { return s.startOn("A", nil).startOn("A", rate("24")) }, studies.NotCompleted},
		"numbers of B, put right": {func(s *script) *script {
			return s.startOn("A", nil).confirmOn("B", "rate", "240").confirmOn("B", "rate", "24").startOn("B", nil)
		}, studies.Corrected},
		"numbers of either are right on it": {func(s *script) *script {
			return s.confirmOn("A", "vtbi", "250").startOn("A", nil).confirmOn("B", "vtbi", "500").startOn("B", nil)
		}, studies.Correct},
	} {
		r := c.do(beginBoth(t)).end("done")
		if got := r.Tasks[0].Outcome; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	row := beginBoth(t).startOn("A", nil).startOn("B", nil).end("done").Tasks[0]
	if !strings.Contains(row.Programmed, "channel: A;") || !strings.Contains(row.Programmed, " + area: Adult ICU; channel: B;") || !strings.Contains(row.Ordered, " + ") {
		t.Errorf("ordered    %s\nprogrammed %s", row.Ordered, row.Programmed)
	}
}

// Each ordered number of patient-controlled analgesia is judged, and what was not ordered must not be given.
func TestEveryNumberOfAnalgesiaIsJudged(t *testing.T) {
	o, err := order.Parse("area: General ward; drug: morphine; pca dose: 1 mg; lockout: 8 min; continuous: 0.5 mg/h; in 1 h: 8 mg; in 4 h: 24 mg")
	if err != nil {
		t.Fatal(err)
	}
	as := pumpmodel.Analgesia{Unit: "mg", Dose: "1", Volume: "1", Lockout: "8", Continuous: "0.5", Loading: "0", LoadingVolume: "0", In1h: "8", In4h: "24"}
	for field, change := range map[string]func(*pumpmodel.Analgesia){
		"": func(*pumpmodel.Analgesia) {}, "pca-dose": func(a *pumpmodel.Analgesia) { a.Dose = "10" }, "lockout": func(a *pumpmodel.Analgesia) { a.Lockout = "6" },
		"continuous": func(a *pumpmodel.Analgesia) { a.Continuous = "0" }, "pca-loading": func(a *pumpmodel.Analgesia) { a.Loading = "2" },
		"in-1h": func(a *pumpmodel.Analgesia) { a.In1h = "80" }, "in-4h": func(a *pumpmodel.Analgesia) { a.In4h = "" },
	} {
		a := as
		change(&a)
		s := begin(t, "")
		s.study.Tasks[0].Order = o
		p := pumpmodel.Programme{Area: "General ward", Drug: "morphine", Concentration: "60 mg/60 mL", Rate: "0.5", VTBI: "60", PCA: a}
		r := s.press("start", "", "", "", pumpmodel.Output{Kind: pumpmodel.InfusionStarted, Programme: &p}).end("done")
		want := studies.Undetected
		if field == "" {
			want = studies.Correct
		}
		found := order.Matches(o, p)
		if r.Tasks[0].Outcome != want || field != "" && (len(found) != 1 || found[0].Field != field) {
			t.Errorf("%q: %s, %+v", field, r.Tasks[0].Outcome, found)
		}
	}
}

package outcome_test

import (
	"testing"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/order"
	"pumplab/studies"
)

// given is a bolus of that many mg at 1.6 mg/mL, in 4 min.
func (s *script) given(mg, mL, rate string) *script {
	p := right()
	p.Bolus, p.BolusUnit, p.BolusVolume, p.BolusRate = mg, "mg", mL, rate
	return s.press("start", "", "", "", pumpmodel.Output{Kind: pumpmodel.DoseStarted, Field: "bolus", Programme: &p})
}

func TestAWrongBolusIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		order string
		do    func(*script)
		want  studies.Outcome
	}{
		"right":            {"; bolus: 16 mg; over: 4 min", func(s *script) { s.given("16", "10", "150") }, studies.Correct},
		"not given":        {"; bolus: 16 mg; over: 4 min", func(*script) {}, studies.Undetected},
		"ten times":        {"; bolus: 16 mg; over: 4 min", func(s *script) { s.given("160", "100", "1500") }, studies.Undetected},
		"twice":            {"; bolus: 16 mg; over: 4 min", func(s *script) { s.given("16", "10", "150").given("16", "10", "150") }, studies.Undetected},
		"too fast":         {"; bolus: 16 mg; over: 4 min", func(s *script) { s.given("16", "10", "600") }, studies.Undetected},
		"nobody ordered":   {"", func(s *script) { s.given("16", "10", "150") }, studies.Undetected},
		"stopped at once":  {"", func(s *script) { s.given("16", "10", "150").stopped("10", "0") }, studies.Corrected},
		"stopped, made up": {"; bolus: 16 mg; over: 4 min", func(s *script) { s.given("32", "20", "300").stopped("20", "10") }, studies.Undetected},
	} {
		s := begin(t, "")
		o, err := order.Parse(dopamine + c.order)
		if err != nil {
			t.Fatal(err)
		}
		s.study.Tasks[0].Order = o
		s.start(nil)
		c.do(s)
		if got := s.end("done").Tasks[0]; got.Outcome != c.want {
			t.Errorf("%s: %s, want %s: %s", name, got.Outcome, c.want, got.Programmed)
		}
	}
}

func (s *script) stopped(of, given string) *script {
	return s.press("F1", "", "", "", pumpmodel.Output{Kind: pumpmodel.DoseStopped, Field: "bolus", Before: of, After: given})
}

package questionnaire_test

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"pumplab/studies/questionnaire"
)

const tlx = `questionnaire: raw-tlx
title: Workload
scoring: raw-tlx
scale: {from: 0, to: 100, step: 5, low: Very low, high: Very high}
items:
  - {id: mental, text: How mentally demanding was it?}
  - {id: physical, text: How physically demanding was it?}
  - {id: temporal, text: How hurried was the pace?}
  - {id: performance, text: How successful were you?, low: Perfect, high: Failure}
  - {id: effort, text: How hard did you have to work?}
  - {id: frustration, text: How irritated were you?}
`

func mustRead(t *testing.T, text string) *questionnaire.Instrument {
	t.Helper()
	in, err := questionnaire.Read("q.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// The example of shared/domain/science.md: 70,10,55,30,60,45 with 5,0,3,2,4,1 → weighted 57.33, raw 45.00.
func TestTheTaskLoadIndexOfTheBookExample(t *testing.T) {
	r := []float64{70, 10, 55, 30, 60, 45}
	if got := questionnaire.RawTLX(r); got != 45 {
		t.Errorf("raw %v, want 45", got)
	}
	if got := questionnaire.WeightedTLX(r, []float64{5, 0, 3, 2, 4, 1}); math.Abs(got-57.33) > 0.005 {
		t.Errorf("weighted %v, want 57.33", got)
	}
	if got := questionnaire.WeightedTLX(r, []float64{5, 0, 3, 2, 4, 2}); !math.IsNaN(got) {
		t.Errorf("16 comparisons give %v", got)
	}
}

// By the rule of Brooke 1996: odd r-1, even 5-r, sum × 2.5.
func TestTheUsabilityScale(t *testing.T) {
	for _, c := range []struct {
		r    []float64
		want float64
	}{
		{[]float64{5, 1, 5, 1, 5, 1, 5, 1, 5, 1}, 100},
		{[]float64{1, 5, 1, 5, 1, 5, 1, 5, 1, 5}, 0},
		{[]float64{3, 3, 3, 3, 3, 3, 3, 3, 3, 3}, 50},
		{[]float64{4, 2, 4, 1, 5, 2, 4, 2, 3, 3}, 75}, // 3+3+3+4+4+3+3+3+2+2 = 30
	} {
		if got := questionnaire.SUS(c.r); got != c.want {
			t.Errorf("%v gives %v, want %v", c.r, got, c.want)
		}
	}
	if got := questionnaire.SUS([]float64{0, 3, 3, 3, 3, 3, 3, 3, 3, 3}); !math.IsNaN(got) {
		t.Errorf("a rating of 0 gives %v", got)
	}
}

// UMUX-Lite (a+b-2)·100/12: 7,7 → 100; 1,1 → 0; 5,6 → 75 (shared/domain/science.md).
func TestTheShortScale(t *testing.T) {
	for _, c := range [][3]float64{{7, 7, 100}, {1, 1, 0}, {5, 6, 75}} {
		if got := questionnaire.UMUXLite(c[:2]); got != c[2] {
			t.Errorf("%v gives %v", c, got)
		}
	}
}

func TestAnUnansweredItemIsReportedAndNeverImputed(t *testing.T) {
	in := mustRead(t, tlx)
	s, err := in.Scores(map[string]string{"mental": "70", "physical": "10", "temporal": "55", "performance": "30", "effort": "60", "frustration": ""})
	if err != nil || len(s) != 1 || !math.IsNaN(s[0].Value) || len(s[0].Missing) != 1 || s[0].Missing[0] != "frustration" {
		t.Errorf("%+v, %v", s, err)
	}
	s, _ = in.Scores(map[string]string{"mental": "70", "physical": "10", "temporal": "55", "performance": "30", "effort": "60", "frustration": "45"})
	if s[0].Value != 45 || s[0].Missing != nil {
		t.Errorf("%+v", s)
	}
	if _, err := in.Scores(map[string]string{"mental": "much"}); err == nil {
		t.Error("much is a number")
	}
}

// Lewis 2002: system 1–6, information 7–12, interface 13–15, overall 1–16 (shared/domain/science.md).
func TestThePostStudyQuestionnaireHasItsSubscales(t *testing.T) {
	text := "questionnaire: pssuq\nscoring: pssuq\nscale: {from: 1, to: 7}\nitems:\n"
	rated := map[string]string{}
	for i := range 16 {
		name := "p" + string(rune('a'+i))
		text += "  - {id: " + name + ", text: x}\n"
		rated[name] = map[bool]string{true: "2", false: "4"}[i < 6]
	}
	rated["pp"] = "" // item 16 belongs to no subscale
	s, err := mustRead(t, text).Scores(rated)
	if err != nil || len(s) != 4 {
		t.Fatal(s, err)
	}
	if !math.IsNaN(s[0].Value) || s[1].Value != 2 || s[2].Value != 4 || s[3].Value != 4 {
		t.Errorf("%+v", s)
	}
}

func TestWithoutAScoringEachItemStandsForItself(t *testing.T) {
	in := mustRead(t, "questionnaire: own\nscale: {from: 1, to: 3}\nitems:\n  - {id: a, text: A}\n  - {id: b, text: B, scale: {from: 0, to: 10, step: 2}}\n")
	s, _ := in.Scores(map[string]string{"b": "4"})
	if len(s) != 2 || s[0].Name != "a" || !math.IsNaN(s[0].Value) || s[1].Value != 4 || in.Items[1].Step != 2 || in.Items[0].Step != 1 {
		t.Errorf("%+v", s)
	}
}

func TestABadInstrumentIsToldWhatIsWrong(t *testing.T) {
	for text, want := range map[string][]string{
		"questionnaire: q\ncolour: red\n":               {"q.yaml:2:1:", "colour"},
		"questionnaire: q\nitems: [{id: a}]\n":          {"no text", "scale 0 to 0"},
		"questionnaire: sus\nscoring: sus\nitems: []":   {"no items", "needs 10 items"},
		"questionnaire: q\nscoring: magic\nitems: []":   {"unknown scoring", "raw-tlx"},
		strings.Replace(tlx, "step: 5", "step: 7", 1):   {"in steps of 7"},
		"title: x\nscale: {from: a}\n":                  {"q.yaml:2:15:"},
		strings.Replace(tlx, "mental,", "physical,", 1): {"twice"},
	} {
		_, err := questionnaire.Read("q.yaml", []byte(text))
		for _, w := range want {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("%q gives %v, want %q in it", text, err, w)
			}
		}
	}
}

func TestAStudysOwnInstrumentComesBeforeTheProgramsOwn(t *testing.T) {
	own := fstest.MapFS{"raw-tlx.yaml": {Data: []byte(strings.Replace(tlx, "Workload", "Mine", 1))}}
	given := fstest.MapFS{"raw-tlx.yaml": {Data: []byte(tlx)}, "sus.yaml": {Data: []byte("x")}}
	in, err := questionnaire.Load("raw-tlx", own, given)
	if err != nil || in.Title != "Mine" {
		t.Errorf("%+v %v", in, err)
	}
	if _, err := questionnaire.Load("tlx", own, given); err == nil || !strings.Contains(err.Error(), "raw-tlx, sus") {
		t.Errorf("%v", err)
	}
	if _, err := questionnaire.Load("../secret", own); err == nil {
		t.Error("a path was read")
	}
}

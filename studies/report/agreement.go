package report

import (
	"fmt"
	"strings"

	"pumplab/analysis/describe"
	"pumplab/analysis/document"
	"pumplab/studies/coding"
)

// Agreement is how far two or more raters agree on one thing they coded on the replay.
type Agreement struct {
	What     string            `json:"what"`
	Raters   []string          `json:"raters"`
	Count    int               `json:"number_of_raters"`
	Units    int               `json:"passages_in_common"`
	Observed Num               `json:"observed_agreement"`
	Name     string            `json:"kappa_of"` // Cohen for two raters, Fleiss for more
	Kappa    Num               `json:"kappa"`
	KappaCI  describe.Interval `json:"kappa_ci"`
	Alpha    Num               `json:"krippendorff_alpha"`
	AC1      Num               `json:"gwet_ac1"`
	AC1CI    describe.Interval `json:"gwet_ac1_ci"`
	Note     string            `json:"note,omitempty"`
}

// agree holds the raters' codes against each other.
func (r *Results) agree(codes []coding.Code) {
	r.Codes = len(codes)
	for _, a := range coding.Agree(codes, level) {
		r.Agreement = append(r.Agreement, Agreement{
			What: a.What, Raters: a.Raters, Count: len(a.Raters), Units: a.Units, Observed: Num(a.Observed), Name: a.KappaName, Kappa: Num(a.Kappa.Kappa), KappaCI: a.Kappa.CI,
			Alpha: Num(a.Alpha.Alpha), AC1: Num(a.AC1.Kappa), AC1CI: a.AC1.CI, Note: a.Note,
		})
	}
}

// agreementSection says whether raters coded the errors' causes, and how far they agree.
func (r *Results) agreementSection() document.Section {
	s := document.Section{ID: "agreement", Title: "Agreement of raters"}
	outcomes := document.Para("Outcomes and classes of wrong numbers are computed from the record, so no rater can disagree about them.")
	switch {
	case len(r.Agreement) > 0:
	case r.Codes > 0:
		s.Blocks = one(outcomes, document.Para(fmt.Sprintf("Causes: %s so far, but no passage that two raters have both judged; agreement needs two.", count(r.Codes, "passage is coded", "passages are coded"))))
		return s
	default:
		s.Blocks = one(outcomes, document.Para("Causes of errors have not been coded. pumplab coding sheet STUDY --rater NAME writes a blind sheet of the passages to judge; two raters' sheets in the study's folder coding fill this section."))
		return s
	}
	first := r.Agreement[0]
	t := document.Table{
		Caption: "Agreement of raters on the causes of errors", Head: []string{"what was coded", "passages", "agreed", first.Name + "’s kappa", "95 %", "Krippendorff’s alpha", "Gwet’s AC1", "95 %"}, Tight: true,
		Notes: []string{fmt.Sprintf("Raters: %s, blind to design and condition. Coefficients are corrected for chance: 1 is full agreement, 0 what chance gives.", strings.Join(first.Raters, ", "))},
	}
	for _, a := range r.Agreement {
		t.Rows = append(t.Rows, []string{a.What, fmt.Sprint(a.Units), percent(a.Observed), fixed(a.Kappa, 2), span(a.KappaCI, 2), fixed(a.Alpha, 2), fixed(a.AC1, 2), span(a.AC1CI, 2)})
		if a.Note != "" {
			t.Notes = append(t.Notes, sentenceCase(a.What)+": "+a.Note+".")
		}
	}
	s.Blocks = one(outcomes, t)
	return s
}

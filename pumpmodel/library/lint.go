package library

import (
	"cmp"
	"fmt"
	"slices"

	"pumplab/pumpmodel/written"
)

// Finding is something a linter rule does not like in a library that reads well.
type Finding struct {
	Rule string
	File string
	written.Place
	Area   string
	What   string
	Reason string // why the rule exists
}

// String is the finding as file:line:col: what (rule: reason).
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s [%s: %s]", f.File, f.Line, f.Col, f.What, f.Rule, f.Reason)
}

// Rule is one rule of the linter: shared/domain/ders.md, Check rules.
type Rule struct {
	Name   string
	Reason string
	area   func(a *Area, found func(written.Place, string))
	all    func(l *Library, found func(written.Place, string))
}

// Rules are all rules of the linter.
var Rules = []Rule{
	{Name: "order", Reason: "limits that cross can never be kept", area: eachSet(crossed)},
	{Name: "start-on-limit", Reason: "a start value should leave room on both sides", area: eachSet(startOnLimit)},
	{Name: "high-alert-open", Reason: "a high-alert drug needs an upper hard limit", area: eachSetup(highAlertOpen)},
	{Name: "soft-is-hard", Reason: "where soft and hard limit are the same, nobody is warned before the stop", area: eachSet(softIsHard)},
	{Name: "token-minimum", Reason: "no minimum is said by leaving it out, not by a tiny number", area: eachSet(tokenMinimum)},
	{Name: "mixed-dose-units", Reason: "one drug in two dose units invites mix-ups", area: mixedDoseUnits},
	{Name: "wide-soft-range", Reason: "a range wider than 1000-fold lets a slip by a factor of a hundred pass", area: eachSet(wideSoftRange)},
	{Name: "look-alike", Reason: "names that look alike need tall-man letters", all: lookAlike},
	{Name: "custom-open", Reason: "a concentration typed at the bedside needs limits", area: eachSetup(customOpen)},
	{Name: "undeliverable", Reason: "the pump cannot deliver what the limit allows", area: undeliverable},
	{Name: "pca-reservoir", Reason: "an hour at the highest settings should leave most of the reservoir", area: pcaReservoir},
	{Name: "pca-accumulated", Reason: "what may be set should fit into what may be given", area: eachSetup(pcaAccumulated)},
	{Name: "pca-windows", Reason: "a lower limit over a longer time makes the one over the shorter time idle", area: eachSetup(pcaWindows)},
	{Name: "beyond-device", Reason: "the care area's device limit comes first, so this one never acts", area: beyondDevice},
}

// Lint holds a library against every rule; findings are sorted by place.
func Lint(l *Library) []Finding {
	var out []Finding
	for _, rule := range Rules {
		found := func(area string) func(written.Place, string) {
			return func(at written.Place, what string) {
				out = append(out, Finding{rule.Name, l.File, at, area, what, rule.Reason})
			}
		}
		if rule.all != nil {
			rule.all(l, found(""))
			continue
		}
		for i := range l.Areas {
			rule.area(&l.Areas[i], found(l.Areas[i].Name))
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return out
}

// fields is the order in which a setup's limit sets are looked at.
var fields = []Field{Dose, Rate, VTBI, Weight, Time, Bolus, BolusRate, Loading, Total, Conc, Titration, PCADose, Lockout, Continuous, In1h, In2h, In4h}

// eachSetup makes a rule about setups a rule about areas.
func eachSetup(f func(*Setup) string) func(*Area, func(written.Place, string)) {
	return func(a *Area, found func(written.Place, string)) {
		for i := range a.Setups {
			if what := f(&a.Setups[i]); what != "" {
				found(a.Setups[i].At, a.Setups[i].String()+": "+what)
			}
		}
	}
}

// eachSet makes a rule about limit sets a rule about areas: the area's weights and every set of its setups.
func eachSet(f func(LimitSet) []string) func(*Area, func(written.Place, string)) {
	return func(a *Area, found func(written.Place, string)) {
		for _, what := range f(a.Weight) {
			found(a.WeightAt, "weight: "+what)
		}
		for i := range a.Setups {
			s := &a.Setups[i]
			for _, field := range fields {
				for _, what := range f(s.Limits[field]) {
					found(s.Places[field], fmt.Sprintf("%s: %s: %s", s, field, what))
				}
			}
		}
	}
}

func crossed(s LimitSet) []string { return s.Disorder() }

func startOnLimit(s LimitSet) []string {
	var out []string
	for _, b := range s.bounds() {
		if b.name != "start" && s.Start.Set && b.Set && b.Value == s.Start.Value {
			out = append(out, fmt.Sprintf("the start value %s is the %s limit", b.Value, b.name))
		}
	}
	return out
}

func softIsHard(s LimitSet) []string {
	var out []string
	if s.UpperSoft.Set && s.UpperSoft == s.UpperHard {
		out = append(out, fmt.Sprintf("upper soft and upper hard limit are both %s", s.UpperSoft.Value))
	}
	if s.LowerSoft.Set && s.LowerSoft == s.LowerHard {
		out = append(out, fmt.Sprintf("lower soft and lower hard limit are both %s", s.LowerSoft.Value))
	}
	return out
}

// tokenMinimum knows 0 and 0.0001, the smallest number a dose field takes.
func tokenMinimum(s LimitSet) []string {
	var out []string
	for _, b := range s.bounds() {
		if (b.name == "lower hard" || b.name == "lower soft") && b.Set && b.Value <= 100 {
			out = append(out, fmt.Sprintf("the %s limit is %s", b.name, b.Value))
		}
	}
	return out
}

func wideSoftRange(s LimitSet) []string {
	if s.LowerSoft.Set && s.UpperSoft.Set && s.LowerSoft.Value > 0 && s.UpperSoft.Value/1000 > s.LowerSoft.Value {
		return []string{fmt.Sprintf("the soft range %s to %s is wider than 1000-fold", s.LowerSoft.Value, s.UpperSoft.Value)}
	}
	return nil
}

// highAlertOpen looks at the field the drug is programmed by: dose, PCA dose, or rate where there is no dose.
func highAlertOpen(s *Setup) string {
	field := Dose
	switch {
	case s.Delivery == "pca":
		field = PCADose
	case s.DoseUnit.Amount == "":
		field = Rate
	}
	if s.HighAlert && !s.Limits[field].UpperHard.Set {
		return fmt.Sprintf("a high-alert drug without an upper hard limit on its %s", field)
	}
	return ""
}

func customOpen(s *Setup) string {
	if set := s.Limits[Conc]; s.Custom && !set.UpperHard.Set && !set.UpperSoft.Set {
		return "a custom concentration without an upper limit"
	}
	return ""
}

func mixedDoseUnits(a *Area, found func(written.Place, string)) {
	first := map[string]*Setup{}
	for i := range a.Setups {
		s := &a.Setups[i]
		if s.DoseUnit.Amount == "" {
			continue
		}
		if f, ok := first[s.Drug]; !ok {
			first[s.Drug] = s
		} else if f.DoseUnit != s.DoseUnit {
			found(s.Places[Dose], fmt.Sprintf("%s: dosed in %s here and in %s in line %d", s, s.DoseUnit, f.DoseUnit, f.At.Line))
		}
	}
}

type namedBound struct {
	name string
	Bound
}

// bounds are the limits and the start value, lowest first.
func (s LimitSet) bounds() [5]namedBound {
	return [5]namedBound{
		{"lower hard", s.LowerHard},
		{"lower soft", s.LowerSoft},
		{"start", s.Start},
		{"upper soft", s.UpperSoft},
		{"upper hard", s.UpperHard},
	}
}

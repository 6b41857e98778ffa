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
	set    func(LimitSet) []string // of the area's weights, and of every set of its setups
	area   func(a *Area, found func(written.Place, string))
	all    func(l *Library, found func(written.Place, string))
}

// Rules are all rules of the linter.
var Rules = []Rule{
	{Name: "order", Reason: "limits that cross can never be kept", set: crossed},
	{Name: "start-on-limit", Reason: "a start value should leave room on both sides", set: startOnLimit},
	{Name: "high-alert-open", Reason: "a high-alert drug needs an upper hard limit", area: eachSetup(highAlertOpen)},
	{Name: "soft-is-hard", Reason: "where soft and hard limit are the same, nobody is warned before the stop", set: softIsHard},
	{Name: "token-minimum", Reason: "no minimum is said by leaving it out, not by a tiny number", set: tokenMinimum},
	{Name: "mixed-dose-units", Reason: "one drug in two dose units invites mix-ups", area: mixedDoseUnits},
	{Name: "wide-soft-range", Reason: "a range wider than 1000-fold lets a slip by a factor of a hundred pass", set: wideSoftRange},
	{Name: "look-alike", Reason: "names that look alike need tall-man letters", all: lookAlike},
	{Name: "custom-open", Reason: "a concentration typed at the bedside needs limits", area: eachSetup(customOpen)},
	{Name: "undeliverable", Reason: "the pump cannot deliver what the limit allows", area: undeliverable},
	{Name: "pca-reservoir", Reason: "an hour at the highest settings should leave most of the reservoir", area: pcaReservoir},
	{Name: "pca-accumulated", Reason: "what may be set should fit into what may be given", area: eachSetup(pcaAccumulated)},
	{Name: "pca-windows", Reason: "a lower limit over a longer time makes the one over the shorter time idle", area: eachSetup(pcaWindows)},
	{Name: "beyond-device", Reason: "the care area's device limit comes first, so this one never acts", area: beyondDevice},
}

// refusals are the rules for which a file is refused that the linter does not have.
var refusals = map[string]string{
	"duplicate":    "a person could not tell the two apart",
	"unlike-units": "unlike units never convert into each other",
	"format":       "what is not read the same way by everybody is refused",
}

// ReasonOf is why a rule exists; that of a problem of no rule is format.
func ReasonOf(rule string) string {
	for i := range Rules {
		if Rules[i].Name == rule {
			return Rules[i].Reason
		}
	}
	return refusals[rule]
}

// Lint holds a library against every rule; findings are sorted by place.
func Lint(l *Library) []Finding {
	by := make([][]Finding, len(Rules))
	found := func(rule int, area string) func(written.Place, string) {
		return func(at written.Place, what string) {
			by[rule] = append(by[rule], Finding{Rules[rule].Name, l.File, at, area, what, Rules[rule].Reason})
		}
	}
	for n, rule := range Rules {
		if rule.all != nil {
			rule.all(l, found(n, ""))
		}
	}
	for i := range l.Areas {
		a := &l.Areas[i]
		for n, rule := range Rules {
			if rule.area != nil {
				rule.area(a, found(n, a.Name))
			}
		}
		a.eachSet(func(set LimitSet, s *Setup, f Field) {
			for n, rule := range Rules {
				if rule.set == nil {
					continue
				}
				for _, what := range rule.set(set) {
					if s == nil {
						found(n, a.Name)(a.WeightAt, "weight: "+what)
					} else {
						found(n, a.Name)(s.Places[f], fmt.Sprintf("%s: %s: %s", s, f, what))
					}
				}
			}
		})
	}
	out := slices.Concat(by...)
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

// eachSet looks once at every limit set of an area: its weights, with no setup, and those of its setups.
func (a *Area) eachSet(look func(LimitSet, *Setup, Field)) {
	look(a.Weight, nil, Weight)
	for i := range a.Setups {
		s := &a.Setups[i]
		for _, field := range fields {
			if set, ok := s.Limits[field]; ok {
				look(set, s, field)
			}
		}
	}
}

func crossed(s LimitSet) []string { return s.Disorder() }

func startOnLimit(s LimitSet) []string {
	if !s.Start.Set {
		return nil
	}
	var out []string
	for _, b := range s.bounds() {
		if b.name != "start" && b.Set && b.Value == s.Start.Value {
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
	for _, b := range [...]namedBound{{"lower hard", s.LowerHard}, {"lower soft", s.LowerSoft}} {
		if b.Set && b.Value <= 100 {
			out = append(out, fmt.Sprintf("the %s limit is %s", b.name, b.Value))
		}
	}
	return out
}

func wideSoftRange(s LimitSet) []string {
	if s.LowerSoft.Set && s.UpperSoft.Set && s.LowerSoft.Value > 0 && s.UpperSoft.Value.Ceil(1000)/1000 > s.LowerSoft.Value {
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
	if set, some := s.Limits[Conc]; some && s.Custom && !set.UpperHard.Set && !set.UpperSoft.Set {
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

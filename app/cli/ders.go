package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// DersCmd checks one value against a library's limits.
type DersCmd struct {
	Library       string `arg:"" help:"Library file, or the name of a built-in one: demo."`
	Area          string `required:"" help:"Care area."`
	Drug          string `required:"" help:"Drug, in tall-man letters or not, or an alias."`
	Therapy       string `help:"Therapy, if the drug has several."`
	Concentration string `help:"Concentration, as 400 mg/250 mL, if the limits differ by it."`
	Field         string `required:"" help:"dose-rate, rate, vtbi, weight, duration, bolus-dose, bolus-rate, loading-dose, total-dose, concentration, titration, pca-dose, lockout, continuous, in-1-h, in-2-h, in-4-h."`
	Value         string `required:"" help:"Value in the unit of the limits."`
	Weight        string `help:"Patient's weight in kg: where only the dose has limits, a rate is checked through it."`
	Volume        string `help:"Volume in mL: where only the duration has limits, a rate is checked through it."`
}

// Help is shown by --help.
func (*DersCmd) Help() string {
	return "Example:\n  pumplab ders demo --area 'Adult ICU' --drug DOPamine --field dose-rate --value 25\n" +
		"A value equal to a limit is within it. For research and teaching, never for clinical use."
}

// fieldNames are the words of --field; the first of each is the one of the command reference.
var fieldNames = map[string]library.Field{
	"dose-rate": library.Dose, "dose": library.Dose, "rate": library.Rate, "vtbi": library.VTBI, "weight": library.Weight,
	"duration": library.Time, "time": library.Time, "bolus-dose": library.Bolus, "bolus": library.Bolus, "bolus-rate": library.BolusRate,
	"loading-dose": library.Loading, "loading": library.Loading, "total-dose": library.Total, "total": library.Total,
	"concentration": library.Conc, "titration": library.Titration, "pca-dose": library.PCADose, "lockout": library.Lockout,
	"continuous": library.Continuous, "in-1-h": library.In1h, "in-2-h": library.In2h, "in-4-h": library.In4h,
}

// dersResult is the answer; limit, limit_value and ratio are null where no limit was passed.
type dersResult struct {
	Verdict    string       `json:"verdict"`
	Limit      *string      `json:"limit"`
	LimitValue *string      `json:"limit_value"`
	Entered    string       `json:"entered"`
	Ratio      *json.Number `json:"ratio"`
	Unit       string       `json:"unit"`
}

// Run checks and prints.
func (c *DersCmd) Run(x *Context) error {
	l, err := readLibrary(x, c.Library)
	if err != nil {
		return err
	}
	area, setups, err := c.find(l)
	if err != nil {
		return err
	}
	field, ok := fieldNames[c.Field]
	if !ok {
		return fmt.Errorf("check value: unknown field %q: dose-rate, rate, vtbi, weight, duration, bolus-dose, bolus-rate, loading-dose, total-dose, concentration, titration, pca-dose, lockout, continuous, in-1-h, in-2-h or in-4-h", c.Field)
	}
	v, err := number("--value", c.Value)
	if err != nil {
		return err
	}
	set, err := c.limits(area, setups, field)
	if err != nil {
		return err
	}
	verdict := ders.Check(set, v)
	if device := ders.Device(area.Device, field, v); verdict.Kind == "unknown" || device.Kind == "hard" && verdict.Kind != "hard" {
		verdict = device
	}
	return c.print(x, verdict, unitOf(setups[0], field))
}

func (c *DersCmd) print(x *Context, v ders.Verdict, unit string) error {
	out := dersResult{Verdict: v.Kind, Entered: v.Entered.String(), Unit: unit}
	if v.Limit != "" {
		value := v.Value.String()
		out.Limit, out.LimitValue = &v.Limit, &value
	}
	if r := v.Ratio(); r != nil {
		f, _ := r.Float64()
		text, err := json.Marshal(f)
		if err != nil {
			return fmt.Errorf("write ratio: %w", err)
		}
		n := json.Number(text)
		out.Ratio = &n
	}
	return x.Print(out, func(w io.Writer) {
		if v.Limit == "" {
			fmt.Fprintf(w, "%s: %s %s\n", out.Verdict, out.Entered, unit)
			return
		}
		fmt.Fprintf(w, "%s: %s %s is beyond the %s limit of %s (%s times)\n", out.Verdict, out.Entered, unit, v.Limit, v.Value, v.RatioText())
	})
}

// find are the area and the setups the line means: one, or several of which only the concentration differs.
func (c *DersCmd) find(l *library.Library) (*library.Area, []*library.Setup, error) {
	area, ok := l.AreaNamed(c.Area)
	if !ok {
		var names []string
		for _, a := range l.Areas {
			names = append(names, a.Name)
		}
		return nil, nil, fmt.Errorf("find care area %q in %s: there is %s", c.Area, l.File, strings.Join(names, ", "))
	}
	var found []*library.Setup
	for i := range area.Setups {
		s := &area.Setups[i]
		named := strings.EqualFold(s.Drug, c.Drug) || slices.ContainsFunc(s.Aliases, func(a string) bool { return strings.EqualFold(a, c.Drug) })
		if named && (c.Therapy == "" || s.Therapy == c.Therapy) {
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		return nil, nil, fmt.Errorf("find drug %q in %s: the area has %s", strings.TrimSpace(c.Drug+" "+c.Therapy), area.Name, strings.Join(area.Drugs(), ", "))
	}
	if c.Concentration == "" {
		return area, found, nil
	}
	want, err := quantity.ParseConcentration(c.Concentration)
	if err != nil {
		return nil, nil, err
	}
	all := found
	found = slices.DeleteFunc(slices.Clone(all), func(s *library.Setup) bool { return !sameStrength(s.Concentration, want) })
	if len(found) == 0 { // a concentration typed at the bedside fits any
		found = slices.DeleteFunc(slices.Clone(all), func(s *library.Setup) bool { return !s.Custom })
	}
	if len(found) == 0 {
		return nil, nil, fmt.Errorf("find %s in %s: there is %s", c.Drug+" "+want.String(), area.Name, list(all))
	}
	return area, found, nil
}

// sameStrength reports the same amount per mL: 16 mcg/mL is 4 mg/250 mL.
func sameStrength(a, b quantity.Concentration) bool {
	r, err := quantity.Ratio(a.Unit, b.Unit)
	if err != nil || a.Volume == 0 || b.Volume == 0 {
		return false
	}
	left := r.Mul(r, a.Amount.Rat())
	left.Quo(left, a.Volume.Rat())
	right := b.Amount.Rat()
	return left.Cmp(right.Quo(right, b.Volume.Rat())) == 0
}

func list(setups []*library.Setup) string {
	var names []string
	for _, s := range setups {
		names = append(names, s.String())
	}
	return strings.Join(names, "; ")
}

// limits is the set to check against. Setups that differ in it have to be told apart on the line.
func (c *DersCmd) limits(a *library.Area, setups []*library.Setup, f library.Field) (library.LimitSet, error) {
	first, err := c.limitsOf(a, setups[0], f)
	if err != nil {
		return first, err
	}
	for _, s := range setups[1:] {
		other, err := c.limitsOf(a, s, f)
		if err != nil {
			return first, err
		}
		if other != first {
			return first, errors.New("check value: say which with --concentration or --therapy: " + list(setups))
		}
	}
	return first, nil
}

// limitsOf is a setup's set for a field. A rate without limits of its own is held against the duration's through --volume, or the
// dose's through --weight.
func (c *DersCmd) limitsOf(a *library.Area, s *library.Setup, f library.Field) (library.LimitSet, error) {
	set := ders.SetOf(a, s, f)
	if f != library.Rate || set != (library.LimitSet{}) {
		return set, nil
	}
	if duration, ok := s.Limits[library.Time]; ok && c.Volume != "" {
		volume, err := number("--volume", c.Volume)
		return ders.RateLimits(duration, volume), err
	}
	if _, ok := s.Limits[library.Dose]; ok && (c.Weight != "" || s.By == library.None) {
		weight := quantity.Decimal(0)
		if c.Weight != "" {
			var err error
			if weight, err = number("--weight", c.Weight); err != nil {
				return set, err
			}
		}
		return ders.DoseAsRate(s, weight)
	}
	return set, nil
}

// unitOf is the unit a field's limits are in.
func unitOf(s *library.Setup, f library.Field) string { return s.UnitOf(f) }

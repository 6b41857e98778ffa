package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
)

// DersCmd checks one value against a library's limits.
type DersCmd struct {
	Library       string `arg:"" words:"libraries" help:"Library file, or the name of a built-in one: demo."`
	Area          string `required:"" help:"Care area."`
	Drug          string `required:"" help:"Drug, in tall-man letters or not, or an alias."`
	Therapy       string `help:"Therapy, if the drug has several."`
	Concentration string `help:"Concentration, as 400 mg/250 mL or custom, if the limits differ by it."`
	Field         string `required:"" help:"dose-rate, rate, vtbi, weight, duration, bolus-dose, bolus-rate, loading-dose, total-dose, concentration, titration, pca-dose, lockout, continuous, in-1-h, in-2-h, in-4-h."`
	Value         string `required:"" help:"Value in the unit of the limits, or with its own: 1.2 mg/kg/h."`
	Weight        string `help:"Patient's weight in kg: a rate is held against the dose's limits through it, and mg/min converts to mcg/kg/min."`
	Volume        string `help:"Volume in mL: a rate is held against the duration's limits through it."`
}

// Help is shown by --help.
func (*DersCmd) Help() string {
	return "Examples:\n  pumplab ders demo --area 'Adult ICU' --drug DOPamine --field dose-rate --value 25\n" +
		"  pumplab ders demo --area 'Adult ICU' --drug DOPamine --field dose-rate --value '1.2 mg/kg/h'\n" +
		"The verdict is ok, soft, hard (a limit of the library; the limit range is that of the care area's device or of the pump), or unknown: " +
		"the library has no limits for it, or they need a weight or a volume that is not given. " +
		"A value equal to a limit is within it. A value with a unit is converted exactly; unlike units are refused. " +
		"For research and teaching, never for clinical use."
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
	e, err := c.entry()
	if err != nil {
		return err
	}
	j, err := ders.NewChecker(l).Check(e)
	var missing ders.NotFound
	if errors.As(err, &missing) && x.JSON {
		err = errors.Join(x.Print(dersResult{Verdict: "unknown", Entered: e.Value.String(), Unit: e.Unit}, nil), err)
	}
	if err != nil {
		return err
	}
	return c.print(x, j.Verdict, j.Unit())
}

// entry is what the line says.
func (c *DersCmd) entry() (e ders.Entry, err error) {
	e = ders.Entry{Area: c.Area, Drug: c.Drug, Therapy: c.Therapy, Concentration: c.Concentration}
	field, ok := fieldNames[c.Field]
	if !ok {
		return e, fmt.Errorf("check value: unknown field %q: dose-rate, rate, vtbi, weight, duration, bolus-dose, bolus-rate, loading-dose, total-dose, concentration, titration, pca-dose, lockout, continuous, in-1-h, in-2-h or in-4-h", c.Field)
	}
	e.Field = field
	text, unit, _ := strings.Cut(strings.TrimSpace(c.Value), " ")
	if number, percent := strings.CutSuffix(text, "%"); percent {
		text, unit = number, "%"
	}
	if e.Value, err = number("--value", text); err != nil {
		return e, err
	}
	if e.Unit = strings.TrimSpace(unit); e.Value < 0 {
		if field != library.Titration {
			return e, fmt.Errorf("--value: %s is below zero, which no pump can be set to", c.Value)
		}
		e.Value = -e.Value // limits on a change hold for one up and one down
	}
	if e.Weight, err = number("--weight", c.Weight); err != nil {
		return e, err
	}
	if e.Volume, err = number("--volume", c.Volume); err == nil && (c.Weight != "" && e.Weight <= 0 || c.Volume != "" && e.Volume <= 0) {
		err = errors.New("--weight and --volume are positive numbers")
	}
	return e, err
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
		fmt.Fprintf(w, "%s: %s %s is beyond the %s limit of %s (%s times)\n", out.Verdict, out.Entered, unit, limitNames[v.Limit], v.Value, v.RatioText())
	})
}

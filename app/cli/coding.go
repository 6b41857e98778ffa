package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"pumplab/studies/coding"
)

// CodingCmd is what raters do with the errors of a study.
type CodingCmd struct {
	Sheet CodingSheetCmd `cmd:"" help:"Write a blind sheet of the errors for one rater to judge on the replay."`
	Check CodingCheckCmd `cmd:"" help:"Check the raters' sheets and say how far they agree."`
}

// codingFolder holds one sheet a rater, in the study folder.
const codingFolder = "coding"

// ReadCodes reads the raters' sheets of a study folder, coding/RATER.csv; none if there is no such folder.
func ReadCodes(study string) ([]coding.Code, error) {
	dir := filepath.Join(study, codingFolder)
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read coding sheets: %w", err)
	}
	var out []coding.Code
	var all []error
	for _, f := range files {
		rater, isSheet := strings.CutSuffix(f.Name(), ".csv")
		if !isSheet || f.IsDir() {
			continue
		}
		text, err := readIn(study, path.Join(codingFolder, f.Name()))
		if err != nil {
			all = append(all, fmt.Errorf("read coding sheet: %w", err))
			continue
		}
		codes, err := coding.ReadSheet(bytes.NewReader(text), filepath.Join(dir, f.Name()), rater)
		all, out = append(all, err), append(out, codes...)
	}
	return out, errors.Join(all...)
}

// CodingSheetCmd writes a rater's empty sheet.
type CodingSheetCmd struct {
	Study string `arg:"" help:"Study folder."`
	Rater string `required:"" help:"The rater's code; the sheet is coding/RATER.csv in the study folder. agreed is the adjudication." placeholder:"CODE"`
}

// Help is shown by --help.
func (*CodingSheetCmd) Help() string {
	return "One line a measured task in which a wrong number was entered or that ended wrong, without design and condition. Judge each on the\n" +
		"replay: mode " + first(coding.Modes()) + " … (SHERPA), kind " + strings.Join(coding.Kinds(), ", ") + ", cause " + strings.Join(coding.Causes(), ", ") + ".\n" +
		"A sheet that exists is not written over.\n\nExample:\n  pumplab coding sheet my-study --rater R1"
}

func first(modes []coding.Mode) string { return modes[0].ID + " (" + modes[0].Text + ")" }

// Run writes the sheet.
func (c *CodingSheetCmd) Run(x *Context) error {
	if c.Rater == "" || strings.ContainsAny(c.Rater, `/\:*?"<>|`) || strings.HasPrefix(c.Rater, ".") {
		return fmt.Errorf("rater %q: a code of letters and digits is needed, for example R1", c.Rater)
	}
	d, err := openData(x, c.Study)
	if err != nil {
		return err
	}
	defer d.Close()
	all, err := d.allOutcomes(x)
	if err != nil {
		return err
	}
	sessions, err := d.store.Sessions()
	if err != nil {
		return err
	}
	_, all, _ = onlyPeople(sessions, all)
	var passages []coding.Passage
	for _, t := range all.Tasks {
		if !t.Practice && (t.NumberClass != "" || t.Outcome.Error()) {
			passages = append(passages, coding.Passage{Session: t.Session, Step: t.Step, From: t.Started, To: t.Ended})
		}
	}
	path := filepath.Join(c.Study, codingFolder, c.Rater+".csv")
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("write coding sheet: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("write coding sheet: %s is there already and may hold judgements; take another code, or move it away", path)
	}
	if err != nil {
		return fmt.Errorf("write coding sheet: %w", err)
	}
	if err := errors.Join(coding.WriteSheet(file, passages), file.Close()); err != nil {
		return err
	}
	out := struct {
		Sheet    string `json:"sheet"`
		Passages int    `json:"passages"`
	}{path, len(passages)}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %s to judge. pumplab replay %s SESSION --at SECONDS shows the display.\n", path, count(out.Passages, "passage"), c.Study)
	})
}

// CodingCheckCmd checks the sheets.
type CodingCheckCmd struct {
	Study string `arg:"" help:"Study folder."`
}

// Help is shown by --help.
func (*CodingCheckCmd) Help() string { return "Example:\n  pumplab coding check my-study" }

type agreementJSON struct {
	What     string   `json:"what"`
	Raters   []string `json:"raters"`
	Units    int      `json:"passages"`
	Observed *float64 `json:"observed"`
	Name     string   `json:"kappa_of"`
	Kappa    *float64 `json:"kappa"`
	Alpha    *float64 `json:"alpha"`
	AC1      *float64 `json:"ac1"`
	Note     string   `json:"note,omitempty"`
}

// Run reads all sheets and prints agreement.
func (c *CodingCheckCmd) Run(x *Context) error {
	codes, err := ReadCodes(c.Study)
	if err != nil {
		return err
	}
	out := struct {
		Codes     int             `json:"coded_passages"`
		Raters    []string        `json:"raters"`
		Agreement []agreementJSON `json:"agreement"`
	}{len(codes), []string{}, []agreementJSON{}}
	for _, k := range codes {
		if !slices.Contains(out.Raters, k.Rater) {
			out.Raters = append(out.Raters, k.Rater)
		}
	}
	number := func(v float64) *float64 {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		return &v
	}
	for _, a := range coding.Agree(codes, 0.95) {
		out.Agreement = append(out.Agreement, agreementJSON{a.What, a.Raters, a.Units, number(a.Observed), a.KappaName, number(a.Kappa.Kappa), number(a.Alpha.Alpha), number(a.AC1.Kappa), a.Note})
	}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s by %s.\n", count(out.Codes, "judged passage"), count(len(out.Raters), "rater"))
		if len(out.Agreement) == 0 {
			fmt.Fprintln(w, "Agreement needs two raters who judged the same passages.")
		}
		cell := func(v *float64) string {
			if v == nil {
				return "–"
			}
			return fmt.Sprintf("%.2f", *v)
		}
		for _, a := range out.Agreement {
			fmt.Fprintf(w, "%-14s %s judged by %s: agreed %s, %s's kappa %s, Krippendorff's alpha %s, Gwet's AC1 %s\n", a.What, count(a.Units, "passage"), strings.Join(a.Raters, ", "), cell(a.Observed), a.Name, cell(a.Kappa), cell(a.Alpha), cell(a.AC1))
		}
	})
}

package screens_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"pumplab/analysis/document"
	"pumplab/app/look"
	"pumplab/app/screens"
	"pumplab/studies"
	"pumplab/studies/report"
)

// results are a made-up study: eight people, with b twice as many errors as with a.
func results(t *testing.T) *report.Results {
	t.Helper()
	in := report.Input{
		Study: &studies.Study{
			Name: "made-up", Title: "Do chevrons prevent what keypads let through?", Designs: []string{"a", "b"}, Conditions: []studies.Condition{{Name: "quiet"}},
			People: studies.People{Planned: 8}, Questions: []studies.Question{{Name: "main", Measure: "wrong", Compare: []string{"a", "b"}}},
		},
		Program: "pumplab test", Made: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
	for p := range 8 {
		who := fmt.Sprintf("P%02d", p+1)
		in.Sessions = append(in.Sessions, report.Session{ID: who, Participant: who, Ended: "complete"})
		for i, d := range in.Study.Designs {
			for task := range 10 {
				row := studies.TaskRow{
					Session: who, Participant: who, Design: d, Condition: "quiet", Task: fmt.Sprint("t", task), Step: 10*i + task, Outcome: studies.Correct, Critical: task < 3,
					Started: time.Minute, Ended: time.Minute + time.Duration(20+3*p+task+5*i)*time.Second, Presses: 20, Optimal: 18,
				}
				if (p+task*3)%7 < i+1 && task < 5 {
					row.Outcome, row.NumberClass = studies.Undetected, "zero added"
				}
				in.Tasks = append(in.Tasks, row)
			}
			in.Scores = append(in.Scores, report.Score{Participant: who, Design: d, Instrument: "sus", Value: float64(60 + 2*p - 5*i)})
		}
	}
	r, err := report.Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// words are all texts of a window, joined, blanks made plain.
func words(w fyne.Window) string {
	var all []string
	for s := range textsOf(w) {
		all = append(all, s)
	}
	return strings.ReplaceAll(strings.Join(all, "\n"), "\u00a0", " ")
}

func TestTheWindowShowsWhatTheReportSays(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Light())
	r := results(t)
	doc, err := r.Document()
	if err != nil {
		t.Fatal(err)
	}
	did := map[string]int{}
	act := func(name string) func() { return func() { did[name]++ } }
	page := screens.NewResults(screens.ResultsParts{
		Title: r.Title, Results: r, Document: doc, Report: act("report"), Figures: act("figures"), Data: act("data"), Back: act("back"),
	})
	w := test.NewTempWindow(t, page.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1280, 1000))
	for i, s := range doc.Sections {
		page.Show(i)
		got := words(w)
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case document.Table:
				for _, row := range b.Rows {
					for _, cell := range strings.Fields(strings.Join(row[1:], " ")) {
						if !strings.Contains(got, strings.ReplaceAll(cell, "\u00a0", " ")) {
							t.Errorf("section %s: the window lacks %q of %q", s.ID, cell, b.Caption)
						}
					}
				}
			case document.Verdict:
				for _, word := range strings.Fields(string(b)) {
					if !strings.Contains(got, word) {
						t.Errorf("section %s: the window lacks %q of the verdict", s.ID, word)
					}
				}
			}
		}
		writePicture(t, w, "r-"+s.ID)
	}
	for _, b := range []string{"Open the report", "Report, figures, numbers", "Data as CSV", "All studies"} {
		mustTap(t, w, b)
	}
	if len(did) != 4 {
		t.Errorf("of four deeds were done: %v", did)
	}
}

func TestResultsOfAStudyWithoutSessionsSayWhatToDo(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Dark())
	ran := false
	page := screens.NewResults(screens.ResultsParts{Title: "Keys", None: "Nobody has taken part; run a session to its end.", Run: func() { ran = true }, Back: func() {}})
	w := test.NewTempWindow(t, page.Object())
	w.Resize(fyne.NewSize(1240, 800))
	writePicture(t, w, "r-none")
	if got := words(w); !strings.Contains(got, "There are no results yet") || !strings.Contains(got, "Nobody has taken part") {
		t.Errorf("the window says %s", got)
	}
	mustTap(t, w, "Run a participant")
	if !ran {
		t.Error("nothing can be done about it")
	}
}

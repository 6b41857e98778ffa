package report_test

import (
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/report"
)

// all gives every measured task one outcome.
func all(in report.Input, o studies.Outcome) report.Input {
	in.Alerts = nil
	for i := range in.Tasks {
		in.Tasks[i].Outcome, in.Tasks[i].NumberClass = o, ""
	}
	return in
}

func twelve() report.Input {
	in := input(6)
	in.Study.Designs, in.Study.Questions = nil, nil
	var tasks []studies.TaskRow
	for d := range 12 {
		name := fmt.Sprintf("a-design-with-a-rather-long-name-%c", 'a'+d)
		in.Study.Designs = append(in.Study.Designs, name)
		for _, t := range in.Tasks {
			if t.Design == []string{"a", "b", "c"}[d%3] {
				t.Design, t.Step = name, 100*d+t.Step
				tasks = append(tasks, t)
			}
		}
	}
	in.Tasks, in.Alerts, in.Scores = tasks, nil, nil
	return in
}

func TestReportIsTrueAtTheEdges(t *testing.T) {
	for _, c := range []struct {
		name  string
		in    report.Input
		says  []string
		never []string
	}{
		{"one person", rich(1), []string{"1 person cannot say how people differ", "Only 1 person finished"}, []string{"Probability of truly"}},
		{"two people", rich(2), []string{"2 people cannot say how people differ"}, []string{"Ranking by"}},
		{"one design", func() report.Input {
			in := input(5)
			in.Study.Designs, in.Study.Questions = in.Study.Designs[:1], nil
			return in
		}(), []string{"Only a was tried", "there is no other design to compare it with", "One design has no rank"}, []string{"The fewest tasks", "How sure the order is"}},
		{"no errors", all(input(6), studies.Correct), []string{"No design carries less severity-weighted risk than another", "No task was that grave", "No task showed a wrong number"}, []string{"carries the least"}},
		{"all errors", all(input(6), studies.NotCompleted), []string{"No design left fewer errors than another: with each, 100.0 % of tasks ended wrong"}, []string{"left the fewest errors"}},
		{"no distraction", func() report.Input {
			in := input(6)
			in.Study.Conditions = in.Study.Conditions[:1]
			for i := range in.Tasks {
				in.Tasks[i].Condition, in.Tasks[i].Interrupts, in.Tasks[i].Resumption = "quiet", 0, 0
				in.Tasks[i].Task += fmt.Sprint(i % 12)
			}
			return in
		}(), []string{"The study has one condition, so nothing is said about distraction."}, []string{"times as long (95 % interval"}},
		{"a stopped session and a resumed one", func() report.Input {
			in := input(6)
			in.Sessions[1].Ended, in.Sessions[2].Resumed, in.Sessions[3].Ended = "stopped", true, ""
			return in
		}(), []string{"sessions stopped early", "sessions resumed after the program had ended", "sessions not ended", "4 of 6 planned people completed"}, nil},
		{"no question", func() report.Input {
			in := input(6)
			in.Study.Questions = nil
			return in
		}(), []string{"left the fewest errors", "The study file fixes none"}, []string{"Questions and answers"}},
		{"one question", input(6), []string{"The study file fixes none"}, nil},
		{"twelve designs of long names", twelve(), []string{"a-design-with-a-rather-long-name-l", "12th", "all 66 are in results.json and adjusted for"}, nil},
		{"a long title", func() report.Input {
			in := input(6)
			in.Study.Title = strings.Repeat("Does a title that never ends keep a committee from reading on? ", 6)
			return in
		}(), nil, nil},
		{"an odd title", func() report.Input {
			in := input(6)
			in.Study.Title = "Keys \"quoted\" </style> \\ & <b>bold</b>"
			return in
		}(), []string{"Keys \"quoted\" </style> \\ & <b>bold</b>"}, nil},
	} {
		r := compute(t, c.in)
		files, err := r.Bytes()
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		page := string(files["report.html"])
		if dir := os.Getenv("REPORT_OUT"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(c.name, " ", "-")+".html"), files["report.html"], 0o644); err != nil {
				t.Fatal(err)
			}
		}
		text := strings.ReplaceAll(html.UnescapeString(page), "\u00a0", " ")
		for _, s := range c.says {
			if !strings.Contains(text, s) {
				t.Errorf("%s: the report does not say %q", c.name, s)
			}
		}
		for _, s := range append(c.never, "NaN", "Inf", "%!") {
			if strings.Contains(text[strings.Index(text, "<main>"):], s) {
				t.Errorf("%s: the report says %q", c.name, s)
			}
		}
		if strings.Count(page, "</style>") != 1 {
			t.Errorf("%s: the style ends %d times", c.name, strings.Count(page, "</style>"))
		}
	}
}

func TestWithoutAMeasuredTaskTheReasonIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*report.Input)
		says   string
	}{
		"nobody": {func(in *report.Input) { in.Sessions, in.Tasks = nil, nil }, "nobody has taken part"},
		"practice only": {func(in *report.Input) {
			in.Tasks = []studies.TaskRow{{Practice: true, Outcome: studies.Correct, Ended: time.Second}}
		}, "1 practice task is all there is"},
		"begun only": {func(in *report.Input) { in.Tasks = nil }, "2 sessions were begun and are without one"},
	} {
		in := input(2)
		c.change(&in)
		var none report.Nothing
		if _, err := report.Compute(in); !errors.As(err, &none) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

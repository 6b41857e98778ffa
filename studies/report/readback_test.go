package report_test

import (
	"encoding/json"
	"fmt"
	"html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	svgElement = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	ariaLabel  = regexp.MustCompile(`aria-label="([^"]*)"`)
	element    = regexp.MustCompile(`(?s)<[^>]*>`)
	numbering  = regexp.MustCompile(`(Table|Figure) [0-9]+\.`)
	number     = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)
	attached   = regexp.MustCompile(`[A-Za-z_][A-Za-z_0-9./-]*[0-9][A-Za-z_0-9]*|\b[0-9a-f]{64}\b|[0-9]+(?:st|nd|rd|th)\b`) // S07, hashes, file names, 2nd
)

// constants are the numbers of the words that come from no data, each with its reason.
var constants = map[string]string{
	"1000": "cost of a wrong choice is counted per 1000 tasks", "100": "alerts are counted per 100 infusions; scales end at 100",
	"95": "the level of intervals, in words", "15": "people the FDA asks for", "0.025": "the one-sided alpha regulators ask for",
	"1996": "Brooke", "1992": "Rao & Scott", "2006": "Hart", "2000": "Heathcote, Brown & Mewhort; replicates of the bootstrap", "12": "rows of a shortened table", "8": "rows of a shortened table",
	"0.001": "p values below are not told apart", "0.999": "nor chances above", "1": "nor places below", "99": "nor places above",
}

// words are what a reader reads, figures' descriptions included, without the numbers of tables and figures.
func words(page string) string {
	page = page[strings.Index(page, "<main>"):]
	var alts []string
	for _, m := range ariaLabel.FindAllStringSubmatch(page, -1) {
		alts = append(alts, m[1])
	}
	text := element.ReplaceAllString(svgElement.ReplaceAllString(page, " "), " ") + strings.Join(alts, " ")
	return attached.ReplaceAllString(numbering.ReplaceAllString(html.UnescapeString(text), " "), " ")
}

// known are all ways in which a number of results.json may be printed.
func known(t *testing.T, results []byte) map[string]bool {
	t.Helper()
	var all any
	if err := json.Unmarshal(results, &all); err != nil {
		t.Fatalf("results.json: %v", err)
	}
	out := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		case string: // titles, formulas, sentences of other programs' parts
			for _, n := range number.FindAllString(attached.ReplaceAllString(v, " "), -1) {
				out[n] = true
			}
		case float64:
			for places := range 4 {
				out[fmt.Sprintf("%.*f", places, math.Abs(v))] = true
				out[fmt.Sprintf("%.*f", min(places, 1), 100*math.Abs(v))] = true
			}
			out[fmt.Sprintf("%g", math.Abs(v))] = true
		}
	}
	walk(all)
	return out
}

// strange are the numbers of the page that results.json does not have.
func strange(page string, results map[string]bool) (out []string, seen int) {
	text := words(page)
	for _, at := range number.FindAllStringIndex(text, -1) {
		n := text[at[0]:at[1]]
		seen++
		if !results[n] && constants[n] == "" {
			out = append(out, n+" in: "+strings.Join(strings.Fields(text[max(0, at[0]-60):min(len(text), at[1]+40)]), " "))
		}
	}
	return out, seen
}

// TestEveryNumberInProseIsInTheResults reads the page back.
func TestEveryNumberInProseIsInTheResults(t *testing.T) {
	for _, people := range []int{24, 3, 1} {
		files, err := compute(t, rich(people)).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("REPORT_OUT"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("report%d.html", people)), files["report.html"], 0o644); err != nil {
				t.Fatal(err)
			}
		}
		odd, seen := strange(string(files["report.html"]), known(t, files["results.json"]))
		if seen < 300 {
			t.Errorf("only %d numbers on the page", seen)
		}
		for _, o := range odd {
			t.Errorf("%d people: results.json has no %s", people, o)
		}
	}
}

func TestReadingBackNoticesAChangedNumber(t *testing.T) {
	r := compute(t, rich(24))
	files, err := r.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	results := known(t, files["results.json"])
	page := string(files["report.html"])
	shown := fmt.Sprintf("%.1f", 100*float64(r.Designs[1].Errors.Estimate))
	changed := strings.Replace(page, shown+"\u00a0%", "87.65\u00a0%", 1)
	if changed == page {
		t.Fatalf("the page does not show %s %%", shown)
	}
	if odd, _ := strange(changed, results); len(odd) != 1 || !strings.HasPrefix(odd[0], "87.65") {
		t.Errorf("a changed number was noticed as %q", odd)
	}
}

func TestEveryFigureIsAFileWithItsData(t *testing.T) {
	files, err := compute(t, rich(24)).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	figures := 0
	for name, data := range files {
		stem, isPicture := strings.CutSuffix(name, ".svg")
		if !isPicture {
			continue
		}
		figures++
		table := string(files[stem+".csv"])
		if lines := strings.Count(table, "\n"); lines < 2 {
			t.Errorf("%s.csv has %d lines", stem, lines)
		}
		if strings.Contains(table, "NaN") || strings.Contains(string(data), "NaN") {
			t.Errorf("%s shows NaN", stem)
		}
	}
	for _, want := range []string{"risk", "questions", "flow", "errors", "differences", "outcomes", "classes", "spread", "times", "time-ratios", "practice", "alerts", "distraction", "slowing", "tlx", "sus", "alerts-chart", "override-chart"} {
		if files["figures/"+want+".svg"] == nil {
			t.Errorf("there is no figure %s", want)
		}
	}
	if figures < 18 {
		t.Errorf("only %d figures", figures)
	}
}

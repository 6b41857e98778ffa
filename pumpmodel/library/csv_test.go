package library_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/library"
)

// table is what the CSV of a library looks like in a spreadsheet.
func table(t testing.TB, l *library.Library) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(library.CSV(l)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func saved(rows [][]string) []byte {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows)
	return []byte(b.String())
}

func mustRead(t testing.TB, name, text string) *library.Library {
	t.Helper()
	l, err := library.Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// What is exported and imported again changes nothing, not a byte.
func TestExportAndImportAreInverse(t *testing.T) {
	for _, name := range []string{"small.yaml", "pca.yaml", "../../../assets/libraries/demo.yaml", "../../../assets/libraries/hospital.yaml"} {
		text := mustText(t, name)
		sheet := library.CSV(mustRead(t, name, text))
		for _, variant := range []string{string(sheet), "\ufeff" + string(sheet), strings.ReplaceAll(string(sheet), "\n", "\r\n"), string(sheet) + strings.Repeat(",", len(table(t, mustRead(t, name, text))[0])-1) + "\n"} {
			rows, err := library.ReadCSV("x.csv", []byte(variant))
			if err != nil {
				t.Fatal(err)
			}
			m, err := library.Merge(name, []byte(text), rows, "x.csv")
			if err != nil || len(m.Changes) > 0 || string(m.Data) != text {
				t.Errorf("%s: %v, %v", name, m, err)
			}
		}
	}
}

func column(t testing.TB, header []string, name string) int {
	t.Helper()
	for i, h := range header {
		if h == name {
			return i
		}
	}
	t.Fatalf("no column %q in %q", name, header)
	return 0
}

// edit changes one cell of a library's CSV and merges it.
func edit(t *testing.T, file, text string, change func(rows [][]string, col func(string) int) [][]string) (*library.Merged, error) {
	t.Helper()
	sheet := table(t, mustRead(t, file, text))
	sheet = change(sheet, func(name string) int { return column(t, sheet[0], name) })
	rows, err := library.ReadCSV("x.csv", saved(sheet))
	if err != nil {
		return nil, err
	}
	return library.Merge(file, []byte(text), rows, "x.csv")
}

func TestAnImportChangesOnlyTheLinesItMeans(t *testing.T) {
	text := strings.Replace(mustText(t, "small.yaml"), "        titration: {soft: 100 %}", "        titration: {soft: 100 %} # per step\n        # a comment", 1)
	text = strings.Replace(text, "status: draft", "status: released # today", 1)
	m, err := edit(t, "small.yaml", text, func(rows [][]string, col func(string) int) [][]string {
		rows[1][col("titration upper soft (%)")] = "50"
		rows[1][col("advisory")] = ""
		rows[3][col("therapy")] = "=1+1: \"quoted\", #x"
		added := append([]string{}, rows[2]...)
		added[col("therapy")] = "palliative"
		return append(rows, added)
	})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(
		"version: 1\n", "version: 2\n", "status: released # today", "status: draft # today", "titration: {soft: 100 %} #", "titration: {soft: ..50 %} #",
		"        advisory: central line preferred\n", "",
		"        rate: {hard: ..500 mL/h}", "        rate: {hard: ..500 mL/h}\n        therapy: \"=1+1: \\\"quoted\\\", #x\"",
	).Replace(text) + `      - drug: morphine
        therapy: palliative
        concentration: custom
        concentration limits: {unit: mg/mL, hard: ..5, soft: 0.5..2}
        dose: {unit: mg/h, hard: ..20, soft: ..10}
        bolus: {unit: mg, hard: ..5}
        bolus rate: {unit: mg/min, hard: ..1}
`
	if string(m.Data) != want {
		t.Errorf("got\n%s\nwant\n%s", m.Data, want)
	}
	var lines []string
	for _, d := range m.Changes {
		lines = append(lines, d.String())
	}
	if got := strings.Join(lines, "\n"); !strings.Contains(got, "tightened: Adult ICU, DOPamine 400 mg/250 mL, titration upper soft: 100 → 50") || !strings.Contains(got, "added: Adult ICU, morphine palliative custom") {
		t.Error(got)
	}
}

func TestASetupThatIsGoneIsRemovedWithItsLines(t *testing.T) {
	text := mustText(t, "pca.yaml")
	m, err := edit(t, "pca.yaml", text, func(rows [][]string, _ func(string) int) [][]string { return append(rows[:1], rows[2:]...) })
	if err != nil {
		t.Fatal(err)
	}
	i, j := strings.Index(text, "      - drug: morphine"), strings.Index(text, "      - drug: fentaNYL")
	if want := text[:i] + text[j:]; string(m.Data) != want {
		t.Errorf("%s", m.Data)
	}
}

func TestABadCellIsNamedWithRowAndColumn(t *testing.T) {
	set := func(row int, name, text string) func([][]string, func(string) int) [][]string {
		return func(rows [][]string, col func(string) int) [][]string {
			rows[row][col(name)] = text
			return rows
		}
	}
	for want, change := range map[string]func([][]string, func(string) int) [][]string{
		`row 2, column "dose upper hard": "5O" is no number`:                                    set(1, "dose upper hard", "5O"),
		`row 2, column "dose upper soft": "1,5" has a comma: write 1.5`:                         set(1, "dose upper soft", "1,5"),
		`row 2, column "dose upper soft": ".5": write the leading zero, 0.5`:                    set(1, "dose upper soft", ".5"),
		`row 2, column "dose unit": DOPamine: dose: upper hard 2 is below upper soft 20`:        set(1, "dose upper hard", "2"),
		`row 2, column "dose unit": DOPamine: dose: read dose unit "ug/h": unknown amount "ug"`: set(1, "dose unit", "ug/h"),
		`row 3, column "delivery": morphine: delivery cannot be "continous", did you mean "con`: set(2, "delivery", "continous"),
		`row 3, column "area": the care area is missing`:                                        set(2, "area", ""),
		`row 3: small.yaml has no care area "Adult ICO", did you mean "Adult ICU"?`:             set(2, "area", "Adult ICO"),
		`x.csv:4:11: row 4, column "drug": a setup: "drug" is missing`:                          set(3, "drug", ""),
		`column "dose uppr hard": there is no such column, did you mean "dose up`:               set(0, "dose upper hard", "dose uppr hard"),
		`row 1: the column "drug" is missing`:                                                   set(0, "drug", "by"),
		`column "rate upper hard": its numbers are in mL/h, not in L/h`:                         set(0, "rate upper hard (mL/h)", "rate upper hard (L/h)"),
		`column "therapy": the column is given twice`:                                           set(0, "codes", "therapy"),
		`column "advisory": it has a character that cannot be written: "\x01"`:                  set(1, "advisory", "a\x01b"),
		`row 4: DOPamine stands already in row 2 with the same therapy`:                         func(r [][]string, _ func(string) int) [][]string { return append(r[:3], r[1]) },
		`row 3: it has 2 cells, but the header has `:                                            func(r [][]string, _ func(string) int) [][]string { return append(r[:2], r[2][:2]) },
	} {
		_, err := edit(t, "small.yaml", mustText(t, "small.yaml"), change)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
	for text, want := range map[string]string{
		"":                              "x.csv:1:1: row 1: the file is empty; it begins with a header",
		"area,drug\n\"Adult ICU,x\n":    "x.csv:2:",
		"area;drug;dose unit\nA;x;mg/h": "x.csv:2:5: row 2, column \"dose unit\": x: a dose in mg/h needs a concentration",
		"area,drug\xff\n":               "row 1: the file is not in UTF-8",
		"area,drug" + strings.Repeat(",x", 100_000) + "\n": "row 1: it has 100002 columns; at most 500 are read",
		"area,drug\n,\n": "there is no setup below the header",
	} {
		rows, err := library.ReadCSV("x.csv", []byte(text))
		if err == nil || rows != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// Whatever numbers, texts and rows a person changes, what is read back from the file is what the sheet said.
func TestLawAnImportIsWhatTheSheetSays(t *testing.T) {
	base := mustText(t, "small.yaml")
	rapid.Check(t, func(rt *rapid.T) {
		sheet := table(t, mustRead(t, "small.yaml", base))
		for range rapid.IntRange(1, 6).Draw(rt, "edits") {
			row := sheet[rapid.IntRange(1, len(sheet)-1).Draw(rt, "row")]
			name := rapid.SampledFrom([]string{"therapy", "advisory", "aliases", "dose start", "dose upper hard", "vtbi upper soft (mL)", "high alert", "bolus upper hard"}).Draw(rt, "column")
			to := ""
			switch i := column(t, sheet[0], name); {
			case strings.Contains(name, "upper") || name == "dose start":
				to = fmt.Sprint(rapid.IntRange(1, 3000).Draw(rt, "number"))
				row[i] = to
			case name == "high alert":
				row[i] = rapid.SampledFrom([]string{"yes", "no", ""}).Draw(rt, "flag")
			default:
				row[i] = rapid.StringMatching(`[-=#:'"a-z0-9 ,{}\[\]&*!|>%@\\?µ]{0,12}`).Draw(rt, "text")
			}
		}
		rows, err := library.ReadCSV("x.csv", saved(sheet))
		if err != nil {
			return // refused: the limits crossed
		}
		m, err := library.Merge("small.yaml", []byte(base), rows, "x.csv")
		if err != nil {
			rt.Fatalf("%v", err)
		}
		again, err := library.ReadCSV("again.csv", library.CSV(m.Library))
		if err != nil {
			rt.Fatal(err)
		}
		if back, err := library.Merge("small.yaml", m.Data, rows, "x.csv"); err != nil || len(back.Changes) > 0 {
			rt.Fatalf("the same sheet changes the file again: %v %v", back, err)
		}
		if back, err := library.Merge("small.yaml", m.Data, again, "again.csv"); err != nil || len(back.Changes) > 0 {
			rt.Fatalf("its own sheet changes the file: %v %v", back, err)
		}
	})
}

func FuzzReadCSV(f *testing.F) {
	for _, name := range []string{"small.yaml", "pca.yaml"} {
		f.Add(string(library.CSV(mustRead(f, name, mustText(f, name)))))
	}
	f.Add("area;drug;rate upper hard (mL/h)\nAdult ICU;x;5\n")
	f.Add("area,drug\n\"")
	base := mustText(f, "small.yaml")
	f.Fuzz(func(t *testing.T, data string) {
		rows, err := library.ReadCSV("x.csv", []byte(data))
		if (err == nil) == (len(rows) == 0) {
			t.Fatalf("%d rows with error %v", len(rows), err)
		}
		if err == nil {
			if m, err := library.Merge("small.yaml", []byte(base), rows, "x.csv"); err == nil {
				library.CSV(m.Library)
			}
		}
	})
}

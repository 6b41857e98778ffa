package entry_test

import (
	"encoding/csv"
	"os"
	"testing"

	"pumplab/pumpmodel/entry"
)

func mustNew(t testing.TB, name string, p entry.Params) entry.Method {
	t.Helper()
	m, err := entry.New(name, p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustParse(t testing.TB, m entry.Method, text string) entry.State {
	t.Helper()
	s, err := entry.Parse(m, text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func click(m entry.Method, s entry.State, key string) (entry.State, entry.Answer) {
	s, a := m.Press(s, key)
	return m.Release(s, key), a
}

// Every row of shared/data/key_vectors.csv (copied to testdata) is a transition.
func TestKeyVectors(t *testing.T) {
	f, err := os.Open("testdata/key_vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 84 {
		t.Fatalf("%d rows: the table is not whole", len(rows))
	}
	for i, r := range rows[1:] {
		m := mustNew(t, r[0], entry.Params{})
		s, _ := click(m, mustParse(t, m, r[1]), r[2])
		got, want := entry.Format(m, s), entry.Format(m, mustParse(t, m, r[3]))
		if got != want {
			t.Errorf("row %d: %s at %s, %s: got %s, want %s", i+2, r[0], r[1], r[2], got, want)
		}
	}
}

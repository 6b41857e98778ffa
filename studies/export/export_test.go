package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pumplab/studies/export"
)

type folder map[string]*bytes.Buffer

type file struct{ *bytes.Buffer }

func (file) Close() error { return nil }

func (f folder) create(name string) (io.WriteCloser, error) {
	f[name] = &bytes.Buffer{}
	return file{f[name]}, nil
}

func alerts() export.Table {
	return export.Table{
		Name:    "alert_v1",
		Columns: []string{"session", "task", "limit_kind", "reason", "latency_ns", "entry_was_wrong"},
		Rows: func(yield func([]string, error) bool) {
			_ = yield([]string{"P01-1", "dopamine", "upperSoft", "said \"yes\", twice", "1500", "1"}, nil) &&
				yield([]string{"P01-1", "heparin", "", "", "", "0"}, nil)
		},
	}
}

func TestCSVComesWithItsDictionary(t *testing.T) {
	f := folder{}
	files, rows, err := export.Write("csv", export.Study{}, []export.Table{alerts()}, f.create)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"alert_v1.csv", "dictionary.csv"}, files); d != "" || rows["alert_v1"] != 2 {
		t.Error(d, rows)
	}
	want := "session,task,limit_kind,reason,latency_ns,entry_was_wrong\n" +
		"P01-1,dopamine,upperSoft,\"said \"\"yes\"\", twice\",1500,1\nP01-1,heparin,,,,0\n"
	if d := cmp.Diff(want, f["alert_v1.csv"].String()); d != "" {
		t.Error(d)
	}
	words, err := csv.NewReader(f["dictionary.csv"]).ReadAll()
	if err != nil || len(words) != 7 {
		t.Fatal(words, err)
	}
	if d := cmp.Diff([]string{"alert_v1", "latency_ns", "integer", "ns", "from the alert to its answer", ""}, words[5]); d != "" {
		t.Error(d)
	}
}

func TestDataPackageDescribesEveryColumn(t *testing.T) {
	f := folder{}
	if _, _, err := export.Write("datapackage", export.Study{Name: "Keys & Pumps", Authors: []string{"A"}}, []export.Table{alerts()}, f.create); err != nil {
		t.Fatal(err)
	}
	var p struct {
		Profile, Name string
		Resources     []struct {
			Path   string
			Rows   int
			Schema struct {
				Fields []struct{ Name, Type, Description string }
			}
		}
	}
	if err := json.Unmarshal(f["datapackage.json"].Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Profile != "tabular-data-package" || p.Name != "keys-pumps" || len(p.Resources) != 1 || p.Resources[0].Rows != 2 {
		t.Errorf("%+v", p)
	}
	for _, c := range p.Resources[0].Schema.Fields {
		if c.Description == "" || c.Type == "" {
			t.Errorf("%+v is not described", c)
		}
	}
}

func TestWhatIsNotKnownIsRefused(t *testing.T) {
	bad := alerts()
	bad.Columns = append(bad.Columns, "mood")
	for format, table := range map[string]export.Table{"xls": alerts(), "csv": bad} {
		if _, _, err := export.Write(format, export.Study{}, []export.Table{table}, folder{}.create); err == nil ||
			!strings.Contains(err.Error(), "export") {
			t.Errorf("%s: %v", format, err)
		}
	}
}

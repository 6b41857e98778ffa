package cli_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pumplab/app/cli"
)

const studyTable = "../../analysis/mixed/testdata/study.csv"

// fit runs pumplab fit and returns its JSON.
func fit(t *testing.T, args ...string) map[string]any {
	t.Helper()
	var out, msg bytes.Buffer
	if code := cli.Run(append([]string{"fit", "--json"}, args...), &cli.Context{Out: &out, Err: &msg}, nil); code != 0 {
		t.Fatalf("%v: status %d, %s", args, code, msg.String())
	}
	m := map[string]any{}
	if err := json.Unmarshal(out.Bytes(), &m); err != nil {
		t.Fatalf("%v: %v", err, out.String())
	}
	return m
}

func row(t *testing.T, m map[string]any, list string, i int) map[string]any {
	t.Helper()
	rows, ok := m[list].([]any)
	if !ok || i >= len(rows) {
		t.Fatalf("no row %d of %s in %v", i, list, m)
	}
	return rows[i].(map[string]any)
}

func close9(t *testing.T, what string, got any, want float64) {
	t.Helper()
	if v, ok := got.(float64); !ok || math.Abs(v-want) > 1e-7*math.Abs(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestFitHasTheDocumentedShape(t *testing.T) {
	m := fit(t, studyTable, "error ~ design + (1|participant) + (1|task)", "--family", "binomial", "--contrasts", "design", "--adjust", "tukey")
	for _, key := range strings.Fields("family link method n logLik deviance aic bic fixed random theta sigma boundary converged contrasts seconds") {
		if _, ok := m[key]; !ok {
			t.Errorf("no key %q", key)
		}
	}
	keys := func(list string) []string {
		var out []string
		for k := range row(t, m, list, 0) {
			out = append(out, k)
		}
		slices.Sort(out)
		return out
	}
	for list, want := range map[string]string{
		"fixed": "df estimate high low p se statistic term", "random": "corr group sd term",
		"contrasts": "adjust contrast df estimate high low p ratio se statistic",
	} {
		if got := strings.Join(keys(list), " "); got != want {
			t.Errorf("%s has %s, want %s", list, got, want)
		}
	}
	if m["theta"] != nil || m["sigma"] != nil || row(t, m, "fixed", 0)["df"] != nil {
		t.Error("what the model does not have must be null")
	}
	// glmmTMB 1.1.5, polished: analysis/mixed/testdata/reference.csv, model logit2
	close9(t, "designB", row(t, m, "fixed", 1)["estimate"], 1.2391523952)
	close9(t, "logLik", m["logLik"], -278.940610227)
	if c := row(t, m, "contrasts", 0); c["contrast"] != "A - B" || c["adjust"] != "tukey" {
		t.Errorf("%v", c)
	}
}

func TestFitReadsPackedTablesAndOrdersLevels(t *testing.T) {
	data, err := os.ReadFile(studyTable)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(data)
	z.Close()
	path := filepath.Join(t.TempDir(), "study.csv.gz")
	if err := os.WriteFile(path, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"seconds ~ design + (1|participant)", "--ml", "--levels", "design=D,A,B,C"}
	a, b := fit(t, append([]string{path}, args...)...), fit(t, append([]string{studyTable}, args...)...)
	delete(a, "seconds")
	delete(b, "seconds")
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	if string(x) != string(y) || row(t, a, "fixed", 1)["term"] != "designA" || a["method"] != "ML" {
		t.Errorf("%s\n%s", x, y)
	}
}

// Values: R 4.2.2, survival 3.5-3, as in analysis/survival.
func TestFitTimesAgreesWithR(t *testing.T) {
	const table = "../../analysis/survival/testdata/timeouts.csv"
	for _, args := range [][]string{
		{table, "Surv(time, event) ~ design + age + strata(ward) + cluster(person)", "--family", "cox"},
		{table, "Surv(time, event) ~ design + age", "--family", "cox", "--strata", "ward", "--cluster", "person"},
	} {
		m := fit(t, args...)
		first := row(t, m, "fixed", 0)
		if first["term"] != "designB" || m["events"] != 128.0 {
			t.Fatalf("%v", m)
		}
		close9(t, "estimate", first["estimate"], 0.2417765192126102)
		close9(t, "se", first["se"], 0.1962365576635193)
		close9(t, "logLik", m["logLik"], -451.4214713435632)
		close9(t, "wald", row(t, m, "tests", 1)["chi2"], 10.17587254527634)
	}
	l := fit(t, table, "Surv(time, event) ~ design + strata(ward)", "--family", "logrank")
	close9(t, "chi2", l["chi2"], 4.70156063910302)
	close9(t, "p", l["p"], 0.09529477282118576)
	k := fit(t, table, "Surv(time, event) ~ 1", "--family", "km")
	if one := row(t, k, "groups", 0); one["group"] != "all" || one["median"] != 9.0 {
		t.Errorf("%v", one)
	}
}

func TestFitSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.csv")
	if err := os.WriteFile(bad, []byte("a;b\n1;x\n2;y,z\n3;2024-01-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{studyTable, "error ~ desgin", "--family", "binomial"}, `did you mean "design"`},
		{[]string{studyTable, "error ~ design + (1|participant", "--family", "binomial"}, "column 32"},
		{[]string{studyTable, "error ~ design", "--family", "gamma"}, "must be one of"},
		{[]string{studyTable, "error ~ design", "--levels", "design=A,A"}, "repeated level"},
		{[]string{studyTable, "error ~ design", "--ml", "--reml"}, "can't be used together"},
		{[]string{studyTable, "error ~ design", "--cluster", "task"}, "--family cox"},
		{[]string{filepath.Join(dir, "none.csv"), "y ~ x"}, "no such file"},
		{[]string{bad, "a ~ log(b)"}, "not a number"},
	} {
		var out, msg bytes.Buffer
		code := cli.Run(append([]string{"fit"}, c.args...), &cli.Context{Out: &out, Err: &msg}, nil)
		if code != 2 || !strings.Contains(msg.String(), c.want) || out.Len() > 0 {
			t.Errorf("%v: status %d, %q, want %q", c.args, code, msg.String(), c.want)
		}
	}
}

func TestFitForPeople(t *testing.T) {
	var out, msg bytes.Buffer
	args := []string{"fit", studyTable, "keys ~ design + (1+order|participant) + (1|task)", "--family", "poisson", "--contrasts", "design"}
	if code := cli.Run(args, &cli.Context{Out: &out, Err: &msg}, nil); code != 0 {
		t.Fatal(msg.String())
	}
	for _, want := range []string{"480 rows, 20 participant, 6 task", "designD   0.45692", "order  0.15343       -0.903", "p (holm, two-sided)", "A - D"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

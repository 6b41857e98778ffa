package cli_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pumplab/app/cli"

	"github.com/alecthomas/kong"
)

// stat runs `pumplab stat …` and returns what it printed.
func stat(t *testing.T, stdin string, asJSON bool, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	x := &cli.Context{JSON: asJSON, Out: &out, Err: &out, In: strings.NewReader(stdin)}
	var grammar struct {
		Stat cli.StatCmd `cmd:""`
	}
	p, err := kong.New(&grammar, kong.Name("pumplab"), kong.Exit(func(int) {}), kong.Writers(&out, &out))
	if err != nil {
		t.Fatal(err)
	}
	k, err := p.Parse(append([]string{"stat"}, args...))
	if err != nil {
		return "", err
	}
	k.Bind(x)
	err = k.Run()
	return out.String(), err
}

func mustStat(t *testing.T, stdin string, args ...string) map[string]any {
	t.Helper()
	out, err := stat(t, stdin, true, args...)
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	m := map[string]any{}
	if err := json.Unmarshal([]byte(out), &m); err != nil {
		t.Fatalf("%v printed %q: %v", args, out, err)
	}
	return m
}

const (
	yesNo   = "participant,a,b,c\nP1,1,0,0\nP2,1,1,1\nP3,1,0,1\nP4,0,0,0\nP5,1,0,1\nP6,NA,1,1\nP7,0,1,1\n"
	ratings = "unit,r1,r2\nu1,1,1\nu2,2,2\nu3,3,3\nu4,3,2\nu5,1,1\nu6,2,1\n"
	sus     = "id,q1,q2,q3,q4,q5,q6,q7,q8,q9,q10\n1,4,2,5,1,4,2,5,1,5,2\n2,3,3,3,3,3,3,3,3,3,3\n3,4,,5,1,4,2,5,1,5,2\n"
	pairs   = "x,y\n1.83,0.878\n0.50,0.647\n1.62,0.598\n2.48,2.05\n1.68,1.06\n1.88,1.29\n1.55,1.06\n3.06,3.14\n1.30,1.29\n"
)

// The keys that outside scripts rely on.
func TestStatHasTheKeysPromised(t *testing.T) {
	for keys, c := range map[string]struct {
		stdin string
		args  string
	}{
		"estimate wald wilson clopper_pearson jeffreys":                                                          {"", "proportion 3 20"},
		"difference newcombe miettinen_nurminen p":                                                               {"", "two-proportions 7 34 1 34"},
		"n difference chi2 p_chi2 chi2_cc p_chi2_cc p_exact p_midp ci_wald ci_newcombe ci_tango ci_bonett_price": {"", "mcnemar 59 6 16 80"},
		"p odds_ratio odds_ratio_ci side":                                                                        {"", "fisher 3 1 1 3 --side greater"},
		"q df p n k":                                                                                             {yesNo, "cochran-q -"},
		"chi2 df p":                                                                                              {yesNo, "friedman -"},
		"v p method ties":                                                                                        {pairs, "wilcoxon -"},
		"kappa se ci":                                                                                            {ratings, "kappa - --method cohen --weights quadratic"},
		"kappa z p":                                                                                              {ratings, "kappa - --method fleiss"},
		"alpha":                                                                                                  {ratings, "kappa - --method krippendorff --level ordinal"},
		"ac1":                                                                                                    {ratings, "kappa ac1 -"},
		"icc1 icc1_ci icc2 icc2_ci icc3 icc3_ci icc1k icc1k_ci icc2k icc2k_ci icc3k icc3k_ci": {ratings, "icc -"},
		"dprime c":                          {"", "dprime 20 5 10 15"},
		"p method":                          {"", "adjust --method bh 0.01 0.04 0.03"},
		"power":                             {"", "power --p1 0.1 --p2 0.25 --n 100"},
		"power power_ci runs seed":          {"", "power cochran-q 0.1 0.2 0.4 --n 30 --runs 200"},
		"n n_needed power_ci":               {"", "power wilcoxon 2 1 --power 0.8 --runs 200"},
		"n n_needed":                        {"", "power --p1 0.1 --p2 0.25 --power 0.9"},
		"scores mean":                       {sus, "sus -"},
		"raw weighted":                      {"", "tlx 70 10 55 30 60 45 5 0 3 2 4 1"},
		"p side equivalent":                 {"", "tost 40 3 4 53 --margin 0.1"},
		"p side noninferior":                {"", "noninferiority 40 3 4 53 --margin 0.05"},
		"first_lower first_lower_by_margin": {"", "posterior 3 40 9 40 --margin 0.05"},
		"z p_nominal alpha_spent":           {"", "looks 0.5 1 --spending pocock"},
		"odds_ratio p":                      {"a,b,c,d\n2,3,5,6\n4,1,6,7\n", "mantel-haenszel -"},
	} {
		m := mustStat(t, c.stdin, strings.Fields(c.args)...)
		for _, k := range strings.Fields(keys) {
			if v, ok := m[k]; !ok || v == nil {
				t.Errorf("%s: no %q in %v", c.args, k, m)
			}
		}
	}
}

// Values: R 4.2.2 as named in analysis/compare, describe and power; TLX from its manual as in shared/domain/science.md; SUS by its rule.
func TestStatValues(t *testing.T) {
	number := func(m map[string]any, key string) float64 {
		v, ok := m[key].(float64)
		if !ok {
			t.Fatalf("%q is %v", key, m[key])
		}
		return v
	}
	for _, c := range []struct {
		stdin, args, key string
		want             float64
	}{
		{"", "tlx 70,10,55,30,60,45 --weights 5,0,3,2,4,1", "weighted", 57 + 1.0/3},
		{"", "tlx 70,10,55,30,60,45", "raw", 45},
		{sus, "sus -", "mean", (87.5 + 50) / 2},
		{pairs, "wilcoxon -", "p", 0.0390625},
		{pairs, "wilcoxon - --side greater", "p", 0.01953125},
		{"", "power --p1 0.1 --p2 0.25 --power 0.9", "n", 132.7557009239464},
		{"", "power proportions 0.1 0.25 --power 0.9", "n", 132.7557009239464},
		{"", "power paired-means --delta 0.8 --sd 1 --n 12", "power", 0.7136569728381609},
		{"", "dprime 20 5 10 15", "dprime", 1.044498707092581},
		{"", "fisher 40 5 3 60", "p", 1.8360298677909e-20},
		{"", "two-proportions 7 34 1 34", "p", 0.02392584348062664},
	} {
		got := number(mustStat(t, c.stdin, strings.Fields(c.args)...), c.key)
		if math.Abs(got-c.want) > 1e-9*math.Abs(c.want) {
			t.Errorf("%s: %s = %.16g, want %.16g", c.args, c.key, got, c.want)
		}
	}
	if s := mustStat(t, sus, "sus", "-"); s["scores"].([]any)[2] != nil || s["note"] == nil {
		t.Errorf("an unanswered item was scored: %v", s)
	}
}

func TestStatAnswersBadInputWithASentence(t *testing.T) {
	for want, c := range map[string]struct{ stdin, args string }{
		"5 events among 4 trials":                       {"", "proportion 5 4"},
		"all four counts are zero":                      {"", "mcnemar 0 0 0 0"},
		"standard input:3:2: row 2, column \"b\": 2":    {"a,b\n1,0\n0,2\n", "cochran-q -"},
		"\"1x\" is not a number":                        {"a,b\n1,2\n1x,3\n", "friedman -"},
		"3 columns of data (a, b, c)":                   {"a,b,c\n1,2,3\n2,2,1\n", "wilcoxon -"},
		"a header but no rows":                          {"a,b\n", "friedman -"},
		"no column \"z\" among a, b":                    {"a,b\n1,2\n", "wilcoxon - --columns a,z"},
		"SUS answers are 1 to 5":                        {strings.Replace(sus, "1,4,2", "1,9,2", 1), "sus -"},
		"the tallies add up to 14":                      {"", "tlx 70 10 55 30 60 45 4 0 3 2 4 1"},
		"\"x\" is not a number":                         {"", "adjust 0.1 x"},
		"a p value lies between 0 and 1":                {"", "adjust 0.1 1.5"},
		"unknown method \"tukey\"":                      {"", "adjust --method tukey 0.1"},
		"it is for 2":                                   {yesNo, "kappa - --method cohen"},
		"is not two-sided, less or greater":             {"", "fisher 1 2 3 4 --side up"},
		"give either --n or --power":                    {"", "power --p1 0.1 --p2 0.2"},
		"so there is nothing to find":                   {"", "power --p1 0.2 --p2 0.2 --n 30"},
		"has no sides":                                  {"", "power friedman 1 2 3 --sd 1 --n 9 --sides 1"},
		"--correlation belongs to cochran-q":            {"", "power wilcoxon 1 1 --n 9 --correlation 0.2"},
		"a whole number from 2":                         {"", "power wilcoxon 1 1 --n 9.5"},
		"100 to 1000000 are simulated":                  {"", "power wilcoxon 1 1 --n 9 --runs 5"},
		"say what":                                      {"", "power --n 30"},
		"give --margin":                                 {"", "tost 1 2 3 4"},
		"it must be positive":                           {"", "noninferiority 1 2 3 4 --margin=-0.1"},
		"all ratings are the same":                      {"a,b\n3,3\n3,3\n3,3\n", "icc -"},
		"0.5 is not a count":                            {"", "tost 0.5 2 3 4 --margin 0.1"},
		"\"chair\" is not paired, proportions or means": {"", "tost --kind chairs 1 2 3 4 --margin 0.1"},
	} {
		out, err := stat(t, c.stdin, true, strings.Fields(c.args)...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: printed %q, error %v; want %q", c.args, out, err, want)
		}
	}
}

// What the data leave undefined is null with a note: JSON has no NaN, and a number would be a wrong answer.
func TestStatSaysWhatIsNotDefined(t *testing.T) {
	for key, c := range map[string]struct{ stdin, args string }{
		"p_chi2":     {"", "mcnemar 5 0 0 7"},
		"q":          {"a,b\n1,1\n0,0\n", "cochran-q -"},
		"chi2":       {"a,b\n1,1\n2,2\n", "friedman -"},
		"p":          {"a,b\n1,1\n2,2\n", "wilcoxon -"},
		"odds_ratio": {"", "fisher 0 0 3 4"},
		"kappa":      {"a,b\n1,1\n1,1\n", "kappa - --method cohen"},
		"alpha":      {"a,b\n1,1\n1,1\n", "kappa - --method krippendorff"},
	} {
		m := mustStat(t, c.stdin, strings.Fields(c.args)...)
		if v, ok := m[key]; !ok || v != nil || m["note"] == nil {
			t.Errorf("%s: %v", c.args, m)
		}
	}
}

func TestStatLeavesOutColumnsThatNameRows(t *testing.T) {
	m := mustStat(t, "nr,a,b\n1,3,4\n2,5,1\n3,2,2\n4,6,1\n5,1,2\n", "wilcoxon", "-")
	if m["note"] != `column "nr" left out: it names the rows` {
		t.Errorf("%v", m)
	}
	q := mustStat(t, "who,a,b\nAnn,1,0\nBob,0,0\nCid,1,0\n", "cochran-q", "-")
	if q["n"] != 3.0 || q["k"] != 2.0 || !strings.Contains(q["note"].(string), "it holds words") {
		t.Errorf("%v", q)
	}
	words := mustStat(t, "a,b\nslip,slip\nlapse,slip\nlapse,lapse\nslip,slip\n", "kappa", "-")
	if words["n"] != 4.0 || words["alpha"] == nil || words["ac1"] == nil {
		t.Errorf("%v", words)
	}
}

func TestStatReadsFilesAndPrintsForPeople(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pairs.csv")
	if err := os.WriteFile(path, []byte(pairs), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := stat(t, "", false, "wilcoxon", path)
	if err != nil || !strings.Contains(out, "x minus y") || !strings.Contains(out, "0.0390625") || strings.Contains(out, "{") {
		t.Errorf("%q %v", out, err)
	}
	if _, err := stat(t, "", true, "wilcoxon", path+"x"); err == nil {
		t.Error("a missing file was read")
	}
}

func TestNegativeNumbersNeedNoTrick(t *testing.T) {
	for _, args := range []string{
		"stat tost 40 3 4 53 --low -0.1 --high 0.05", "stat tost 40 3 4 53 --low=-0.1 --high=0.05", "stat tost --low -1e-1 --high .05 -- 40 3 4 53",
	} {
		var out, msg bytes.Buffer
		x := &cli.Context{Out: &out, Err: &msg}
		if code := cli.Run(strings.Fields(args), x, nil); code != 0 || !strings.Contains(out.String(), "-0.1") {
			t.Errorf("%s: %d %q %q", args, code, out.String(), msg.String())
		}
	}
	var out, msg bytes.Buffer
	if code := cli.Run(strings.Fields("--json stat tost means 1.2 0.5 20 -0.3 0.6 22 --margin 5"), &cli.Context{Out: &out, Err: &msg}, nil); code != 0 ||
		!strings.Contains(out.String(), `"difference":1.5`) {
		t.Errorf("%d %q %q", code, out.String(), msg.String())
	}
	if code := cli.Run(strings.Fields("stat proportion 5 -3"), &cli.Context{Out: &out, Err: &msg}, nil); code != 2 {
		t.Errorf("status %d", code)
	}
}

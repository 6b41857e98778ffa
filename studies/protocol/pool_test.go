package protocol_test

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"pumplab/studies"
	"pumplab/studies/protocol"
)

// withPool is the short study with its tasks drawn from a pool.
func withPool(t *testing.T, request, pool string) (*protocol.Kit, error) {
	t.Helper()
	files := maps.Clone(mustTemplate(t, "short"))
	text := string(files["study.yaml"])
	text = text[:strings.Index(text, "tasks:\n")] + "tasks:\n  drawn: " + request + "\n\n" + text[strings.Index(text, "sequence:"):]
	files["study.yaml"] = []byte(text)
	files["pools/icu.yaml"] = []byte(pool)
	return protocol.Load(protocol.Frozen(files))
}

func TestDrawnTasksAreAsTheStudyAsksAndTheSameEachTime(t *testing.T) {
	const request = "{from: pools/icu.yaml, count: 12, digits: 2..3, beyond: {soft: 2, hard: 3}, time: 2 min}"
	const pool = "pool: icu\narea: Adult ICU\npatients: [A, B]\nvtbi: 60..95 mL\n"
	k, err := withPool(t, request, pool)
	if err != nil {
		t.Fatal(err)
	}
	beyond, drugs := map[string]int{}, map[string]bool{}
	for _, task := range k.Study.Tasks {
		beyond[task.Beyond]++ // Load has held it against the library
		drugs[task.Order.Drug] = true
		digits := len(strings.ReplaceAll(task.Order.Dose.String(), ".", ""))
		if digits < 2 || digits > 3 || task.Order.Patient == "" || (task.Order.Weight != 0) != (task.Order.DoseUnit.Per == "kg") || task.Limit == 0 {
			t.Errorf("%s: %s", task.ID, task.Order)
		}
	}
	if !maps.Equal(beyond, map[string]int{"": 7, "soft": 2, "hard": 3}) || len(drugs) < 5 {
		t.Errorf("%v of drugs %v", beyond, drugs)
	}
	again, err := withPool(t, request, pool)
	if err != nil || !reflect.DeepEqual(k.Study.Tasks, again.Study.Tasks) {
		t.Errorf("another draw: %v", err)
	}
	if _, ok := k.Files["pools/icu.yaml"]; !ok {
		t.Error("the pool is not frozen with the study")
	}
	if _, ok := k.Study.TaskByID("drawn-12"); !ok {
		t.Errorf("tasks %v", ids(k.Study))
	}
}

func ids(s *studies.Study) (out []string) {
	for _, t := range s.Tasks {
		out = append(out, t.ID)
	}
	return out
}

func TestADrawingThatCannotBeIsRefused(t *testing.T) {
	const good = "{from: pools/icu.yaml, count: 2}"
	for _, c := range []struct{ request, pool, want string }{
		{"{from: ../pool.yaml, count: 2}", "", "expected a path inside the study folder"},
		{"{from: pools/none.yaml, count: 2}", "", "is not in the study folder"},
		{"{from: pools/icu.yaml, count: 2, digits: 4..2}", "pool: icu\narea: Adult ICU", "is reversed"},
		{"{from: pools/icu.yaml, count: 2, beyond: {soft: 2, hard: 1}}", "pool: icu\narea: Adult ICU", "3 tasks are to pass a limit, but 2 are drawn"},
		{good, "pool: icu\narea: Adlut ICU", `pools/icu.yaml:2:7: pool: area: "Adlut ICU", did you mean "Adult ICU"?`},
		{good, "pool: icu\narea: Adult ICU\ndrugs: [heprin]", `did you mean "heparin"?`},
		{good, "pool: icu\ncolour: red", `unknown key "colour"`},
		{"{from: pools/icu.yaml, count: 2, digits: 6}", "pool: icu\narea: Adult ICU\ndrugs: [heparin]", "no drug of pools/icu.yaml gives an order with 6 to 6 digits"},
	} {
		_, err := withPool(t, c.request, c.pool)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %q gives\n%v\nwant %q", c.request, c.pool, err, c.want)
		}
	}
}

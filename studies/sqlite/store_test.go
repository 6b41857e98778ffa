package sqlite_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/outcome"
	"pumplab/studies/sqlite"
)

func MustOpen(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// chain makes records that follow each other as a session's driver does.
type chain struct{ last journal.Record }

func (c *chain) next(at time.Duration, event any, outputs ...studies.Output) journal.Record {
	b, err := json.Marshal(event)
	if err != nil {
		panic(err)
	}
	r := journal.Next(c.last, at, b)
	r.Outputs, r.Display = outputs, "0123456789abcdef"
	c.last = r
	return r
}

func head(id string, files map[string]string) journal.Head {
	return journal.Head{
		Format: 1, Program: "test", Session: id, Participant: "P01", Started: "2026-01-02T03:04:05.5Z", Files: files,
		Plan: studies.Plan{Study: "s", Participant: "P01", Row: 3, Seed: 1<<63 + 5, Steps: []studies.Step{
			{Kind: studies.StepIntro}, {Kind: studies.StepTask, Task: "dopamine-1", Design: "d"}, {Kind: studies.StepEnd},
		}},
	}
}

func key(control, before, after string, at time.Duration) (studies.Event, studies.Output) {
	e := pumpmodel.Press(control)
	return studies.Event{Kind: studies.Pump, Pump: &e, Code: "Digit" + control, Stamp: "raw"}, studies.Output{
		Kind: studies.FromPump, At: at, Step: 1,
		Pump: &pumpmodel.Output{Kind: pumpmodel.KeyAnswered, Control: control, Answer: pumpmodel.Accepted, Field: "dose", Before: before, After: after},
	}
}

// MustWriteSession writes a short session: head, intro over, two keys, a stray key, a note, the end.
func MustWriteSession(t testing.TB, s *sqlite.Store, id string) []journal.Record {
	t.Helper()
	files, err := s.Freeze(map[string][]byte{"study.yaml": []byte("study: s\n"), "empty": nil})
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.Journal(id)
	if err != nil {
		t.Fatal(err)
	}
	var c chain
	began := func(step int, at time.Duration) studies.Output {
		return studies.Output{Kind: studies.StepBegan, At: at, Step: step}
	}
	e1, o1 := key("7", "0", "7", 2*time.Second)
	e2, o2 := key("5", "7", "75", 3*time.Second)
	all := []journal.Record{
		c.next(0, head(id, files), began(0, 0)),
		c.next(time.Second, studies.Event{Kind: studies.Next, Stamp: "callback"}, studies.Output{Kind: studies.StepEnded, At: time.Second}, began(1, time.Second)),
		c.next(2*time.Second, e1, o1),
		c.next(3*time.Second, e2, o2),
		c.next(3*time.Second+5, studies.Event{Kind: studies.Stray, Code: "KeyQ", Stamp: "raw"}),
		c.next(4*time.Second, studies.Event{Kind: studies.Note, Value: "sighs"}, studies.Output{Kind: studies.Noted, At: 4 * time.Second}),
		c.next(5*time.Second, studies.Event{Kind: studies.Done}, studies.Output{Kind: studies.StepEnded, At: 5 * time.Second, Step: 1, Why: "done"}, began(2, 5*time.Second)),
		c.next(6*time.Second, studies.Event{Kind: studies.Next}, studies.Output{Kind: studies.SessionEnded, At: 6 * time.Second, Why: "complete"}),
	}
	for _, r := range all {
		if err := j.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestRecordsComeBackAsTheyWereWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder with ? and #", sqlite.FileName)
	os.Mkdir(filepath.Dir(path), 0o755)
	s := MustOpen(t, path)
	want := MustWriteSession(t, s, "P01-1")
	s.Close()
	s = MustOpen(t, path)
	got, err := s.Load("P01-1")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	infos, err := s.Sessions()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]sqlite.SessionInfo{{
		ID: "P01-1", Participant: "P01", Row: 3, Started: "2026-01-02T03:04:05.5Z",
		Ended: 6 * time.Second, Status: "complete", Records: 8,
	}}, infos); d != "" {
		t.Error(d)
	}
	if n, err := s.CountEvents(); n != 7 || err != nil {
		t.Errorf("events: %d %v", n, err)
	}
	if wrong := s.Check(); len(wrong) > 0 {
		t.Errorf("check: %v", wrong)
	}
}

func TestEventViewHasTheColumnsOutsidersRead(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	MustWriteSession(t, s, "P01-1")
	got := table(t, s.Path(), "SELECT * FROM event_v1")
	want := `session|participant|seq|at_ns|utc|task|kind|control|code|phase|value_before|value_after|answer|stamp
P01-1|P01|2|1000000000|2026-01-02T03:04:06.500000Z|-|next|-|-|-|-|-|-|callback
P01-1|P01|3|2000000000|2026-01-02T03:04:07.500000Z|dopamine-1|pump|7|Digit7|down|0|7|accepted|raw
P01-1|P01|4|3000000000|2026-01-02T03:04:08.500000Z|dopamine-1|pump|5|Digit5|down|7|75|accepted|raw
P01-1|P01|5|3000000005|2026-01-02T03:04:08.500000Z|dopamine-1|stray|-|KeyQ|-|-|-|-|raw
P01-1|P01|6|4000000000|2026-01-02T03:04:09.500000Z|dopamine-1|note|-|-|-|-|sighs|-|-
P01-1|P01|7|5000000000|2026-01-02T03:04:10.500000Z|dopamine-1|done|-|-|-|-|-|-|-
P01-1|P01|8|6000000000|2026-01-02T03:04:11.500000Z|-|next|-|-|-|-|-|-|-
`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestChangedColumnsOfTheEventViewAreFound(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	MustWriteSession(t, s, "P01-1")
	check := func() (seen int, err error) {
		for _, err = range s.Checked("P01-1") {
			if err == nil {
				seen++
			}
		}
		return seen, err
	}
	if n, err := check(); n != 8 || err != nil {
		t.Fatal(n, err)
	}
	if _, err := MustPlain(t, s.Path()).Exec("DROP TRIGGER record_is_never_changed; UPDATE record SET answer = 'ignored' WHERE seq = 4"); err != nil {
		t.Fatal(err)
	}
	var broken *journal.Broken
	if n, err := check(); n != 3 || !errors.As(err, &broken) || broken.Seq != 4 {
		t.Error(n, err)
	}
}

func TestResumedSessionsAreToldApart(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	j, err := s.Journal("P01-1")
	if err != nil {
		t.Fatal(err)
	}
	var c chain
	for _, r := range []journal.Record{c.next(0, head("P01-1", nil)), c.next(1, studies.Event{Kind: studies.Resume})} {
		if err := j.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Sessions(); err != nil || !got[0].Resumed || got[0].Status != "running" {
		t.Error(got, err)
	}
}

func TestOutcomesAreReplacedPerSession(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	MustWriteSession(t, s, "P01-1")
	task := studies.TaskRow{
		Session: "P01-1", Participant: "P01", Block: 1, Position: 2, Design: "d", Condition: "quiet", Task: "dopamine-1", Ordered: "o",
		Programmed: "p", Outcome: studies.Undetected, NumberClass: "doubled", OutByTen: true, Started: 1, Ended: 2, Presses: 3, Optimal: 2,
		Corrections: 1, Ignored: 4, Alerts: 5, Overrides: 6, Interrupts: 7, Resumption: 8, Critical: true, Step: 1,
	}
	alert := studies.AlertRow{
		Session: "P01-1", Participant: "P01", Task: "dopamine-1", Step: 1, At: 9, Field: "dose", LimitKind: "upperSoft",
		LimitValue: "20", Entered: "55", Ratio: "2.75", Answer: "override", Reason: "r", Final: "55", Latency: 10, Wrong: true, Seen: 12,
		OnPump: studies.OnPump{
			Device: "d", Channel: "A", Area: "Adult ICU", Library: "libraries/demo.yaml 0123456789ab", Drug: "DOPamine", Therapy: "shock",
			Concentration: "400 mg/250 mL", Weight: "82",
		},
	}
	rating := studies.RatingRow{Session: "P01-1", Participant: "P01", Step: 2, Design: "d", Instrument: "sus", Item: "sus1", Value: 4}
	skipped := studies.TaskRow{Session: "P01-1", Participant: "P01", Task: "heparin", Outcome: "skipped", Step: 2}
	result := outcome.Result{
		Tasks: []studies.TaskRow{task}, Alerts: []studies.AlertRow{alert}, Ratings: []studies.RatingRow{rating}, Unjudged: []studies.TaskRow{skipped},
	}
	for range 2 {
		if err := s.SaveOutcomes("P01-1", sqlite.Kept{Records: 8, Program: "p"}, result); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := s.Outcomes("p")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]outcome.Result{"P01-1": result}, kept); d != "" {
		t.Error(d)
	}
	if other, err := s.Outcomes("q"); len(other) != 0 || err != nil {
		t.Errorf("what another program computed is taken for ours: %v %v", other, err)
	}
	got := table(t, s.Path(), "SELECT * FROM task_v1") + table(t, s.Path(), "SELECT * FROM alert_v1") + table(t, s.Path(), "SELECT seen_ns, reaction_ns FROM alert_v2") +
		table(t, s.Path(), "SELECT device, channel, area, library, drug, therapy, concentration, weight_kg, field, entered FROM alert_v3")
	want := `session|participant|block|position|design|condition|task|practice|ordered|programmed|outcome|number_class|out_by_ten|started_ns|ended_ns|presses|optimal_presses|corrections|ignored|alerts|overrides|interruptions|resumption_ns
P01-1|P01|1|2|d|quiet|dopamine-1|0|o|p|undetected|doubled|1|1|2|3|2|1|4|5|6|7|8
session|participant|task|at_ns|field|limit_kind|limit_value|entered|ratio|answer|reason|final_value|latency_ns|entry_was_wrong
P01-1|P01|dopamine-1|9|dose|upperSoft|20|55|2.75|override|r|55|10|1
seen_ns|reaction_ns
12|7
device|channel|area|library|drug|therapy|concentration|weight_kg|field|entered
d|A|Adult ICU|libraries/demo.yaml 0123456789ab|DOPamine|shock|400 mg/250 mL|82|dose|55
`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if err := s.SaveOutcomes("nobody", sqlite.Kept{}, outcome.Result{}); err == nil {
		t.Error("outcomes of a session that does not exist were taken")
	}
	if err := s.CheckTables(); err != nil {
		t.Error(err)
	}
	db := MustPlain(t, s.Path())
	if _, err := db.Exec("UPDATE task SET outcome = 'correct'"); err != nil {
		t.Fatal(err)
	}
	if err := s.CheckTables(); err == nil || !strings.Contains(err.Error(), "not the ones that were saved") {
		t.Errorf("a table that was changed: %v", err)
	}
	if _, err := db.Exec("UPDATE outcome_seal SET result = CAST(replace(result, 'undetected', 'correct') AS BLOB)"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Outcomes("p"); err == nil || !strings.Contains(err.Error(), "not the ones that were saved") {
		t.Errorf("a result that was changed: %v", err)
	}
}

// A session that has gone on since has no outcome that counts.
func TestOutcomesOfASessionThatWentOnAreComputedAnew(t *testing.T) {
	s := MustOpen(t, filepath.Join(t.TempDir(), sqlite.FileName))
	all := MustWriteSession(t, s, "P01-1")
	if err := s.SaveOutcomes("P01-1", sqlite.Kept{Records: len(all), Program: "p"}, outcome.Result{}); err != nil {
		t.Fatal(err)
	}
	j, err := s.Journal("P01-1")
	if err != nil {
		t.Fatal(err)
	}
	c := chain{all[len(all)-1]}
	if err := j.Append(c.next(c.last.At, studies.Event{Kind: studies.Note, Value: "after"})); err != nil {
		t.Fatal(err)
	}
	if kept, err := s.Outcomes("p"); len(kept) != 0 || err != nil {
		t.Errorf("%v %v", kept, err)
	}
}

// table reads a query with the plain driver, as an outsider does.
func table(t *testing.T, path, query string) string {
	t.Helper()
	db := MustPlain(t, path)
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, _ := rows.Columns()
	out := strings.Join(names, "|") + "\n"
	for rows.Next() {
		cells := make([]sql.NullString, len(names))
		into := make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, c := range cells {
			if !c.Valid {
				c.String = "-"
			}
			out += c.String + map[bool]string{true: "\n", false: "|"}[i == len(cells)-1]
		}
	}
	return out
}

func MustPlain(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

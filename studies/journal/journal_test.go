package journal_test

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
)

var update = flag.Bool("update", false, "write the golden of the present format")

// line is a record as the goldens keep it.
type line struct {
	Seq     int             `json:"seq"`
	At      time.Duration   `json:"at"`
	Event   json.RawMessage `json:"event"`
	Prev    string          `json:"prev"`
	Hash    string          `json:"hash"`
	Outputs json.RawMessage `json:"outputs"`
	Display string          `json:"display"`
}

// chain is the journal of a few events, one second apart.
func chain(t testing.TB, events ...studies.Event) []journal.Record {
	t.Helper()
	head, err := journal.EncodeHead(journal.Head{
		Format: journal.Format, Program: "test", Session: "s1", Participant: "P01", Started: "2026-11-22T11:00:00.000000001Z",
		Answers: map[string]string{"role": "nurse", "age": "40"}, Files: map[string]string{"study.yaml": "aa", "designs/x/design.yaml": "bb"},
		Plan: studies.Plan{Study: "s", Participant: "P01", Seed: 18446744073709551615, Steps: []studies.Step{
			{Kind: studies.StepTask, Block: 1, Position: 1, Design: "x", Condition: "quiet", Task: "t1", For: time.Minute, Disturbances: []studies.Disturbance{
				{Kind: "question", Field: "dose", After: 2, Prompt: "What is 7 < 8 & 9?", Right: "15", Covers: true}, {Kind: "phone", At: []time.Duration{time.Second}},
			}},
		}},
		Simulated: &journal.Simulated{Seed: 3, Parameters: map[string]string{"slip": "0.006"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	records := []journal.Record{journal.Next(journal.Record{}, 0, head)}
	for i, e := range events {
		b, err := journal.EncodeEvent(e)
		if err != nil {
			t.Fatal(err)
		}
		r := journal.Next(records[i], time.Duration(i+1)*time.Second, b)
		r.Outputs = []studies.Output{{Kind: studies.FromPump, At: r.At, Pump: &pumpmodel.Output{Kind: pumpmodel.KeyAnswered, Answer: pumpmodel.Accepted}}}
		r.Display = "0123456789abcdef"
		records = append(records, r)
	}
	return records
}

func events() []studies.Event {
	down := pumpmodel.Press("7")
	return []studies.Event{
		{Kind: studies.Pump, Pump: &down, Code: "Digit7", Stamp: "callback"},
		{Kind: studies.Reply, Value: `he said "15" <b>`},
		{Kind: studies.Rate, Item: "mental", Value: "55"},
		{Kind: studies.Stray, Code: "KeyQ"},
	}
}

// TestFormat1ReadsForEver holds the codec against testdata/format1.jsonl, written by the first program with this format. The file is
// never written again; a new format gets a file of its own.
func TestFormat1ReadsForEver(t *testing.T) {
	const file = "testdata/format1.jsonl"
	want := chain(t, events()...)
	if *update {
		var b strings.Builder
		for _, r := range want {
			outs, _ := journal.EncodeOutputs(r.Outputs)
			j, _ := json.Marshal(line{r.Seq, r.At, r.Event, r.Prev, r.Hash, outs, r.Display})
			b.Write(j)
			b.WriteByte('\n')
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got []journal.Record
	for text := range strings.Lines(string(data)) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		outs, err := journal.DecodeOutputs(l.Outputs)
		if err != nil {
			t.Fatal(err)
		}
		var event strings.Builder // RawMessage escapes HTML on the way in; undo as a reader of JSON does
		event.WriteString(unescape(string(l.Event)))
		r := journal.Record{Seq: l.Seq, At: l.At, Event: []byte(event.String()), Prev: l.Prev, Hash: l.Hash, Display: l.Display}
		if len(outs) > 0 {
			r.Outputs = outs
		}
		got = append(got, r)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if err := journal.Verify(got); err != nil {
		t.Error(err)
	}
}

func unescape(s string) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(s)
}

func TestEventsReadBackAndAreCanonical(t *testing.T) {
	for _, e := range events() {
		b, err := journal.EncodeEvent(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := journal.DecodeEvent(b)
		if err != nil || cmp.Diff(e, back) != "" {
			t.Errorf("%s reads as %+v, %v", b, back, err)
		}
		again, _ := journal.EncodeEvent(back)
		if string(again) != string(b) {
			t.Errorf("%s is written again as %s", b, again)
		}
		if strings.Contains(string(b), `\u003c`) {
			t.Errorf("%s escapes HTML", b)
		}
	}
}

func TestWhatCannotBeReplayedIsNotRead(t *testing.T) {
	for _, text := range []string{`{"kind":"pump","colour":"red"}`, `{"kind":"pump"} {}`, `{`, `[]`} {
		if _, err := journal.DecodeEvent([]byte(text)); err == nil {
			t.Errorf("%s was read", text)
		}
	}
	if _, err := journal.DecodeHead([]byte(`{"format":2,"new":1}`)); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Errorf("a newer format gives %v", err)
	}
}

func TestAnyChangeBreaksTheChainAtItsRecord(t *testing.T) {
	good := chain(t, events()...)
	if err := journal.Verify(good); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		bad := append([]journal.Record(nil), good...)
		i := rapid.IntRange(0, len(bad)-1).Draw(t, "record")
		r := bad[i]
		seq := i + 1
		switch rapid.SampledFrom([]string{"event", "time", "number", "prev", "hash", "removed", "doubled", "rehashed"}).Draw(t, "change") {
		case "event":
			r.Event = append([]byte(nil), r.Event...)
			r.Event[rapid.IntRange(0, len(r.Event)-1).Draw(t, "byte")] ^= 1
		case "time":
			r.At += 7
		case "number":
			r.Seq++
		case "prev":
			r.Prev = strings.Repeat("0", 64)
		case "hash":
			r.Hash = strings.Repeat("0", 64)
		case "removed":
			if i == len(bad)-1 {
				return // records cut off at the end cannot be seen from the chain
			}
			r = bad[i+1]
			bad = append(bad[:i+1], bad[i+2:]...)
		case "doubled":
			if i == 0 {
				return
			}
			r = bad[i-1]
		case "rehashed": // a forged record with a fitting hash breaks the next one
			if i == len(bad)-1 {
				return
			}
			r.Event = []byte(`{"kind":"note"}`)
			r.Hash = journal.Hash(r.Prev, r.Seq, r.At, r.Event)
			seq++
		}
		bad[i] = r
		var broken *journal.Broken
		if err := journal.Verify(bad); !errors.As(err, &broken) || broken.Seq != seq {
			t.Fatalf("got %v, want record %d named", err, seq)
		}
	})
}

// A journal whose hashes fit but whose time runs backwards was not written by a session.
func TestTimeThatRunsBackwardsBreaksTheChain(t *testing.T) {
	rs := chain(t, events()...)
	rs = append(rs, journal.Next(rs[len(rs)-1], time.Second/2, []byte(`{"kind":"note"}`)))
	var broken *journal.Broken
	if err := journal.Verify(rs); !errors.As(err, &broken) || broken.Seq != len(rs) {
		t.Errorf("got %v", err)
	}
}

// The hash's parts carry their lengths: what moves from one to the next changes it.
func TestTheHashKeepsItsPartsApart(t *testing.T) {
	if journal.Hash("ab", 1, 0, []byte("c")) == journal.Hash("a", 1, 0, []byte("bc")) {
		t.Error("the hash does not keep prev and event apart")
	}
}

func TestTheProjectionIsNotHashed(t *testing.T) {
	rs := chain(t, events()...)
	rs[1].Outputs, rs[1].Display = nil, ""
	if err := journal.Verify(rs); err != nil {
		t.Errorf("the projection can be recomputed, but %v", err)
	}
}

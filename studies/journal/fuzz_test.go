package journal_test

import (
	"bytes"
	"os"
	"reflect"
	"testing"
	"time"

	"pumplab/studies/journal"
)

// What the codec reads it writes in its canonical form, and reads that as the same.
func FuzzCodec(f *testing.F) {
	lines, err := os.ReadFile("testdata/format1.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	for line := range bytes.Lines(lines) {
		f.Add(line)
	}
	for _, text := range []string{
		`{"kind":"pump","pump":{"kind":"down","control":"7"},"code":"7","stamp":"raw","device":3,"together":true}`,
		`{"kind":"note","value":"\u2028\ud800<&>"}`, `{"kind":"pointer","first_ns":-5}`, `{"Kind":"x","kind":"y"}`, `{"kind":"x"} {}`,
		`{"format":1,"program":"p","session":"s","participant":"P","started":"2026-01-02T03:04:05Z","files":{"a":"b"},"plan":{"seed":18446744073709551615}}`,
		`[{"kind":"pump","at":1,"step":2,"pump":{"kind":"key-answered","at":3,"control":"7","answer":"accepted","field":"rate","before":"0","after":"7"}},{"kind":"ended","at":1,"step":2,"why":"complete","right":true}]`,
		`[]`, `[{"kind":"µ","at":-1,"step":0}]`, `[{"kind":"x","at":9223372036854775807}]`, `{"kind":"x","device":01}`, `{"kind":"x","device":-0}`,
		`[{"kind":"pump","at":1,"step":2,"pump":{"kind":"programme-confirmed","programme":{"rate":"5","pca":{"unit":"mg"}}}}]`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		again(t, b, journal.DecodeEvent, journal.EncodeEvent)
		spaced := append([]byte{' '}, b...) // which the quick reading of canonical JSON leaves to encoding/json
		same(t, b, spaced, journal.DecodeEvent)
		same(t, b, spaced, journal.DecodeOutputs)
		again(t, b, journal.DecodeHead, journal.EncodeHead)
		again(t, b, journal.DecodeOutputs, journal.EncodeOutputs)
		r := journal.Next(journal.Record{}, time.Duration(len(b)), b)
		next := journal.Next(r, r.At, b)
		if err := journal.Verify([]journal.Record{r, next}); err != nil {
			t.Error(err)
		}
		next.Event = append(bytes.Clone(b), ' ')
		if err := journal.Verify([]journal.Record{r, next}); err == nil {
			t.Error("a longer event has the same hash")
		}
	})
}

func same[T any](t *testing.T, b, spaced []byte, read func([]byte) (T, error)) {
	t.Helper()
	v, err := read(b)
	w, otherwise := read(spaced)
	if (err == nil) != (otherwise == nil) || !reflect.DeepEqual(v, w) && err == nil {
		t.Errorf("%q is read as %+v (%v), with a space before it as %+v (%v)", b, v, err, w, otherwise)
	}
}

func again[T any](t *testing.T, b []byte, read func([]byte) (T, error), write func(T) ([]byte, error)) {
	t.Helper()
	v, err := read(b)
	if err != nil {
		return
	}
	once, err := write(v)
	if err != nil {
		t.Fatalf("%q was read and cannot be written: %v", b, err)
	}
	v, err = read(once)
	if err != nil {
		t.Fatalf("%q is written as %q, which cannot be read: %v", b, once, err)
	}
	if twice, err := write(v); err != nil || !bytes.Equal(once, twice) {
		t.Errorf("%q is written as %q and then as %q, %v", b, once, twice, err)
	}
}

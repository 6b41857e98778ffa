package replay_test

import (
	"testing"
	"time"

	"pumplab/studies/journal"
	"pumplab/studies/outcome"
	"pumplab/studies/replay"
	"pumplab/studies/session"
)

// A database from elsewhere may hold any record in a chain that is whole: one is put into a session at any place and time. Whatever it
// says, replaying and judging end with a result or an error, and what Rebuild makes of it is a recording that replays.
func FuzzRecords(f *testing.F) {
	k := mustKit(f, "short")
	var sound [3]tape
	for seed := range sound {
		sound[seed], _ = play(f, k, uint64(seed), 60)
		for i := 0; i < len(sound[seed]); i += 5 {
			f.Add(uint8(seed), uint16(i), int64(time.Second), sound[seed][i].Event)
		}
	}
	for _, text := range []string{
		``, `{}`, `null`, `[]`, `{"kind":"pump"}`, `{"kind":"pump","pump":{"kind":"turn","control":"dial","n":-9223372036854775808}}`,
		`{"kind":"pump","pump":{"kind":"touch","x":-1,"y":2147483647}}`, `{"kind":"shown","value":"{}"}`, `{"kind":"shown","value":"[{}]"}`,
		`{"kind":"rate","item":"sus1","value":"9"}`, `{"kind":"resume"}`, `{"kind":"stop"}`, `{"kind":"disturb","item":"phone"}`, `{"kind":"pointer","first_ns":-1}`,
		`{"kind":"pump","pump":{"kind":"order","text":"x"}}`, `{"kind":"pump","pump":{"kind":"library","text":"x"}}`, `{"kind":"quality","value":"{}"}`,
		`{"format":1,"plan":{"steps":[{"kind":"task","task":"x","design":"y"}]}}`, `{"format":1,"plan":{"steps":[]}}`,
	} {
		f.Add(uint8(1), uint16(0), int64(0), []byte(text))
		f.Add(uint8(1), uint16(50), int64(1)<<62, []byte(text))
	}
	context := outcome.ContextOf(k)
	build := func(h journal.Head) (*session.Machine, error) { return k.Machine(h.Plan) }
	f.Fuzz(func(t *testing.T, which uint8, place uint16, later int64, event []byte) {
		from := sound[int(which)%len(sound)]
		at := int(place) % len(from)
		records := append(tape{}, from[:at]...)
		add := func(when time.Duration, event []byte, r journal.Record) {
			next := journal.Next(journal.Record{}, when, event)
			if n := len(records); n > 0 {
				next = journal.Next(records[n-1], max(when, records[n-1].At), event)
			}
			next.Outputs, next.Display = r.Outputs, r.Display
			records = append(records, next)
		}
		add(from[at].At+time.Duration(max(0, later)>>1), event, from[at])
		for _, r := range from[at+1:] {
			add(r.At, r.Event, r)
		}
		began := time.Now()
		_, _ = replay.Check(replay.Of(records), build)
		_, _ = outcome.Of(replay.Of(records), context)
		head, err := journal.DecodeHead(records[0].Event)
		if err != nil {
			return
		}
		m, err := build(head)
		if err != nil {
			return
		}
		whole, _ := replay.Rebuild(records, m)
		if _, err := replay.Check(replay.Of(whole), build); err != nil {
			t.Errorf("rebuilt from %d records, but %v", len(records), err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("one session took %v", took)
		}
	})
}

//go:build linux && !headless

package main_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pumplab/app/capture"
	"pumplab/studies"
	"pumplab/studies/journal"
)

// moved is one record of the pointer's motion.
type moved struct {
	first, last time.Duration
	x, y        float64
	n           int
	kind        string
}

// motions are the records of motion after a record.
func (l *lab) motions(after int) (out []moved) {
	l.t.Helper()
	for _, r := range l.records(after) {
		e, err := journal.DecodeEvent(r.Event)
		if err != nil {
			l.t.Fatal(err)
		}
		if e.Kind != studies.Pointer {
			continue
		}
		m := moved{first: e.First, last: r.At, kind: e.Stamp}
		if _, err := fmt.Sscanf(e.Value, "x=%f y=%f n=%d", &m.x, &m.y, &m.n); err != nil {
			l.t.Fatalf("%q: %v", e.Value, err)
		}
		out = append(out, m)
	}
	return out
}

// stroke moves the pointer in steps and fails unless its motion is in the journal, a record a frame at most, with its times.
func (l *lab) stroke(zero time.Duration) {
	l.t.Helper()
	const steps = 80
	l.screen.point(200, 300)
	eventually(l.t, 10*time.Second, "the pointer at its start", func() bool {
		was := l.motions(l.seq)
		return len(was) > 0 && was[len(was)-1].x == 200
	})
	l.catchUp()
	from, began := l.seq, monotonicNow()
	for i := range steps {
		l.screen.point(200+3*(i+1), 300+i%2)
		time.Sleep(4 * time.Millisecond)
	}
	ended := monotonicNow()
	var got []moved
	eventually(l.t, 10*time.Second, "the pointer's motion in the journal", func() bool {
		got = l.motions(from)
		return len(got) > 0 && got[len(got)-1].x == 200+3*steps
	})
	n, last := 0, time.Duration(0)
	for i, m := range got {
		n += m.n
		if m.first > m.last || m.first < last {
			l.t.Errorf("record %d from %v to %v follows one to %v", i, m.first, m.last, last)
		}
		last = m.last
	}
	if n != steps {
		l.t.Errorf("%d of %d movements are in the journal", n, steps)
	}
	if frames := int((ended-began)/(time.Second/60)) + 2; len(got) > frames {
		l.t.Errorf("%d records in %d frames", len(got), frames)
	}
	const slack = 150 * time.Millisecond // a busy machine
	if first := zero + got[0].first; first < began || first > began+slack {
		l.t.Errorf("the first movement is dated %v after its injection", first-began)
	}
	if last := zero + last; last > ended+slack || last < ended-slack {
		l.t.Errorf("the last movement is dated %v before the end", ended-last)
	}
	l.t.Logf("%d movements in %d records, first dated %.3f ms after its injection", n, len(got), float64(zero+got[0].first-began)/1e6)
	l.catchUp()
}

func TestWithoutAPartCaptureFallsBackAStepAndTheSessionSaysSo(t *testing.T) {
	for _, c := range []struct {
		without, way string
		notes        []string
	}{
		{"realtime", capture.Raw, []string{"no real-time priority: switched off"}},
		{"raw,at-once", capture.Hook, []string{"no raw events: switched off", "switched off by PUMPLAB_WITHOUT: painting at once"}},
		{"hook,pump", capture.Callback, []string{"no raw events: switched off", "WITHOUT: hook", "WITHOUT: pump"}},
	} {
		t.Run(c.without, func(t *testing.T) {
			t.Setenv("PUMPLAB_WITHOUT", c.without)
			l := mustSession(t, mustScreen(t), metronomeStudy(t), "P01")
			q := l.check
			if c.way == capture.Callback && !q.Bad {
				t.Errorf("times on the toolkit's grid were good enough: %s", q.Verdict)
			}
			if q.Way != c.way || q.Realtime {
				t.Errorf("way %s, real-time %v, want %s without", q.Way, q.Realtime, c.way)
			}
			for _, want := range c.notes {
				if !slices.ContainsFunc(q.Notes, func(n string) bool { return strings.Contains(n, want) }) {
					t.Errorf("no note says %q: %v", want, q.Notes)
				}
			}
			key := l.toTask()[0]
			from := l.seq
			l.tap(key)
			for _, r := range l.records(from) {
				e, err := journal.DecodeEvent(r.Event)
				if err != nil {
					t.Fatal(err)
				}
				better := map[string][]string{capture.Hook: {capture.Raw}, capture.Callback: {capture.Raw, capture.Hook}}[c.way]
				if e.Code != "" && slices.Contains(better, e.Stamp) {
					t.Errorf("%s is stamped %s, without %s", e.Code, e.Stamp, c.without)
				}
			}
		})
	}
}

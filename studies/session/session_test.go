package session_test

import (
	"strings"
	"testing"
	"time"

	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/session"
)

var _ session.Journal = (*memory)(nil)

func mustOpen(t *testing.T, m *session.Machine, j session.Journal) *session.Session {
	t.Helper()
	s, err := session.Open(m, journal.Head{Session: "s1", Participant: "P01"}, j)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustApply(t *testing.T, s *session.Session, at time.Duration, events ...studies.Event) session.View {
	t.Helper()
	var v session.View
	for _, e := range events {
		var err error
		if v, err = s.Apply(at, e); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

func dose(v session.View) string {
	f, _ := v.Pump.FieldNamed("dose")
	return f.Text
}

func TestWhatIsShownIsInTheJournal(t *testing.T) {
	j := &memory{}
	s := mustOpen(t, mustMachine(t, task, end), j)
	v := mustApply(t, s, sec, press("1"))
	if len(j.records) != 2 || dose(v) != "1" || j.records[1].Display != v.Pump.Digest() {
		t.Errorf("%d records, dose %q, digest %q", len(j.records), dose(v), j.records[1].Display)
	}
	if err := journal.Verify(j.records); err != nil {
		t.Error(err)
	}
	h, err := journal.DecodeHead(j.records[0].Event)
	if err != nil || h.Format != journal.Format || len(h.Plan.Steps) != 2 {
		t.Errorf("head %+v, %v", h, err)
	}
}

func TestAKeyThatCannotBeJournalledIsNotShownAndNothingFollowsIt(t *testing.T) {
	j := &memory{failAt: 3}
	s := mustOpen(t, mustMachine(t, task, end), j)
	mustApply(t, s, sec, press("1"))
	v, err := s.Apply(2*sec, press("2"))
	if err == nil || !strings.Contains(err.Error(), "disk full") || !strings.Contains(err.Error(), "try again, or go on in another place") {
		t.Errorf("error %v: it must name the cause and say what to do", err)
	}
	if dose(v) != "1" || dose(s.View()) != "1" {
		t.Errorf("shown %q, want 1", dose(v))
	}
	j.failAt = 0
	if _, err := s.Apply(3*sec, press("5")); err == nil {
		t.Error("a key after a lost one was taken")
	}
	if err := s.Retry(); err != nil || s.Stuck() != nil || dose(s.View()) != "12" {
		t.Errorf("the key that waited: %v, shown %q", err, dose(s.View()))
	}
	mustApply(t, s, 3*sec, press("5"))
	if err := journal.Verify(j.records); err != nil || len(j.records) != 4 {
		t.Errorf("%d records: %v", len(j.records), err)
	}
}

func TestAPausedSessionGoesOnInAnotherPlaceWithItsChainUnbroken(t *testing.T) {
	first := &memory{failAt: 3}
	s := mustOpen(t, mustMachine(t, task, end), first)
	mustApply(t, s, sec, press("1"))
	if _, err := s.Apply(2*sec, press("2")); err == nil {
		t.Fatal("the journal took what it should not")
	}
	if err := s.MoveTo(&memory{failAt: 1}); err == nil || s.Stuck() == nil || dose(s.View()) != "1" {
		t.Errorf("a place that is full too: %v", err)
	}
	second := &memory{}
	if err := s.MoveTo(second); err != nil {
		t.Fatal(err)
	}
	v := mustApply(t, s, 3*sec, press("5"))
	if dose(v) != "125" || len(first.records) != 2 || len(second.records) != 2 {
		t.Errorf("dose %q, %d and %d records", dose(v), len(first.records), len(second.records))
	}
	if err := journal.Verify(append(first.records, second.records...)); err != nil {
		t.Error(err)
	}
}

func TestATimeBeforeTheLastRecordIsRefused(t *testing.T) {
	j := &memory{}
	s := mustOpen(t, mustMachine(t, task, end), j)
	mustApply(t, s, 2*sec, press("1"))
	if _, err := s.Apply(sec, press("2")); err == nil || len(j.records) != 2 {
		t.Errorf("error %v, %d records", err, len(j.records))
	}
	mustApply(t, s, 2*sec, press("2"))
}

func TestLookingRecordsNothing(t *testing.T) {
	step := task
	step.For = 40 * sec
	j := &memory{}
	s := mustOpen(t, mustMachine(t, step, end), j)
	mustApply(t, s, sec, press("1"))
	if at, ok := s.NextDue(10 * sec); !ok || at != 31*sec {
		t.Errorf("next due %v %v, want the nag at 31s", at, ok)
	}
	if v := s.Look(41 * sec); v.Ended != "complete" {
		t.Errorf("looking at 41 s shows %+v", v)
	}
	if v := s.Look(5 * sec); v.Ended != "" || dose(v) != "1" || v.At != 5*sec {
		t.Errorf("looking back shows %+v", v)
	}
	if len(j.records) != 2 || s.State().Now != sec {
		t.Error("looking changed the session")
	}
}

func TestASessionThatWasKilledIsRestoredAndTheTaskMarked(t *testing.T) {
	j := &memory{}
	s := mustOpen(t, mustMachine(t, task, task, end), j)
	mustApply(t, s, sec, press("1"))
	mustApply(t, s, 2*sec, press("2"))

	again, err := session.Restore(mustMachine(t, task, task, end), j.records, j)
	if err != nil {
		t.Fatal(err)
	}
	want(t, told(again.Last().Outputs), "2s 0 step-ended interrupted\n2s 1 step-began\n2s 1 held reopened")
	v := mustApply(t, again, 9*sec, just(studies.Continue), press("5"))
	if v.Index != 1 || dose(v) != "5" {
		t.Errorf("step %d, dose %q", v.Index, dose(v))
	}
	mustApply(t, again, 10*sec, just(studies.Stop))
	if err := journal.Verify(j.records); err != nil {
		t.Error(err)
	}
	closed, err := session.Restore(mustMachine(t, task, task, end), j.records, j)
	if err != nil || closed.View().Ended != "stopped" || closed.Last().Seq != len(j.records) {
		t.Errorf("an ended session is opened as it is: %v %+v", err, closed.Last())
	}
}

func TestAJournalOfAnotherPlanOrWithAChangedKeyIsNotRestored(t *testing.T) {
	j := &memory{}
	s := mustOpen(t, mustMachine(t, task, end), j)
	mustApply(t, s, sec, press("1"))
	if _, err := session.Restore(mustMachine(t, task, task, end), j.records, j); err == nil {
		t.Error("another plan was taken")
	}
	j.records[1].Event = []byte(strings.Replace(string(j.records[1].Event), `"1"`, `"2"`, 1))
	if _, err := session.Restore(mustMachine(t, task, end), j.records, j); err == nil || !strings.Contains(err.Error(), "record 2") {
		t.Errorf("error %v, want record 2 named", err)
	}
}

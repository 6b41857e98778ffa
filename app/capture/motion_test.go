package capture_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/app/capture"
)

func TestMotionOfAFrameIsOneRecordWithItsFirstAndLastTime(t *testing.T) {
	var m capture.Mover
	for i := range 10 {
		at := 100*ms + time.Duration(i)*2*ms
		m.Saw(at)
		m.Delivered(float64(i), 7, at+ms, at-ms)
		if got, ok := m.Flush(at+ms, at+ms, false); ok != (i == 9) {
			t.Fatalf("event %d: flushed %v %+v; a frame has %v", i, ok, got, time.Second/60)
		} else if want := (capture.Motion{First: 100 * ms, Last: 118 * ms, Events: 10, X: 9, Y: 7, Kind: capture.Raw}); ok && got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if got, ok := m.Flush(time.Hour, time.Hour, true); ok {
		t.Errorf("motion out of nothing: %+v", got)
	}
}

func TestMotionElsewhereIsNotOurs(t *testing.T) {
	var m capture.Mover
	m.Saw(100 * ms) // over another window
	m.Saw(103 * ms)
	m.Settle(104 * ms)
	m.Saw(110 * ms)
	m.Delivered(1, 1, 111*ms, 109*ms)
	m.Saw(112 * ms) // has not been delivered
	got, ok := m.Flush(140*ms, 140*ms, false)
	if want := (capture.Motion{First: 110 * ms, Last: 110 * ms, Events: 1, X: 1, Y: 1, Kind: capture.Raw}); !ok || got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestWithoutRawEventsMotionHasTheTimesOfItsDelivery(t *testing.T) {
	var m capture.Mover
	m.Delivered(1, 1, 50*ms, 48*ms)
	m.Delivered(2, 1, 60*ms, 58*ms)
	if got, ok := m.Flush(61*ms, 59*ms, true); !ok || got != (capture.Motion{First: 50 * ms, Last: 59 * ms, Events: 2, X: 2, Y: 1, Kind: capture.Hook}) {
		t.Errorf("before a press at 59 ms: %+v", got)
	}
}

// Whatever moves, no record's times run backward, overlap the one before or lie beyond its deliveries; and no event is lost.
func TestMotionIsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m capture.Mover
		at, settled, last := time.Second, time.Second, time.Duration(0)
		n, told := 0, 0
		for range rapid.IntRange(1, 200).Draw(t, "polls") {
			for range rapid.IntRange(0, 4).Draw(t, "moves") {
				at += time.Duration(rapid.IntRange(100, 3000).Draw(t, "gap")) * time.Microsecond
				if rapid.IntRange(0, 4).Draw(t, "raw") > 0 {
					m.Saw(at)
				}
				at += time.Duration(rapid.IntRange(20, 900).Draw(t, "late")) * time.Microsecond
				m.Delivered(1, 1, at, settled)
				n++
			}
			settled = at
			if got, ok := m.Flush(at, at, rapid.IntRange(0, 9).Draw(t, "press") == 0); ok {
				if got.First > got.Last || got.Last > at || got.First <= last {
					t.Fatalf("%+v at %v after %v", got, at, last)
				}
				last = got.Last
				told += got.Events
			}
			m.Settle(settled)
		}
		if got, ok := m.Flush(at, at, true); ok {
			told += got.Events
		}
		if told != n {
			t.Fatalf("%d of %d events", told, n)
		}
	})
}

package capture_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/app/capture"
)

const ms = time.Millisecond

var keyA = capture.What{Class: capture.Key, Code: 38, Down: true}

func sight(at time.Duration) capture.Sight {
	return capture.Sight{What: keyA, At: at, Server: at.Truncate(ms)}
}

func TestDeliveryTakesItsRawEvent(t *testing.T) {
	var m capture.Matcher
	m.Saw(sight(1000 * ms))
	if s, ok := m.Delivered(keyA, 1001*ms, 1001*ms); !ok || s.At != 1000*ms {
		t.Fatalf("delivered: %v %v, want 1s", s.At, ok)
	}
	if s, ok := m.Delivered(keyA, 1100*ms, 1100*ms); ok {
		t.Fatalf("one raw event was given out twice: %v", s.At)
	}
}

func TestRawEventAfterItsDeliveryIsNotTheNextOnes(t *testing.T) {
	var m capture.Matcher
	if _, ok := m.Delivered(keyA, 1000*ms, 1000*ms); ok {
		t.Fatal("a raw event out of nothing")
	}
	m.Saw(capture.Sight{What: keyA, At: 1003 * ms, Server: 999 * ms}) // the thread was late
	m.Saw(sight(1080 * ms))
	if s, ok := m.Delivered(keyA, 1081*ms, 1081*ms); !ok || s.At != 1080*ms {
		t.Fatalf("next press: %v %v, want 1.08s", s.At, ok)
	}
}

func TestRawEventOfAnotherPressIsNotEatenByALostOne(t *testing.T) {
	var m capture.Matcher
	m.Delivered(keyA, 1000*ms, 1000*ms) // its raw event never came
	m.Saw(sight(1080 * ms))
	if s, ok := m.Delivered(keyA, 1081*ms, 1081*ms); !ok || s.At != 1080*ms {
		t.Fatalf("next press: %v %v, want 1.08s", s.At, ok)
	}
}

func TestWhatWasTypedElsewhereIsForgotten(t *testing.T) {
	var m capture.Matcher
	m.Saw(sight(1000 * ms))
	if s, ok := m.Delivered(keyA, 1600*ms, 1600*ms); ok {
		t.Fatalf("a press of 0.6 s ago was given out: %v", s.At)
	}
	m.Saw(sight(2000 * ms))
	m.Forget(capture.Key)
	if s, ok := m.Delivered(keyA, 2100*ms, 2100*ms); ok {
		t.Fatalf("a press before the focus came was given out: %v", s.At)
	}
}

func TestAStalledWindowStillGetsItsRawTimes(t *testing.T) {
	var m capture.Matcher
	m.Saw(sight(1000 * ms))
	if s, ok := m.Delivered(keyA, 1900*ms, 990*ms); !ok || s.At != 1000*ms {
		t.Fatalf("delivered 0.9 s late, nothing delivered in between: %v %v, want 1s", s.At, ok)
	}
}

// TestMatchingLaw: whatever the order in which a raw event and its delivery are seen, no press gets another press's time.
func TestMatchingLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m capture.Matcher
		at := time.Second
		for range rapid.IntRange(1, 40).Draw(t, "presses") {
			at += time.Duration(rapid.IntRange(20_000, 200_000).Draw(t, "gap")) * time.Microsecond
			raw := at + time.Duration(rapid.IntRange(50, 9_000).Draw(t, "raw late"))*time.Microsecond
			hook := at + time.Duration(rapid.IntRange(50, 9_000).Draw(t, "hook late"))*time.Microsecond
			see := capture.Sight{What: keyA, At: raw, Server: at.Truncate(ms)}
			lost := rapid.IntRange(0, 9).Draw(t, "lost") == 0
			if raw < hook && !lost {
				m.Saw(see)
			}
			s, ok := m.Delivered(keyA, hook, hook)
			if ok != (raw < hook && !lost) || ok && s.At != raw {
				t.Fatalf("press at %v, raw %v, hook %v: got %v %v", at, raw, hook, s.At, ok)
			}
			if raw >= hook && !lost {
				m.Saw(see)
			}
		}
	})
}

package delivery_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/delivery"
)

func TestADelayEndsAtItsTimeWithACallBefore(t *testing.T) {
	h, ok := delivery.Hold{Call: 2 * time.Minute}.Begin(delivery.DelayedStart, 10*time.Minute, time.Hour)
	if !ok {
		t.Fatal("not begun")
	}
	var at time.Duration
	for _, want := range []struct {
		e  delivery.HoldEvent
		at time.Duration
	}{{delivery.Callback, 8 * time.Minute}, {delivery.Due, 10 * time.Minute}} {
		w, _ := h.Wait()
		var e delivery.HoldEvent
		h, e = h.Elapse(w)
		if at += w; e != want.e || at != want.at {
			t.Errorf("%s at %v, want %s at %v", e, at, want.e, want.at)
		}
	}
	if _, ok := h.Wait(); ok {
		t.Error("it goes on after its end")
	}
}

func TestADelayBeyondTheAreasLimitIsRefused(t *testing.T) {
	if _, ok := (delivery.Hold{}).Begin(delivery.Standby, time.Hour, time.Hour); !ok {
		t.Error("a delay equal to the limit is refused")
	}
	if h, ok := (delivery.Hold{}).Begin(delivery.Standby, time.Hour+1, time.Hour); ok || h != (delivery.Hold{}) {
		t.Error("a longer one is taken")
	}
}

func TestAHoldIsAdditive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, _ := delivery.Hold{Call: time.Minute}.Begin(delivery.DelayedStart, time.Duration(rapid.Int64Range(2, int64(time.Hour)).Draw(t, "delay")), 0)
		w, _ := h.Wait()
		cut := time.Duration(rapid.Int64Range(0, int64(w)).Draw(t, "cut"))
		whole, a := h.Elapse(w)
		part, b := h.Elapse(cut)
		part, c := part.Elapse(w - cut)
		if whole != part || string(a) != string(b)+string(c) {
			t.Fatalf("%+v %s, in parts %+v %s %s", whole, a, part, b, c)
		}
	})
}

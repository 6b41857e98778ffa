package sound_test

import (
	"math"
	"testing"

	"pumplab/app/sound"
	"pumplab/studies/distraction"
)

// level is the root mean square of some seconds of a mixer in dB re full scale, and its peak.
func level(m *sound.Mixer, seconds int) (db, peak float64) {
	out := make([]float32, seconds*sound.Rate)
	m.Fill(out)
	sum := 0.0
	for _, v := range out {
		sum += float64(v) * float64(v)
		peak = max(peak, math.Abs(float64(v)))
	}
	return 10 * math.Log10(sum/float64(len(out))), peak
}

func TestARoomIsAsLoudAsAsked(t *testing.T) {
	for _, name := range distraction.Noises {
		for _, want := range []int{-18, -30} {
			var m sound.Mixer
			m.Room(name, want)
			got, peak := level(&m, 30)
			t.Logf("%s at %d dB: %.1f dB, peak %.2f", name, want, got, peak)
			if math.Abs(got-float64(want)) > 1.5 {
				t.Errorf("%s at %d dB has %.1f dB over half a minute", name, want, got)
			}
			if peak >= 1 {
				t.Errorf("%s at %d dB is clipped", name, want)
			}
		}
	}
}

func TestARoomGoesOnUntilItIsSilent(t *testing.T) {
	var m sound.Mixer
	m.Room("ward-day", -18)
	if m.Silent() {
		t.Error("a room that is heard is silent")
	}
	m.Room("ward-day", -24) // quieter, and not from the start
	m.Room("", 0)
	if _, peak := level(&m, 1); peak != 0 || !m.Silent() {
		t.Errorf("after the room the peak is %.3f", peak)
	}
	m.Room("concert hall", -10)
	if _, peak := level(&m, 1); peak != 0 {
		t.Error("an unknown room is heard")
	}
}

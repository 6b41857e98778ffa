package sound_test

import (
	"math"
	"testing"
	"time"

	"pumplab/app/sound"
	"pumplab/pumpmodel"
)

func TestNotesAreInEqualTemperament(t *testing.T) {
	// Frequencies from the definition f = 440 Hz · 2^(n/12), n semitones from A4 (ISO 16), to 0.01 Hz.
	for note, want := range map[string]float64{"A4": 440, "C4": 261.63, "C5": 523.25, "F#4": 369.99, "A3": 220} {
		if got := sound.Frequency(note); math.Abs(got-want) > 0.01 {
			t.Errorf("%s is %.2f Hz, want %.2f", note, got, want)
		}
	}
}

func TestAPatternSoundsInItsPulsesAndRepeats(t *testing.T) {
	var m sound.Mixer
	m.Play([]pumpmodel.Tone{{Name: "high", Every: time.Second, Pulses: []pumpmodel.Pulse{{At: 100 * time.Millisecond, For: 200 * time.Millisecond, Note: "C5"}}}})
	out := make([]float32, 2*sound.Rate)
	m.Fill(out)
	loud := func(from, to time.Duration) float64 {
		top := 0.0
		for _, v := range out[int(from.Seconds()*sound.Rate):int(to.Seconds()*sound.Rate)] {
			top = max(top, math.Abs(float64(v)))
		}
		return top
	}
	for _, s := range []time.Duration{0, time.Second} {
		if v := loud(s, s+99*time.Millisecond); v != 0 {
			t.Errorf("%v: %.3f before the pulse, want silence", s, v)
		}
		if v := loud(s+100*time.Millisecond, s+300*time.Millisecond); v < 0.1 || v > 1 {
			t.Errorf("%v: the pulse peaks at %.3f", s, v)
		}
		if v := loud(s+301*time.Millisecond, s+999*time.Millisecond); v != 0 {
			t.Errorf("%v: %.3f after the pulse, want silence", s, v)
		}
	}
}

func TestATonePlayedAgainDoesNotBeginAnew(t *testing.T) {
	tone := []pumpmodel.Tone{{Name: "error", Pulses: []pumpmodel.Pulse{{For: 50 * time.Millisecond, Note: "A3"}}}}
	var m sound.Mixer
	m.Play(tone)
	m.Fill(make([]float32, sound.Rate/10))
	m.Play(tone)
	out := make([]float32, sound.Rate/10)
	m.Fill(out)
	for i, v := range out {
		if v != 0 {
			t.Fatalf("sample %d is %v: a tone that sounds once sounded twice", i, v)
		}
	}
}

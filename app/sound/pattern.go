// Package sound makes the tones of pumps and the phone audible: patterns are data, samples are computed from them.
package sound

import (
	"math"
	"sync"
	"time"

	"pumplab/pumpmodel"
)

// Rate is samples a second.
const Rate = 48000

// Mixer computes the samples of what sounds now. It is safe for use by the window's and the sound device's goroutine.
type Mixer struct {
	mu      sync.Mutex
	own     played // the pump's tones
	other   played // another pump's
	ringing bool
	rung    int64 // samples since the ring began
	room    *noise
	named   string  // the room's sound that is on
	gain    float64 // its root mean square, 1 is full scale
}

// played are tones that sound together.
type played struct {
	tones []pumpmodel.Tone
	since int64 // samples since they began
}

// play lets other tones sound from now on; those that sound already go on.
func (p *played) play(tones []pumpmodel.Tone) {
	if !sameTones(tones, p.tones) {
		p.tones, p.since = append([]pumpmodel.Tone(nil), tones...), 0
	}
}

// next is the next sample.
func (p *played) next() (v float64) {
	for _, t := range p.tones {
		v += sampleOf(t, p.since)
	}
	p.since++
	return v
}

// Play lets these tones sound from now on, each with its own repetition. Tones that sound already go on; a tone that repeats never
// begins anew because another was added.
func (m *Mixer) Play(tones []pumpmodel.Tone) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.own.play(tones)
}

// Elsewhere lets another pump's tones sound, further away.
func (m *Mixer) Elsewhere(tones []pumpmodel.Tone) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.other.play(tones)
}

// Room lets a room be heard at a level in dB re full scale (root mean square); an empty or unknown name is a silent one.
func (m *Mixer) Room(name string, level int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gain = math.Pow(10, float64(level)/20)
	if name == m.named {
		return
	}
	m.named, m.room = name, nil
	if _, known := scapes[name]; known {
		m.room = newNoise(name)
	}
}

// Ring lets the phone ring, or not.
func (m *Mixer) Ring(on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if on && !m.ringing {
		m.rung = 0
	}
	m.ringing = on
}

// Silent reports whether nothing is to be heard.
func (m *Mixer) Silent() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.ringing && len(m.own.tones)+len(m.other.tones) == 0 && m.room == nil
}

func sameTones(a, b []pumpmodel.Tone) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name || a[i].Every != b[i].Every || len(a[i].Pulses) != len(b[i].Pulses) {
			return false
		}
	}
	return true
}

// Fill computes the next samples, mono, between -1 and 1.
func (m *Mixer) Fill(out []float32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range out {
		v := m.own.next() + 0.4*m.other.next()
		if m.ringing {
			v += buzz(m.rung)
			m.rung++
		}
		v *= 0.5
		if m.room != nil {
			v += m.gain * m.room.next()
		}
		out[i] = float32(max(-1, min(1, v)))
	}
}

// sampleOf is a tone's sample n after it began.
func sampleOf(t pumpmodel.Tone, n int64) float64 {
	if t.Every > 0 {
		n %= samples(t.Every)
	}
	for _, p := range t.Pulses {
		from, length := samples(p.At), samples(p.For)
		if k := n - from; k >= 0 && k < length {
			return pulse(k, length, Frequency(p.Note))
		}
	}
	return 0
}

func samples(d time.Duration) int64 { return int64(d) * Rate / int64(time.Second) }

// pulse is a tone with four harmonics, as IEC 60601-1-8 wants for alarm signals, rising and falling within a tenth of its length.
func pulse(k, length int64, f float64) float64 {
	edge := max(1, length/10)
	envelope := min(1, float64(k)/float64(edge), float64(length-k)/float64(edge))
	v := 0.0
	for h, a := range []float64{1, 0.5, 0.33, 0.25, 0.2} {
		v += a * math.Sin(2*math.Pi*f*float64(h+1)*float64(k)/Rate)
	}
	return envelope * v / 2.28
}

// buzz is a phone that vibrates on a table: two bursts a second long, then rest.
func buzz(n int64) float64 {
	t := math.Mod(float64(n)/Rate, 2)
	if t > 1.2 {
		return 0
	}
	v := math.Sin(2*math.Pi*165*t) + 0.6*math.Sin(2*math.Pi*330*t) + 0.4*math.Sin(2*math.Pi*495*t)
	return 0.35 * v * (0.75 + 0.25*math.Sin(2*math.Pi*24*t)) * min(1, t*40, (1.2-t)*40)
}

// semitones from A4 of the notes of an octave, C first.
var semitones = map[byte]int{'C': -9, 'D': -7, 'E': -5, 'F': -4, 'G': -2, 'A': 0, 'B': 2}

// Frequency is a note's in hertz, equal temperament with A4 = 440 Hz; an unknown note is A4.
func Frequency(note string) float64 {
	if len(note) < 2 {
		return 440
	}
	s, ok := semitones[note[0]]
	if !ok {
		return 440
	}
	octave := int(note[len(note)-1] - '0')
	switch note[1] {
	case '#':
		s++
	case 'b':
		s--
	}
	return 440 * math.Pow(2, float64(s+12*(octave-4))/12)
}

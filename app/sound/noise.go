package sound

import (
	"math"
	"math/rand/v2"
)

// scape is a room's sound: how much there is of each part. The parts are the same in every room of the kind: air and machines,
// voices in the next room, steps and trolleys.
type scape struct {
	air, voices, knocks float64
}

// scapes are the sounds of rooms by name. They are made, not recorded: no voice is anybody's.
var scapes = map[string]scape{
	"ward-day":   {air: 0.575, voices: 0.785, knocks: 0.365},
	"ward-night": {air: 0.69, voices: 0.11, knocks: 0.085},
}

// noise is a room's sound at work: the next sample is all it can tell. It is the same each time it begins.
type noise struct {
	scape
	random         *rand.Rand
	pink           [5]float64 // filters of pink noise
	low, high      [2]float64 // the voices' band
	syllable, loud float64    // of the voices: until it changes, and how loud they are now
	target         float64
	knock, ring    float64 // of a knock: how much of it is left, its phase
	n              int64
}

func newNoise(name string) *noise {
	return &noise{scape: scapes[name], random: rand.New(rand.NewPCG(4, 711))}
}

// scale makes a room's sound have a root mean square of 1 on average; found by measuring (TestARoomIsAsLoudAsAsked).
const scale = 1.72

// next is the next sample, with a root mean square of about 1.
func (z *noise) next() float64 {
	z.n++
	return scale * (z.air*z.breath() + z.voices*z.talk() + z.knocks*z.bump())
}

// breath is air and machines: pink noise (a sum of five filtered whites, each an octave and more apart) and a mains hum.
func (z *noise) breath() float64 {
	white := z.random.NormFloat64()
	sum := 0.0
	for i, keep := range [5]float64{0.5, 0.87, 0.969, 0.9925, 0.9985} {
		z.pink[i] = keep*z.pink[i] + math.Sqrt(1-keep*keep)*white
		sum += z.pink[i]
	}
	t := float64(z.n) / Rate
	return 0.22*sum + 0.05*math.Sin(2*math.Pi*100*t)
}

// talk is voices one cannot understand: noise in the band of speech, its loudness changing some four times a second, with pauses.
func (z *noise) talk() float64 {
	if z.syllable--; z.syllable <= 0 {
		z.syllable = Rate * (0.08 + 0.25*z.random.Float64())
		z.target = max(0, 0.55+0.5*z.random.NormFloat64())
		if z.random.IntN(9) == 0 {
			z.target, z.syllable = 0, 3*z.syllable
		}
	}
	z.loud += (z.target - z.loud) * 40 / Rate
	return 3.1 * z.loud * z.band(z.random.NormFloat64())
}

// band lets 250 to 1600 Hz through: two first-order filters each way.
func (z *noise) band(v float64) float64 {
	const below, above = 2 * math.Pi * 1600 / Rate, 2 * math.Pi * 250 / Rate
	for i := range z.low {
		z.low[i] += below * (v - z.low[i])
		v = z.low[i]
	}
	for i := range z.high {
		z.high[i] += above * (v - z.high[i])
		v -= z.high[i]
	}
	return v
}

// bump is a step or a trolley now and then: a dull knock that dies away.
func (z *noise) bump() float64 {
	if z.random.Float64() < 0.9/Rate {
		z.knock = 2 + 3*z.random.Float64()
	}
	z.knock *= 1 - 14.0/Rate
	z.ring += 2 * math.Pi * 92 / Rate
	return z.knock * math.Sin(z.ring)
}

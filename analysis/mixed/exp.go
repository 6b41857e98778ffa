package mixed

import "math"

// expTable holds 2^(j/64).
var expTable = func() (t [64]float64) {
	for j := range t {
		t[j] = math.Exp2(float64(j) / 64)
	}
	return t
}()

// ln2/64 in two parts; the first has 33 bits, so that its products with whole numbers are exact.
const (
	ln2Hi = 0x1.62e42feep-7
	ln2Lo = 0x1.a39ef35793c76p-39
)

// expInto sets out to exp(x), correct to about one unit in the last place: x = (64e + j) ln2/64 + r, a table of 2^(j/64), and
// five terms of the series in |r| < 0.0055.
func expInto(out, x []float64) {
	out = out[:len(x)]
	for i, v := range x {
		if !(v > -700 && v < 700) {
			out[i] = math.Exp(v)
			continue
		}
		t := v * (64 / math.Ln2)
		k := int(t + math.Copysign(0.5, v))
		kf := float64(k)
		r := (v - kf*ln2Hi) - kf*ln2Lo
		p := r + r*r*(0.5+r*(1.0/6+r*(1.0/24+r*(1.0/120))))
		s := expTable[k&63]
		out[i] = (s + s*p) * math.Float64frombits(uint64(k>>6+1023)<<52)
	}
}

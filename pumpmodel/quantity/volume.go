package quantity

import (
	"errors"
	"math/big"
)

var errNotPositive = errors.New("the divisor must be positive")

// VolumeOf is the exact volume in mL that a rate in mL/h gives in a time in minutes: VTBI = rate × time.
func VolumeOf(rate, minutes Decimal) *big.Rat {
	v := new(big.Rat).Mul(rate.Rat(), minutes.Rat())
	return v.Quo(v, big.NewRat(60, 1))
}

// RateOver is the exact rate in mL/h that gives a volume in mL in a time in minutes. Round it once with Pump.Rate.Round.
func RateOver(volume, minutes Decimal) (*big.Rat, error) {
	if minutes <= 0 {
		return nil, errNotPositive
	}
	r := new(big.Rat).Quo(volume.Rat(), minutes.Rat())
	return r.Mul(r, big.NewRat(60, 1)), nil
}

// MinutesOf is the exact time in minutes a volume in mL takes at a rate in mL/h; the rate is the one the pump runs, so already
// rounded.
func MinutesOf(volume, rate Decimal) (*big.Rat, error) {
	if rate <= 0 {
		return nil, errNotPositive
	}
	t := new(big.Rat).Quo(volume.Rat(), rate.Rat())
	return t.Mul(t, big.NewRat(60, 1)), nil
}

// Remaining is MinutesOf in whole minutes, half up: 250 mL at 15.4 mL/h is 974 min.
func Remaining(volume, rate Decimal) (minutes int64, err error) {
	t, err := MinutesOf(volume, rate)
	if err != nil {
		return 0, err
	}
	return int64(Round(t, One) / One), nil
}

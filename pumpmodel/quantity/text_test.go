package quantity_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pumplab/pumpmodel/quantity"
)

// The text of a number is that of its integer part and its six decimals, trailing zeros cut.
func TestTheTextOfANumberIsItsDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(math.MinInt64+1, math.MaxInt64).Draw(t, "v")
		if rapid.Bool().Draw(t, "small") {
			v %= 20_000_000
		}
		sign, u := "", v
		if v < 0 {
			sign, u = "-", -v
		}
		want := strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%s%d.%06d", sign, u/1_000_000, u%1_000_000), "0"), ".")
		if got := quantity.Decimal(v).String(); got != want {
			t.Errorf("%d is %q, want %q", v, got, want)
		}
	})
}

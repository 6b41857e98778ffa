// Package ders provides dose error reduction: one value against one limit set, with a verdict a pump can act on.
package ders

import (
	"math/big"

	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// Verdict is what a check came to. A value equal to a limit is within it.
type Verdict struct {
	Kind    string           // ok, soft, hard, unknown (no limit is set for the field)
	Limit   string           // upperSoft, upperHard, lowerSoft, lowerHard; empty when ok
	Value   quantity.Decimal // of the limit
	Entered quantity.Decimal
}

// Ratio is entered ÷ limit exactly; nil when no limit was passed or the limit is 0.
func (v Verdict) Ratio() *big.Rat {
	if v.Limit == "" || v.Value == 0 {
		return nil
	}
	return new(big.Rat).Quo(v.Entered.Rat(), v.Value.Rat())
}

// Check holds v against set. Hard limits come before soft ones.
func Check(set library.LimitSet, v quantity.Decimal) Verdict {
	ok := Verdict{Kind: "ok", Entered: v}
	switch {
	case set.UpperHard.Set && v > set.UpperHard.Value:
		return Verdict{"hard", "upperHard", set.UpperHard.Value, v}
	case set.LowerHard.Set && v < set.LowerHard.Value:
		return Verdict{"hard", "lowerHard", set.LowerHard.Value, v}
	case set.UpperSoft.Set && v > set.UpperSoft.Value:
		return Verdict{"soft", "upperSoft", set.UpperSoft.Value, v}
	case set.LowerSoft.Set && v < set.LowerSoft.Value:
		return Verdict{"soft", "lowerSoft", set.LowerSoft.Value, v}
	}
	if set == (library.LimitSet{}) {
		ok.Kind = "unknown"
	}
	return ok
}

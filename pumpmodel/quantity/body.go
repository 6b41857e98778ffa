package quantity

import (
	"errors"
	"math/big"
)

// Surface is the body surface in m² by Mosteller's formula, sqrt(height in cm × weight in kg ÷ 3600), rounded half up to a
// multiple of step. It is exact: the root is an integer root, no approximation decides a rounding. Both must be positive.
// Source: shared/domain/ders.md, Computing; Mosteller, N Engl J Med 1987;317:1098.
func Surface(height, weight, step Decimal) (Decimal, error) {
	if height <= 0 || weight <= 0 {
		return 0, errors.New("compute body surface: height and weight must be positive")
	}
	// n steps are the answer if (2n-1)·step ≤ 2·root, that is (2n-1)² ≤ 4·x/step²: an integer root of the floor of the right side.
	x := new(big.Rat).Mul(height.Rat(), weight.Rat())
	x.Mul(x, big.NewRat(4, 3600))
	x.Quo(x, step.Rat())
	x.Quo(x, step.Rat())
	root := new(big.Int).Sqrt(new(big.Int).Quo(x.Num(), x.Denom()))
	n := root.Add(root, big.NewInt(1)).Rsh(root, 1)
	return Decimal(n.Int64()) * step, nil
}

// Centimetres is a length in inches in cm, exactly (1 in is 2.54 cm).
func Centimetres(inches Decimal) *big.Rat {
	return new(big.Rat).Mul(inches.Rat(), big.NewRat(254, 100))
}

// Kilograms is a mass in pounds in kg, exactly (1 lb is 0.453 592 37 kg by definition). Bedside tables divide by 2.2.
func Kilograms(pounds Decimal) *big.Rat {
	return new(big.Rat).Mul(pounds.Rat(), big.NewRat(45_359_237, 100_000_000))
}

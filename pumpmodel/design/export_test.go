package design

import (
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// ProveTight is Prove about the dose, held against a lower hard limit than the pump was given.
func ProveTight(d *Design) (Proof, error) {
	judge := proveLibrary("dose", false)
	set := judge.Areas[0].Setups[0].Limits[library.Dose]
	set.UpperHard = library.At(quantity.Int(25))
	judge.Areas[0].Setups[0].Limits[library.Dose] = set
	return d.prove("dose", proveLibrary("dose", false), judge)
}

// Package order provides the medication order a person programmes a pump from, and holds a programme against it.
package order

import "pumplab/pumpmodel/quantity"

// Order is what a prescriber asked for. Numbers are zero where the order does not give them.
type Order struct {
	Patient       string
	Area          string
	Drug          string // tall-man name; empty for a basic infusion
	Concentration quantity.Concentration
	Weight        quantity.Decimal // kg
	Dose          quantity.Decimal
	DoseUnit      quantity.DoseUnit
	Rate          quantity.Decimal // mL/h
	VTBI          quantity.Decimal // mL
	Time          quantity.Decimal // minutes
	Change        bool             // asks for a change of what runs, not for a new infusion
}

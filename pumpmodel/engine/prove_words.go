package engine

import (
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/quantity"
)

// ProofWords say for a reader who decides on the design what the walks of Prove did, what they leave out, and why they count for all
// numbers and all ways to enter them.
func ProofWords(d *design.Design) []string {
	out := []string{
		"What is proved: in no reachable state of this design, by no control,",
		"  - does an infusion run, or a bolus or loading dose begin, beyond a hard limit (GIP 6.1.3);",
		"  - nor beyond a soft limit that the person did not override for this drug, and for this bolus (GIP 6.1.4);",
		"  - does a single key change what is delivered: every change was confirmed by an earlier key (GIP 2.1.1);",
		"  - does a dose begin in an alarm, or with another volume than its amount comes to (GIP 1.4.11);",
		"  - does anything flow while it is held, or begin to flow by itself but for a start that was put off.",
		"How: each line below is one walk. From the pump just switched on every control is tried in every state that was reached, until no",
		"  new state is found. What runs is judged from the programme's texts and the library alone, not by the pump's own checks.",
		"Numbers: a check compares a number with limits, so one value stands for all in its place: below, at, between and above each limit.",
		"  A walk varies the numbers of one field; all others have one that is allowed; \"all fields\" varies weight, dose and volume together.",
		"  How a number is keyed is left out: any method can enter any of the values at once.",
		"Left out: how long things last (each clock may come to its end at any time), how much was given but for whether it is all, texts",
		"  of messages, the alarms before the end of a volume and for a long pause. Walks not about events leave out faults and the end of",
		"  the volume. One drug and the basic infusion stand for all drugs.",
	}
	switch {
	case d.Pump.Name == quantity.PCA.Name:
		out = append(out, "Patient-controlled analgesia: the programme is walked; what is given on demand within it (lockout, the most in a time) is held by",
			"  tests of its own, as an account of hours has no end to walk to.")
	case len(d.Infusions()) > 1:
		out = append(out, "More than one infusion: each walk over numbers is of one infusion, which is programmed and checked by itself. \"Two channels\" and",
			"  \"secondary infusion\" walk every pair of states of two infusions, with one number a field, one arrow, no options: the same drug on both needs an answered",
			"  alert, a secondary and its primary never flow at once, no key acts on what is not shown. Three at once are not walked.")
	}
	return out
}

// Package coding provides the classes of errors: of numbers, by rule; of use, as the words a rater codes with.
package coding

import (
	"math/big"
	"strings"
)

// Class is the class of an entered number, by the first rule of shared/domain/science.md that fits.
type Class string

// The classes, in the order of the rules.
const (
	Correct       Class = "correct"
	Format        Class = "format" // the right value, written in another way
	WrongField    Class = "wrong field"
	PointMissing  Class = "decimal missing"
	PointAdded    Class = "decimal added"
	PointMoved    Class = "decimal moved"
	ZeroAdded     Class = "zero added"
	ZeroOmitted   Class = "zero omitted"
	Doubled       Class = "doubled"
	Transposed    Class = "transposed"
	Adjacent      Class = "adjacent"
	WrongDigit    Class = "wrong digit"
	Omitted       Class = "omitted"
	Inserted      Class = "inserted"
	Other         Class = "other"
	Omission      Class = "omission" // nothing was entered
	NotClassified Class = "not a number"
)

// Number is what is known of one entered number.
type Number struct {
	Class    Class
	Distance int // Damerau–Levenshtein distance of the two texts
	OutBy    int // 10 or 100 if the entry is off by that factor or more, either way; else 0
}

// Wrong reports whether the value differs from the target's.
func (n Number) Wrong() bool { return n.Class != Correct && n.Class != Format }

// Classify holds an entered number against its target, both decimal texts with a point. Others are the values that belong to
// the other fields of the same order; layout is the keypad the digits were on, for the neighbours of a key.
//
// Two conventions the rules leave open: a leading zero before the point does not count as a digit (0.5 and .5 are the same
// text), and a run of zeros may have been empty (5 for 50 is a zero omitted, 50 for 5 a zero added).
func Classify(entered, target string, others []string, layout Layout) Number {
	e, t := plain(entered), plain(target)
	if e == "" {
		return Number{Class: Omission, Distance: len(t)}
	}
	n := Number{Distance: Distance(e, t)}
	ev, okE := new(big.Rat).SetString(rational(e))
	tv, okT := new(big.Rat).SetString(rational(t))
	if !okE || !okT {
		n.Class = NotClassified
		return n
	}
	n.OutBy = outBy(ev, tv)
	n.Class = classify(e, t, ev, tv, others, layout)
	if n.Class == Correct && strings.TrimSpace(entered) != strings.TrimSpace(target) {
		n.Class = Format
	}
	return n
}

func classify(e, t string, ev, tv *big.Rat, others []string, layout Layout) Class {
	if ev.Cmp(tv) == 0 {
		return Correct
	}
	for _, o := range others {
		if ov, ok := new(big.Rat).SetString(rational(plain(o))); ok && ov.Cmp(ev) == 0 {
			return WrongField
		}
	}
	if strings.ReplaceAll(e, ".", "") == strings.ReplaceAll(t, ".", "") {
		switch {
		case !strings.Contains(e, "."):
			return PointMissing
		case !strings.Contains(t, "."):
			return PointAdded
		}
		return PointMoved
	}
	switch {
	case oneMore(e, t, isZero):
		return ZeroAdded
	case oneMore(t, e, isZero):
		return ZeroOmitted
	case oneMore(e, t, isRepeated):
		return Doubled
	case swapped(e, t):
		return Transposed
	}
	if a, b, ok := substituted(e, t); ok {
		if layout.Neighbours(a, b) {
			return Adjacent
		}
		return WrongDigit
	}
	switch {
	case oneMore(t, e, isAny):
		return Omitted
	case oneMore(e, t, isAny):
		return Inserted
	}
	return Other
}

// OutByTen reports whether e is at least tenfold or at most a tenth of t; 0 for something counts, texts that are not numbers do not.
func OutByTen(e, t string) bool {
	ev, okE := new(big.Rat).SetString(rational(plain(e)))
	tv, okT := new(big.Rat).SetString(rational(plain(t)))
	return okE && okT && outBy(ev, tv) >= 10
}

func outBy(e, t *big.Rat) int {
	if e.Sign() == 0 || t.Sign() == 0 {
		if t.Sign() != 0 {
			return 100
		}
		return 0
	}
	q := new(big.Rat).Quo(e, t)
	if q.Cmp(big.NewRat(1, 1)) < 0 {
		q.Inv(q)
	}
	for _, f := range []int64{100, 10} {
		if q.Cmp(big.NewRat(f, 1)) >= 0 {
			return int(f)
		}
	}
	return 0
}

// plain is a number's text without spaces, leading zeros and a trailing point: .5, 15, 0.
func plain(s string) string {
	s = strings.TrimSuffix(strings.TrimSpace(s), ".")
	if s == "" {
		return ""
	}
	if s = strings.TrimLeft(s, "0"); s == "" {
		return "0"
	}
	return s
}

// rational is a plain text as big.Rat reads it; signs, exponents and fractions are not numbers here.
func rational(s string) string {
	if s == "" || strings.Trim(s, "0123456789.") != "" {
		return "not a number"
	}
	return "0" + s
}

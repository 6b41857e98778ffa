package coding_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pumplab/studies/coding"
)

// The rules of shared/domain/science.md, one row and more for each.
func TestClassIsTheFirstRuleThatFits(t *testing.T) {
	for _, c := range []struct {
		entered, target, others string
		want                    coding.Class
		outBy                   int
	}{
		{"5", "5", "82", coding.Correct, 0},
		{"5.0", "5", "", coding.Format, 0},
		{".5", "0.5", "", coding.Format, 0},
		{"82", "5", "82 250", coding.WrongField, 10},
		{"250", "25", "82 250", coding.WrongField, 10},
		{"525", "5.25", "", coding.PointMissing, 100},
		{"5", "0.5", "", coding.PointMissing, 10},
		{"1.5", "15", "", coding.PointAdded, 10},
		{".5", "5", "", coding.PointAdded, 10},
		{"12.5", "1.25", "", coding.PointMoved, 10},
		{"50", "5", "", coding.ZeroAdded, 10},
		{"1000", "100", "", coding.ZeroAdded, 10},
		{"0.05", "0.5", "", coding.ZeroAdded, 10},
		{"105", "15", "", coding.ZeroAdded, 0},
		{"10", "100", "", coding.ZeroOmitted, 10},
		{"0.5", "0.05", "", coding.ZeroOmitted, 10},
		{"155", "15", "", coding.Doubled, 10},
		{"1.55", "1.5", "", coding.Doubled, 0},
		{"51", "15", "", coding.Transposed, 0},
		{"2.15", "1.25", "", coding.Other, 0},
		{"18", "15", "", coding.Adjacent, 0},
		{"19", "15", "", coding.WrongDigit, 0},
		{"1", "15", "", coding.Omitted, 10},
		{"12", "123", "", coding.Omitted, 10},
		{"175", "15", "", coding.Inserted, 10},
		{"99", "15", "", coding.Other, 0},
		{"0", "15", "", coding.Other, 100},
		{"", "15", "", coding.Omission, 0},
		{"x", "15", "", coding.NotClassified, 0},
		{"1/2", "0.5", "", coding.NotClassified, 0},
	} {
		n := coding.Classify(c.entered, c.target, strings.Fields(c.others), coding.Telephone)
		if n.Class != c.want || n.OutBy != c.outBy {
			t.Errorf("%q for %q (others %s): %s out by %d, want %s out by %d", c.entered, c.target, c.others, n.Class, n.OutBy, c.want, c.outBy)
		}
		if got := coding.OutByTen(c.entered, c.target); got != (c.outBy > 0) {
			t.Errorf("%q for %q: out by ten is %v", c.entered, c.target, got)
		}
	}
}

func TestNeighboursFollowTheLayout(t *testing.T) {
	for _, c := range []struct {
		layout    coding.Layout
		key, near byte
		want      bool
	}{
		{coding.Telephone, '5', '8', true},
		{coding.Telephone, '5', '9', false},
		{coding.Telephone, '0', '8', true},
		{coding.Calculator, '0', '2', true},
		{coding.Calculator, '0', '8', false},
		{"none", '5', '8', false},
	} {
		if got := c.layout.Neighbours(c.key, c.near); got != c.want {
			t.Errorf("%s: %c beside %c is %v", c.layout, c.key, c.near, got)
		}
	}
}

// A known pair: CA to ABC is 2 without and 3 with the restriction (Boytsov 2011, p. 13).
func TestDistanceIsTheUnrestrictedOne(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"CA", "ABC", 2}, {"kitten", "sitting", 3}, {"", "abc", 3}, {"12", "21", 1}, {"same", "same", 0}} {
		if got := coding.Distance(c.a, c.b); got != c.want {
			t.Errorf("%q %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	text := rapid.StringMatching("[0-3.]{0,6}")
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := text.Draw(t, "a"), text.Draw(t, "b"), text.Draw(t, "c")
		ab, ba := coding.Distance(a, b), coding.Distance(b, a)
		if ab != ba || (ab == 0) != (a == b) {
			t.Fatalf("%q %q: %d and %d", a, b, ab, ba)
		}
		if ac, cb := coding.Distance(a, c), coding.Distance(c, b); ab > ac+cb {
			t.Fatalf("%d > %d + %d", ab, ac, cb)
		}
	})
}

// Whatever is done to a number by one slip of a class is in that class or an earlier one, and never correct unless the value is.
func TestOneSlipIsRecognised(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		target := rapid.StringMatching(`[1-9][0-9]{0,3}(\.[0-9]?[1-9])?`).Draw(t, "target")
		at := rapid.IntRange(0, len(target)-1).Draw(t, "at")
		var entered string
		switch slip := rapid.SampledFrom([]string{"double", "omit", "swap", "substitute"}).Draw(t, "slip"); slip {
		case "double":
			if target[at] == '.' {
				return
			}
			entered = target[:at+1] + target[at:]
		case "omit":
			entered = target[:at] + target[at+1:]
		case "swap":
			if at == 0 {
				return
			}
			entered = target[:at-1] + target[at:at+1] + target[at-1:at] + target[at+1:]
		case "substitute":
			if target[at] == '.' {
				return
			}
			digit := rapid.StringMatching("[0-9]").Draw(t, "digit")
			entered = target[:at] + digit + target[at+1:]
		}
		n := coding.Classify(entered, target, nil, coding.Telephone)
		ev, okE := new(big.Rat).SetString(entered)
		tv, _ := new(big.Rat).SetString(target)
		if entered == "" {
			if n.Class != coding.Omission {
				t.Fatal(n)
			}
			return
		}
		if okE && (ev.Cmp(tv) == 0) == n.Wrong() {
			t.Fatalf("%s for %s: %v", entered, target, n)
		}
		if n.Class == coding.Other && n.Distance < 2 {
			t.Fatalf("%s for %s: one slip, yet %v", entered, target, n)
		}
	})
}

func TestCodesUseTheVocabulary(t *testing.T) {
	if n := len(coding.Modes()); n != 24 { // A1–A10, C1–C6, R1–R3, I1–I3, S1–S2
		t.Errorf("%d modes", n)
	}
	good := coding.Code{Session: "s", Rater: "r1", Mode: "A6", Kind: "slip", Cause: "action", From: 1, To: 2}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	bad := coding.Code{Mode: "A11", Kind: "sin", Cause: "fate", From: 2, To: 1}
	if got := strings.Count(fmt.Sprint(bad.Check()), "check code"); got != 5 {
		t.Errorf("%d faults of 5: %v", got, bad.Check())
	}
}

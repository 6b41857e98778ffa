package cli

import (
	"fmt"
	"math"
	"strings"

	"pumplab/studies"
	"pumplab/studies/protocol"
)

// inWords is one question of a study as a person would ask it.
func inWords(q studies.Question) string {
	first, rest := q.Compare[0], strings.Join(q.Compare[1:], ", ")
	apart := marginIn(q)
	switch q.Kind {
	case "non-inferiority":
		return fmt.Sprintf("question %s: is %s not worse than %s by more than %s? Measured: %s; one-sided alpha %g", q.Name, first, rest, apart, protocol.Means(q.Measure), q.Alpha)
	case "equivalence":
		return fmt.Sprintf("question %s: do %s and %s differ by no more than %s either way? Measured: %s; two one-sided tests, each alpha %g", q.Name, first, rest, apart, protocol.Means(q.Measure), q.Alpha)
	}
	return fmt.Sprintf("question %s: do %s differ (superiority)? Measured: %s; two-sided alpha %g", q.Name, strings.Join(q.Compare, " and "), protocol.Means(q.Measure), q.Alpha)
}

// marginIn is a margin in the unit it is held against: points of a share, or per cent of what the second design comes to.
func marginIn(q studies.Question) string {
	margin := math.Round(1e6*q.Margin) / 1e4
	switch q.Measure {
	case "undetected", "wrong", "error":
		unit := "percentage points"
		if margin == 1 {
			unit = "percentage point"
		}
		return fmt.Sprintf("%g %s", margin, unit)
	}
	return fmt.Sprintf("%g %% of the other's value", margin)
}

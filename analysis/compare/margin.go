package compare

import (
	"fmt"
	"math"

	"pumplab/analysis/describe"
	"pumplab/analysis/tail"
)

// Margins are the ends of the zone in which a difference does not matter, and the one-sided error rate.
type Margins struct {
	Low, High float64 // Low < High; usually -m and m
	Alpha     float64 // of each one-sided test, usually 0.05 for equivalence and 0.025 for non-inferiority
}

// Check refuses margins in the wrong order and an alpha outside (0, 0.5).
func (m Margins) Check() error {
	if !(m.Low < m.High) || math.IsInf(m.Low, 0) && math.IsInf(m.High, 0) {
		return fmt.Errorf("check margins: %g is not below %g", m.Low, m.High)
	}
	if !(m.Alpha > 0 && m.Alpha < 0.5) {
		return fmt.Errorf("check margins: alpha %g is not between 0 and 0.5", m.Alpha)
	}
	return nil
}

// Equivalence is the answer of two one-sided tests (Schuirmann 1987). Each p is one-sided.
type Equivalence struct {
	Difference float64
	CI         describe.Interval // level 1 - 2·alpha, of the same method as the tests
	PLow       float64           // small: the difference is above Margins.Low
	PHigh      float64           // small: the difference is below Margins.High
	P          float64           // the larger of both
	AboveLow   bool              // PLow < alpha
	BelowHigh  bool              // PHigh < alpha
	Equivalent bool              // both
	Method     string
}

func decide(e Equivalence, m Margins) Equivalence {
	e.P = max(e.PLow, e.PHigh)
	e.AboveLow, e.BelowHigh = e.PLow < m.Alpha, e.PHigh < m.Alpha
	e.Equivalent = e.AboveLow && e.BelowHigh
	return e
}

// EquivalentMeans tests a contrast of means (Student) against the margins.
func EquivalentMeans(c Contrast, m Margins) (Equivalence, error) {
	if err := m.Check(); err != nil {
		return Equivalence{}, err
	}
	return decide(Equivalence{
		Difference: c.Estimate, CI: c.CI(1 - 2*m.Alpha), PLow: c.above(m.Low), PHigh: c.below(m.High),
		Method: "Student, two one-sided tests",
	}, m), nil
}

// EquivalentProportions tests two separate shares with Miettinen & Nurminen's score statistic.
func EquivalentProportions(t Two, m Margins) (Equivalence, error) {
	if err := t.Check(); err != nil {
		return Equivalence{}, err
	}
	if err := checkShareMargins(m); err != nil {
		return Equivalence{}, err
	}
	return decide(Equivalence{
		Difference: float64(t.K1)/float64(t.N1) - float64(t.K2)/float64(t.N2),
		CI:         miettinenNurminen(t, tail.Z(1-2*m.Alpha)),
		PLow:       tail.Normal(ScoreZ(t, m.Low)), PHigh: tail.Normal(-ScoreZ(t, m.High)),
		Method: "Miettinen-Nurminen score, two one-sided tests",
	}, m), nil
}

// EquivalentPaired tests the difference of paired shares with Tango's score statistic.
func EquivalentPaired(t Paired, m Margins) (Equivalence, error) {
	if err := t.Check(); err != nil {
		return Equivalence{}, err
	}
	if err := checkShareMargins(m); err != nil {
		return Equivalence{}, err
	}
	b, c, n := float64(t.First), float64(t.Second), float64(t.N())
	return decide(Equivalence{
		Difference: (b - c) / n, CI: pairedTango(b, c, n, tail.Z(1-2*m.Alpha)),
		PLow: tail.Normal(TangoZ(t, m.Low)), PHigh: tail.Normal(-TangoZ(t, m.High)),
		Method: "Tango score, two one-sided tests",
	}, m), nil
}

func checkShareMargins(m Margins) error {
	if err := m.Check(); err != nil {
		return err
	}
	if m.Low <= -1 || m.High >= 1 {
		return fmt.Errorf("check margins: %g and %g must lie between -1 and 1 (0.05 is five percentage points)", m.Low, m.High)
	}
	return nil
}

package ders_test

import (
	"fmt"
	"testing"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// BenchmarkCheck holds one dose against its limits in a library of 10,000 setups: from the care area's and drug's place, as a pump
// has it, to the verdict. What limits it: the setup's limits lie in a map, one look-up of a string, in memory that is not in the cache.
func BenchmarkCheck(b *testing.B) {
	area := library.Area{Name: "A"}
	for i := range 10_000 {
		area.Setups = append(area.Setups, library.Setup{
			Drug: fmt.Sprintf("drug %d", i), Limits: map[library.Field]library.LimitSet{
				library.Dose: {LowerSoft: library.At(quantity.One), UpperSoft: library.At(quantity.Int(20)), UpperHard: library.At(quantity.Int(50))},
			},
		})
	}
	b.ReportAllocs()
	b.ResetTimer()
	hard := 0
	for i := range b.N {
		s := &area.Setups[i*7919%10_000]
		if ders.Check(ders.SetOf(&area, s, library.Dose), quantity.Int(int64(i%60))).Kind == "hard" {
			hard++
		}
	}
	b.ReportMetric(200, "goal-ns")
	if b.N > 100 && hard == 0 {
		b.Error("nothing was checked")
	}
}

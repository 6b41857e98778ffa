package report_test

import (
	"math/rand/v2"
	"testing"
)

func BenchmarkSimulatedStudy(b *testing.B) {
	c := scenario(&testing.T{}, "superiority", 0)
	c.Rates, c.PersonSD = [2]float64{0.05, 0.1}, 0.7
	c, err := c.Ready()
	if err != nil {
		b.Fatal(err)
	}
	for i := range b.N {
		if _, err := c.Simulate(48, rand.New(rand.NewPCG(7, uint64(i)))); err != nil {
			b.Fatal(err)
		}
	}
}

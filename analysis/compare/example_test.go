package compare_test

import (
	"fmt"

	"pumplab/analysis/compare"
)

// Six of 40 people erred with the first design only, one with the second only.
func ExampleNewMcNemar() {
	m, err := compare.NewMcNemar(compare.Paired{Both: 3, First: 6, Second: 1, Neither: 30}, 0.95)
	if err != nil {
		panic(err)
	}
	fmt.Printf("difference %.3f, Tango %s, mid-p %.4f\n", m.Difference, m.Tango, m.PMidP)
	// Output: difference 0.125, Tango -0.005947 to 0.2721, mid-p 0.0703
}

func ExampleHolmAdjust() {
	fmt.Println(compare.HolmAdjust([]float64{0.01, 0.04, 0.03}))
	// Output: [0.03 0.06 0.06]
}

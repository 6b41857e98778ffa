package mixed_test

import (
	"fmt"
	"os"

	"pumplab/analysis/frame"
	"pumplab/analysis/mixed"
)

// Errors per design when everyone does every task with every design.
func ExampleFit() {
	f, err := os.Open("testdata/study.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	table, err := frame.Read(f, "study.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := mixed.Fit(mixed.Spec{
		Formula:   "error ~ design + (1|participant) + (1|task)",
		Family:    "binomial",
		Contrasts: "design",
	}, table)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range r.Means {
		fmt.Printf("%s: %.0f %% errors (%.0f to %.0f)\n", m.Level, 100*m.Response, 100*m.RespLow, 100*m.RespHigh)
	}
	c := r.Contrasts[0]
	fmt.Printf("%s: odds ratio %.2f, p = %.2g after Holm; probability that %s has fewer errors %.4f\n", c.Name, c.Ratio, c.P, c.First, c.Below(0))
	// Output:
	// A: 25 % errors (13 to 42)
	// B: 54 % errors (35 to 71)
	// C: 18 % errors (9 to 33)
	// D: 57 % errors (38 to 74)
	// A - B: odds ratio 0.29, p = 0.00013 after Holm; probability that A has fewer errors 1.0000
}

package plan

import (
	"fmt"
	"math/rand/v2"
)

// Methods are the ways of ordering a factor's levels over people.
var Methods = []string{"williams", "latin-square", "random", "fixed"}

// Rows is how many rows the counterbalancing table of n levels has: after so many people every level has had every position equally
// often (williams and latin-square), and with williams has followed every other level equally often. Random and fixed have 1.
func Rows(method string, n int) int {
	switch {
	case n < 2:
		return 1
	case method == "williams" && n%2 == 1:
		return 2 * n
	case method == "williams", method == "latin-square":
		return n
	}
	return 1
}

// Order is row r (any number from 0; the table repeats) of the method's table of n levels: a permutation of 0 … n-1. Only random
// reads rng. Williams: for even n one square in which each ordered pair is adjacent once, for odd n two (the second mirrored) in
// which it is adjacent twice (Williams 1949, Aust J Sci Res A2:149).
func Order(method string, n, r int, rng *rand.Rand) ([]int, error) {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	switch method {
	case "fixed", "":
	case "random":
		rng.Shuffle(n, func(i, j int) { out[i], out[j] = out[j], out[i] })
	case "latin-square":
		for i := range out {
			out[i] = (i + r) % n
		}
	case "williams":
		williams(out, r%Rows(method, n))
	default:
		return nil, fmt.Errorf("unknown order %q: williams, latin-square, random or fixed", method)
	}
	return out, nil
}

// williams fills out with row r: 0, 1, n-1, 2, n-2 … each moved on by r; in the second square of an odd n from behind.
func williams(out []int, r int) {
	n := len(out)
	for i := range out {
		v := (i + 1) / 2
		if i%2 == 0 {
			v = (n - i/2) % n
		}
		at := i
		if r >= n {
			at = n - 1 - i
		}
		out[at] = (v + r) % n
	}
}

// Package designtest provides the laws every pump design keeps, checked on random walks of any Machine.
//
// It sees the contract only: the same suite runs on a built-in design, on one from a file, and on a machine written by hand. The
// laws are those of the house: purity, additivity, progress, totality, truth, guard, recoverability; and two of the contract
// itself: every control is answered exactly once and first, and no single key changes what is delivered (GIP 2.1.1).
package designtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pumplab/pumpmodel"
)

// Options say how far the walks go. The zero value is 40 walks of 400 acts from seed 0, without limits.
type Options struct {
	Seed   uint64
	Walks  int
	Length int
	// Limits are the limits a programme passes, worked out from the drug library and not by the machine: outputs of kind
	// AlertRaised with Field and Limit set. Nil leaves the guard law to what the machine itself says.
	Limits func(pumpmodel.Programme) []pumpmodel.Output
	// Orders are texts of orders that may arrive over the network: for pumps whose programmes are long to enter.
	Orders []string
}

// Violation is one law broken, with the shortest sequence of acts found that breaks it.
type Violation struct {
	Law  string
	What string
	Acts []Act
}

// String is the violation with its acts as a trace test would write them.
func (v Violation) String() string {
	words := make([]string, len(v.Acts))
	for i, a := range v.Acts {
		words[i] = a.String()
	}
	return fmt.Sprintf("%s: %s\n  after: %s", v.Law, v.What, strings.Join(words, ", "))
}

// Laws fails the test with every law that m breaks.
func Laws(t *testing.T, m pumpmodel.Machine, o Options) {
	t.Helper()
	for _, v := range Check(m, o) {
		t.Errorf("%s breaks %s", m.Info().Name, v)
	}
}

// Check walks m at random and returns at most one violation of each law.
func Check(m pumpmodel.Machine, o Options) []Violation {
	if o.Walks == 0 {
		o.Walks = 40
	}
	if o.Length == 0 {
		o.Length = 400
	}
	var out []Violation
	broken := map[string]bool{}
	sliders := map[string]pumpmodel.Control{}
	for _, c := range m.Info().Controls {
		if c.Kind == "slider" {
			sliders[c.Name] = c
		}
	}
	for i := range o.Walks {
		rng := rand.New(rand.NewPCG(o.Seed, uint64(i)))
		w := &walker{m: m, rng: rng, left: o.Length, sliders: sliders, orders: o.Orders}
		v := run(m, o, w.next, broken)
		if v == nil {
			continue
		}
		broken[v.Law] = true
		out = append(out, shorten(m, o, *v, broken))
	}
	return out
}

// shorten removes acts, in ever smaller stretches, as long as the rest breaks the same law.
func shorten(m pumpmodel.Machine, o Options, v Violation, broken map[string]bool) Violation {
	others := map[string]bool{}
	for law := range broken {
		others[law] = law != v.Law
	}
	for size := len(v.Acts) / 2; size > 0; size /= 2 {
		for at := 0; at+size <= len(v.Acts); {
			rest := append(append([]Act(nil), v.Acts[:at]...), v.Acts[at+size:]...)
			if got := run(m, o, fixed(rest), others); got != nil && got.Law == v.Law {
				v = *got
			} else {
				at += size
			}
		}
	}
	return v
}

// fixed plays given acts.
func fixed(acts []Act) func(pumpmodel.State, pumpmodel.Display) (Act, bool) {
	i := 0
	return func(pumpmodel.State, pumpmodel.Display) (Act, bool) {
		if i == len(acts) {
			return Act{}, false
		}
		i++
		return acts[i-1], true
	}
}

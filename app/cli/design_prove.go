package cli

import (
	"fmt"
	"time"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
)

// proved are the walks of one design added up.
type proved struct {
	Walks   int     `json:"walks"`
	States  int     `json:"states"`
	Steps   int     `json:"steps"`
	Started int     `json:"started"` // infusions started or changed
	Doses   int     `json:"doses"`   // boluses and loading doses begun
	Seconds float64 `json:"seconds"`
	Open    int     `json:"not_proved"` // walks that found a counterexample, were cut off, or had nothing to try
}

// add takes one walk into the account.
func (p *proved) add(w engine.Proof) {
	p.Walks++
	p.States, p.Steps, p.Started, p.Doses = p.States+w.States, p.Steps+w.Steps, p.Started+w.Started, p.Doses+w.Doses
	if !w.Proved() {
		p.Open++
	}
}

// row is the account of a design in the columns of a table.
func (p *proved) row(name string) string {
	result := "proved"
	if p.Open > 0 {
		result = fmt.Sprintf("NOT PROVED: %d of %s", p.Open, count(p.Walks, "walk"))
	}
	return fmt.Sprintf("proof %-24s %3d walks %9d states %10d steps %7d starts and changes %6d doses %6.1f s  %s",
		name, p.Walks, p.States, p.Steps, p.Started, p.Doses, p.Seconds, result)
}

// prove walks all reachable states; a walk that does not prove what it is about is a violation.
func (c *designCheckCmd) prove(x *Context, d *design.Design, out *designCheck) error {
	if !c.Prove {
		return nil
	}
	began := time.Now()
	about := engine.ScenariosOf(d)
	walks := make([]engine.Proof, 2*len(about)) // each scenario checked always, then once
	bar := newProgress(x, "proofs", len(walks))
	if err := each(x, len(walks), func(i int) (err error) {
		walks[i], err = engine.Prove(d, about[i/2], i%2 == 1, c.States)
		bar.step()
		return err
	}); err != nil {
		return err
	}
	out.Proved, out.Explained = &proved{}, engine.ProofWords(d)
	for _, w := range walks {
		out.Proofs = append(out.Proofs, w.String())
		out.Proved.add(w)
		if !w.Proved() {
			out.Violations = append(out.Violations, w.String())
		}
	}
	out.Proved.Seconds = time.Since(began).Seconds()
	out.Proofs = append(out.Proofs, out.Proved.row(d.Name))
	return nil
}

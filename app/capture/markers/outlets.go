package markers

import (
	"errors"

	"pumplab/studies"
	"pumplab/studies/journal"
)

// Outlets hand a session's markers to all that want them.
type Outlets struct {
	Places []string // where they go, in words
	plan   studies.Plan
	all    []Outlet
}

// Open opens what a study asks for: a file in a folder, a port. What cannot be opened is in the error; the others go on.
func Open(want studies.Markers, dir string, plan studies.Plan, s Stream) (*Outlets, error) {
	o := &Outlets{plan: plan}
	var problems []error
	if want.File {
		x, path, err := CreateXDF(dir, s)
		if problems = append(problems, err); err == nil {
			o.all, o.Places = append(o.all, x), append(o.Places, path)
		}
	}
	if want.Port > 0 {
		k, err := Listen(want.Port, s)
		if problems = append(problems, err); err == nil {
			o.all, o.Places = append(o.all, k), append(o.Places, "tcp "+k.Addr())
		}
	}
	return o, errors.Join(problems...)
}

// Any reports whether anybody wants markers.
func (o *Outlets) Any() bool { return len(o.all) > 0 }

// Record hands on the markers of a record that is in the journal. An outlet that fails is closed and left out from then on.
func (o *Outlets) Record(r journal.Record, e studies.Event) error {
	if !o.Any() {
		return nil
	}
	var problems []error
	marks := Of(o.plan, r, e)
	for i, out := range o.all {
		for _, m := range marks {
			if err := out.Mark(m); err != nil {
				problems = append(problems, err, out.Close())
				o.all[i] = nil
				break
			}
		}
	}
	if problems != nil {
		var still []Outlet
		for _, out := range o.all {
			if out != nil {
				still = append(still, out)
			}
		}
		o.all = still
	}
	return errors.Join(problems...)
}

// Close ends all.
func (o *Outlets) Close() error {
	var problems []error
	for _, out := range o.all {
		problems = append(problems, out.Close())
	}
	o.all = nil
	return errors.Join(problems...)
}

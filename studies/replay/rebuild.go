package replay

import (
	"errors"

	"pumplab/studies/journal"
	"pumplab/studies/session"
)

// Rebuild computes the outputs and displays of a session's records anew, whatever is stored beside them. It returns the records up to
// the first that cannot be replayed, with the reason.
func Rebuild(records []journal.Record, m *session.Machine) ([]journal.Record, error) {
	var out []journal.Record
	build := func(journal.Head) (*session.Machine, error) { return m, nil }
	for at, err := range Run(Of(records), build) {
		if err != nil && !errors.As(err, new(*Difference)) {
			return out, err
		}
		r := at.Record
		r.Outputs, r.Display = nil, ""
		if len(at.Outputs) > 0 {
			r.Outputs = at.Outputs
		}
		if at.View.Pump != nil {
			r.Display = at.View.Pump.Digest()
		}
		out = append(out, r)
	}
	return out, nil
}

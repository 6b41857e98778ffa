package formula

import (
	"fmt"
)

// A Response is the left side of a formula.
type Response struct {
	Label  string
	Kind   string    // "number", "factor", "counts" (cbind), "survival" (Surv)
	Y      []float64 // number; successes of counts; time; for a factor the code from 0
	Second []float64 // failures of counts; event
	Start  []float64 // of Surv(start, stop, event)
	Levels []string  // of a factor
}

func (m *Matrix) response() (*Response, error) {
	n := m.Formula.Response
	if n == nil {
		return nil, &Error{m.Formula.Source, 1, "there is no response before ~"}
	}
	r := &Response{Label: n.String()}
	if n.Op == "call" && (n.Name == "cbind" || n.Name == "Surv") {
		return m.several(n, r)
	}
	v, err := m.eval.eval(n)
	if err != nil {
		return nil, err
	}
	if v.isFactor() {
		if err := m.complete(n, v); err != nil {
			return nil, err
		}
		r.Kind, r.Levels, r.Y = "factor", v.Levels, codes(v)
		return r, nil
	}
	if len(v.Cols) != 1 {
		return nil, &Error{m.Formula.Source, n.Col, r.Label + " has more than one column"}
	}
	r.Kind, r.Y = "number", v.Cols[0]
	return r, m.finite(n, r.Y)
}

// several reads cbind(successes, failures) and Surv(time, event) or Surv(start, stop, event).
func (m *Matrix) several(n *Node, r *Response) (*Response, error) {
	var cols [][]float64
	for _, a := range n.Args {
		x, err := m.eval.number(a)
		if err != nil {
			return nil, err
		}
		if err := m.finite(a, x); err != nil {
			return nil, err
		}
		cols = append(cols, x)
	}
	r.Kind = map[string]string{"cbind": "counts", "Surv": "survival"}[n.Name]
	switch {
	case len(cols) == 2:
		r.Y, r.Second = cols[0], cols[1]
	case len(cols) == 3 && n.Name == "Surv":
		r.Start, r.Y, r.Second = cols[0], cols[1], cols[2]
	default:
		return nil, &Error{m.Formula.Source, n.Col, fmt.Sprintf("%s needs two columns, not %d", n.Name, len(cols))}
	}
	return r, nil
}

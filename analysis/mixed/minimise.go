package mixed

import "math"

// A objective returns its value and fills the gradient.
type objective func(x, grad []float64) float64

// A minimum is what minimise found. H is the BFGS approximation of the inverse Hessian.
type minimum struct {
	x, grad   []float64
	f         float64
	h         []float64
	decrement float64 // ½gᵀHg at the end
	steps     int
	converged bool
}

// minimise runs BFGS from x with the first inverse Hessian h0 (n×n) until the expected decrease is below tol.
// No parameter moves by more than its limit, or its own size if that is larger, in one step.
func minimise(fn objective, x, h0, limit []float64, tol float64, most int) minimum {
	n := len(x)
	m := minimum{x: append([]float64(nil), x...), grad: make([]float64, n), h: make([]float64, n*n)}
	copy(m.h, h0)
	m.f = fn(m.x, m.grad)
	p, xt, gt := make([]float64, n), make([]float64, n), make([]float64, n)
	resets := 0
	for m.steps = 0; m.steps < most; m.steps++ {
		for i := range n {
			p[i] = -dot(m.h[i*n:(i+1)*n], m.grad)
		}
		slope := dot(p, m.grad)
		m.decrement = -slope / 2
		if m.decrement < tol && m.decrement >= 0 {
			m.converged = true
			return m
		}
		shrink := 1.0
		for i, v := range p {
			shrink = min(shrink, max(limit[i], math.Abs(m.x[i]))/math.Abs(v))
		}
		scal(shrink, p)
		slope *= shrink
		f, ok := search(fn, &m, p, slope, xt, gt)
		if !ok || slope >= 0 {
			if resets++; resets > 2 {
				return m
			}
			copy(m.h, h0)
			continue
		}
		for i := range n {
			p[i] = xt[i] - m.x[i]
			m.grad[i] = gt[i] - m.grad[i]
		}
		updateInverse(m.h, p, m.grad)
		copy(m.x, xt)
		copy(m.grad, gt)
		m.f = f
	}
	return m
}

// search backtracks from the full step until Armijo's condition holds, and goes further while the slope stays steep.
func search(fn objective, m *minimum, p []float64, slope float64, xt, gt []float64) (float64, bool) {
	a := 1.0
	for range 40 {
		for i := range p {
			xt[i] = m.x[i] + a*p[i]
		}
		f := fn(xt, gt)
		noise := 1e-12 * (1 + math.Abs(m.f))
		if f <= m.f+1e-4*a*slope+noise {
			return f, true
		}
		if math.IsInf(f, 1) || math.IsNaN(f) {
			a /= 4
			continue
		}
		next := -slope * a * a / (2 * (f - m.f - slope*a))
		a = min(max(next, a/10), a/2)
	}
	return 0, false
}

// updateInverse is the BFGS update of the inverse Hessian for the step s and the change of gradient y. A step without
// positive curvature is left out.
func updateInverse(h, s, y []float64) {
	n := len(s)
	sy := dot(s, y)
	if !(sy > 1e-14*math.Sqrt(dot(s, s)*dot(y, y))) {
		return
	}
	hy := make([]float64, n)
	for i := range n {
		hy[i] = dot(h[i*n:(i+1)*n], y)
	}
	c := (1 + dot(y, hy)/sy) / sy
	for i := range n {
		for j := range n {
			h[i*n+j] += c*s[i]*s[j] - (hy[i]*s[j]+s[i]*hy[j])/sy
		}
	}
}

// hessian is the symmetric matrix of central differences of the gradient with the steps h.
func hessian(fn objective, x, step []float64) ([]float64, bool) {
	n := len(x)
	out := make([]float64, n*n)
	up, down, xt := make([]float64, n), make([]float64, n), append([]float64(nil), x...)
	for j := range n {
		xt[j] = x[j] + step[j]
		fu := fn(xt, up)
		xt[j] = x[j] - step[j]
		fd := fn(xt, down)
		xt[j] = x[j]
		if math.IsInf(fu, 0) || math.IsInf(fd, 0) {
			return nil, false
		}
		for i := range n {
			out[i*n+j] = (up[i] - down[i]) / (2 * step[j])
		}
	}
	for i := range n {
		for j := range i {
			v := (out[i*n+j] + out[j*n+i]) / 2
			out[i*n+j], out[j*n+i] = v, v
		}
	}
	return out, true
}

// A polished is a minimum after Newton steps with the exact Hessian, and the inverse of that Hessian, nil when there is none.
type polished struct {
	minimum
	hess, inv []float64
	definite  bool
	flat      []int // parameters along which the function does not change at all
}

// polish takes Newton steps with central differences of the gradient until the decrement before a
// step was below 1e-12, so that the Hessian belongs to the minimum. theta says which parameters
// are entries of Λ.
func polish(fn objective, m minimum, scale []float64, theta [2]int) polished {
	n := len(m.x)
	out := polished{minimum: m}
	step := make([]float64, n)
	for range 4 {
		for i := range step {
			v := out.h[i*n+i]
			if !(v > 0) || v > 100*scale[i] {
				v = scale[i]
			}
			step[i] = 1e-3 * math.Sqrt(2*v)
		}
		hess, ok := hessian(fn, out.x, step)
		if !ok {
			break
		}
		out.flat = free(hess, n, step, theta)
		l := append([]float64(nil), hess...)
		out.hess, out.inv = hess, nil
		if out.definite = cholesky(l, n); !out.definite {
			break
		}
		out.inv = make([]float64, n*n)
		inverseFrom(l, n, out.inv)
		copy(out.h, out.inv)
		delta := append([]float64(nil), out.grad...)
		forward(l, n, delta)
		backward(l, n, delta)
		before := dot(delta, out.grad) / 2
		xt, gt := append([]float64(nil), out.x...), make([]float64, n)
		axpy(-1, delta, xt)
		f := fn(xt, gt)
		if f <= out.f+1e-9*(1+math.Abs(out.f)) {
			out.x, out.grad, out.f = xt, gt, f
			copy(delta, gt)
			forward(l, n, delta)
			backward(l, n, delta)
			out.decrement = dot(delta, gt) / 2
		}
		if before < 1e-12 {
			break
		}
	}
	out.converged = out.definite && math.Abs(out.decrement) < 1e-8
	return out
}

// free finds entries of Λ (at[0] ≤ i < at[1]) whose curvature is nothing but rounding, and takes them out of the Hessian. step is a thousandth
// of what moves the function by 1 where there is curvature.
func free(hess []float64, n int, step []float64, at [2]int) []int {
	var flat []int
	for i := at[0]; i < at[1]; i++ {
		if rise := hess[i*n+i] * step[i] * step[i]; math.Abs(rise) > 1e-12 {
			continue
		}
		flat = append(flat, i)
		for j := range n {
			hess[i*n+j], hess[j*n+i] = 0, 0
		}
		hess[i*n+i] = 1
	}
	return flat
}

// snap sets a lone small entry of Λ to exactly zero where that is not worse: the deviance is even in it and may be flat around
// zero. first is the place of θ.
func (m *Model) snap(fn objective, best *minimum, first int) {
	for _, g := range m.d.groups {
		at := first + g.th
		if g.k > 1 || best.x[at] == 0 || math.Abs(best.x[at])*g.rms(0, m.d.n) > 0.02 {
			continue
		}
		x, grad := append([]float64(nil), best.x...), make([]float64, len(best.x))
		x[at] = 0
		if f := fn(x, grad); f <= best.f+1e-7 {
			best.x, best.grad, best.f = x, grad, f
		}
	}
}

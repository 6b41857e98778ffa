package draw

import "math"

// rect is a rectangle as a path.
func rect(b box) path {
	return path{{{b.x, b.y}, {b.x + b.w, b.y}, {b.x + b.w, b.y + b.h}, {b.x, b.y + b.h}}}
}

// rounded is a rectangle with corners of radius r as a path.
func rounded(b box, r float64) path {
	r = min(r, b.w/2, b.h/2)
	if r <= 0 {
		return rect(b)
	}
	var out []pt
	corner := func(cx, cy, from float64) {
		n := max(3, int(math.Ceil(r)))
		for i := range n + 1 {
			a := from + math.Pi/2*float64(i)/float64(n)
			out = append(out, pt{cx + r*math.Cos(a), cy + r*math.Sin(a)})
		}
	}
	corner(b.x+b.w-r, b.y+r, -math.Pi/2)
	corner(b.x+b.w-r, b.y+b.h-r, 0)
	corner(b.x+r, b.y+b.h-r, math.Pi/2)
	corner(b.x+r, b.y+r, math.Pi)
	return path{out}
}

// circle is a circle as a path.
func circle(c pt, r float64) path {
	return rounded(box{c.x - r, c.y - r, 2 * r, 2 * r}, r)
}

// symbol is the shape printed on a key, in a square of side s around c; nil for a shape that carries a text instead.
func symbol(shape string, c pt, s float64) path {
	h := s / 2
	chevron := func(dy, up float64) []pt {
		t := h * 0.5
		return []pt{
			{c.x - h, c.y + dy + up*h*0.45},
			{c.x, c.y + dy - up*h*0.45},
			{c.x + h, c.y + dy + up*h*0.45},
			{c.x + h, c.y + dy + up*(h*0.45+t)},
			{c.x, c.y + dy - up*(h*0.45-t)},
			{c.x - h, c.y + dy + up*(h*0.45+t)},
		}
	}
	turned := func(in path) path {
		out := make(path, len(in))
		for i, o := range in {
			for _, q := range o {
				out[i] = append(out[i], pt{c.x + (q.y - c.y), c.y + (q.x - c.x)})
			}
		}
		return out
	}
	switch shape {
	case "chevron-up":
		return path{chevron(-h*0.25, 1)}
	case "chevron-down":
		return path{chevron(h*0.25, -1)}
	case "double-chevron-up":
		return path{chevron(-h*0.62, 1), chevron(h*0.18, 1)}
	case "double-chevron-down":
		return path{chevron(h*0.62, -1), chevron(-h*0.18, -1)}
	case "arrow-up":
		return arrow(c, h, -1)
	case "arrow-down":
		return arrow(c, h, 1)
	case "arrow-left":
		return turned(arrow(c, h, -1))
	case "arrow-right":
		return turned(arrow(c, h, 1))
	case "triangle-up", "triangle":
		return path{{{c.x - h, c.y + h*0.8}, {c.x, c.y - h*0.8}, {c.x + h, c.y + h*0.8}}}
	case "triangle-down":
		return path{{{c.x - h, c.y - h*0.8}, {c.x + h, c.y - h*0.8}, {c.x, c.y + h*0.8}}}
	case "play":
		return path{{{c.x - h*0.7, c.y - h*0.85}, {c.x + h*0.85, c.y}, {c.x - h*0.7, c.y + h*0.85}}}
	case "octagon":
		var o []pt
		for i := range 8 {
			a := math.Pi/8 + float64(i)*math.Pi/4
			o = append(o, pt{c.x + h*1.05*math.Cos(a), c.y + h*1.05*math.Sin(a)})
		}
		return path{o}
	}
	return nil
}

// arrow is a triangle that points up (-1) or down (1).
func arrow(c pt, h, dir float64) path {
	return path{{{c.x - h*0.85, c.y - dir*h*0.5}, {c.x, c.y + dir*h*0.72}, {c.x + h*0.85, c.y - dir*h*0.5}}}
}

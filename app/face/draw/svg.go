package draw

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"strings"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// drawing notes what a Pen draws as SVG elements. Letters are outlines, so that the file looks the same without the font.
type drawing struct {
	body, defs strings.Builder
	n          int // gradients and filters so far
	blurs      map[float64]int
	sfnt       sfnt.Buffer
}

// SVG writes the whole instrument as one SVG document, its size in millimetres, with the named controls held down.
func SVG(w io.Writer, d *design.Design, show pumpmodel.Display, pressed ...string) error {
	return writeSVG(w, d, func(p Pen) { p.whole(d, show, pressed) })
}

// writeSVG writes what content draws.
func writeSVG(w io.Writer, d *design.Design, content func(Pen)) error {
	const k = 8 // units a millimetre: fine enough for the steps of round corners
	width, height := Size(d, k)
	g := &drawing{blurs: map[float64]int{}}
	content(Pen{k: k, svg: g})
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%gmm" height="%gmm" viewBox="0 0 %d %d">
<title>%s</title>
<defs>
%s</defs>
%s</svg>
`, float64(width)/k, float64(height)/k, width, height, escaped(d.Title), &g.defs, &g.body)
	return err
}

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// opacity is an attribute for a colour that is not opaque.
func opacity(name string, a uint8) string {
	if a == 255 {
		return ""
	}
	return fmt.Sprintf(` %s="%.3g"`, name, float64(a)/255)
}

// ink is the fill of a paint: a colour, or a gradient of its own.
func (g *drawing) ink(with paint) string {
	if with.y1 <= with.y0 || with.a == with.b {
		return fmt.Sprintf(`fill="%s"%s`, hex(with.a), opacity("fill-opacity", with.a.A))
	}
	g.n++
	fmt.Fprintf(&g.defs, `<linearGradient id="g%d" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="%.1f" y2="%.1f">`+
		`<stop stop-color="%s"%s/><stop offset="1" stop-color="%s"%s/></linearGradient>`+"\n",
		g.n, with.y0, with.y1, hex(with.a), opacity("stop-opacity", with.a.A), hex(with.b), opacity("stop-opacity", with.b.A))
	return fmt.Sprintf(`fill="url(#g%d)"`, g.n)
}

func (s path) svg() string {
	var b strings.Builder
	for _, outline := range s {
		for i, q := range outline {
			b.WriteByte("ML"[min(i, 1)])
			fmt.Fprintf(&b, "%.1f %.1f", q.x, q.y)
		}
		b.WriteByte('Z')
	}
	return b.String()
}

func (g *drawing) fill(shape path, with paint) {
	fmt.Fprintf(&g.body, `<path d="%s" %s/>`+"\n", shape.svg(), g.ink(with))
}

// shadow is the shape, blurred.
func (g *drawing) shadow(shape path, r float64, c color.NRGBA) {
	id, ok := g.blurs[r]
	if !ok {
		g.n++
		id = g.n
		g.blurs[r] = id
		fmt.Fprintf(&g.defs, `<filter id="b%d" x="-50%%" y="-50%%" width="200%%" height="200%%"><feGaussianBlur stdDeviation="%.2f"/></filter>`+"\n", id, r*0.6)
	}
	fmt.Fprintf(&g.body, `<path d="%s" %s filter="url(#b%d)"/>`+"\n", shape.svg(), g.ink(solid(c)), id)
}

// glow falls off with the square of the distance to the edge, in four stops.
func (g *drawing) glow(at pt, r float64, c color.NRGBA) {
	g.n++
	fmt.Fprintf(&g.defs, `<radialGradient id="g%d" gradientUnits="userSpaceOnUse" cx="%.1f" cy="%.1f" r="%.1f">`, g.n, at.x, at.y, r)
	for i := range 5 {
		far := float64(i) / 4
		fmt.Fprintf(&g.defs, `<stop offset="%g" stop-color="%s" stop-opacity="%.3g"/>`, far, hex(c), (1-far)*(1-far)*float64(c.A)/255)
	}
	g.defs.WriteString("</radialGradient>\n")
	fmt.Fprintf(&g.body, `<circle cx="%.1f" cy="%.1f" r="%.1f" fill="url(#g%d)"/>`+"\n", at.x, at.y, r, g.n)
}

// text is the outlines of s with its baseline starting at (x, y); it returns the x after it.
func (g *drawing) text(c *cut, f *sfnt.Font, s string, x, y, size float64, with paint) float64 {
	var b strings.Builder
	for _, r := range s {
		index, err := f.GlyphIndex(&g.sfnt, r)
		if err == nil {
			if outline, err := f.LoadGlyph(&g.sfnt, index, fixed.Int26_6(size*64), nil); err == nil {
				g.outline(&b, outline, x, y)
			}
		}
		x += c.glyph(r, 0).advance
	}
	if b.Len() > 0 {
		var label strings.Builder
		_ = xml.EscapeText(&label, []byte(s)) // a Builder takes everything
		fmt.Fprintf(&g.body, `<path aria-label="%s" d="%s" %s/>`+"\n", &label, &b, g.ink(with))
	}
	return x
}

// outline appends one letter's curves.
func (g *drawing) outline(b *strings.Builder, outline sfnt.Segments, x, y float64) {
	for i, part := range outline {
		n, verb := 1, "L"
		switch part.Op {
		case sfnt.SegmentOpMoveTo:
			if verb = "M"; i > 0 {
				verb = "ZM"
			}
		case sfnt.SegmentOpQuadTo:
			n, verb = 2, "Q"
		case sfnt.SegmentOpCubeTo:
			n, verb = 3, "C"
		}
		b.WriteString(verb)
		for j := range n {
			fmt.Fprintf(b, "%.1f %.1f ", x+float64(part.Args[j].X)/64, y+float64(part.Args[j].Y)/64)
		}
	}
	if len(outline) > 0 {
		b.WriteByte('Z')
	}
}

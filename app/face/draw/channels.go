package draw

import "pumplab/pumpmodel"

// crowded is how many channels stand beside each other with what flows and how fast on one line; more have a line for each.
const crowded = 2

// stripHeight is the room for the channels of a pump that has several, in units of u; none for the others.
func (s sheet) stripHeight(d pumpmodel.Display) float64 {
	switch n := len(d.Channels); {
	case n == 0:
		return 0
	case n > crowded:
		return 14.2 * s.u
	}
	return 10.4 * s.u
}

// strip draws one tab a channel: its name, what it gives, what it does. The one whose screen is shown is inverted; an alarm has its
// colour, so that neither is told by colour alone.
func (s sheet) strip(channels []pumpmodel.Channel, b box) {
	gap := 1.2 * s.u
	w := (b.w - 5.2*s.u - gap*float64(len(channels)-1)) / float64(len(channels))
	for i, c := range channels {
		tab := box{b.x + 2.6*s.u + float64(i)*(w+gap), b.y + 0.8*s.u, w, b.h - 1.4*s.u}
		ink, dim := s.pal.ink, s.pal.dim
		if c.Shown {
			s.fill(rounded(tab, 1.0*s.u), solid(s.pal.ink))
			ink, dim = s.pal.onInk, s.pal.onInk
		} else {
			s.stroke(tab, 1.0*s.u, max(1, 0.28*s.u), solid(s.pal.line))
		}
		s.tab(c, tab.inset(1.0*s.u), len(channels) > crowded, func(text string, x, base, size float64, w weight, faint bool) {
			colour := ink
			if faint {
				colour = dim
			}
			s.text(text, x, base, size, w, solid(colour))
		})
	}
}

func (s sheet) tab(c pumpmodel.Channel, b box, narrow bool, put func(text string, x, base, size float64, w weight, faint bool)) {
	name := small * 1.15 * s.u
	for name > 1.6*s.u && width(c.Name, name, s.bold) > b.w*0.45 {
		name *= 0.95
	}
	status := fit(c.Status, small*0.92*s.u, b.w-width(c.Name, name, s.bold)-3*s.u, s.bold)
	base := b.y + capital(name) + 0.3*s.u
	put(c.Name, b.x+0.6*s.u, base, name, s.bold, false)
	if c.Status != "" {
		w := width(c.Status, status, s.bold)
		if c.Alarm != "" {
			ground, ink := s.pal.alertColours("alarm")
			band := box{b.right() - w - 1.6*s.u, b.y - 0.2*s.u, w + 1.6*s.u, capital(name) + 1.2*s.u}
			s.fill(rounded(band, 0.6*s.u), solid(ground))
			s.text(c.Status, band.x+0.8*s.u, base, status, s.bold, solid(ink))
		} else {
			put(c.Status, b.right()-w-0.4*s.u, base, status, s.bold, false)
		}
	}
	size := small * 0.95 * s.u
	right := b.right() - 0.4*s.u
	if c.Rate != "" {
		w := width(c.Rate, size, s.bold)
		put(c.Rate, right-w, b.bottom()-0.5*s.u, size, s.bold, false)
		right -= w + s.u
	}
	base = b.bottom() - 0.5*s.u
	if narrow {
		right, base = b.right()-0.4*s.u, base-1.15*size
	}
	text, size := squeezed(c.Text, size, 0.62, right-b.x-0.6*s.u, s.plain)
	put(text, b.x+0.6*s.u, base, size, s.plain, true)
}

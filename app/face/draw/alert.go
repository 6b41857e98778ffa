package draw

import (
	"image/color"
	"strings"

	"pumplab/pumpmodel"
)

// paragraph draws wrapped text at the top of b and returns what is left of b.
func (s sheet) paragraph(text string, b box, size float64, w weight, ink color.NRGBA) box {
	for _, line := range wrap(text, size, b.w, w) {
		s.text(line, b.x, b.y+capital(size)+size*0.25, size, w, solid(ink))
		_, b = b.cut(size * 1.28)
	}
	_, b = b.cut(size * 0.3)
	return b
}

// wrap breaks text into lines no wider than room.
func wrap(text string, size, room float64, w weight) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && width(longer, size, w) > room {
			out = append(out, line)
			longer = word
		}
		line = longer
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// notesHeight is the room the lines other than prompts need at the bottom of a page.
func (s sheet) notesHeight(lines []pumpmodel.Line, room float64) float64 {
	sum := 0.0
	for _, l := range lines {
		if l.Role == "prompt" || l.Role == "search" {
			continue
		}
		z, inner := s.noteSize(l.Role), room
		if l.Role == "advisory" {
			inner -= 7 * s.u
			sum += 2.4 * s.u
		}
		sum += float64(len(wrap(l.Text, z, inner, s.plain)))*z*1.28 + z*0.3
	}
	return sum
}

func (s sheet) noteSize(role string) float64 {
	if role == "value" {
		return large * s.u
	}
	return small * s.u * 1.05
}

// notes draws the lines other than prompts; an advisory is framed with its sign.
func (s sheet) notes(lines []pumpmodel.Line, b box) {
	for _, l := range lines {
		z := s.noteSize(l.Role)
		switch l.Role {
		case "prompt", "search":
		case "advisory":
			h := float64(len(wrap(l.Text, z, b.w-7*s.u, s.plain)))*z*1.28 + 1.6*s.u
			frame, rest := b.cut(h)
			s.stroke(frame, 0.9*s.u, max(1, 0.3*s.u), solid(s.pal.dim))
			at := pt{frame.x + 3*s.u, frame.y + frame.h/2}
			s.fill(circle(at, 1.7*s.u), solid(s.pal.ink))
			s.text("i", at.x-width("i", z, s.bold)/2, at.y+capital(z)/2, z, s.bold, solid(s.pal.onInk))
			s.paragraph(l.Text, box{frame.x + 6*s.u, frame.y + 0.6*s.u, frame.w - 7*s.u, frame.h}, z, s.plain, s.pal.ink)
			_, b = rest.cut(0.8*s.u + z*0.3)
		case "alarm":
			size := fit(l.Text, z, b.w-2*s.u, s.bold)
			band, rest := b.cut(z*1.28 + 0.2*s.u)
			ground, ink := s.pal.alertColours("alarm")
			s.fill(rounded(band, 0.6*s.u), solid(ground))
			s.text(l.Text, band.x+s.u, band.y+band.h/2+capital(size)/2, size, s.bold, solid(ink))
			_, b = rest.cut(z * 0.3)
		case "value":
			b = s.paragraph(l.Text, b, z, s.bold, s.pal.ink)
		default:
			b = s.paragraph(l.Text, b, z, s.plain, s.pal.dim)
		}
	}
}

// sign is the shape beside an alert's title: an octagon for what cannot be passed, a triangle for what may be, a disc else.
func (s sheet) sign(kind string, at pt, size float64, ground, ink color.NRGBA) {
	shape := circle(at, size/2)
	switch kind {
	case "hard", "alarm":
		shape = symbol("octagon", at, size)
	case "soft", "range":
		shape = symbol("triangle", at, size)
		at.y += size * 0.1
	}
	s.fill(shape, solid(ink))
	z, mark := size*0.62, "!"
	if kind == "confirm" {
		mark = "?"
	}
	s.text(mark, at.x-width(mark, z, s.bold)/2, at.y+capital(z)/2, z, s.bold, solid(ground))
}

// alertPage is an alert instead of the screen; what else must be known stands under it.
func (s sheet) alertPage(a pumpmodel.Alert, lines []pumpmodel.Line) {
	ground, ink := s.pal.alertColours(a.Kind)
	head, rest := s.area.cut(13 * s.u)
	s.fill(rect(head), solid(ground))
	s.sign(a.Kind, pt{head.x + 7.5*s.u, head.y + head.h/2}, 8.2*s.u, ground, ink)
	size := fit(a.Title, 5.4*s.u, head.w-17*s.u, s.bold)
	s.text(a.Title, head.x+14*s.u, head.y+head.h/2+capital(size)/2, size, s.bold, solid(ink))
	frame := s.area.inset(0.5 * s.u)
	s.stroke(frame, 0, 0.9*s.u, solid(ground))
	soft, answers := s.sorted(a.Answers)
	if len(soft) > 0 {
		var row box
		row, rest = rest.cutBottom(8.6 * s.u)
		row.h -= s.u
		for _, h := range soft {
			s.softLabel(h, row)
		}
	}
	foot, body := rest.cutBottom(float64(len(answers))*7.4*s.u + 2.4*s.u)
	if h := s.notesHeight(lines, body.w-10*s.u); h > 0 {
		var under box
		under, body = body.cutBottom(h)
		s.notes(lines, box{under.x + 5*s.u, under.y, under.w - 10*s.u, under.h})
	}
	body = box{body.x + 5*s.u, body.y + 2.4*s.u, body.w - 10*s.u, body.h}
	z := large * s.u
	for z > 0.55*large*s.u && s.linesHeight(a.Text, z, body.w) > body.h {
		z *= 0.95
	}
	for i, t := range a.Text {
		w := s.plain
		if i == 0 || strings.HasPrefix(t, "→") {
			w = s.bold
		}
		body = s.paragraph(t, body, z, w, s.pal.ink)
	}
	if len(answers) == 0 {
		return
	}
	s.rule(foot.x+5*s.u, foot.y, foot.w-10*s.u, s.pal.line)
	_, foot = foot.cut(1.0 * s.u)
	for _, h := range answers {
		var row box
		row, foot = foot.cut(7.4 * s.u)
		s.answers([]pumpmodel.Hint{h}, box{row.x + 5*s.u, row.y, row.w - 10*s.u, row.h}, normal*s.u*1.05, s.pal.ink, s.pal.ink)
	}
}

// linesHeight is the room paragraphs of that size take.
func (s sheet) linesHeight(text []string, z, room float64) float64 {
	sum := 0.0
	for _, t := range text {
		sum += float64(len(wrap(t, z, room, s.bold)))*z*1.28 + z*0.3
	}
	return sum
}

func (s sheet) bannerHeight(a pumpmodel.Alert) float64 {
	z := normal * s.u * 0.95
	h := 1.8*s.u + large*s.u*1.58 + 9*s.u
	for _, t := range a.Text {
		h += float64(len(wrap(t, z, s.area.w-14.6*s.u, s.plain)))*z*1.28 + z*0.3
	}
	return min(s.area.h*0.72, h)
}

// banner is an alert over the lower part of the screen: the numbers it is about stay in sight.
func (s sheet) banner(a pumpmodel.Alert, b box) {
	ground, ink := s.pal.alertColours(a.Kind)
	s.fill(rect(b), solid(ground))
	s.sign(a.Kind, pt{b.x + 6*s.u, b.y + 6*s.u}, 7*s.u, ground, ink)
	text := box{b.x + 12*s.u, b.y + 1.8*s.u, b.w - 14.6*s.u, b.h}
	size := fit(a.Title, large*s.u, text.w, s.bold)
	text = s.paragraph(a.Title, text, size, s.bold, ink)
	for _, t := range a.Text {
		text = s.paragraph(t, text, normal*s.u*0.95, s.plain, ink)
	}
	foot, _ := b.cutBottom(8 * s.u)
	s.rule(foot.x+2.6*s.u, foot.y, foot.w-5.2*s.u, faded(ink, 110))
	s.answers(a.Answers, box{foot.x + 2.6*s.u, foot.y, foot.w - 5.2*s.u, foot.h}, normal*s.u*0.95, ink, ink)
}

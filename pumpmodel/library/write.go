package library

import (
	"fmt"
	"strings"
	"unicode"

	"pumplab/pumpmodel/written"
)

// line is one key of a setup as the file says it.
type line struct{ key, text string }

// lines are the keys of a setup with what they say, in the order they are written. What the reader would assume anyway is left out.
func (s *Setup) lines() []line {
	out := []line{{"drug", plain(s.Drug)}}
	put := func(key, text string) {
		if text != "" {
			out = append(out, line{key, text})
		}
	}
	put("aliases", inBrackets(s.Aliases))
	put("codes", inBrackets(s.Codes))
	put("therapy", plain(s.Therapy))
	put("concentration", s.strength())
	put("concentration limits", s.limitText(Conc))
	if s.Delivery != "continuous" {
		put("delivery", s.Delivery)
	}
	if s.Delivery == "pca" && s.Pump != "pca" || s.Delivery != "pca" && s.Pump != "large-volume" {
		put("pump", s.Pump)
	}
	for _, f := range []Field{PCADose, Lockout, Continuous, Dose, Bolus, BolusRate, Loading, In1h, In2h, In4h, Total, Rate, Time, VTBI, Weight, Titration} {
		put(string(f), s.limitText(f))
	}
	if s.HighAlert {
		put("high alert", "yes")
	}
	put("advisory", plain(s.Advisory))
	return out
}

// limitText is {unit: mg, hard: ..5, soft: 0.5..2, start: 1}; empty where there is no such set.
func (s *Setup) limitText(f Field) string {
	set, ok := s.Limits[f]
	if !ok {
		return ""
	}
	var in []string
	unit := ""
	if u, fixed := fixedUnit(f); fixed {
		unit = " " + u
	} else {
		in = append(in, "unit: "+s.UnitOf(f))
	}
	span := func(key string, low, high Bound) {
		text := ".."
		if low.Set {
			text = low.Value.String() + text
		}
		if high.Set {
			text += high.Value.String()
		}
		if low.Set || high.Set {
			in = append(in, key+": "+text+unit)
		}
	}
	span("hard", set.LowerHard, set.UpperHard)
	span("soft", set.LowerSoft, set.UpperSoft)
	if set.Start.Set {
		in = append(in, "start: "+set.Start.Value.String()+unit)
	}
	return "{" + strings.Join(in, ", ") + "}"
}

func inBrackets(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	var in []string
	for _, t := range texts {
		in = append(in, plain(t))
	}
	return "[" + strings.Join(in, ", ") + "]"
}

// plain is a text as YAML that is read as that text: as it is, or in quotes where it could mean something else.
func plain(text string) string {
	if text == "" {
		return ""
	}
	for i, c := range text {
		harmless := unicode.IsLetter(c) || unicode.IsDigit(c) || i > 0 && strings.ContainsRune(" .-+/%()_µ²;", c)
		if !harmless {
			return quoted(text)
		}
	}
	if written.Ambiguous(text) || strings.HasSuffix(text, " ") {
		return quoted(text)
	}
	return text
}

func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case unicode.IsPrint(c):
			b.WriteRune(c)
		case c < 0x10000:
			b.WriteString(`\u` + fmt.Sprintf("%04x", c))
		default:
			b.WriteString(`\U` + fmt.Sprintf("%08x", c))
		}
	}
	b.WriteByte('"')
	return b.String()
}

package report

import (
	"strings"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
	"pumplab/studies"
)

// checker holds programmes against the library's limits for what was ordered; nil where the study's library is not known.
type checker struct{ library *ders.Checker }

func newChecker(l *library.Library) *checker {
	if l == nil {
		return nil
	}
	return &checker{ders.NewChecker(l)}
}

// beyond is the gravest limit that what ran passes and what was ordered does not: hard, soft or empty. The limits are those of the
// drug, concentration and care area of the order, whatever was chosen on the pump: outside the library too.
func (c *checker) beyond(t studies.TaskRow) string {
	if c == nil || t.Programmed == "" {
		return ""
	}
	ordered, ran := lineOf(t.Ordered), lineOf(t.Programmed)
	if ran["drug"] != "" && ran["drug"] != ordered["drug"] { // limits of one drug say nothing of another: it weighs most anyway
		return ""
	}
	is, was := c.gravest(ordered, ran), c.gravest(ordered, ordered)
	if is == was || was == "hard" {
		return "" // ordered beyond it
	}
	return is
}

var limited = []library.Field{library.Dose, library.Rate, library.VTBI, library.Weight, library.Time}

// gravest is the gravest limit of the order's setup that any number of a line passes.
func (c *checker) gravest(ordered, line map[string]string) string {
	worst := ""
	for _, f := range limited {
		switch c.verdict(ordered, line[string(f)], f) {
		case "hard":
			return "hard"
		case "soft":
			worst = "soft"
		}
	}
	return worst
}

// verdict is soft, hard or empty for one field's text, as 5 mcg/kg/min; empty too if the library cannot say.
func (c *checker) verdict(ordered map[string]string, text string, f library.Field) string {
	number, unit, _ := strings.Cut(text, " ")
	v, err := quantity.Parse(number)
	if err != nil {
		return ""
	}
	e := ders.Entry{Area: ordered["area"], Drug: ordered["drug"], Concentration: ordered["concentration"], Field: f, Value: v}
	if w, _, _ := strings.Cut(ordered["weight"], " "); w != "" {
		e.Weight, _ = quantity.Parse(w) // 0 if it is none: then a rate is held against its own limits only
	}
	j, err := c.library.Check(e)
	if err != nil || f == library.Dose && j.Unit() != unit || j.Kind != "soft" && j.Kind != "hard" {
		return ""
	}
	return j.Kind
}

// rung is the index in severityScale, -1 for a task that ended well: by how far what ran lay from the order, raised by the
// library's limits that it passes.
func (c *checker) rung(t studies.TaskRow) int {
	switch {
	case t.Outcome == studies.NotCompleted:
		return 0
	case t.Outcome == studies.Bypassed:
		return max(1, c.raised(t))
	case !running(t):
		return -1
	}
	far := 1
	switch fold := deviation(t).fold; {
	case fold >= 10:
		far = 3
	case fold >= 2:
		far = 2
	}
	return max(far, c.raised(t))
}

// raised is the rung that a passed limit alone gives.
func (c *checker) raised(t studies.TaskRow) int {
	switch c.beyond(t) {
	case "hard":
		return 3
	case "soft":
		return 2
	}
	return 0
}

func (c *checker) points(t studies.TaskRow) int {
	i := c.rung(t)
	if i < 0 {
		return 0
	}
	if t.Critical {
		return 2 * severityScale[i].Points
	}
	return severityScale[i].Points
}

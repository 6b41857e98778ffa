package protocol

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// name is what studies, designs, tasks and surroundings may be called: it becomes part of paths, columns and hashes.
var name = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// named checks a name.
func (r *reader) named(n node, what string) string {
	text := r.str(n, what)
	if text != "" && !name.MatchString(text) {
		r.fail(n, "%s: %q is no name, expected letters, digits, hyphen, point, at most 64", what, text)
		return ""
	}
	return text
}

// whole is a whole number of a range; def if n is absent.
func (r *reader) whole(n node, what string, low, high, def int) int {
	text := r.str(n, what)
	if text == "" {
		return def
	}
	v, err := strconv.Atoi(text)
	if err != nil || v < low || v > high {
		r.fail(n, "%s: %q, expected a whole number from %d to %d", what, text, low, high)
		return def
	}
	return v
}

// proportion is a number strictly between 0 and 1, written 0.05 or 5 %.
func (r *reader) proportion(n node, what string, def float64) float64 {
	text := r.str(n, what)
	if text == "" {
		return def
	}
	num, percent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(num), 64)
	if percent {
		v /= 100
	}
	if err != nil || !(v > 0 && v < 1) {
		r.fail(n, "%s: %q, expected a proportion between 0 and 1, as 0.05 or 5 %%", what, text)
		return def
	}
	return v
}

// flag is yes or no; no if n is absent.
func (r *reader) flag(n node, what string) bool {
	return r.word(n, what, "no", []string{"yes", "no"}) == "yes"
}

// units of a duration, as people write them.
var units = map[string]time.Duration{"ms": time.Millisecond, "s": time.Second, "min": time.Minute, "h": time.Hour}

var duration = regexp.MustCompile(`^(\d+)(?:\.(\d))? ?(ms|s|min|h)$`)

// parseDuration reads 90 s, 2.5 min, 1 h: a number with at most one decimal and its unit.
func parseDuration(text string) (time.Duration, bool) {
	m := duration.FindStringSubmatch(text)
	if m == nil || len(m[1]) > 6 {
		return 0, false
	}
	tenths, _ := strconv.Atoi(m[1] + "0")
	if m[2] != "" {
		t, _ := strconv.Atoi(m[2])
		tenths += t
	}
	return time.Duration(tenths) * units[m[3]] / 10, true
}

// span is a positive duration; 0 if n is absent.
func (r *reader) span(n node, what string) time.Duration {
	text := r.str(n, what)
	if text == "" {
		return 0
	}
	d, ok := parseDuration(text)
	if !ok || d <= 0 || d > 24*time.Hour {
		r.fail(n, "%s: %q, expected a time with its unit, as 90 s or 3 min", what, text)
		return 0
	}
	return d
}

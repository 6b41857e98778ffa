package library

import (
	"fmt"
	"strings"
	"unicode"
)

// tallMan are pairs known to be confused, in the letters that tell them apart: shared/data/tall_man.csv (FDA and ISMP lists).
var tallMan = [][2]string{
	{"DOBUTamine", "DOPamine"},
	{"EPINEPHrine", "ePHEDrine"},
	{"fentaNYL", "SUFentanil"},
	{"HYDROmorphone", "morphine"},
	{"niCARdipine", "NIFEdipine"},
	{"vinBLAStine", "vinCRIStine"},
	{"CISplatin", "CARBOplatin"},
	{"DAUNOrubicin", "DOXOrubicin"},
	{"ALPRAZolam", "LORazepam"},
	{"clonazePAM", "LORazepam"},
	{"cycloSPORINE", "cycloSERINE"},
	{"hydrALAZINE", "hydrOXYzine"},
	{"PENTobarbital", "PHENobarbital"},
	{"ceFAZolin", "cefTRIAXone"},
}

// TallManPairs are the pairs of names the look-alike rule knows.
func TallManPairs() [][2]string { return append([][2]string(nil), tallMan...) }

// lookAlike finds names that differ only in their capitals, names of a known pair without their tall-man letters, and other pairs of
// nearly equal names of which neither has any.
func lookAlike(l *Library, found func(Place, string)) {
	var names []string
	first := map[string]Place{}
	for _, a := range l.Areas {
		for _, s := range a.Setups {
			if _, ok := first[s.Drug]; !ok {
				first[s.Drug] = s.At
				names = append(names, s.Drug)
			}
		}
	}
	for i, n := range names {
		if want := tallManOf(n); want != "" && want != n {
			found(first[n], fmt.Sprintf("%s: its tall-man letters are %s", n, want))
		}
		for _, m := range names[:i] {
			if what := confusable(m, n); what != "" {
				found(first[n], what)
			}
		}
	}
}

// tallManOf is the spelling of the known pairs for a name; empty if they do not have it.
func tallManOf(name string) string {
	for _, pair := range tallMan {
		for _, n := range pair {
			if strings.EqualFold(n, name) {
				return n
			}
		}
	}
	return ""
}

func confusable(a, b string) string {
	la, lb := strings.ToLower(a), strings.ToLower(b)
	switch {
	case la == lb:
		return fmt.Sprintf("%s and %s are the same name in other letters", b, a)
	case tall(a) || tall(b) || digits(a) != digits(b):
		return ""
	case abs(len(la)-len(lb)) > 2 || distance(la, lb) > max(1, min(len(la), len(lb))/4):
		return ""
	}
	return fmt.Sprintf("%s looks like %s, and neither has tall-man letters", b, a)
}

// tall reports capitals beyond the first letter of a word.
func tall(name string) bool {
	before := ' '
	for _, c := range name {
		if unicode.IsUpper(c) && unicode.IsLetter(before) {
			return true
		}
		before = c
	}
	return false
}

// digits are the figures of a name: fluids that differ in them are told apart by them.
func digits(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return c
		}
		return -1
	}, name)
}

func abs(n int) int { return max(n, -n) }

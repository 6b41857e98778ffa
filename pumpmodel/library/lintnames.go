package library

import (
	"fmt"
	"math/bits"
	"strings"
	"unicode"

	"pumplab/pumpmodel/written"
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

// aliased finds another name of a drug that is a name of a second drug too.
func aliased(l *Library, found func(written.Place, string)) {
	drugs := map[string]string{} // by every name in small letters
	for _, a := range l.Areas {
		for i := range a.Setups {
			drugs[strings.ToLower(a.Setups[i].Drug)] = a.Setups[i].Drug
		}
	}
	told := map[string]bool{}
	for _, a := range l.Areas {
		for i := range a.Setups {
			s := &a.Setups[i]
			for _, alias := range s.Aliases {
				key := strings.ToLower(alias)
				other, taken := drugs[key]
				if drugs[key] = s.Drug; taken && !strings.EqualFold(other, s.Drug) && !told[key] {
					told[key] = true
					found(s.At, fmt.Sprintf("%s, another name of %s, is a name of %s too", alias, s.Drug, other))
				}
			}
		}
	}
}

// lookAlike finds names that stand for two drugs, names that differ only in their capitals, names of a known pair without their tall-man letters, and other pairs of
// nearly equal names of which neither has any.
func lookAlike(l *Library, found func(written.Place, string)) {
	aliased(l, found)
	var names []string
	first := map[string]written.Place{}
	for _, a := range l.Areas {
		for i := range a.Setups {
			s := &a.Setups[i]
			if _, ok := first[s.Drug]; !ok {
				first[s.Drug] = s.At
				names = append(names, s.Drug)
			}
		}
	}
	folded := map[string]string{}
	plain := map[string][]likeness{} // names without tall-man letters, by their figures
	for _, n := range names {
		if want := tallManOf(n); want != "" && want != n {
			found(first[n], fmt.Sprintf("%s: its tall-man letters are %s", n, want))
		}
		lower := strings.ToLower(n)
		if other, ok := folded[lower]; ok {
			found(first[n], fmt.Sprintf("%s and %s are the same name in other letters", n, other))
			continue
		}
		folded[lower] = n
		if tall(n) {
			continue
		}
		this := likeness{n, lower, letters(lower)}
		for _, other := range plain[digits(n)] {
			if this.near(other) {
				found(first[n], fmt.Sprintf("%s looks like %s, and neither has tall-man letters", n, other.name))
			}
		}
		plain[digits(n)] = append(plain[digits(n)], this)
	}
}

// likeness is what two names are compared by.
type likeness struct {
	name, lower string
	letters     uint32
}

// near reports that at most a quarter of the shorter name would have to be edited to make one name the other. The set of letters
// rules most pairs out at once: an edit changes at most two members of it.
func (a likeness) near(b likeness) bool {
	most := max(1, min(len(a.lower), len(b.lower))/4)
	if abs(len(a.lower)-len(b.lower)) > 2 || bits.OnesCount32(a.letters^b.letters) > 2*most {
		return false
	}
	return written.Distance(a.lower, b.lower) <= most
}

// letters is the set of a to z in a name.
func letters(lower string) uint32 {
	var set uint32
	for _, c := range lower {
		if c >= 'a' && c <= 'z' {
			set |= 1 << (c - 'a')
		}
	}
	return set
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

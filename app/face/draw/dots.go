package draw

import (
	"math"
	"strconv"
	"strings"
)

// A letter of a dot matrix is five columns of seven dots; letters stand six columns apart.
const (
	dotColumns = 5
	dotRows    = 7
	dotAdvance = dotColumns + 1
)

// dotLetters are the columns of each letter from the left, the lowest bit the uppermost dot.
var dotLetters = map[rune]string{
	'!': "00005f0000", '"': "0007000700", '#': "147f147f14", '$': "242a7f2a12", '%': "2313086462", '&': "3649552250", '\'': "0005030000",
	'(': "001c224100", ')': "0041221c00", '*': "14083e0814", '+': "08083e0808", ',': "0050300000", '-': "0808080808", '.': "0060600000",
	'/': "2010080402", ':': "0036360000", ';': "0056360000", '<': "0814224100", '=': "1414141414", '>': "0041221408", '?': "0201510906",
	'@': "324979413e", '[': "007f414100", ']': "0041417f00", '_': "4040404040",
	'0': "3e5149453e", '1': "00427f4000", '2': "4261514946", '3': "2141454b31", '4': "1814127f10", '5': "2745454539", '6': "3c4a494930",
	'7': "0171090503", '8': "3649494936", '9': "064949291e",
	'A': "7e1111117e", 'B': "7f49494936", 'C': "3e41414122", 'D': "7f4141221c", 'E': "7f49494941", 'F': "7f09090901", 'G': "3e4149497a",
	'H': "7f0808087f", 'I': "00417f4100", 'J': "2040413f01", 'K': "7f08142241", 'L': "7f40404040", 'M': "7f020c027f", 'N': "7f0408107f",
	'O': "3e4141413e", 'P': "7f09090906", 'Q': "3e4151215e", 'R': "7f09192946", 'S': "4649494931", 'T': "01017f0101", 'U': "3f4040403f",
	'V': "1f2040201f", 'W': "3f4038403f", 'X': "6314081463", 'Y': "0708700807", 'Z': "6151494543",
	'a': "2054545478", 'b': "7f48444438", 'c': "3844444420", 'd': "384444487f", 'e': "3854545418", 'f': "087e090102", 'g': "0c5252523e",
	'h': "7f08040478", 'i': "00447d4000", 'j': "2040443d00", 'k': "7f10284400", 'l': "00417f4000", 'm': "7c04180478", 'n': "7c08040478",
	'o': "3844444438", 'p': "7c14141408", 'q': "081414187c", 'r': "7c08040408", 's': "4854545420", 't': "043f444020", 'u': "3c4040207c",
	'v': "1c2040201c", 'w': "3c4030403c", 'x': "4428102844", 'y': "0c5050503c", 'z': "4464544c44",
	'·': "0000080000", '–': "0808080808", '—': "0808080808", '…': "4000400040", '→': "08082a1c08", '←': "081c2a0808", '×': "2214081422",
	'▲': "303c3f3c30", '▼': "061e7e1e06", '≤': "4854624000", '≥': "4062544800",
}

// unknownDots is shown for a letter the matrix has not.
const unknownDots = "7f4141417f"

// Dotted reports whether every letter of a text is in the dot matrix, or the first that is not.
func Dotted(text string) (missing rune, ok bool) {
	for _, r := range text {
		if _, known := dotLetters[r]; !known && r != ' ' {
			return r, false
		}
	}
	return 0, true
}

// dotPitch is the distance between dots in letters of that size, in pixels: whole pixels where there is room for two and more, so
// that dots are alike; capitals are about as high as those of the printed letters.
func dotPitch(size float64) float64 {
	p := capital(size) / dotRows
	if p >= 1.8 {
		return math.Floor(p + 0.2)
	}
	return max(0.5, math.Floor(p*2+0.3)/2)
}

// dotText paints s in dots with its baseline starting at (x, y) and returns the x after it.
func (p Pen) dotText(s string, x, y, size float64, with paint) float64 {
	pitch := dotPitch(size)
	dot := pitch
	if pitch >= 3 {
		dot = pitch * 0.86 // the gap between dots is seen
	}
	left, top := x, math.Round(y)-dotRows*pitch
	x += pitch / 2 // half of the gap on each side
	var lit path
	for _, r := range s {
		code, known := dotLetters[r]
		if !known {
			code = unknownDots
		}
		columns, err := strconv.ParseUint(code, 16, 64)
		if r == ' ' || err != nil {
			columns = 0
		}
		for i := range dotColumns {
			for row := range dotRows {
				if columns>>(8*(dotColumns-1-i)+row)&1 == 1 {
					lit = append(lit, rect(box{math.Round(x) + float64(i)*pitch, top + float64(row)*pitch, dot, dot})...)
				}
			}
		}
		x += dotAdvance * pitch
	}
	if len(lit) > 0 {
		p.fill(lit, with)
	}
	return left + dotWidth(s, size)
}

// dotWidth is the length of s in dots, in pixels.
func dotWidth(s string, size float64) float64 {
	return float64(len([]rune(s))*dotAdvance) * dotPitch(size)
}

// segments are the seven bars of a digit, in tenths of its width and height: a at the top, then clockwise, g in the middle.
var segments = [7][]pt{
	{{0.7, 0}, {9.3, 0}, {7.2, 1.25}, {2.8, 1.25}},
	{{10, 0.4}, {10, 4.85}, {9, 4.85}, {7.6, 4.1}, {7.6, 1.7}},
	{{10, 5.15}, {10, 9.6}, {7.6, 8.3}, {7.6, 5.9}, {9, 5.15}},
	{{2.8, 8.75}, {7.2, 8.75}, {9.3, 10}, {0.7, 10}},
	{{0, 5.15}, {1, 5.15}, {2.4, 5.9}, {2.4, 8.3}, {0, 9.6}},
	{{0, 0.4}, {2.4, 1.7}, {2.4, 4.1}, {1, 4.85}, {0, 4.85}},
	{{1.3, 5}, {2.8, 4.35}, {7.2, 4.35}, {8.7, 5}, {7.2, 5.65}, {2.8, 5.65}},
}

// segmentDigits are the bars that are lit for each symbol.
var segmentDigits = map[rune]string{
	'0': "abcdef", '1': "bc", '2': "abdeg", '3': "abcdg", '4': "bcfg", '5': "acdfg", '6': "acdefg", '7': "abc", '8': "abcdefg", '9': "abcdfg",
	'-': "g", '–': "g", '_': "d",
}

// segmentDigit paints a symbol of a number in seven segments into a box: the lit bars in ink, the others barely to be seen. It
// reports whether the symbol can be shown so.
func (p Pen) segmentDigit(r rune, b box, ink, off paint) bool {
	bars, ok := segmentDigits[r]
	if !ok {
		return false
	}
	const slant = 0.09
	for i, bar := range segments {
		shape := make([]pt, len(bar))
		for j, q := range bar {
			y := q.y / 10
			shape[j] = pt{b.x + q.x/10*b.w + (0.5-y)*slant*b.h, b.y + y*b.h}
		}
		with := off
		if strings.ContainsRune(bars, rune('a'+i)) {
			with = ink
		}
		p.fill(path{shape}, with)
	}
	return true
}

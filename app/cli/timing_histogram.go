package cli

import (
	"fmt"
	"math"
	"strings"

	"pumplab/app/capture"
)

// The histogram's place on its page, in units of the picture.
const (
	histWide, histTall = 640, 198
	histLeft, histEnd  = 40, 630
	histTop, histBase  = 14, 158
)

// histogram draws a spread's bins, the last of them with everything beyond, the median as a line and the count of the highest bin.
func histogram(s *capture.Spread) []byte {
	top := 1
	for _, n := range s.Bins {
		top = max(top, n)
	}
	end := s.Low + s.Width*float64(len(s.Bins))
	at := func(ms float64) float64 { return histLeft + (ms-s.Low)/(end-s.Low)*(histEnd-histLeft) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="12">`, histWide, histTall, histWide, histTall)
	wide := float64(histEnd-histLeft) / float64(len(s.Bins))
	for i, n := range s.Bins {
		tall := float64(histBase-histTop) * float64(n) / float64(top)
		fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="#0B5FA5"/>`, histLeft+float64(i)*wide, histBase-tall, wide-1, tall)
	}
	fmt.Fprintf(&b, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#556272"/>`, histLeft, histBase, histEnd, histBase)
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#556272">%d</text><text x="%d" y="%d" text-anchor="end" fill="#556272">0</text>`,
		histLeft-6, histTop+8, top, histLeft-6, histBase)
	if m := at(s.Median); m >= histLeft && m <= histEnd {
		fmt.Fprintf(&b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#1B2430" stroke-width="1.5" stroke-dasharray="4 3"/>`, m, histTop-8, m, histBase)
	}
	step := roundStep((end - s.Low) / 5)
	places := max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
	for n := int(math.Ceil(s.Low / step)); float64(n)*step <= end; n++ {
		x := at(float64(n) * step)
		label := strings.Replace(fmt.Sprintf("%.*f", places, float64(n)*step), "-", "−", 1)
		fmt.Fprintf(&b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#556272"/>`, x, histBase, x, histBase+4)
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle" fill="#1B2430">%s</text>`, x, histBase+17, label)
	}
	if s.Max > end {
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#556272">ms; the last bar holds all beyond, up to %.3g</text>`, histEnd, histTall-7, s.Max)
	} else {
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#556272">ms</text>`, histEnd, histTall-7)
	}
	b.WriteString("</svg>")
	return []byte(b.String())
}

// roundStep is the next of 1, 2, 5, 10 … times a power of ten.
func roundStep(v float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if m*p >= v*(1-1e-9) {
			return m * p
		}
	}
	return 10 * p
}

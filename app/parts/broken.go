package parts

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Broken is text in lines no wider than w.
func Broken(text string, size, w float32) []string {
	var out []string
	now := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(now + " " + word)
		if now != "" && fyne.MeasureText(longer, size, fyne.TextStyle{}).Width > w {
			out = append(out, now)
			longer = word
		}
		now = longer
	}
	return append(out, now)
}

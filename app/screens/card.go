package screens

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// The edge of a card, in Fyne units.
const (
	sheetRadius = 10
	sheetReach  = 6 // how far its shade may reach
)

// sheetOf is content on a white card with a soft edge. The card is one picture, kept: round rectangles drawn anew in every frame
// are what a session's picture would spend most of its time on.
func sheetOf(content fyne.CanvasObject, room float32) fyne.CanvasObject {
	var kept *image.NRGBA
	card := &canvas.Raster{ScaleMode: canvas.ImageScalePixels}
	card.Generator = func(w, h int) image.Image {
		if kept == nil || kept.Rect.Dx() != w || kept.Rect.Dy() != h {
			kept = cardPicture(w, h, float64(w)/max(1, float64(card.Size().Width)))
		}
		return kept
	}
	return container.NewStack(offset(card, 0, 0, sheetReach), inset(content, room))
}

// cardPicture is a card on w by h pixels, k pixels a Fyne unit: white, a fine edge, a faint shade below.
func cardPicture(w, h int, k float64) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	margin := int(math.Ceil((sheetReach + sheetRadius + 2) * k))
	for y := range h {
		for x := range w {
			if x >= margin && x < w-margin && y >= margin && y < h-margin {
				img.SetNRGBA(x, y, cardPaper)
				continue
			}
			img.SetNRGBA(x, y, cardAt(float64(x)+0.5, float64(y)+0.5, float64(w), float64(h), k))
		}
	}
	return img
}

// cardAt is one pixel of a card: shade, edge and paper over one another.
func cardAt(x, y, w, h, k float64) color.NRGBA {
	reach := sheetReach * k
	inside := -rounded(x, y, reach, reach, w-reach, h-reach, sheetRadius*k)
	below := -rounded(x, y, reach-2*k, reach+k, w-reach+2*k, h-reach+5*k, (sheetRadius+2)*k)
	shade := 26 * cover(below)
	if inside < 0.5 {
		fill := cover(inside)
		alpha := shade + (255-shade)*fill
		mix := func(top, under uint8) uint8 {
			return uint8(math.Round((float64(top)*255*fill + float64(under)*shade*(1-fill)) / max(1, alpha)))
		}
		return color.NRGBA{mix(200, 20), mix(205, 30), mix(211, 45), uint8(math.Round(alpha))}
	}
	edge := 40.0 / 255 * cover(k-inside+0.5)
	mix := func(paper, ink uint8) uint8 {
		return uint8(math.Round(float64(paper)*(1-edge) + float64(ink)*edge))
	}
	return color.NRGBA{mix(cardPaper.R, 20), mix(cardPaper.G, 30), mix(cardPaper.B, 45), 255}
}

// cover is how much of a pixel lies on the inner side of an edge that is d pixels away from its middle.
func cover(d float64) float64 { return min(1, max(0, d+0.5)) }

// rounded is the distance of a point from a rectangle with round corners, negative inside.
func rounded(x, y, left, top, right, bottom, radius float64) float64 {
	dx := math.Abs(x-(left+right)/2) - (right-left)/2 + radius
	dy := math.Abs(y-(top+bottom)/2) - (bottom-top)/2 + radius
	return math.Hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - radius
}

package draw

import (
	"image"
	"image/color"
	"math"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
)

// Tile is one instrument on a contact sheet.
type Tile struct {
	Design *design.Design
	Show   pumpmodel.Display
}

// TileWidth is the room of one tile across in millimetres; wordsHeight that of the words under it.
const (
	TileWidth   = 256
	wordsHeight = 32
)

// Sheet draws instruments beside and under each other at one scale of k pixels a millimetre, each with its name, what it is, and
// the mark of those that are flawed by intent.
func Sheet(tiles []Tile, columns int, k float64) *image.RGBA {
	rows := (len(tiles) + columns - 1) / columns
	heights, sum := make([]float64, rows), 6*k
	for i, t := range tiles {
		_, h := Size(t.Design, k)
		heights[i/columns] = max(heights[i/columns], float64(h)+wordsHeight*k)
	}
	for _, h := range heights {
		sum += h
	}
	w, h := int(math.Round(float64(columns)*TileWidth*k)), int(math.Round(sum))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	p := NewPen(img, k)
	p.fill(rect(box{0, 0, float64(w), float64(h)}), solid(rgb(0xF7F8FA)))
	y := 6 * k
	for i, t := range tiles {
		row := i / columns
		p.tile(t, box{float64(i%columns) * TileWidth * k, y, TileWidth * k, heights[row]})
		if i%columns == columns-1 {
			y += heights[row]
		}
	}
	for i := range img.Pix {
		img.Pix[i] = byte(min(255, (int(img.Pix[i])+2)/4*4)) // steps too fine to be seen cost half the file
	}
	return img
}

func (p Pen) tile(t Tile, at box) {
	pic := Render(t.Design, t.Show, p.k)
	words := wordsHeight * p.k
	x := int(at.x + (at.w-float64(pic.Rect.Dx()))/2)
	y := int(at.y + max(0, at.h-words-float64(pic.Rect.Dy())))
	for row := range pic.Rect.Dy() {
		for col := range pic.Rect.Dx() {
			i := pic.PixOffset(col, row)
			a := pic.Pix[i+3]
			if a == 0 || !image.Pt(x+col, y+row).In(p.img.Rect) {
				continue
			}
			j := p.img.PixOffset(x+col, y+row)
			for c := range 3 {
				p.img.Pix[j+c] = pic.Pix[i+c] + byte((uint32(p.img.Pix[j+c])*uint32(255-a)+127)/255)
			}
		}
	}
	left, room := at.x+14*p.k, at.w-28*p.k
	base := at.y + at.h - words + 7*p.k
	end := p.text(t.Design.Name, left, base, 7.6*p.k, bold, solid(rgb(0x1B2430)))
	if len(t.Design.Flaws) > 0 {
		note := "flawed by intent"
		z := 5.4 * p.k
		pill := box{end + 5*p.k, base - 6.2*p.k, width(note, z, bold) + 6*p.k, 8.4 * p.k}
		p.fill(rounded(pill, 2*p.k), solid(rgb(0xFFE8B3)))
		p.stroke(pill, 2*p.k, max(1, 0.4*p.k), solid(rgb(0x8A5A00)))
		p.text(note, pill.x+3*p.k, base-0.4*p.k, z, bold, solid(rgb(0x5C3C00)))
	}
	z := 5.6 * p.k
	for i, line := range wrap(t.Design.Title, z, room, plain) {
		if i < 2 {
			p.text(line, left, base+(8+7*float64(i))*p.k, z, plain, solid(color.NRGBA{0x47, 0x55, 0x64, 255}))
		}
	}
}

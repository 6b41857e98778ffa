package draw

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/jpeg" // front panels
	_ "image/png"
	"net/http"

	"golang.org/x/image/draw"

	"pumplab/pumpmodel/design"
)

// photograph draws the picture of a front panel over the whole face; false if the design has none that can be read.
func (p Pen) photograph(f design.Face) bool {
	if len(f.Image) == 0 {
		return false
	}
	b := p.place(design.Box{W: f.Width, H: f.Height})
	if p.svg != nil {
		fmt.Fprintf(&p.svg.body, `<image x="%.1f" y="%.1f" width="%.1f" height="%.1f" preserveAspectRatio="none" href="data:%s;base64,%s"/>`+"\n",
			b.x, b.y, b.w, b.h, http.DetectContentType(f.Image), base64.StdEncoding.EncodeToString(f.Image))
		return true
	}
	img, _, err := image.Decode(bytes.NewReader(f.Image))
	if err != nil {
		return false
	}
	at := image.Rect(int(b.x), int(b.y), int(b.right()+0.5), int(b.bottom()+0.5))
	draw.CatmullRom.Scale(p.img, at, img, img.Bounds(), draw.Over, nil)
	return true
}

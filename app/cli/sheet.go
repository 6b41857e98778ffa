package cli

import (
	"bytes"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pumplab/app/face/draw"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
)

type designSheetCmd struct {
	Out     string `required:"" short:"o" help:"Picture to write (.png)." placeholder:"FILE"`
	Columns int    `default:"3" help:"Instruments beside each other."`
	Width   int    `default:"1500" help:"Pixels across, 300 to 6000."`
}

// Help is shown by --help.
func (*designSheetCmd) Help() string {
	return "Example:\n  pumplab design sheet --out designs.png"
}

// Run draws every built-in design in the middle of its work, on one picture.
func (c *designSheetCmd) Run(x *Context) error {
	if c.Columns < 1 || c.Columns > 12 || c.Width < 300 || c.Width > 6000 || !strings.EqualFold(filepath.Ext(c.Out), ".png") {
		return fmt.Errorf("draw sheet %s: expected a name that ends with .png, 1 to 12 columns and a width of 300 to 6000", c.Out)
	}
	names, err := design.List(x.Assets.Designs(), ".")
	if err != nil {
		return err
	}
	var tiles []draw.Tile
	for _, name := range names {
		d, err := design.Load(x.Assets.Designs(), name)
		if err != nil {
			return err
		}
		lib, err := libraryFor(x, "", name, d)
		if err != nil {
			return err
		}
		m, err := engine.New(d, lib)
		if err != nil {
			return err
		}
		s, err := atWork(m)
		if err != nil {
			return err
		}
		tiles = append(tiles, draw.Tile{Design: d, Show: m.Show(s)})
	}
	slices.SortStableFunc(tiles, func(a, b draw.Tile) int { return min(len(a.Design.Flaws), 1) - min(len(b.Design.Flaws), 1) })
	img := draw.Sheet(tiles, c.Columns, float64(c.Width)/float64(c.Columns)/draw.TileWidth)
	var data bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&data, img); err != nil {
		return fmt.Errorf("draw sheet: %w", err)
	}
	if err := os.WriteFile(c.Out, data.Bytes(), 0o644); err != nil {
		return err
	}
	out := struct {
		Out     string `json:"out"`
		Designs int    `json:"designs"`
		Bytes   int    `json:"bytes"`
	}{c.Out, len(tiles), data.Len()}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %d designs, %d kB\n", out.Out, out.Designs, (out.Bytes+999)/1000)
	})
}

// work are the presses after which a built-in design shows what it is like: a number being entered, an alert, a list. Other designs
// are shown as they begin.
var work = map[string]string{
	"keypad-wizard":          "enter,enter,3*4,enter,enter,8,2,enter,5",
	"chevron-form":           "enter,enter,DN,enter,enter,UP*82,enter,UP*50,up*5",
	"fivekey-menu":           "enter,enter,right,dn,enter,enter,enter,left,up*8,right,up*2,enter",
	"keypad-permissive":      "enter,enter,3*4,enter,enter,8,2,enter,2,2,enter",
	"chevron-fine-syringe":   "enter,dn*2,enter,dn*2,enter,UP*20,enter,UP*106,enter,start",
	"fivekey-wrap":           "enter,enter,right,enter,enter,left,up*8,right,up*2,enter,up*5",
	"digitpairs-syringe":     "enter,dn*2,enter,dn*2,enter,enter,up2*2,enter,next,up1*5,enter,up2*3,enter,start",
	"dial-touch":             "row 1,row 1,dial+*8,dial,dial,dial+*10,dial,dial+*52",
	"touch-tablet":           "row 1,row 1,D,O,row 2,enter,8,2,enter,5",
	"keypad-silent-decimals": "enter,enter,3*4,enter,enter,8,2,enter,5,.,1,2,5,7",
	"form-silent-discard":    "enter,enter,DN,enter,enter,UP*82,next",
	"pca-handset":            "enter,enter,6,enter,wait:1s,enter,1,enter,8,enter,0,.,5,enter,2,enter,8,enter,2,4,enter,start,demand",
	"slider-touch":           "enter,enter,dn*8,enter,enter,slider@41%,enter,slider@68%",
	"two-channel":            "enter,dn,enter,dn,enter,1,0,0,enter,5,0,0,enter,start,secondary,enter,2,0,0,enter,1,0,0,enter,start",
	"vendor-example":         "OK,OK,3*4,OK,OK,8,2,OK,5,OK,2,5,0,OK,START",
}

func atWork(m pumpmodel.Machine) (pumpmodel.State, error) {
	s := m.Start()
	for _, word := range strings.Split(work[m.Info().Name], ",") {
		var err error
		if word == "" {
			continue
		}
		if s, _, err = pressWord(m, s, word); err != nil {
			return nil, err
		}
	}
	return s, nil
}

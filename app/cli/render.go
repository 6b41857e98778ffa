package cli

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"

	"pumplab/app/face/draw"
	"pumplab/pumpmodel/engine"
)

type designRenderCmd struct {
	Name     string   `arg:"" words:"designs" help:"Design (built in, or its folder)."`
	Press    []string `help:"What is done before the picture, as in design press (repeatable, or separated by commas)." placeholder:"KEY"`
	Held     []string `help:"Control drawn held down (repeatable)." placeholder:"KEY"`
	Outlines bool     `help:"Draw the place, name and size in mm of every control, display and lamp over it."`
	Out      string   `required:"" short:"o" help:"Picture to write: .png or .svg." placeholder:"FILE"`
	Scale    int      `default:"4" help:"Pixels a millimetre of a PNG, 1 to 20."`
	Library  string   `help:"Drug library (built in, or its file); one that fits the pump if none is given." placeholder:"FILE"`
}

// Help is shown by --help.
func (*designRenderCmd) Help() string {
	return "Examples:\n  pumplab design render keypad-wizard --press enter,enter,3*4,enter,enter,8,2 --out weight.png\n" +
		"  pumplab design render my-pump --outlines --out zones.png    # do the zones fit the picture?"
}

type rendered struct {
	Design string `json:"design"`
	Out    string `json:"out"`
	Bytes  int    `json:"bytes"`
	Screen string `json:"screen"`
	Width  int    `json:"width,omitempty"` // pixels, of a PNG
	Height int    `json:"height,omitempty"`
}

// Run draws the instrument after the given presses. No window is needed.
func (c *designRenderCmd) Run(x *Context) error {
	ext := strings.ToLower(filepath.Ext(c.Out))
	if ext != ".png" && ext != ".svg" {
		return fmt.Errorf("write picture %s: the name must end with .png or .svg", c.Out)
	}
	if c.Scale < 1 || c.Scale > 20 {
		return errors.New("draw picture: --scale must be 1 to 20 pixels a millimetre")
	}
	d, err := loadDesign(x, c.Name)
	if err != nil {
		return err
	}
	lib, err := libraryFor(x, c.Library, c.Name, d)
	if err != nil {
		return err
	}
	m, err := engine.New(d, lib)
	if err != nil {
		return err
	}
	s := m.Start()
	for _, word := range c.Press {
		if s, _, err = pressWord(m, s, word); err != nil {
			return err
		}
	}
	show := m.Show(s)
	out := rendered{Design: d.Name, Out: c.Out, Screen: show.Screen}
	var data bytes.Buffer
	vector, pixels := draw.SVG, draw.Render
	if c.Outlines {
		vector, pixels = draw.SVGOutlined, draw.Outlined
	}
	if ext == ".svg" {
		err = vector(&data, d, show, c.Held...)
	} else {
		img := pixels(d, show, float64(c.Scale), c.Held...)
		out.Width, out.Height = img.Rect.Dx(), img.Rect.Dy()
		err = png.Encode(&data, img)
	}
	if err != nil {
		return fmt.Errorf("draw picture %s: %w", c.Out, err)
	}
	if err := os.WriteFile(c.Out, data.Bytes(), 0o644); err != nil {
		return err
	}
	out.Bytes = data.Len()
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %s, screen %s, %d kB\n", c.Out, d.Title, out.Screen, (out.Bytes+999)/1000)
	})
}

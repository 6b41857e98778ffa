package plots_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"pumplab/analysis/plots"
)

func percent(v float64) string { return fmt.Sprintf("%.0f %%", 100*v) }

func rates() plots.Forest {
	return plots.Forest{
		XLabel: "tasks with an error left in place", FromZero: true, Format: percent, Note: "24 people, 432 tasks",
		Rows: []plots.Row{
			{Label: "keypad-wizard, quiet", Value: 0.04, Low: 0.02, High: 0.08, Series: 0, Text: "4.0 % (2.1 to 8.0)"},
			{Label: "interrupted", Value: 0.09, Low: 0.05, High: 0.14, Series: 0, Text: "9.0 % (5.2 to 14.1)"},
			{Gap: true},
			{Label: "chevron-form, quiet", Value: 0.01, Low: 0.002, High: 0.04, Series: 1, Text: "1.0 % (0.2 to 4.1)"},
			{Label: "interrupted", Value: 0.03, Low: 0.01, High: 0.06, Series: 1, Text: "3.0 % (1.1 to 6.0)"},
		},
	}
}

// wellFormed fails unless svg is XML whose every number is finite.
func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("figure is no XML: %v", err)
		}
	}
	if strings.Contains(string(svg), "NaN") || strings.Contains(string(svg), "Inf") {
		t.Error("figure holds a number that is none")
	}
	if dir := os.Getenv("PLOTS_OUT"); dir != "" {
		name := strings.ReplaceAll(t.Name(), "/", "_") + ".svg"
		if err := os.WriteFile(dir+"/"+name, svg, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestForestShowsEveryEstimateWithItsText(t *testing.T) {
	svg, err := plots.SVG(rates())
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, svg)
	for _, want := range []string{"keypad-wizard", "interrupted", "4.0 % (2.1 to 8.0)", "24 people, 432 tasks", "tasks with an error left in place"} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("figure lacks %q", want)
		}
	}
}

func TestForestOnALogarithmicAxisWithPoints(t *testing.T) {
	f := plots.Forest{
		XLabel: "seconds", Log: true,
		Rows: []plots.Row{
			{Label: "a", Value: 32, Low: 28, High: 37, Text: "32 s", Points: []float64{20, 25, 33, 41, 60}},
			{Label: "b", Value: 55, Low: 50, High: 61, Series: 1, Text: "55 s", Points: []float64{40, 45, 53, 71, 90}},
		},
	}
	svg, err := plots.SVG(f)
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, svg)
}

func TestForestSurvivesWhatDataCanBe(t *testing.T) {
	nan := math.NaN()
	for name, rows := range map[string][]plots.Row{
		"nothing":      nil,
		"all zero":     {{Label: "a", Value: 0, Low: 0, High: 0}},
		"no interval":  {{Label: "a", Value: 0.5, Low: nan, High: nan}},
		"one gap":      {{Label: "a", Gap: true}},
		"equal values": {{Label: "a", Value: 1, Low: 1, High: 1}, {Label: "b", Value: 1, Low: 1, High: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			svg, err := plots.SVG(plots.Forest{Rows: rows, FromZero: true})
			if err != nil {
				t.Fatal(err)
			}
			wellFormed(t, svg)
		})
	}
}

func TestStackNamesItsParts(t *testing.T) {
	s := plots.Stack{
		Rows: []string{"keypad-wizard", "chevron-form"}, Parts: []string{"correct", "corrected", "caught", "undetected"},
		Shares: [][]float64{{0.8, 0.1, 0.05, 0.05}, {0.9, 0.07, 0.02, 0.01}},
		Tints:  []plots.Tint{{0x1E, 0x6B, 0x34}, {0x7F, 0xB3, 0x8F}, {0xE6, 0x9F, 0x00}, {0xB3, 0x26, 0x1E}},
		Note:   "24 people",
	}
	svg, err := plots.SVG(s)
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, svg)
	for _, want := range s.Parts {
		if !strings.Contains(string(svg), want) {
			t.Errorf("figure lacks %q", want)
		}
	}
}

func TestColoursAreOkabeIto(t *testing.T) {
	// Okabe & Ito 2008; shared/look.md gives the order.
	want := []string{"#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000"}
	for i, w := range want {
		if got := plots.Hex(i); got != w {
			t.Errorf("colour %d is %s, want %s", i, got, w)
		}
	}
}

// On a screen a figure is the picture of the file: as large as the pixels to the inch make it, ink on white paper.
func TestAFigureIsAPictureToo(t *testing.T) {
	for _, dpi := range []int{96, 192} {
		img := plots.Image(rates(), dpi)
		if w := img.Bounds().Dx(); w < dpi*69/10-2 || w > dpi*69/10+2 {
			t.Errorf("%d pixels wide at %d to the inch, want %d", w, dpi, dpi*69/10)
		}
		inked := 0
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				if r, g, b, a := img.At(x, y).RGBA(); a != 0xffff {
					t.Fatalf("the paper is not opaque at %d, %d", x, y)
				} else if r+g+b < 3*0xc000 {
					inked++
				}
			}
		}
		if share := float64(inked) / float64(img.Bounds().Dx()*img.Bounds().Dy()); share < 0.005 || share > 0.2 {
			t.Errorf("%.3f of the picture is ink", share)
		}
	}
}

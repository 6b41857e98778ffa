package charts_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"pumplab/app/charts"
	"pumplab/app/look"
)

func TestAnIntervalLiesWhereTheAxisSays(t *testing.T) {
	test.NewTempApp(t)
	blue := color.NRGBA{0, 0x72, 0xB2, 255}
	c := charts.NewIntervals([]charts.Row{
		{Label: "a", Estimate: 0.1, Low: 0.05, High: 0.2, Colour: blue, Marker: look.Disc},
		{Label: "b", Estimate: 0, Low: 0, High: 0.4, Colour: blue, Marker: look.Square},
	}, "share", charts.Percent)
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(900, 300))
	at := map[string]float32{} // middle of each label of the axis
	var disc *canvas.Circle
	var spans []*canvas.Line
	for _, o := range test.WidgetRenderer(c).Objects() {
		switch o := o.(type) {
		case *canvas.Text:
			at[o.Text] = o.Position().X + o.Size().Width/2
		case *canvas.Circle:
			disc = o
		case *canvas.Line:
			if o.StrokeColor == blue && o.Position1.Y == o.Position2.Y {
				spans = append(spans, o)
			}
		}
	}
	if _, ok := at["0 %"]; !ok {
		t.Fatalf("the axis does not begin at zero: %v", at)
	}
	ten := at["0 %"] + (at["40 %"]-at["0 %"])/4
	if got := disc.Position().X + disc.Size().Width/2; got < ten-1 || got > ten+1 {
		t.Errorf("the estimate 10 %% lies at %.1f, the axis has it at %.1f", got, ten)
	}
	if len(spans) != 2 || spans[1].Position2.X < at["40 %"]-1 || spans[1].Position2.X > at["40 %"]+1 {
		t.Errorf("the interval to 40 %% ends elsewhere than at %.1f: %d lines", at["40 %"], len(spans))
	}
}

func TestTicksAreWrittenAsTheyAre(t *testing.T) {
	for v, want := range map[float64]string{0: "0 %", 0.025: "2.5 %", 0.05: "5 %", 0.075: "7.5 %", 0.0025: "0.25 %", 0.3: "30 %"} {
		if got := charts.Percent(v); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
}

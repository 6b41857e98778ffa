package face_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"pumplab/app/capture"
	"pumplab/app/face"
	"pumplab/pumpmodel"
)

func TestADialIsTurnedByWheelRimAndKeyboardAndPressedOnItsCap(t *testing.T) {
	test.NewTempApp(t)
	d, m := built(t, "dial-touch")
	var got []pumpmodel.Event
	p := face.NewPump(d, 96/25.4, still{}, func(in face.Input) { got = append(got, in.Event) })
	p.Set(m.Show(m.Start()))
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(900, 600))
	at, ok := p.Place("dial")
	if !ok {
		t.Fatal("no dial")
	}
	test.Scroll(w.Canvas(), at, 0, -50)
	rim := at.AddXY(0, -80)
	p.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: rim}, Button: desktop.MouseButtonPrimary})
	p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(80, 0)}}) // a quarter: six detents
	p.DragEnd()
	p.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: rim}, Button: desktop.MouseButtonPrimary})
	p.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	p.KeyDown(fyne.KeyUp, capture.Stamp{})
	p.KeyUp(fyne.KeyUp, capture.Stamp{})
	want := []pumpmodel.Event{
		{Kind: pumpmodel.Turn, Control: "dial", N: -2},
		{Kind: pumpmodel.Turn, Control: "dial", N: 6},
		pumpmodel.Press("dial"),
		pumpmodel.Press("dial+"),
		pumpmodel.Release("dial+"),
	}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("event %d: %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestATouchKeyIsThereOnlyWhileItIsDrawn(t *testing.T) {
	test.NewTempApp(t)
	d, m := built(t, "touch-tablet")
	var got []face.Input
	p := face.NewPump(d, 96/25.4, still{}, func(in face.Input) { got = append(got, in) })
	p.Set(m.Show(m.Start()))
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(1000, 700))
	click := func(control string) {
		at, _ := p.Place(control)
		e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary}
		p.MouseDown(e)
		p.MouseUp(e)
	}
	click("start")
	if len(got) != 1 || !got[0].Stray {
		t.Errorf("a click where no key is drawn: %+v", got)
	}
	got = nil
	if click("row 1"); len(got) != 2 || got[0].Event != pumpmodel.Press("row 1") {
		t.Errorf("a click on a row: %+v", got)
	}
}

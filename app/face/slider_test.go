package face_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"pumplab/app/face"
	"pumplab/pumpmodel"
)

// The slider of slider-touch is 140 mm long; its weight goes from 0 to 200 kg.
func TestASliderFollowsTheFingerAndTakesItsValueWhenItIsLetGo(t *testing.T) {
	test.NewTempApp(t)
	d, m := built(t, "slider-touch")
	s := m.Start()
	keys := []string{"enter", "enter", "dn", "dn", "dn", "dn", "dn", "dn", "dn", "dn", "enter", "enter"}
	for _, k := range keys {
		s, _ = m.Step(s, pumpmodel.Press(k))
		s, _ = m.Step(s, pumpmodel.Release(k))
	}
	var got []pumpmodel.Event
	p := face.NewPump(d, 96/25.4, still{}, func(in face.Input) {
		got = append(got, in.Event)
		s, _ = m.Step(s, in.Event)
	})
	p.Set(m.Show(s))
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(1000, 700))
	at, ok := p.Place("slider")
	if !ok {
		t.Fatal("no slider")
	}
	p.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(40, 3)}})
	p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(4000, 3)}}) // past its end
	before, _ := m.Show(s).ActiveField()
	p.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	if len(got) != 4 || got[0].Kind != pumpmodel.Touch || got[0].N != 0 || got[1].N != 1 || got[1].X <= got[0].X || got[3] != pumpmodel.Release("slider") {
		t.Fatalf("%+v", got)
	}
	after, _ := m.Show(s).ActiveField()
	if before.Text != "200" || after.Text != "200" || after.Name != "weight" {
		t.Errorf("%+v, then %+v", before, after)
	}
}

package face_test

import (
	"testing"

	"pumplab/app/face"
	"pumplab/pumpmodel"
)

func TestPicturesOfEveryKindOfScreen(t *testing.T) {
	pages := map[string]pumpmodel.Display{
		"enter": entryPage(), "form": formPage(), "list": listPage(), "running": runningPage(),
		"banner": alertPage("banner", "soft"), "full": alertPage("full-screen", "hard"),
	}
	for _, kind := range []string{"lcd", "oled", "paper"} {
		for name, show := range pages {
			img := face.Render(keypad(kind), show, scale(), "5", "stop")
			dark := face.Render(keypad(kind), pumpmodel.Display{}, scale())
			if img.Bounds() != dark.Bounds() {
				t.Fatalf("%s %s: size %v, dark %v", kind, name, img.Bounds(), dark.Bounds())
			}
			write(t, kind+"-"+name, img)
		}
	}
}

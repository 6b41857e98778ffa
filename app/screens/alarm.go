package screens

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pumplab/app/parts"
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/delivery"
)

// alarmTall is the bar's least height.
const alarmTall = 36

// alarmBar is another pump's alarm at the upper edge of the screen: its lamp flashes as the priority's does, its text says what it is.
type alarmBar struct {
	root *fyne.Container
	sign pumpmodel.Lamp
	lamp *canvas.Rectangle
	lit  bool
}

// lampColours are the colours of alarm lamps, lit.
var lampColours = map[string]color.NRGBA{"red": rgb(0xE5372C), "yellow": rgb(0xF2C230), "cyan": rgb(0x35BFD0)}

// unlit is a lamp that is dark.
var unlit = rgb(0x3A424B)

func newAlarmBar(priority, text string, silence fyne.CanvasObject) *alarmBar {
	b := &alarmBar{lit: true}
	b.sign, _ = delivery.Signal(delivery.Priority(priority))
	housing := canvas.NewRectangle(rgb(0x14181D))
	b.lamp = canvas.NewRectangle(lampColours[b.sign.Colour])
	b.lamp.CornerRadius = 3
	marks := map[string]string{"high": "!!!", "medium": "!!", "low": "!"}[priority]
	words := line(text, rgb(0xF4F7FA), 15, true)
	row := container.NewHBox(
		container.NewCenter(parts.Sized(container.NewStack(b.lamp), fyne.NewSize(92, 20))),
		parts.Gap(6), container.NewCenter(line(marks, lampColours[b.sign.Colour], 17, true)),
		parts.Gap(4), container.NewCenter(words), layout.NewSpacer(), parts.Wide(silence, 150))
	bar := container.NewStack(housing, container.New(layout.NewCustomPaddedLayout(2, 2, 24, 24), row))
	b.root = container.NewBorder(container.NewBorder(nil, nil, gapWide(372), nil, tall(bar, alarmTall)), nil, nil, nil) // the order stays whole
	return b
}

// tick lets the lamp flash; Flash is in thousandths of a hertz, Duty the lit share in per cent.
func (b *alarmBar) tick(at time.Duration) {
	lit := true
	if b.sign.Flash > 0 {
		period := 1000 * time.Second / time.Duration(b.sign.Flash)
		lit = at%period < period*time.Duration(b.sign.Duty)/100
	}
	if lit == b.lit {
		return
	}
	b.lit = lit
	b.lamp.FillColor = unlit
	if lit {
		b.lamp.FillColor = lampColours[b.sign.Colour]
	}
	b.lamp.Refresh()
}

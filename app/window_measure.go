//go:build !headless

package main

import (
	"context"
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pumplab/app/capture"
	"pumplab/app/look"
	"pumplab/app/parts"
	"pumplab/app/sound"
)

// measure opens a window for a while and measures the clock, the input and the screen of this machine. Without a display it
// measures the clock alone.
func measure(ctx context.Context, span time.Duration) (capture.Quality, error) {
	if err := noDisplay(); err != nil {
		q := capture.CheckClock(ctx, span)
		q.Notes = append(q.Notes, "input, frames and screen were not measured: there is no display")
		return q, nil
	}
	a := app.NewWithID("pumplab.timing")
	a.Settings().SetTheme(look.Light())
	w := a.NewWindow("Pump Lab · timing")
	w.SetMaster()
	in := newInput()
	light := color.NRGBA{225, 230, 236, 255}
	patch := canvas.NewRectangle(light)
	words := parts.Column(look.Grid,
		look.Line("Measuring this computer's clock, input and screen", look.Ink, look.Heading, true),
		look.Line("Please leave keyboard, mouse and this window alone until it closes.", look.Ink, look.Text, false))
	w.SetContent(in.Around(w, container.NewStack(parts.Inset(container.NewBorder(words, nil, nil, nil,
		container.NewHBox(parts.Sized(patch, fyne.NewSize(160, 160)), layout.NewSpacer())), 3*look.Grid))))
	in.Visible = patch
	w.Resize(fyne.NewSize(640, 360))
	var q capture.Quality
	stop := func() {}
	a.Lifecycle().SetOnStarted(func() {
		stop = in.Start()
		w.RequestFocus()
		in.Check(ctx, w, span, func() {
			if patch.FillColor == light {
				patch.FillColor = color.NRGBA{30, 60, 90, 255}
			} else {
				patch.FillColor = light
			}
			patch.Refresh()
		}, func(found capture.Quality) {
			q = found
			stop()
			w.Close()
		})
	})
	w.SetCloseIntercept(func() { stop(); w.Close() })
	w.ShowAndRun()
	q.Sound = soundName()
	return q, nil
}

// soundName says whether there is a sound card.
func soundName() string {
	if _, err := sound.Open(); err != nil {
		return strings.TrimPrefix(err.Error(), "open the sound card: ")
	}
	return "found"
}

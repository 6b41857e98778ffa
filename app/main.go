// Pumplab is a usability laboratory for infusion-pump interfaces: a window, and commands beside it.
package main

import (
	"context"
	"os"
	"os/signal"

	"pumplab/app/cli"
	"pumplab/assets"
)

// version is set by the release build; a build from a checkout says so.
var version = "0.1"

func main() {
	// The first interrupt asks long work to end in order; a second one ends the program at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	x := &cli.Context{
		Measure: measure,
		Context: ctx, In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Version: version,
		Assets: cli.Assets{
			Designs: assets.Designs, Libraries: assets.Libraries, Studies: assets.Studies,
			Questionnaires: assets.Questionnaires, Texts: assets.Texts,
		},
	}
	os.Exit(cli.Run(os.Args[1:], x, openWindow))
}

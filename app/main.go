// Pumplab is a usability laboratory for infusion-pump interfaces: a window, and commands beside it.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"

	"pumplab/app/cli"
	"pumplab/assets"
)

// release is the number people know a version by.
const release = "0.1"

// version names the program in journals and reports: the release and, of a build from a checkout, the commit it was made of, because
// a recording replays with the program that made it.
var version = versionOf(debug.ReadBuildInfo())

func versionOf(info *debug.BuildInfo, ok bool) string {
	if !ok {
		return release
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	commit := set["vcs.revision"]
	if commit == "" {
		return release
	}
	v := release + "+" + commit[:min(9, len(commit))]
	if set["vcs.modified"] == "true" {
		v += ".changed"
	}
	return v
}

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

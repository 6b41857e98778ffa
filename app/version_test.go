package main

import (
	"runtime/debug"
	"testing"
)

// A recording replays with the program that made it, so builds of different commits must not call themselves the same.
func TestAVersionNamesTheCommitItWasBuiltFrom(t *testing.T) {
	built := func(settings ...debug.BuildSetting) *debug.BuildInfo { return &debug.BuildInfo{Settings: settings} }
	commit := debug.BuildSetting{Key: "vcs.revision", Value: "47408f4a1b2c3d4e5f"}
	for _, c := range []struct {
		info *debug.BuildInfo
		want string
	}{
		{nil, release},
		{built(), release},
		{built(commit, debug.BuildSetting{Key: "vcs.modified", Value: "false"}), release + "+47408f4a1"},
		{built(commit, debug.BuildSetting{Key: "vcs.modified", Value: "true"}), release + "+47408f4a1.changed"},
	} {
		if got := versionOf(c.info, c.info != nil); got != c.want {
			t.Errorf("version %q, want %q", got, c.want)
		}
	}
}

package protocol_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"pumplab/assets"
	"pumplab/studies/protocol"
)

// A study file that names an infusion a design does not have, or a second order that does not fit the first, is told so at its place.
func TestAnOrderForChannelsIsHeldAgainstTheDesign(t *testing.T) {
	for _, c := range []struct{ study, old, new, want string }{
		{"channels", "channel: A secondary", "channel: C", `it is for channel "C", which design two-channel does not have`},
		{"channels", "channel: A secondary", "channel: A", "second: it is for channel A, as the first order is"},
		{"channels", "channel: A secondary, ", "", "which infusion it is must be said"},
		{"channels", "second: {area: General ward", "second: {area: Adult ICU", "the pump has one care area"},
		{"channels", "channel: A, drug: 0.9 %", "drug: 0.9 %", "design two-channel has channels A and B: say which"},
		{"channels", "drug: ceFAZolin, concentration: 2 g/100 mL", "drug: 0.45 % sodium chloride", "is not given as a secondary infusion"},
		{"pca", "pca dose: 1 mg,", "pca dose: 6 mg,", "pca dose 6 mg is above the hard limit of"},
		{"pca", "pca dose: 1 mg, lockout: 8 min,", "pca dose: 1 mg,", "lockout is missing"},
		{"pca", "pca dose: 1 mg,", "pca dose: 1 mcg,", "is not in mcg"},
	} {
		files, err := protocol.Template(protocol.Sources{
			Studies: assets.Studies(), Designs: assets.Designs(), Libraries: assets.Libraries(), Questionnaires: assets.Questionnaires(),
		}, c.study)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(files["study.yaml"]), c.old, c.new, 1)
		if text == string(files["study.yaml"]) {
			t.Fatalf("%q is not in the study", c.old)
		}
		fsys := fstest.MapFS{}
		for name, data := range files {
			fsys[name] = &fstest.MapFile{Data: data}
		}
		fsys["study.yaml"] = &fstest.MapFile{Data: []byte(text)}
		if _, err := protocol.Load(fs.FS(fsys)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s for %s:\n%v\nwant %s", c.new, c.old, err, c.want)
		}
	}
}

package design_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"pumplab/pumpmodel/design"
)

// small is a PNG of one pixel whose header says another size.
func small(t testing.TB, width, height uint32) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes() // 8 bytes of signature, 4 of length, IHDR, width, height, 5 more, checksum
	binary.BigEndian.PutUint32(data[16:], width)
	binary.BigEndian.PutUint32(data[20:], height)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

func TestAPictureIsJudgedByItsHeaderBeforeItIsUnpacked(t *testing.T) {
	text := strings.Replace(mustSource(t, "chevron-form"), "face:", "face:\n  picture: front.png", 1)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"one pixel":      {small(t, 1, 1), ""},
		"100,000 pixels": {small(t, 100_000, 100_000), "has 100000 x 100000 pixels, at most 8000 a side are read"},
		"no picture":     {[]byte("<svg/>"), "is not a PNG or JPEG"},
		"nothing":        {nil, "is not a PNG or JPEG"},
	} {
		d, err := design.Load(fstest.MapFS{"x/design.yaml": {Data: []byte(text)}, "x/front.png": {Data: c.data}}, "x")
		switch {
		case c.want == "" && (err != nil || len(d.Face.Image) != len(c.data)):
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

// A picture that does not have the face's proportions is stretched, and zones measured on it lie beside the keys.
func TestAPictureOfOtherProportionsThanTheFaceIsAFinding(t *testing.T) {
	text := strings.Replace(mustSource(t, "chevron-form"), "face:", "face:\n  picture: front.png", 1) // 210 x 130 mm
	for _, c := range []struct {
		width, height uint32
		want          string
	}{
		{1050, 650, ""},
		{1050, 640, ""}, // 1.6 % off
		{1050, 660, ""},
		{1050, 630, "write size: 210 x 126 mm"}, // 3.2 % off
		{1000, 1000, "has 1000 x 1000 pixels, which are not the proportions of size 210 x 130 mm"},
	} {
		d, err := design.Load(fstest.MapFS{"x/design.yaml": {Data: []byte(text)}, "x/front.png": {Data: small(t, c.width, c.height)}}, "x")
		if err != nil {
			t.Fatal(err)
		}
		found := ""
		for _, f := range d.Lint() {
			if f.Rule == "picture-proportions" {
				found = f.What
				if f.Line != 8 || f.Col != 12 {
					t.Errorf("the finding is at %d:%d", f.Line, f.Col)
				}
			}
		}
		if (found != "") != (c.want != "") || !strings.Contains(found, c.want) {
			t.Errorf("%d x %d: %q, want %q", c.width, c.height, found, c.want)
		}
	}
}

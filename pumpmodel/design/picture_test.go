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

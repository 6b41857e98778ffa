package design_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io/fs"
	"strconv"
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

// inside is a file system that fails the test when anything outside one folder is opened.
type inside struct {
	fstest.MapFS
	t   *testing.T
	dir string
}

// Open fails on what lies outside.
func (i inside) Open(name string) (fs.File, error) {
	if name != i.dir && !strings.HasPrefix(name, i.dir+"/") {
		i.t.Errorf("%s was opened", name)
	}
	return i.MapFS.Open(name)
}

// FuzzPicture: whatever name and bytes a front panel's picture has, nothing outside the design's folder is opened, and a picture that
// is taken is one that can be drawn.
func FuzzPicture(f *testing.F) {
	f.Add("front.png", small(f, 1, 1))
	f.Add("front.png", small(f, 100_000, 100_000))
	f.Add("../secret.png", []byte("x"))
	f.Add("/etc/passwd", []byte{})
	f.Add(`..\secret.png`, []byte("\xff\xd8\xff"))
	f.Add("design.yaml", []byte("GIF89a"))
	f.Add("link.png", []byte("x"))
	f.Add(".", []byte("x"))
	f.Add("x/../front.png", []byte("x"))
	source := mustSource(f, "chevron-form")
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		files := fstest.MapFS{
			"x/design.yaml": {Data: []byte(strings.Replace(source, "face:", "face:\n  picture: "+strconv.Quote(name), 1))},
			"secret.png":    {Data: small(t, 1, 1)},
			"x/link.png":    {Data: []byte("../secret.png"), Mode: fs.ModeSymlink | 0o777},
		}
		if fs.ValidPath(name) && name != "." && name != design.File && name != "link.png" && !strings.HasPrefix(name, design.File+"/") {
			files["x/"+name] = &fstest.MapFile{Data: data}
		}
		d, err := design.Load(inside{files, t, "x"}, "x")
		if err == nil && d.Face.Picture != "" {
			size, _, err := image.DecodeConfig(bytes.NewReader(d.Face.Image))
			if err != nil || size.Width > 8000 || size.Height > 8000 {
				t.Errorf("%q was taken: %+v %v", name, size, err)
			}
		}
	})
}

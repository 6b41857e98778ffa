package cli_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// Whatever a bundle from elsewhere is: it becomes a study whose folder checks, or is refused and leaves nothing behind; nothing is
// written beside its folder.
func FuzzUnpack(f *testing.F) {
	study, kit := mustStudy(f)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range kit.Files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(text)
		}
		if err != nil {
			f.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	sound := b.Bytes()
	f.Add(uint32(0), []byte{})
	for at := 0; at < len(sound); at += len(sound)/40 + 1 {
		f.Add(uint32(at), []byte("../"))
		f.Add(uint32(len(sound)-at/16-1), []byte{0xff, 0xff, 0xff, 0x7f})
	}
	folder := filepath.Dir(study)
	f.Fuzz(func(t *testing.T, at uint32, over []byte) {
		bad := append([]byte(nil), sound...)
		copy(bad[int(at)%len(bad):], over)
		around := filepath.Join(folder, "around")
		os.RemoveAll(around)
		bundle := filepath.Join(folder, "b.zip")
		if err := os.WriteFile(bundle, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(around, "copy")
		said, status := runStudy(t, "study", "unpack", bundle, to)
		found, _ := os.ReadDir(around)
		switch {
		case status == 0:
			if len(found) != 1 {
				t.Errorf("%d folders where one was asked for", len(found))
			}
			if said, status := runStudy(t, "study", "check", to); status != 0 {
				t.Errorf("unpacked, but %s", said)
			}
		case said == "":
			t.Error("refused without a word")
		case len(found) > 0:
			t.Errorf("refused, but %s is left", found[0].Name())
		}
	})
}

package cli_test

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// bundle is a zip file with a study of the template short, and more.
func mustBundle(t *testing.T, more func(*zip.Writer)) string {
	t.Helper()
	study, kit := mustStudy(t)
	path := filepath.Join(filepath.Dir(study), "b.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for name, b := range kit.Files {
		mustPut(t, z, &zip.FileHeader{Name: name, Method: zip.Deflate}, b)
	}
	more(z)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustPut(t *testing.T, z *zip.Writer, h *zip.FileHeader, b []byte) {
	t.Helper()
	w, err := z.CreateHeader(h)
	if err == nil {
		_, err = w.Write(b)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAPackedStudyIsTheStudyAgain(t *testing.T) {
	study, _ := mustDemo(t, "2")
	if err := os.MkdirAll(filepath.Join(study, "people"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(study, "people", "P01.age"), []byte("closed"), 0o600); err != nil {
		t.Fatal(err)
	}
	zipped, copied := filepath.Join(t.TempDir(), "s.zip"), filepath.Join(t.TempDir(), "copy")
	if out := mustRunStudy(t, nil, "study", "pack", study, "--out", zipped); !strings.Contains(out, "2 sessions") || !strings.Contains(out, "1 encrypted files") {
		t.Error(out)
	}
	if out, status := runStudy(t, "study", "pack", study, "--out", zipped); status != 2 || !strings.Contains(out, "is there already") {
		t.Errorf("packed over a file: %d %s", status, out)
	}
	if out := mustRunStudy(t, nil, "study", "unpack", zipped, copied); !strings.Contains(out, "2 sessions") {
		t.Error(out)
	}
	if a, b := mustRunStudy(t, nil, "outcomes", study), mustRunStudy(t, nil, "outcomes", copied); a != b {
		t.Errorf("the copy comes to\n%s\nwhere the study comes to\n%s", b, a)
	}
	mustRunStudy(t, nil, "verify", copied)
	if _, err := os.Stat(filepath.Join(copied, "people")); err == nil {
		t.Error("what identifies people is in the bundle")
	}
	if out, status := runStudy(t, "study", "unpack", zipped, copied); status != 2 || !strings.Contains(out, "is not empty") {
		t.Errorf("unpacked over a study: %d %s", status, out)
	}
	empty := filepath.Join(t.TempDir(), "e.zip")
	if out := mustRunStudy(t, nil, "study", "pack", study, "--out", empty, "--without-data"); !strings.Contains(out, " 0 sessions") {
		t.Error(out)
	}
}

// Whatever a bundle from elsewhere holds: it is refused in a sentence and leaves nothing behind, in its folder or outside.
func TestHostileBundlesLeaveNothingBehind(t *testing.T) {
	put := func(name string, b []byte) func(*zip.Writer) {
		return func(z *zip.Writer) { mustPut(t, z, &zip.FileHeader{Name: name, Method: zip.Deflate}, b) }
	}
	link := func(z *zip.Writer) {
		h := &zip.FileHeader{Name: "media/link"}
		h.SetMode(fs.ModeSymlink | 0o777)
		mustPut(t, z, h, []byte("/etc/passwd"))
	}
	many := func(z *zip.Writer) {
		for i := range 10_050 {
			put(filepath.Join("media", strings.Repeat("a", i%7+1), string(rune('a'+i%26)), strings.Repeat("b", i/26%200+1)+strings.Repeat("c", i/5200)), nil)(z)
		}
	}
	lies := func(z *zip.Writer) { // says 1 byte and holds more
		w, err := z.CreateRaw(&zip.FileHeader{Name: "media/lies", Method: zip.Store, CompressedSize64: 23, UncompressedSize64: 1})
		if err == nil {
			_, err = w.Write([]byte("much more than one byte"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		more func(*zip.Writer)
		want string
	}{
		"up":             {put("../outside", []byte("x")), "leads out"},
		"up inside":      {put("designs/../../outside", []byte("x")), "leads out"},
		"absolute":       {put("/tmp/pumplab-outside", []byte("x")), "leads out"},
		"drive":          {put("C:evil", []byte("x")), "leads out"},
		"backslash":      {put(`designs\..\..\outside`, []byte("x")), "leads out"},
		"link":           {link, "is a link"},
		"twice":          {put("Study.yaml", []byte("x")), "one file on some computers"},
		"hidden":         {put(".bashrc", []byte("x")), "hidden"},
		"device":         {put("media/NUL.txt", []byte("x")), "means something else"},
		"write-ahead":    {put("study.db-wal", []byte("x")), "does not belong"},
		"journal":        {put("study.db-journal", []byte("x")), "does not belong"},
		"lock":           {put("study.lock", []byte("x")), "does not belong"},
		"people":         {put("people/P01.age", []byte("x")), "does not belong"},
		"file as folder": {put("study.yaml/x", []byte("x")), "a file and a folder"},
		"bomb":           {put("study.db", make([]byte, 400<<20)), "that is no study"},
		"large":          {put("media/large", make([]byte, 65<<20)), "more than"},
		"many":           {many, "a study has at most"},
		"lies":           {lies, "media/lies"},
		"no database":    {put("study.db", []byte(strings.Repeat("no database ", 100))), "open study database"},
	} {
		t.Run(name, func(t *testing.T) {
			path := mustBundle(t, c.more)
			around := t.TempDir()
			out, status := runStudy(t, "study", "unpack", path, filepath.Join(around, "in", "copy"))
			if status != 2 || !strings.Contains(out, c.want) {
				t.Errorf("status %d: %s, want %q", status, out, c.want)
			}
			left := 0
			filepath.WalkDir(around, func(p string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					left++
					t.Errorf("%s is left", p)
				}
				return nil
			})
			if _, err := os.Lstat("/tmp/pumplab-outside"); err == nil {
				t.Error("a file was written outside")
			}
		})
	}
}

// A study folder whose parts lead elsewhere is not read beyond itself.
func TestLinksOutOfAStudyFolderAreNotFollowed(t *testing.T) {
	for _, name := range []string{"designs", "libraries", "study.yaml"} {
		study, _ := mustStudy(t)
		elsewhere := filepath.Join(t.TempDir(), "elsewhere")
		if err := os.Rename(filepath.Join(study, name), elsewhere); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(elsewhere, filepath.Join(study, name)); err != nil {
			t.Fatal(err)
		}
		if out, status := runStudy(t, "study", "check", study); status == 0 {
			t.Errorf("%s was read through a link: %s", name, out)
		}
	}
}

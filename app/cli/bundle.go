package cli

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"pumplab/studies/identity"
	"pumplab/studies/protocol"
	"pumplab/studies/sqlite"
)

// What a bundle may hold at most: far more than a study needs, far less than a computer has.
const (
	bundleFiles  = 10_000
	bundleFile   = 64 << 20 // of one file that is not the database
	bundleAll    = 1 << 30  // of all of them
	bundleData   = 64 << 30 // of the database
	bundleGrowth = 200      // times the size of the zip file; texts and databases shrink to a tenth, a bomb to a thousandth
)

// checkBundle says why a bundle is refused before anything of it is written, or returns the names of its files.
func checkBundle(files []*zip.File, size int64) (names []string, err error) {
	if len(files) > bundleFiles {
		return nil, fmt.Errorf("it holds %d files, a study has at most %d", len(files), bundleFiles)
	}
	seen := map[string]string{}
	var all, total uint64
	for _, f := range files {
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 { // folders are made as they are needed
			continue
		}
		if err := checkEntry(f); err != nil {
			return nil, err
		}
		low := strings.ToLower(f.Name)
		if other, twice := seen[low]; twice {
			return nil, fmt.Errorf("it holds %s and %s, which are one file on some computers", other, f.Name)
		}
		seen[low] = f.Name
		total += f.UncompressedSize64
		if f.Name != sqlite.FileName {
			all += f.UncompressedSize64
		}
		names = append(names, f.Name)
	}
	if all > bundleAll || total > uint64(max(size, 1<<20))*bundleGrowth {
		return nil, fmt.Errorf("its %d bytes would become %d: that is no study", size, total)
	}
	for name := range seen {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, file := seen[dir]; file {
				return nil, fmt.Errorf("%s is a file and a folder in it", seen[dir])
			}
		}
	}
	if !slices.Contains(names, protocol.File) {
		return nil, fmt.Errorf("it holds no %s", protocol.File)
	}
	slices.Sort(names)
	return names, nil
}

// checkEntry says what is wrong with one file of a bundle.
func checkEntry(f *zip.File) error {
	name := f.Name
	most := uint64(bundleFile)
	if name == sqlite.FileName {
		most = bundleData
	}
	switch {
	case !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\\:\x00<>|?*\"") || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return fmt.Errorf("the path %q leads out of the folder or is no path on some computers", name)
	case !f.Mode().IsRegular():
		return fmt.Errorf("%s is a link or a device, not a file", name)
	case f.UncompressedSize64 > most:
		return fmt.Errorf("%s would be %d bytes long, more than the %d that a study needs", name, f.UncompressedSize64, most)
	case f.Flags&1 != 0:
		return fmt.Errorf("%s is encrypted", name)
	}
	for part := range strings.SplitSeq(name, "/") {
		stem, _, _ := strings.Cut(strings.ToLower(part), ".")
		if strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || slices.Contains(devices, stem) {
			return fmt.Errorf("the name %q is hidden or means something else on some computers", name)
		}
	}
	low := strings.ToLower(name)
	if low == sqlite.HoldName || low != sqlite.FileName && strings.HasPrefix(low, sqlite.FileName) || strings.HasPrefix(low, identity.Folder+"/") {
		return fmt.Errorf("%s does not belong into a bundle", name)
	}
	return nil
}

// devices are names that are no files on Windows.
var devices = strings.Fields("con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9")

// extract writes the files of a checked bundle into a folder that is new. No path leads out of it, no file is written twice, and none
// becomes longer than it said.
func extract(files []*zip.File, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range files {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if err := extractFile(root, f); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

func extractFile(root *os.Root, f *zip.File) error {
	if err := root.MkdirAll(path.Dir(f.Name), 0o755); err != nil {
		return err
	}
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := root.OpenFile(f.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	n, err := io.Copy(to, io.LimitReader(from, int64(f.UncompressedSize64)+1))
	if err == nil && uint64(n) != f.UncompressedSize64 {
		err = errors.New("it is not as long as it says")
	}
	return errors.Join(err, to.Close())
}

package sqlite_test

import (
	"encoding/binary"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// note is one thing that was done to a file, as testdata/filelayer.c writes it; R, which the program itself writes, is a record of the
// session that is on the screen, its number the offset and its hash the data.
type note struct {
	kind   byte
	when   time.Duration
	offset int64
	path   string
	data   []byte
}

// noteBytes is a note of this moment as the file layer writes one.
func noteBytes(kind byte, path string, offset int, data string) []byte {
	b := []byte{kind, 0, 0, 0, 0, 0, 0, 0}
	for _, n := range []int64{time.Now().UnixNano(), int64(offset), int64(len(path)), int64(len(data))} {
		b = binary.NativeEndian.AppendUint64(b, uint64(n))
	}
	return append(append(b, path...), data...)
}

func readNotes(file string) ([]note, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all []note
	for len(b) >= 40 {
		number := func(i int) int64 { return int64(binary.NativeEndian.Uint64(b[8*i:])) }
		n := note{kind: b[0], when: time.Duration(number(1)), offset: number(2)}
		path, data := number(3), number(4)
		if int64(len(b)) < 40+path+data {
			return nil, fmt.Errorf("%s ends in the middle of a note", file)
		}
		n.path, n.data = string(b[40:40+path]), b[40+path:40+path+data]
		all, b = append(all, n), b[40+path+data:]
	}
	return all, nil
}

// disk is what the platter may hold of a folder when the power fails after some notes.
type disk struct {
	rng   *rand.Rand
	files map[string]*platter
	dir   string
}

// platter is one file.
type platter struct{ content []byte }

// cut gives the folder's files as they may be after a power cut that follows the last of notes: everything that a sync covered, which
// began after it was written and has ended; of the rest a random part, in whole or in sectors of 512 bytes.
func cut(rng *rand.Rand, dir string, notes []note) map[string][]byte {
	d := disk{rng: rng, files: map[string]*platter{}, dir: dir}
	began := map[string]int{}
	covered := make([]bool, len(notes))
	for i, n := range notes {
		switch n.kind {
		case 'S':
			began[n.path] = i
		case 'E':
			for k := range began[n.path] {
				in := notes[k].path == n.path && (notes[k].kind == 'W' || notes[k].kind == 'T')
				in = in || n.path == dir && filepath.Dir(notes[k].path) == dir && (notes[k].kind == 'C' || notes[k].kind == 'U')
				covered[k] = covered[k] || in
			}
		}
	}
	keep := []float64{0, 0.1, 0.5, 0.9, 1}[rng.IntN(5)] // of what no sync covers
	for i, n := range notes {
		d.apply(n, covered[i], keep)
	}
	out := map[string][]byte{}
	for path, f := range d.files {
		if f != nil {
			out[filepath.Base(path)] = f.content
		}
	}
	return out
}

func (d *disk) apply(n note, sure bool, keep float64) {
	if n.kind != 'C' && n.kind != 'U' && n.kind != 'W' && n.kind != 'T' {
		return
	}
	if n.kind == 'C' || n.kind == 'U' {
		if sure || d.rng.Float64() < keep {
			if d.files[n.path] = nil; n.kind == 'C' {
				d.files[n.path] = &platter{}
			}
		}
		return
	}
	f := d.files[n.path]
	switch {
	case f == nil: // its folder does not know it
	case sure:
		f.take(n, 0, len(n.data))
	case d.rng.Float64() < keep:
		f.take(n, 0, len(n.data))
	case n.kind == 'W' && d.rng.Float64() < keep: // torn
		const sector = 512
		for at := 0; at < len(n.data); at += sector {
			if d.rng.IntN(2) == 0 {
				f.take(n, at, min(at+sector, len(n.data)))
			}
		}
	}
}

func (f *platter) take(n note, from, to int) {
	if n.kind == 'T' {
		if grow := int(n.offset) - len(f.content); grow > 0 {
			f.content = append(f.content, make([]byte, grow)...)
		}
		f.content = f.content[:n.offset]
		return
	}
	end := int(n.offset) + to
	if grow := end - len(f.content); grow > 0 {
		f.content = append(f.content, make([]byte, grow)...)
	}
	copy(f.content[int(n.offset)+from:end], n.data[from:to])
}

// lay writes files into a folder.
func lay(dir string, files map[string][]byte) error {
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, fs.FileMode(0o644)); err != nil {
			return err
		}
	}
	return nil
}

// longestSync is how long the slowest sync of these notes took.
func longestSync(notes []note) (longest time.Duration) {
	began := map[string]time.Duration{}
	for _, n := range notes {
		switch n.kind {
		case 'S':
			began[n.path] = n.when
		case 'E':
			longest = max(longest, n.when-began[n.path])
		}
	}
	return longest
}

// shown are the records that were on the screen.
func shown(notes []note) []note {
	return slices.DeleteFunc(slices.Clone(notes), func(n note) bool { return n.kind != 'R' })
}

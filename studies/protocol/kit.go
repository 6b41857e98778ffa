package protocol

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/written"
	"pumplab/studies"
	"pumplab/studies/questionnaire"
	"pumplab/studies/session"
)

// Kit is a study with everything it names, read and built: what a session is made of. It is immutable.
type Kit struct {
	Study       *studies.Study
	Consent     string // the consent text; empty if the study has none
	Library     *library.Library
	Designs     map[string]*design.Design
	Pumps       map[string]pumpmodel.Machine
	Instruments map[string]*questionnaire.Instrument
	Files       map[string][]byte // every file the above came from, by its path in the study folder
}

// Load reads and checks a study folder and builds its machines. The error is Problems with everything that is wrong in all its files,
// or says that study.yaml could not be read. The same bytes give the same kit on every computer: load a session's frozen files with
// Load(Frozen(files)) to replay it.
func Load(fsys fs.FS) (*Kit, error) {
	files := &collector{FS: fsys, read: map[string][]byte{}}
	data, err := fs.ReadFile(files, File)
	if err != nil {
		return nil, fmt.Errorf("read study: %w", err)
	}
	d := readStudy(data)
	k := &Kit{
		Study: d.study, Designs: map[string]*design.Design{}, Pumps: map[string]pumpmodel.Machine{},
		Instruments: map[string]*questionnaire.Instrument{}, Files: files.read,
	}
	k.Consent = d.text(files, d.consent, "people: consent")
	d.study.Welcome = d.text(files, d.welcome, "people: welcome")
	d.study.Thanks = d.text(files, d.thanks, "people: thanks")
	d.loadLibrary(files, k)
	d.loadDesigns(files, k)
	d.loadInstruments(files, k)
	if k.Library != nil {
		for _, w := range d.draws {
			d.draw(files, k.Library, w)
		}
		d.against(k.Library, k.Designs)
	}
	d.complete()
	if len(d.Problems) > 0 {
		d.Problems = d.Problems.Sorted()
		return nil, d.Problems
	}
	return k, nil
}

func (d *draft) loadLibrary(fsys fs.FS, k *Kit) {
	if d.study.Library == "" {
		return
	}
	data, err := fs.ReadFile(fsys, d.study.Library)
	if err != nil {
		instead := ""
		if found, _ := fs.Glob(fsys, "libraries/*.yaml"); errors.Is(err, fs.ErrNotExist) {
			instead = nearest(d.study.Library, found)
		}
		d.fail(d.library, "library: %s%s", unread(d.study.Library, err), instead)
		return
	}
	lib, err := library.Read(d.study.Library, data)
	if err != nil {
		d.foreign(err, d.library)
		return
	}
	if text, err := fs.ReadFile(fsys, library.ReleaseName(d.study.Library)); err == nil { // signed: not one byte may differ
		if release, err := library.ReadRelease(library.ReleaseName(d.study.Library), text); err != nil {
			d.fail(d.library, "library: %v", err)
		} else if err := release.Verify(lib, data, nil); err != nil {
			d.fail(d.library, "library: %v", err)
		}
	}
	k.Library = lib
}

func (d *draft) loadDesigns(fsys *collector, k *Kit) {
	load := design.Load
	if _, recorded := fsys.FS.(frozen); recorded {
		load = design.Recorded
	}
	dirs, _ := design.List(fsys, "designs")
	for _, dir := range dirs {
		d.there = append(d.there, path.Base(dir))
	}
	for _, n := range d.designs {
		dir := path.Join("designs", n.Text)
		if _, err := fs.Stat(fsys, path.Join(dir, design.File)); err != nil {
			meant := written.Nearest(n.Text, d.there)
			if meant != "" {
				meant = fmt.Sprintf(", did you mean %q?", meant)
			} else {
				meant = fmt.Sprintf("; a built-in design is brought there by pumplab design copy %s STUDY/%s", n.Text, dir)
			}
			d.fail(n, "design %s: there is no %s/%s in the study folder%s", n.Text, dir, design.File, meant)
			d.misspelt = true
			continue
		}
		x, err := load(fsys, dir)
		if err != nil {
			d.foreign(err, n)
			continue
		}
		if x.Name != n.Text {
			d.fail(n, "design %s: the one in %s calls itself %s, expected the name of its folder", n.Text, dir, x.Name)
		}
		k.Designs[n.Text] = x
		if k.Library == nil {
			continue
		}
		m, err := engine.New(x, k.Library)
		if err != nil {
			d.fail(n, "design %s: %v", n.Text, err)
			continue
		}
		k.Pumps[n.Text] = m
	}
}

func (d *draft) loadInstruments(fsys fs.FS, k *Kit) {
	sub, err := fs.Sub(fsys, "questionnaires")
	if err != nil {
		return
	}
	for _, n := range d.asks {
		if _, done := k.Instruments[n.Text]; done {
			continue
		}
		in, err := questionnaire.Load(n.Text, sub)
		if err != nil {
			meant := written.Nearest(n.Text, questionnaire.List(sub))
			if meant != "" {
				meant = fmt.Sprintf(", did you mean %q?", meant)
			}
			d.fail(n, "ask: %v%s", err, meant)
			continue
		}
		k.Instruments[n.Text] = in
	}
}

// foreign takes over the problems of another file with their own places; an error without any is put at n.
func (d *draft) foreign(err error, n node) {
	var of Problems
	switch {
	case errors.As(err, &of):
		d.Problems = append(d.Problems, of...)
	default:
		d.fail(n, "%v", err)
	}
}

// Machine is the session machine of a plan made for this study.
func (k *Kit) Machine(p studies.Plan) (*session.Machine, error) {
	return session.New(session.Parts{Study: k.Study, Plan: p, Pumps: k.Pumps, Instruments: k.Instruments})
}

// Hashes are the SHA-256 of every file, hexadecimal, by path: what record 1 of a session keeps.
func (k *Kit) Hashes() map[string]string {
	out := map[string]string{}
	for name, data := range k.Files {
		out[name] = fmt.Sprintf("%x", sha256.Sum256(data))
	}
	return out
}

// Frozen is a study folder made of bytes by path, as a session froze them.
func Frozen(files map[string][]byte) fs.FS {
	out := frozen{fstest.MapFS{}}
	for name, data := range files {
		out.MapFS[name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	return out
}

// frozen is a folder of what was recorded: it is read as it was, by the rules of its day.
type frozen struct{ fstest.MapFS }

// collector keeps every file that is read through it.
type collector struct {
	fs.FS
	read map[string][]byte
}

// longest is how many bytes a file of a study may have.
const longest = 64 << 20

// ReadFile reads a file and keeps its bytes. A pipe or a device, which never ends, and a file longer than a study needs are refused.
func (c *collector) ReadFile(name string) ([]byte, error) {
	info, err := fs.Stat(c.FS, name)
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no plain file: put the file itself into the study folder", name)
	} else if err == nil && info.Size() > longest {
		err = fmt.Errorf("%s has %d bytes, at most %d are read", name, info.Size(), longest)
	}
	if err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(c.FS, name)
	if err == nil {
		c.read[name] = data
	}
	return data, err
}

// unread says why a file that the study names could not be read.
func unread(name string, err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return name + " is not in the study folder"
	case strings.Contains(err.Error(), "escapes"): // os.Root has no name for it
		return name + " is a link that leads out of the study folder: put the file itself there"
	}
	return err.Error()
}

// Stat says what a file is without opening it: opening a pipe waits for somebody to write.
func (c *collector) Stat(name string) (fs.FileInfo, error) { return fs.Stat(c.FS, name) }

// ReadDir lists a folder.
func (c *collector) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(c.FS, name) }

// Sub is a folder whose files are kept under their whole path.
func (c *collector) Sub(dir string) (fs.FS, error) { return &below{c, dir}, nil }

// below is a folder of a collector.
type below struct {
	c   *collector
	dir string
}

// Open opens a file of the folder.
func (b *below) Open(name string) (fs.File, error) { return b.c.Open(path.Join(b.dir, name)) }

// ReadFile reads a file of the folder and keeps its bytes.
func (b *below) ReadFile(name string) ([]byte, error) { return b.c.ReadFile(path.Join(b.dir, name)) }

package cli

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"pumplab/studies/identity"
	"pumplab/studies/protocol"
	"pumplab/studies/sqlite"
)

// studyPackCmd puts a study folder into one file for somebody else.
type studyPackCmd struct {
	Study       string `arg:"" help:"Study folder."`
	Out         string `required:"" help:"New zip file." placeholder:"FILE"`
	WithoutData bool   `help:"Leave study.db out: the study, nobody's sessions."`
}

// Help is shown by --help.
func (*studyPackCmd) Help() string {
	return "Packs what the study is made of and a checked copy of its database. What identifies participants stays behind.\n\nExamples:\n  pumplab study pack my-study --out my-study.zip\n  pumplab study pack my-study --out for-you.zip --without-data"
}

// packed is what study pack --json and study unpack --json print.
type packed struct {
	Bundle   string   `json:"bundle"`
	Folder   string   `json:"folder"`
	Files    []string `json:"files"`
	Sessions int      `json:"sessions"`
	Left     int      `json:"left_behind"` // encrypted files that are not in the bundle
}

// Run packs.
func (c *studyPackCmd) Run(x *Context) error {
	kit, err := OpenStudy(c.Study)
	if err != nil {
		return err
	}
	out := packed{Bundle: c.Out, Folder: c.Study}
	fail := func(err error) error { return fmt.Errorf("pack %s: %w", c.Study, err) }
	if exists(c.Out) {
		return fail(fmt.Errorf("%s is there already; name a new file", c.Out))
	}
	root, err := os.OpenRoot(filepath.Dir(c.Out))
	if err != nil {
		return fail(err)
	}
	defer root.Close()
	if err := whole(root, filepath.Base(c.Out), 0o666, func(f *os.File) error { return c.write(x, kit, f, &out) }); err != nil {
		return fail(err)
	}
	closed, _ := filepath.Glob(filepath.Join(c.Study, identity.Folder, "*"+identity.Extension))
	out.Left = len(closed)
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %d files, %d sessions\n", c.Out, len(out.Files), out.Sessions)
		if out.Left > 0 {
			fmt.Fprintf(w, "%d encrypted files of what identifies participants stay in %s.\n", out.Left, filepath.Join(c.Study, identity.Folder))
		}
	})
}

// write writes the zip file and notes what is in it.
func (c *studyPackCmd) write(x *Context, kit *protocol.Kit, f io.Writer, out *packed) error {
	z := zip.NewWriter(f)
	files := maps.Clone(kit.Files)
	if schema, err := readIn(c.Study, schemaFile); err == nil {
		files[schemaFile] = schema
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(files[name])
		}
		if err != nil {
			return err
		}
		out.Files = append(out.Files, name)
	}
	if !c.WithoutData && exists(filepath.Join(c.Study, sqlite.FileName)) {
		sessions, err := c.packData(x, z)
		if err != nil {
			return err
		}
		out.Files, out.Sessions = append(out.Files, sqlite.FileName), sessions
	}
	return z.Close()
}

// packData puts a checked copy of the database into the bundle, as it is at this moment.
func (c *studyPackCmd) packData(x *Context, z *zip.Writer) (sessions int, err error) {
	d, err := openData(x, c.Study)
	if err != nil {
		return 0, err
	}
	defer d.Close()
	all, err := d.store.Sessions()
	if err != nil {
		return 0, err
	}
	tmp, err := os.MkdirTemp("", "pumplab-pack-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(tmp)
	path, err := d.store.Backup(tmp)
	if err != nil {
		return 0, err
	}
	from, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer from.Close()
	w, err := z.Create(sqlite.FileName)
	if err == nil {
		_, err = io.Copy(w, from)
	}
	return len(all), err
}

// schemaFile helps editors; a study does without.
const schemaFile = "study.schema.json"

// studyUnpackCmd makes a study folder of a bundle.
type studyUnpackCmd struct {
	Bundle string `arg:"" help:"Zip file that pumplab study pack made."`
	Dir    string `arg:"" help:"Folder to make; it must not exist or be empty."`
}

// Help is shown by --help.
func (*studyUnpackCmd) Help() string {
	return "Unpacks a study from somebody else and checks it: nothing is written outside the folder or over another file, and a bundle that\nholds links, paths that lead out, or more than a study can need leaves no folder behind.\n\nExample:\n  pumplab study unpack my-study.zip my-copy"
}

// Run unpacks into a folder beside, checks it, and then gives it its name.
func (c *studyUnpackCmd) Run(x *Context) error {
	out := packed{Bundle: c.Bundle, Folder: c.Dir}
	fail := func(err error) error { return fmt.Errorf("unpack %s: %w", c.Bundle, err) }
	z, err := zip.OpenReader(c.Bundle)
	if err != nil {
		return fail(fmt.Errorf("it is no zip file that can be read: %w", err))
	}
	defer z.Close()
	info, err := os.Stat(c.Bundle)
	if err != nil {
		return fail(err)
	}
	names, err := checkBundle(z.File, info.Size())
	if err != nil {
		return fail(err)
	}
	if found, err := os.ReadDir(c.Dir); err == nil && len(found) > 0 {
		return fail(fmt.Errorf("the folder %s is not empty; name another", c.Dir))
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(c.Dir)), 0o777); err != nil {
		return fail(err)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(filepath.Clean(c.Dir)), filepath.Base(c.Dir)+"-unfinished-")
	if err != nil {
		return fail(err)
	}
	defer os.RemoveAll(tmp)
	if err := extract(z.File, tmp); err != nil {
		return fail(err)
	}
	kit, err := OpenStudy(tmp)
	if err != nil {
		return fail(fmt.Errorf("the study in it is not in order: %w", err))
	}
	if exists(filepath.Join(tmp, sqlite.FileName)) {
		if out.Sessions, err = soundData(x, tmp); err != nil {
			return fail(err)
		}
	}
	os.Remove(c.Dir) // if it is there it is empty
	if err := os.Rename(tmp, c.Dir); err != nil {
		return fail(err)
	}
	if err := os.Chmod(c.Dir, 0o755); err != nil {
		return fail(err)
	}
	out.Files = names
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: study %s, %d files, %d sessions\n", c.Dir, kit.Study.Name, len(names), out.Sessions)
		if out.Sessions > 0 {
			fmt.Fprintf(w, "To replay every session: pumplab verify %s\n", c.Dir)
		}
	})
}

// soundData looks through a database from elsewhere and returns how many sessions it holds.
func soundData(x *Context, dir string) (int, error) {
	d, err := openData(x, dir)
	if err != nil {
		return 0, err
	}
	defer d.Close()
	if wrong := d.store.Check(); len(wrong) > 0 {
		return 0, fmt.Errorf("the database in it is damaged: %s", wrong[0])
	}
	all, err := d.store.Sessions()
	return len(all), err
}

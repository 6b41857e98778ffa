package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/written"
	"pumplab/studies/protocol"
)

// noDesign says that a name is neither a folder with a design nor a built-in design.
type noDesign struct {
	name    string
	folder  bool
	builtIn []string
}

func (e noDesign) Error() string {
	if e.folder {
		return fmt.Sprintf("open design %s: there is no %s in this folder", e.name, design.File)
	}
	return fmt.Sprintf("open design %s: there is no such folder and no built-in design%s", e.name, written.Instead(e.name, e.builtIn))
}

// Is makes it a file that does not exist.
func (noDesign) Is(target error) bool { return target == fs.ErrNotExist }

// designSource is the folder of a design: dir of fsys, on the disk or built in.
func designSource(x *Context, name string) (fsys fs.FS, dir string, err error) {
	if _, err := os.Stat(filepath.Join(name, design.File)); err == nil {
		return os.DirFS(name), ".", nil
	}
	none := noDesign{name: name}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		none.folder = true
	}
	if x.Assets.Designs != nil {
		if none.builtIn, err = design.List(x.Assets.Designs(), "."); err != nil {
			return nil, "", err
		}
		for _, b := range none.builtIn {
			if b == name {
				return x.Assets.Designs(), name, nil
			}
		}
	}
	return nil, "", none
}

// loadDesign reads a design from a folder, or the built-in one of that name. Problems of a folder's file are told with its path.
func loadDesign(x *Context, name string) (*design.Design, error) {
	fsys, dir, err := designSource(x, name)
	if err != nil {
		return nil, err
	}
	d, err := design.Load(fsys, dir)
	return d, within(name, dir, err)
}

// within puts the folder before the file names of problems that were found in it.
func within(name, dir string, err error) error {
	var problems design.Problems
	if dir == "." && errors.As(err, &problems) {
		for i := range problems {
			problems[i].File = filepath.Join(name, problems[i].File)
		}
		return problems
	}
	return err
}

// libraryFor is the named drug library (built in, or its file). Where none is named it is that of the study whose designs folder the
// design lies in, else the first built-in one with setups for the pump.
func libraryFor(x *Context, file, name string, d *design.Design) (*library.Library, error) {
	if file == "" {
		file = StudyLibrary(name)
	}
	if file != "" {
		return designLibrary(x, file)
	}
	for _, builtIn := range []string{"demo", "hospital"} {
		lib, err := designLibrary(x, builtIn)
		if err != nil {
			return nil, err
		}
		if _, err := engine.New(d, lib); err == nil {
			return lib, nil
		}
	}
	return designLibrary(x, "demo")
}

func designLibrary(x *Context, file string) (*library.Library, error) {
	data, name, err := libraryBytes(x, file)
	if err != nil {
		return nil, err
	}
	return library.Read(name, data)
}

// StudyLibrary is the file of the drug library of the study that a design's folder belongs to, as STUDY/designs/NAME; empty if there is
// no such study or it names none.
func StudyLibrary(folder string) string {
	full, err := filepath.Abs(folder)
	if err != nil || filepath.Base(filepath.Dir(full)) != "designs" {
		return ""
	}
	study := filepath.Dir(filepath.Dir(full))
	data, err := os.ReadFile(filepath.Join(study, protocol.File))
	if err != nil {
		return ""
	}
	if file := protocol.LibraryNamed(data); file != "" {
		return filepath.Join(study, filepath.FromSlash(file))
	}
	return ""
}

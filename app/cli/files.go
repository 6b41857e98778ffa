package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// longest is how many bytes of a file in a study folder are read.
const longest = 64 << 20

// readIn reads a file of a study folder from elsewhere: a plain one that no link leads out of, and no longer than a study needs.
func readIn(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no plain file", filepath.Join(dir, name))
	case info.Size() > longest:
		return nil, fmt.Errorf("%s has %d bytes, at most %d are read", filepath.Join(dir, name), info.Size(), longest)
	}
	return root.ReadFile(name)
}

// unfinished is the end of a name under which a file or folder is written until it is whole.
const unfinished = ".unfinished"

// whole writes a file under another name and gives it its own when all of it is on the disk: what has the name is never half.
func whole(root *os.Root, name string, perm os.FileMode, write func(*os.File) error) error {
	tmp := name + unfinished
	f, err := root.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return err
	}
	err = write(f)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = root.Rename(tmp, name)
	}
	if err != nil {
		root.Remove(tmp)
	}
	return err
}

// wholeBytes is whole for what is in memory.
func wholeBytes(root *os.Root, name string, perm os.FileMode, b []byte) error {
	return whole(root, name, perm, func(f *os.File) error {
		_, err := f.Write(b)
		return err
	})
}

// fill lets write fill a folder that is empty or not there yet. Until all is written it lies in a folder "unfinished" inside, which
// stays behind if the program is killed: nobody takes a half for the whole. If it fails nothing is left in it.
func fill(dir string, write func(tmp string) error) error {
	if err := emptyFolder(dir); err != nil {
		return err
	}
	tmp := filepath.Join(dir, unfinished[1:])
	if err := os.Mkdir(tmp, 0o777); err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := write(tmp); err != nil {
		return err
	}
	made, err := os.ReadDir(tmp)
	if err != nil {
		return err
	}
	for _, f := range made {
		if err := os.Rename(filepath.Join(tmp, f.Name()), filepath.Join(dir, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

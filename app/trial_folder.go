package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
)

func isFile(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// designFolder is the folder of a design: one on the disk, or a built-in one.
func designFolder(name string) (files fs.FS, source, built string, err error) {
	if isFile(filepath.Join(name, design.File)) {
		return os.DirFS(name), "Followed: " + name, "", nil
	}
	name = path.Clean(name)
	if _, err = fs.Stat(assetFiles().Designs(), path.Join(name, design.File)); err != nil {
		return nil, "", "", err
	}
	files, err = fs.Sub(assetFiles().Designs(), name)
	return files, "Built in. To change it: pumplab design copy " + name + " my-pump", name, err
}

// shelves are the built-in libraries.
func shelves() []string {
	names, err := fs.Glob(assetFiles().Libraries(), "*.yaml")
	if err != nil {
		return nil
	}
	var out []string
	for _, n := range names {
		if !strings.Contains(n, ".tests.") {
			out = append(out, strings.TrimSuffix(n, ".yaml"))
		}
	}
	return out
}

// shelfFor is the first built-in library that has setups for a design's pump.
func shelfFor(files fs.FS) string {
	d, err := design.Load(files, ".")
	if err != nil {
		return shelves()[0]
	}
	for _, name := range shelves() {
		if lib, err := readShelf(name); err == nil {
			if _, err := engine.New(d, lib); err == nil {
				return name
			}
		}
	}
	return shelves()[0]
}

// readShelf reads a built-in library by its name or a library's file.
func readShelf(name string) (*library.Library, error) {
	data, err := fs.ReadFile(assetFiles().Libraries(), name+".yaml")
	if err != nil {
		if data, err = os.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return library.Read(name, data)
}

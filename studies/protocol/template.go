package protocol

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/library"
)

// Sources are the folders a new study is put together from, as the program comes with them. Each may be nil.
type Sources struct {
	Studies        fs.FS // NAME/study.yaml and its texts
	Designs        fs.FS // NAME/design.yaml
	Libraries      fs.FS // NAME.yaml
	Questionnaires fs.FS // NAME.yaml
}

// Templates are the names of the studies that can be copied, sorted.
func Templates(from Sources) []string {
	if from.Studies == nil {
		return nil
	}
	found, _ := fs.Glob(from.Studies, "*/"+File)
	var out []string
	for _, f := range found {
		out = append(out, path.Dir(f))
	}
	return out
}

// Template is a new study folder made from a template, as bytes by path: the study file and its texts, with the designs and library it
// names and all questionnaires copied beside it, and the JSON Schemas their first lines point to. The result has been read and checked.
func Template(from Sources, template string) (map[string][]byte, error) {
	known := Templates(from)
	if !slices.Contains(known, template) {
		return nil, fmt.Errorf("make study from %q: there is no such template%s", template, nearest(template, known))
	}
	files := map[string][]byte{
		"study.schema.json": Schema(), "designs/design.schema.json": design.Schema(), "libraries/library.schema.json": library.Schema(),
	}
	if err := copyTree(files, "", from.Studies, template); err != nil {
		return nil, fmt.Errorf("make study from %s: %w", template, err)
	}
	d := readStudy(files[File])
	if len(d.Problems) > 0 {
		d.Problems = d.Problems.Sorted()
		return nil, d.Problems
	}
	var problems []error
	take := func(to string, from fs.FS, name string) {
		if from == nil {
			problems = append(problems, fmt.Errorf("make study from %s: %s/%s is not at hand", template, to, name))
		} else if err := copyTree(files, to, from, name); err != nil {
			problems = append(problems, fmt.Errorf("make study from %s: %w", template, err))
		}
	}
	if _, own := files[d.study.Library]; !own {
		take(path.Dir(d.study.Library), from.Libraries, path.Base(d.study.Library))
	}
	for _, x := range d.study.Designs {
		take("designs/"+x, from.Designs, x)
	}
	asked := map[string]bool{}
	for _, q := range texts(d.asks) {
		asked[q+".yaml"] = true
	}
	if from.Questionnaires != nil { // all of them, so that another can be asked by its name alone
		all, _ := fs.Glob(from.Questionnaires, "*.yaml")
		for _, name := range all {
			asked[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if files["questionnaires/"+name] == nil {
			take("questionnaires", from.Questionnaires, name)
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if _, err := Load(Frozen(files)); err != nil {
		return nil, err
	}
	return files, nil
}

// copyTree puts the file or folder name of from under the folder to.
func copyTree(files map[string][]byte, to string, from fs.FS, name string) error {
	return fs.WalkDir(from, name, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, p)
		if err != nil {
			return err
		}
		if p == name {
			files[path.Join(to, path.Base(p))] = data
		} else {
			files[path.Join(to, strings.TrimPrefix(p, name+"/"))] = data
		}
		return nil
	})
}

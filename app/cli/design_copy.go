package cli

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"pumplab/pumpmodel/design"
	"pumplab/studies/protocol"
)

// designSchema is the name of the schema beside a design.
const designSchema = "design.schema.json"

type designCopyCmd struct {
	Name string `arg:"" words:"designs" help:"Design to copy (built in, or its folder)."`
	Dir  string `arg:"" help:"Folder to make; its name becomes the design's: small letters, digits, hyphens."`
}

// Help is shown by --help.
func (*designCopyCmd) Help() string {
	return "Examples:\n  pumplab design copy keypad-wizard my-pump\n  pumplab design copy touch-tablet my-study/designs/touch-tablet"
}

// Run makes the folder: design.yaml under the folder's name, its picture, and the schema by which an editor completes.
func (c *designCopyCmd) Run(x *Context) error {
	full, err := filepath.Abs(c.Dir)
	if err != nil {
		return fmt.Errorf("copy design: %w", err)
	}
	if found, err := os.ReadDir(full); err == nil && len(found) > 0 {
		return fmt.Errorf("copy design to %s: the folder is not empty; name another", c.Dir)
	} else if info, err := os.Stat(full); err == nil && !info.IsDir() {
		return fmt.Errorf("copy design to %s: this is a file; name a folder", c.Dir)
	}
	from, dir, err := designSource(x, c.Name)
	if err != nil {
		return err
	}
	name, schema := filepath.Base(full), designSchema
	shared := false
	if _, err := os.Stat(filepath.Join(filepath.Dir(full), designSchema)); err == nil { // as in a study's folder designs
		shared, schema = true, "../"+designSchema
	}
	files, err := design.Copied(from, dir, name, schema)
	if err != nil {
		return within(c.Name, dir, err)
	}
	if !shared {
		files[designSchema] = design.Schema()
	}
	if err := os.MkdirAll(full, 0o777); err != nil {
		return fmt.Errorf("copy design to %s: %w", c.Dir, err)
	}
	written := slices.Sorted(maps.Keys(files))
	for _, f := range written {
		if err := os.WriteFile(filepath.Join(full, f), files[f], 0o666); err != nil {
			return fmt.Errorf("copy design to %s: %w", c.Dir, err)
		}
	}
	out := struct {
		Design string   `json:"design"`
		From   string   `json:"from"`
		Folder string   `json:"folder"`
		Files  []string `json:"files"`
	}{name, c.Name, c.Dir, written}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: design %s, a copy of %s\n", c.Dir, name, c.Name)
		fmt.Fprintf(w, "Edit %s while this shows it: pumplab design try %s\n", filepath.Join(c.Dir, design.File), c.Dir)
		fmt.Fprintf(w, "Then: pumplab design check %s\n", c.Dir)
		study := filepath.Dir(filepath.Dir(full))
		if _, err := os.Stat(filepath.Join(study, protocol.File)); err == nil && filepath.Base(filepath.Dir(full)) == "designs" {
			fmt.Fprintf(w, "To have it in the study name it in %s: factors: {design: {within: [%s, …]}}\n", protocol.File, name)
		}
	})
}

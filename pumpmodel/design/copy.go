package design

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// Named reports that a design may be called so: small letters, digits, hyphens.
func Named(name string) bool { return named.MatchString(name) }

var (
	named     = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	other     = regexp.MustCompile(`[^a-z0-9]+`)
	firstLine = regexp.MustCompile(`^# yaml-language-server: .*\n`)
	nameLine  = regexp.MustCompile(`(?m)^design:[^\n#]*`)
)

// Copied are the files of the design in folder dir of fsys under another name, by file name: design.yaml, whose first line names the
// schema, and the picture of the front panel if it has one. The rest of the file, comments too, stays as it is. What is wrong with
// the design comes as from Load.
func Copied(fsys fs.FS, dir, name, schema string) (map[string][]byte, error) {
	if !Named(name) {
		return nil, fmt.Errorf("copy design to %q: a design's name has small letters, digits and hyphens, as %s", name, suggestion(name))
	}
	d, err := Load(fsys, dir)
	if err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(fsys, path.Join(dir, File))
	if err != nil {
		return nil, fmt.Errorf("copy design %s: %w", d.Name, err)
	}
	text := firstLine.ReplaceAllString(string(data), "")
	at := nameLine.FindStringIndex(text)
	if at == nil {
		return nil, fmt.Errorf("copy design %s: its name does not stand at the beginning of a line, as design: %s", d.Name, d.Name)
	}
	text = "# yaml-language-server: $schema=" + schema + "\n" + text[:at[0]] + "design: " + name + text[at[1]:]
	r := newReader(File)
	if got := r.Values([]byte(text)).Get("design").Text; got != name {
		return nil, fmt.Errorf("copy design %s: its name cannot be changed in the file, write it as design: %s on one line", d.Name, d.Name)
	}
	out := map[string][]byte{File: []byte(text)}
	if d.Face.Picture != "" {
		out[d.Face.Picture] = d.Face.Image
	}
	return out, nil
}

// suggestion is a name as like the wanted one as a design may have.
func suggestion(name string) string {
	name = strings.Trim(other.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if name == "" || len(name) > 64 {
		return "my-pump"
	}
	return name
}

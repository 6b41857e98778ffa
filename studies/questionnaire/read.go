package questionnaire

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// file is an instrument as it is written.
type file struct {
	Name    string `yaml:"questionnaire"`
	Title   string `yaml:"title"`
	Source  string `yaml:"source"`
	Scoring string `yaml:"scoring"`
	Intro   string `yaml:"intro"`
	Scale   scale  `yaml:"scale"`
	Items   []struct {
		ID    string `yaml:"id"`
		Text  string `yaml:"text"`
		Low   string `yaml:"low"`
		High  string `yaml:"high"`
		Scale *scale `yaml:"scale"`
	} `yaml:"items"`
}

type scale struct {
	From int    `yaml:"from"`
	To   int    `yaml:"to"`
	Step int    `yaml:"step"`
	Low  string `yaml:"low"`
	High string `yaml:"high"`
}

// id is what an item may be called: the session writes answers as id=value lines.
var id = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// Read reads one instrument; name is used in messages only. An unknown key or a wrong type is reported with line and column, what is
// wrong with the content all at once.
func Read(name string, data []byte) (*Instrument, error) {
	var f file
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&f); err != nil {
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			p := at.GetToken().Position
			return nil, fmt.Errorf("%s:%d:%d: %s", name, p.Line, p.Column, at.GetMessage())
		}
		return nil, fmt.Errorf("%s:1:1: %w", name, err)
	}
	in := &Instrument{
		Name: f.Name, Title: f.Title, Source: f.Source, Scoring: f.Scoring, Intro: strings.TrimSpace(f.Intro),
		Hash: fmt.Sprintf("%x", sha256.Sum256(data)),
	}
	for _, i := range f.Items {
		s := f.Scale
		if i.Scale != nil {
			s = *i.Scale
		}
		in.Items = append(in.Items, Item{
			ID: i.ID, Text: i.Text, Low: or(i.Low, s.Low), High: or(i.High, s.High), Min: s.From, Max: s.To, Step: max(s.Step, 1),
		})
	}
	if problems := in.check(); len(problems) > 0 {
		return nil, errors.New(name + ":1:1: " + strings.Join(problems, "\n"+name+":1:1: "))
	}
	return in, nil
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// check is everything wrong with an instrument's content.
func (in *Instrument) check() []string {
	var out []string
	bad := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if in.Name == "" {
		bad("the key questionnaire, its name, is missing")
	}
	if len(in.Items) == 0 {
		bad("it has no items")
	}
	seen := map[string]bool{}
	for n, i := range in.Items {
		if !id.MatchString(i.ID) {
			bad("item %d: id %q, expected small letters, digits and hyphens", n+1, i.ID)
		}
		if seen[i.ID] {
			bad("item %d: id %q is given twice", n+1, i.ID)
		}
		seen[i.ID] = true
		if i.Text == "" {
			bad("item %d: it has no text", n+1)
		}
		if i.Min >= i.Max || (i.Max-i.Min)%i.Step != 0 {
			bad("item %d: scale %d to %d in steps of %d, expected whole steps upwards", n+1, i.Min, i.Max, i.Step)
		}
	}
	want, known := itemsOf[in.Scoring]
	switch {
	case in.Scoring == "":
	case !known:
		bad("unknown scoring %q, expected one of %s", in.Scoring, strings.Join(Scorings, ", "))
	case want != len(in.Items):
		bad("scoring %s needs %d items, there are %d", in.Scoring, want, len(in.Items))
	}
	return out
}

// Load reads NAME.yaml from the first of these folders that has it: the study's questionnaires first, then what comes with the
// program. The error says where it was looked for and which instruments there are.
func Load(name string, from ...fs.FS) (*Instrument, error) {
	if !id.MatchString(name) {
		return nil, fmt.Errorf("read questionnaire %q: a name has small letters, digits and hyphens", name)
	}
	for _, f := range from {
		data, err := fs.ReadFile(f, name+".yaml")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read questionnaire %s: %w", name, err)
		}
		in, err := Read("questionnaires/"+name+".yaml", data)
		if err == nil && in.Name != name {
			err = fmt.Errorf("questionnaires/%s.yaml:1:1: it calls itself %q, expected %q as the file's name", name, in.Name, name)
		}
		return in, err
	}
	return nil, fmt.Errorf("read questionnaire %s: there is no %s.yaml in questionnaires; there are: %s", name, name, strings.Join(List(from...), ", "))
}

// List are the names of the instruments in these folders, sorted.
func List(from ...fs.FS) []string {
	var out []string
	for _, f := range from {
		names, _ := fs.Glob(f, "*.yaml")
		for _, n := range names {
			out = append(out, strings.TrimSuffix(path.Base(n), ".yaml"))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

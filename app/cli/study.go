package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"pumplab/studies"
	"pumplab/studies/identity"
	"pumplab/studies/plan"
	"pumplab/studies/protocol"
)

// StudyCmd is pumplab study.
type StudyCmd struct {
	New    studyNewCmd    `cmd:"" help:"Make a study folder from a template."`
	Check  studyCheckCmd  `cmd:"" help:"Check a study folder; every problem is told at once."`
	Plan   studyPlanCmd   `cmd:"" help:"Show who meets which pump, surroundings and task in which order."`
	Schema studySchemaCmd `cmd:"" help:"Print the JSON Schema of study.yaml."`
	Pack   studyPackCmd   `cmd:"" help:"Put a study folder into one zip file for somebody else."`
	Unpack studyUnpackCmd `cmd:"" help:"Make a study folder of such a file, checked."`
}

type studyNewCmd struct {
	Dir      string `arg:"" help:"Folder to make; it must not exist or be empty."`
	Template string `default:"demo" words:"templates" help:"Study to start from: ${templates}."`
}

// Help is shown by --help.
func (*studyNewCmd) Help() string { return "Example:\n  pumplab study new my-study --template demo" }

// Run makes the folder.
func (c *studyNewCmd) Run(x *Context) error {
	kit, err := NewStudy(x.Assets, c.Template, c.Dir)
	if err != nil {
		return err
	}
	out := struct {
		Study  string   `json:"study"`
		Folder string   `json:"folder"`
		Files  []string `json:"files"`
	}{kit.Study.Name, c.Dir, slices.Sorted(maps.Keys(kit.Files))}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: study %s from template %s\n", c.Dir, kit.Study.Name, c.Template)
		fmt.Fprintf(w, "Edit %s, then: pumplab study check %s\n", filepath.Join(c.Dir, protocol.File), c.Dir)
	})
}

// NewStudy makes a study folder from a template and returns what it holds. A folder that is there already must be empty; one that
// cannot be written completely is left as it is, with the error.
func NewStudy(a Assets, template, dir string) (*protocol.Kit, error) {
	files, err := protocol.Template(protocol.Sources{
		Studies: a.Studies(), Designs: a.Designs(), Libraries: a.Libraries(), Questionnaires: a.Questionnaires(),
	}, template)
	if err != nil {
		return nil, err
	}
	err = fill(dir, func(tmp string) error { return putFiles(tmp, files) })
	if err != nil {
		return nil, fmt.Errorf("make study %s: %w", dir, err)
	}
	return OpenStudy(dir)
}

// putFiles writes files by their paths below a new folder, none outside.
func putFiles(dir string, files map[string][]byte) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := root.MkdirAll(path.Dir(name), 0o777); err != nil {
			return err
		}
		if err := root.WriteFile(name, files[name], 0o666); err != nil {
			return err
		}
	}
	return nil
}

// OpenStudy reads and checks a study folder. No link in it leads outside. The error is protocol.Problems with everything that is
// wrong, their files under dir, or says why the folder could not be read.
func OpenStudy(dir string) (*protocol.Kit, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open study: %w", err)
	}
	defer root.Close()
	kit, err := protocol.Load(root.FS())
	var problems protocol.Problems
	if errors.As(err, &problems) {
		for i := range problems {
			problems[i].File = filepath.Join(dir, filepath.FromSlash(problems[i].File))
			problems[i].What = strings.Replace(problems[i].What, " STUDY/designs/", " "+filepath.Join(dir, "designs")+string(filepath.Separator), 1) // to be typed
		}
		return nil, problems
	}
	if err != nil {
		return nil, fmt.Errorf("open study %s: %w", dir, err)
	}
	return kit, nil
}

type studyCheckCmd struct {
	Study string `arg:"" help:"Study folder."`
}

// Help is shown by --help.
func (*studyCheckCmd) Help() string { return "Example:\n  pumplab study check my-study" }

// checked is what study check --json prints.
type checked struct {
	Study    string    `json:"study"`
	OK       bool      `json:"ok"`
	Problems []problem `json:"problems"`
	Designs  []string  `json:"designs,omitempty"`
	Tasks    int       `json:"tasks,omitempty"`
	Cycle    int       `json:"cycle,omitempty"` // rows of the counterbalancing
}

type problem struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
	What string `json:"what"`
}

// Run checks the study: status 1 if something is wrong with it.
func (c *studyCheckCmd) Run(x *Context) error {
	kit, err := OpenStudy(c.Study)
	var problems protocol.Problems
	if errors.As(err, &problems) {
		if !x.JSON {
			return Failed(problems.Error())
		}
		out := checked{Study: c.Study}
		for _, p := range problems {
			out.Problems = append(out.Problems, problem{p.File, p.Line, p.Col, p.What})
		}
		return errors.Join(x.Print(out, nil), Failed(""))
	}
	if err != nil {
		return err
	}
	s := kit.Study
	out := checked{Study: s.Name, OK: true, Problems: []problem{}, Designs: s.Designs, Tasks: len(s.Tasks), Cycle: plan.Cycle(s)}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s is in order: %s\n", c.Study, s.Title)
		fmt.Fprintf(w, "%d pumps (%s), %d surroundings, %d tasks, library %s version %d\n",
			len(s.Designs), strings.Join(s.Designs, ", "), len(s.Conditions), len(s.Tasks), kit.Library.Name, kit.Library.Version)
		fmt.Fprintf(w, "%d people planned; the orders are balanced over every %d\n", s.People.Planned, out.Cycle)
		for _, q := range s.Questions {
			fmt.Fprintln(w, inWords(q))
		}
		if n := identifying(s.People); n > 0 {
			fmt.Fprintf(w, "%d identifying answers are kept encrypted in the folder %s, for %d recipients to read\n", n, identity.Folder, len(s.People.Recipients))
		}
		if s.People.Planned%out.Cycle != 0 {
			fmt.Fprintf(w, "note: %d is no multiple of %d, so some orders will come once more than others\n", s.People.Planned, out.Cycle)
		}
	})
}

// identifying is how many of the questions to a participant could tell who they are.
func identifying(p studies.People) (n int) {
	for _, a := range p.Ask {
		if a.Identifying {
			n++
		}
	}
	return n
}

type studySchemaCmd struct{}

// Help is shown by --help.
func (*studySchemaCmd) Help() string {
	return "Example:\n  pumplab study schema > my-study/study.schema.json"
}

// Run prints the schema.
func (*studySchemaCmd) Run(x *Context) error {
	_, err := x.Out.Write(protocol.Schema())
	return err
}

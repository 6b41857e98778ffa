package protocol

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strconv"

	"pumplab/pumpmodel/written"
	"pumplab/studies"
)

// File is the name of the study file in its folder.
const File = "study.yaml"

// The words of the file; Schema says the same for editors, and a test holds the two together.
var (
	studyKeys    = []string{"study", "version", "title", "authors", "library", "questions", "factors", "people", "surroundings", "tasks", "sequence", "seed", "backup", "markers"}
	questionKeys = []string{"measure", "compare", "kind", "alpha", "margin"}
	factorKeys   = []string{"design", "surroundings"}
	levelKeys    = []string{"within"}
	peopleKeys   = []string{"planned", "consent", "welcome", "thanks", "ask", "recipients"}
	askKeys      = []string{"answers", "identifying"}
	markerKeys   = []string{"file", "port"}

	measures = []string{"undetected", "wrong", "error", "time", "presses", "alerts", "overrides", "corrections", "raw-tlx", "sus"}
	kinds    = []string{"superiority", "non-inferiority", "equivalence"}
)

// Read reads and checks the study in a folder: study.yaml, and that the designs, library, questionnaires and texts it names are there
// and fit its tasks. The error is Problems with everything that is wrong, or says that study.yaml could not be read.
func Read(fsys fs.FS) (*studies.Study, error) {
	k, err := Load(fsys)
	if err != nil {
		return nil, err
	}
	return k.Study, nil
}

// draft is a study while it is read, with the places of what is checked against other files.
type draft struct {
	reader
	study     *studies.Study
	library   node
	designs   []node
	asks      []node
	consent   node
	welcome   node
	thanks    node
	taskNodes map[string]node

	questionNodes map[string]node
	compared      []compared
	there         []string // the folders in designs
	misspelt      bool     // factors names a design that is not there

	draws    []drawing
	drawnIDs []string
}

// compared is a design that a question names.
type compared struct {
	what   string
	design node
}

// readStudy reads study.yaml by itself.
func readStudy(data []byte) *draft {
	d := &draft{reader: reader{written.Reader{File: File}}, study: &studies.Study{}, taskNodes: map[string]node{}, questionNodes: map[string]node{}}
	d.study.SourceHash = fmt.Sprintf("%x", sha256.Sum256(data))
	root := d.Values(data)
	if root.Kind != "map" {
		if len(d.Problems) == 0 {
			d.fail(root, "key: value pairs are expected that begin with study: NAME")
		}
		return d
	}
	d.top(root)
	return d
}

func (d *draft) top(root node) {
	s := d.study
	d.object(root, "study", studyKeys)
	d.require(root, "study", "study", "version", "title", "library", "factors", "people", "tasks", "sequence", "seed")
	s.Name = d.named(root.Get("study"), "study")
	s.Version = d.whole(root.Get("version"), "version", 1, 1_000_000, 1)
	s.Title = d.str(root.Get("title"), "title")
	s.Authors = texts(d.list(root.Get("authors"), "authors"))
	d.library = root.Get("library")
	s.Library = d.path(d.library, "library")
	if n := root.Get("seed"); !n.Absent() {
		v, err := strconv.ParseUint(d.str(n, "seed"), 10, 64)
		if err != nil {
			d.fail(n, "seed: %q, expected a whole number from 0 to 18446744073709551615", n.Text)
		}
		s.Seed = v
	}
	s.Backup = d.str(root.Get("backup"), "backup")
	d.markers(root.Get("markers"))
	d.factors(root.Get("factors"), root.Get("surroundings"))
	d.questions(root.Get("questions"))
	d.people(root.Get("people"))
	d.tasks(root.Get("tasks"))
	d.sequence(root.Get("sequence"))
}

// markers reads where markers go.
func (d *draft) markers(n node) {
	if n.Absent() || !d.object(n, "markers", markerKeys) {
		return
	}
	m := &d.study.Markers
	m.File = d.flag(n.Get("file"), "markers: file")
	m.Port = d.whole(n.Get("port"), "markers: port", 1024, 65535, 0)
	if !m.File && m.Port == 0 {
		d.fail(n, "markers: file: yes, port: 16571 or both are expected")
	}
}

// path is a path inside the study folder; what leads out of it is refused.
func (d *draft) path(n node, what string) string {
	text := d.str(n, what)
	if text != "" && (!fs.ValidPath(text) || text == ".") {
		d.fail(n, "%s: %q, expected a path inside the study folder with / between its parts, without .. and without / in front", what, text)
		return ""
	}
	return text
}

// factors reads the levels of design and surroundings.
func (d *draft) factors(n, described node) {
	if !d.object(n, "factors", factorKeys) {
		return
	}
	d.require(n, "factors", "design")
	d.designs = d.levels(n.Get("design"), "factors: design")
	d.study.Designs = texts(d.designs)
	var levels []node
	if s := n.Get("surroundings"); !s.Absent() {
		levels = d.levels(s, "factors: surroundings")
	} else {
		levels = []node{{Text: "quiet"}}
	}
	d.surroundings(levels, described)
}

// levels are the levels of a factor that everybody meets.
func (d *draft) levels(n node, what string) []node {
	if n.Kind == "map" {
		d.object(n, what, levelKeys)
		d.require(n, what, "within")
		n = n.Get("within")
	}
	var out []node
	seen := map[string]bool{}
	for _, l := range d.list(n, what) {
		if d.named(l, what) == "" {
			continue
		}
		if seen[l.Text] {
			d.fail(l, "%s: %q is given twice", what, l.Text)
			continue
		}
		seen[l.Text] = true
		out = append(out, l)
	}
	if len(out) == 0 && !n.Absent() {
		d.fail(n, "%s: at least one level is expected, as {within: [a, b]}", what)
	}
	return out
}

// questions reads what the study is to answer.
func (d *draft) questions(n node) {
	if n.Absent() {
		return
	}
	if n.Kind != "map" {
		d.fail(n, "questions: each with its name is expected, as main: {measure: …}")
		return
	}
	for _, p := range n.Pairs {
		what := "question " + p.Key.Text
		if !d.object(p.Val, what, questionKeys) {
			continue
		}
		d.require(p.Val, what, "measure", "compare", "kind")
		q := studies.Question{
			Name: p.Key.Text, Measure: d.word(p.Val.Get("measure"), what+": measure", "", measures),
			Kind: d.word(p.Val.Get("kind"), what+": kind", "", kinds), Alpha: d.proportion(p.Val.Get("alpha"), what+": alpha", 0.05),
		}
		for _, c := range d.list(p.Val.Get("compare"), what+": compare") {
			d.compared = append(d.compared, compared{what + ": compare", c})
			q.Compare = append(q.Compare, c.Text)
		}
		if len(q.Compare) == 1 {
			d.fail(p.Val.Get("compare"), "%s: two designs or more are compared, there is one", what)
		}
		margin := p.Val.Get("margin")
		q.Margin = d.proportion(margin, what+": margin", 0)
		needs := q.Kind == "non-inferiority" || q.Kind == "equivalence"
		if needs && margin.Absent() {
			d.fail(p.Val, "%s: %s needs a margin fixed before data, as margin: 3 %%", what, q.Kind)
		}
		if !needs && q.Kind != "" && !margin.Absent() {
			d.fail(margin, "%s: superiority has no margin", what)
		}
		d.questionNodes[q.Name] = p.Val
		d.study.Questions = append(d.study.Questions, q)
	}
}

// LibraryNamed is the path of the drug library that a study file names, whatever else is wrong with it; empty if it names none.
func LibraryNamed(data []byte) string { return readStudy(data).study.Library }

package protocol

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strconv"

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

	draws    []drawing
	drawnIDs []string
}

// readStudy reads study.yaml by itself.
func readStudy(data []byte) *draft {
	d := &draft{reader: reader{file: File}, study: &studies.Study{}, taskNodes: map[string]node{}, questionNodes: map[string]node{}}
	d.study.SourceHash = fmt.Sprintf("%x", sha256.Sum256(data))
	root := d.parse(data)
	if root.kind != "map" {
		if len(d.problems) == 0 {
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
	s.Name = d.named(root.get("study"), "study")
	s.Version = d.whole(root.get("version"), "version", 1, 1_000_000, 1)
	s.Title = d.str(root.get("title"), "title")
	s.Authors = texts(d.list(root.get("authors"), "authors"))
	d.library = root.get("library")
	s.Library = d.path(d.library, "library")
	if n := root.get("seed"); !n.absent() {
		v, err := strconv.ParseUint(d.str(n, "seed"), 10, 64)
		if err != nil {
			d.fail(n, "seed: %q, expected a whole number from 0 to 18446744073709551615", n.text)
		}
		s.Seed = v
	}
	s.Backup = d.str(root.get("backup"), "backup")
	d.markers(root.get("markers"))
	d.factors(root.get("factors"), root.get("surroundings"))
	d.questions(root.get("questions"))
	d.people(root.get("people"))
	d.tasks(root.get("tasks"))
	d.sequence(root.get("sequence"))
}

// markers reads where markers go.
func (d *draft) markers(n node) {
	if n.absent() || !d.object(n, "markers", markerKeys) {
		return
	}
	m := &d.study.Markers
	m.File = d.flag(n.get("file"), "markers: file")
	m.Port = d.whole(n.get("port"), "markers: port", 1024, 65535, 0)
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
	d.designs = d.levels(n.get("design"), "factors: design")
	d.study.Designs = texts(d.designs)
	var levels []node
	if s := n.get("surroundings"); !s.absent() {
		levels = d.levels(s, "factors: surroundings")
	} else {
		levels = []node{{text: "quiet"}}
	}
	d.surroundings(levels, described)
}

// levels are the levels of a factor that everybody meets.
func (d *draft) levels(n node, what string) []node {
	if n.kind == "map" {
		d.object(n, what, levelKeys)
		d.require(n, what, "within")
		n = n.get("within")
	}
	var out []node
	seen := map[string]bool{}
	for _, l := range d.list(n, what) {
		if d.named(l, what) == "" {
			continue
		}
		if seen[l.text] {
			d.fail(l, "%s: %q is given twice", what, l.text)
			continue
		}
		seen[l.text] = true
		out = append(out, l)
	}
	if len(out) == 0 && !n.absent() {
		d.fail(n, "%s: at least one level is expected, as {within: [a, b]}", what)
	}
	return out
}

// questions reads what the study is to answer.
func (d *draft) questions(n node) {
	if n.absent() {
		return
	}
	if n.kind != "map" {
		d.fail(n, "questions: each with its name is expected, as main: {measure: …}")
		return
	}
	for _, p := range n.pairs {
		what := "question " + p.key.text
		if !d.object(p.val, what, questionKeys) {
			continue
		}
		d.require(p.val, what, "measure", "compare", "kind")
		q := studies.Question{
			Name: p.key.text, Measure: d.word(p.val.get("measure"), what+": measure", "", measures),
			Kind: d.word(p.val.get("kind"), what+": kind", "", kinds), Alpha: d.proportion(p.val.get("alpha"), what+": alpha", 0.05),
		}
		for _, c := range d.list(p.val.get("compare"), what+": compare") {
			d.word(c, what+": compare", "", d.study.Designs)
			q.Compare = append(q.Compare, c.text)
		}
		if len(q.Compare) == 1 {
			d.fail(p.val.get("compare"), "%s: two designs or more are compared, there is one", what)
		}
		margin := p.val.get("margin")
		q.Margin = d.proportion(margin, what+": margin", 0)
		needs := q.Kind == "non-inferiority" || q.Kind == "equivalence"
		if needs && margin.absent() {
			d.fail(p.val, "%s: %s needs a margin fixed before data, as margin: 3 %%", what, q.Kind)
		}
		if !needs && q.Kind != "" && !margin.absent() {
			d.fail(margin, "%s: superiority has no margin", what)
		}
		d.questionNodes[q.Name] = p.val
		d.study.Questions = append(d.study.Questions, q)
	}
}

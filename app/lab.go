package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"pumplab/app/cli"
	"pumplab/pumpmodel/design"
	"pumplab/studies"
	"pumplab/studies/identity"
	"pumplab/studies/journal"
	"pumplab/studies/plan"
	"pumplab/studies/protocol"
	"pumplab/studies/session"
	"pumplab/studies/sqlite"
)

// Lab is a study folder that is open: what the window and the end-to-end tests drive.
type Lab struct {
	Folder  string
	Kit     *protocol.Kit
	Store   *sqlite.Store
	Program string // name and version, as record 1 of a session keeps it

	parts []*sqlite.Store   // files in which sessions went on
	moved map[string]string // session → its part's path
}

// Run is a session that runs in a lab.
type Run struct {
	ID      string
	Session *session.Session
	Designs map[string]*design.Design

	journal *sqlite.Journal
}

// OpenLab reads a study folder and opens its store. The error is a sentence that says what to do.
func OpenLab(folder, program string) (*Lab, error) {
	kit, err := cli.OpenStudy(folder)
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(filepath.Join(folder, sqlite.FileName))
	if err != nil {
		return nil, err
	}
	return &Lab{Folder: folder, Kit: kit, Store: store, Program: program}, nil
}

// Close ends all use of the lab.
func (l *Lab) Close() error {
	err := l.Store.Close()
	for _, p := range l.parts {
		err = errors.Join(err, p.Close())
	}
	l.parts = nil
	return err
}

// codeShape is what a participant code may be: it is in file names and tables, and no name of a person.
var codeShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,23}$`)

// CheckCode says why a participant code cannot be used; nil if it can.
func (l *Lab) CheckCode(code string) error {
	switch {
	case code == "":
		return fmt.Errorf("give a participant code, for example P01")
	case !codeShape.MatchString(code):
		return fmt.Errorf("the code %q has characters that are not letters, digits, - or _; use a code such as P01, not a name", code)
	}
	sessions, err := l.Store.Sessions()
	if err != nil {
		return err
	}
	for _, s := range sessions {
		if s.Participant == code && s.Status == "complete" {
			return fmt.Errorf("%s has already done this study; use another code", code)
		}
	}
	return nil
}

// Unfinished is the id of the participant's session that did not end, empty if there is none.
func (l *Lab) Unfinished(code string) (string, error) {
	sessions, err := l.Store.Sessions()
	if err != nil {
		return "", err
	}
	for _, s := range sessions {
		if s.Participant == code && (s.Status == "running" || s.Status == "interrupted") {
			return s.ID, nil
		}
	}
	return "", nil
}

// Plan is the plan the next participant would get under that code.
func (l *Lab) Plan(code string) (studies.Plan, error) {
	sessions, err := l.Store.Sessions()
	if err != nil {
		return studies.Plan{}, err
	}
	var used []plan.Assigned
	for _, s := range sessions {
		if !s.Simulated { // simulated people try the study out; they take no place in its plan
			used = append(used, plan.Assigned{Row: s.Row, Dropped: s.Status == "stopped"})
		}
	}
	return plan.Make(l.Kit.Study, code, plan.NextRow(used))
}

// Begin starts a participant's session at the UTC time start: record 1 is in the journal when it returns. Answers that could identify
// the participant go encrypted to a file of their own first, and never to the journal.
func (l *Lab) Begin(code string, answers map[string]string, start time.Time) (*Run, error) {
	if err := l.hold(); err != nil {
		return nil, err
	}
	p, err := l.Plan(code)
	if err != nil {
		return nil, err
	}
	m, err := l.Kit.Machine(p)
	if err != nil {
		return nil, err
	}
	files, err := l.Store.Freeze(l.Kit.Files)
	if err != nil {
		return nil, err
	}
	id := code + "-" + start.UTC().Format("20060102T150405")
	answers, identifying := l.apart(answers)
	err = cli.SaveIdentity(l.Folder, identity.Entry{Participant: code, Session: id, Answers: identifying}, l.Kit.Study.People.Recipients)
	if err != nil {
		return nil, err
	}
	j, err := l.Store.Journal(id)
	if err != nil {
		return nil, err
	}
	head := journal.Head{
		Program: l.Program, Session: id, Participant: code,
		Started: start.UTC().Format(time.RFC3339Nano), Answers: answers, Files: files,
	}
	s, err := session.Open(m, head, j)
	if err != nil {
		return nil, err
	}
	return &Run{ID: id, Session: s, Designs: l.Kit.Designs, journal: j}, nil
}

// apart divides what a participant answered into what the journal may hold and what identifies them. An answer to what the study does
// not ask counts as identifying and is not kept.
func (l *Lab) apart(answers map[string]string) (plain, identifying map[string]string) {
	plain, identifying = map[string]string{}, map[string]string{}
	for _, a := range l.Kit.Study.People.Ask {
		switch value, ok := answers[a.Name]; {
		case !ok:
		case !a.Identifying:
			plain[a.Name] = value
		case value != "":
			identifying[a.Name] = value
		}
	}
	return plain, identifying
}

// Resume opens a session again that the end of the program interrupted, on the files it was begun with. Its clock goes on from
// Session.Last().At.
func (l *Lab) Resume(id string) (*Run, error) {
	if err := l.hold(); err != nil {
		return nil, err
	}
	records, err := l.Store.Load(id)
	if err != nil {
		return nil, err
	}
	head, err := journal.DecodeHead(records[0].Event)
	if err != nil {
		return nil, fmt.Errorf("resume session %s: %w", id, err)
	}
	files, err := l.Store.Frozen(head.Files)
	if err != nil {
		return nil, err
	}
	kit, err := protocol.Load(protocol.Frozen(files))
	if err != nil {
		return nil, fmt.Errorf("resume session %s: %w", id, err)
	}
	m, err := kit.Machine(head.Plan)
	if err != nil {
		return nil, err
	}
	j, err := l.Store.Journal(id)
	if err != nil {
		return nil, err
	}
	s, err := session.Restore(m, records, j)
	if err != nil {
		return nil, err
	}
	return &Run{ID: id, Session: s, Designs: kit.Designs, journal: j}, nil
}

// DesignOrder are the plan's designs in the order in which the participant meets them.
func DesignOrder(p studies.Plan) []string {
	var out []string
	for _, s := range p.Steps {
		if s.Design != "" && !slices.Contains(out, s.Design) {
			out = append(out, s.Design)
		}
	}
	return out
}

// sentence makes one of an error: a capital first, one line a problem.
func sentence(err error) string {
	text := strings.TrimSpace(err.Error())
	if text == "" {
		return "Something went wrong."
	}
	if first, _, _ := strings.Cut(text, " "); !strings.ContainsAny(first, "/.:") { // a file's name stays as it is
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

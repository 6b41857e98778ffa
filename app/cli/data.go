package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"pumplab/studies"
	"pumplab/studies/journal"
	"pumplab/studies/outcome"
	"pumplab/studies/protocol"
	"pumplab/studies/replay"
	studyreport "pumplab/studies/report"
	"pumplab/studies/session"
	"pumplab/studies/sqlite"
)

// data is the journal of a study folder, with the kits its sessions ran on.
type data struct {
	store   *sqlite.Store
	program string // name and version, which computes

	mu   sync.Mutex
	kits map[string]*frozenKit
}

// frozenKit is a study as some sessions froze it.
type frozenKit struct {
	once    sync.Once
	kit     *protocol.Kit
	context outcome.Context
	err     error
}

// noData is a study folder in which nobody has taken part.
type noData struct{ dir string }

func (e noData) Error() string {
	return fmt.Sprintf("open study %s: it has no %s yet; run a session, or pumplab simulate %s --participants 24", e.dir, sqlite.FileName, e.dir)
}

// openData opens the database of a study folder that has one.
func openData(x *Context, dir string) (*data, error) {
	path := filepath.Join(dir, sqlite.FileName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, noData{dir}
	}
	store, err := sqlite.Open(path)
	if err != nil {
		return nil, err
	}
	return newData(store, "pumplab "+x.Version), nil
}

func newData(store *sqlite.Store, program string) *data {
	return &data{store: store, program: program, kits: map[string]*frozenKit{}}
}

func (d *data) Close() error { return d.store.Close() }

// frozen is the kit of a session's head, from the bytes the store froze for it. Sessions on the same files share it.
func (d *data) frozen(h journal.Head) *frozenKit {
	key := fmt.Sprint(h.Files)
	d.mu.Lock()
	k := d.kits[key]
	if k == nil {
		k = &frozenKit{}
		d.kits[key] = k
	}
	d.mu.Unlock()
	k.once.Do(func() {
		var files map[string][]byte
		if files, k.err = d.store.Frozen(h.Files); k.err != nil {
			return
		}
		if k.kit, k.err = protocol.Load(protocol.Frozen(files)); k.err == nil {
			k.context = outcome.ContextOf(k.kit)
		}
	})
	return k
}

// build makes a session's machine, for replay.
func (d *data) build(h journal.Head) (*session.Machine, error) {
	k := d.frozen(h)
	if k.err != nil {
		return nil, k.err
	}
	return k.kit.Machine(h.Plan)
}

var _ replay.Builder = (*data)(nil).build

// outcomes computes what one session came to, record by record as they are read, and keeps it in the store.
func (d *data) outcomes(session string) (outcome.Result, error) {
	head, err := d.head(session)
	if err != nil {
		return outcome.Result{}, err
	}
	k := d.frozen(head)
	if k.err != nil {
		return outcome.Result{}, fmt.Errorf("session %s: %w", session, k.err)
	}
	records := 0
	r, err := outcome.Of(d.checked(session, &records), k.context)
	if err != nil {
		return r, fmt.Errorf("session %s: %w", session, err)
	}
	return r, d.store.SaveOutcomes(session, sqlite.Kept{Records: records, Program: d.program}, r)
}

// records are all of a session's checked records.
func (d *data) records(session string) ([]journal.Record, error) {
	var all []journal.Record
	for r, err := range d.checked(session, new(int)) {
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	if len(all) == 0 {
		return nil, errors.New("it has no records")
	}
	return all, nil
}

// checked are a session's records, held against their hash chain and against all that is stored beside them but the replay; it counts
// them as they are read.
func (d *data) checked(session string, read *int) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		var chain journal.Chain
		for r, err := range d.store.Checked(session) {
			if err == nil {
				err = chain.Add(r)
			}
			*read++
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// allOutcomes computes every session's outcomes anew, in the order the sessions began.
func (d *data) allOutcomes(x *Context) (outcome.Result, error) {
	if err := d.store.Sound(); err != nil {
		return outcome.Result{}, err
	}
	return d.outcomesBut(x, nil)
}

// KeptOutcomes are the outcomes of every session in the order the sessions began: those that were kept and would come out the same, and
// the others computed now, by the same way as all commands compute them.
func KeptOutcomes(store *sqlite.Store, program string) (outcome.Result, error) {
	kept, err := store.Outcomes(program)
	if err != nil {
		return outcome.Result{}, err
	}
	return newData(store, program).outcomesBut(&Context{Err: io.Discard}, kept)
}

// KeepOutcomes computes what one session came to and keeps it in the store.
func KeepOutcomes(store *sqlite.Store, program, session string) error {
	_, err := newData(store, program).outcomes(session)
	return err
}

// outcomesBut computes the outcomes of the sessions that have none yet, and keeps them.
func (d *data) outcomesBut(x *Context, kept map[string]outcome.Result) (all outcome.Result, err error) {
	sessions, err := d.store.Sessions()
	if err != nil {
		return all, err
	}
	results := make([]outcome.Result, len(sessions))
	p := newProgress(x, "computing outcomes", len(sessions))
	err = each(x, len(sessions), func(i int) error {
		defer p.step()
		r, ok := kept[sessions[i].ID]
		if ok {
			results[i] = r
			return nil
		}
		var err error
		results[i], err = d.outcomes(sessions[i].ID)
		return err
	})
	var n [4]int
	for _, r := range results {
		n[0], n[1], n[2], n[3] = n[0]+len(r.Tasks), n[1]+len(r.Alerts), n[2]+len(r.Ratings), n[3]+len(r.Unjudged)
	}
	all = outcome.Result{
		Tasks: make([]studies.TaskRow, 0, n[0]), Alerts: make([]studies.AlertRow, 0, n[1]), Ratings: make([]studies.RatingRow, 0, n[2]),
		Unjudged: make([]studies.TaskRow, 0, n[3]),
	}
	texts := map[string]string{}
	for i, r := range results {
		for _, t := range r.Tasks {
			t.Ordered, t.Programmed = once(texts, t.Ordered), once(texts, t.Programmed)
			all.Tasks = append(all.Tasks, t)
		}
		all.Alerts = append(all.Alerts, r.Alerts...)
		all.Ratings = append(all.Ratings, r.Ratings...)
		all.Unjudged = append(all.Unjudged, r.Unjudged...)
		results[i] = outcome.Result{}
	}
	return all, err
}

// once gives one copy of texts that come again and again: the same orders on thousands of tasks.
func once(texts map[string]string, s string) string {
	if known, ok := texts[s]; ok {
		return known
	}
	texts[s] = s
	return s
}

// reportInput is what a report is made from: outcomes computed anew from the journals.
func (d *data) reportInput(x *Context, kit *protocol.Kit, simulated bool) (studyreport.Input, error) {
	all, err := d.allOutcomes(x)
	if err != nil {
		return studyreport.Input{}, err
	}
	return ReportInput(kit, d.store, "pumplab "+x.Version, all, simulated)
}

// ReportInput is what a report is made from, of a study, the sessions of its store and their outcomes. Made and Verified are left to
// the caller; program is name and version. Once a real person has completed a session, simulated people count only if simulated says so.
func ReportInput(kit *protocol.Kit, store *sqlite.Store, program string, all outcome.Result, simulated bool) (studyreport.Input, error) {
	sessions, err := store.Sessions()
	if err != nil {
		return studyreport.Input{}, err
	}
	left := 0
	if !simulated {
		sessions, all, left = onlyPeople(sessions, all)
	}
	in := studyreport.Input{
		Study: kit.Study, Library: kit.Library, Program: program, Files: kit.Hashes(), Tasks: all.Tasks, Alerts: all.Alerts, Unjudged: all.Unjudged,
		Scores: studyreport.ScoresOf(all.Ratings, kit.Instruments), LeftOut: left,
	}
	for _, s := range sessions {
		r := studyreport.Session{ID: s.ID, Participant: s.Participant, Row: s.Row, Ended: s.Status, Resumed: s.Resumed, Simulated: s.Simulated}
		if s.Status == "running" || s.Status == "interrupted" {
			r.Ended = ""
		}
		in.Sessions = append(in.Sessions, r)
	}
	if in.Clock, err = ClockSentences(store); err != nil {
		return in, err
	}
	if in.Poor, err = PoorChecks(store, in.Sessions); err != nil {
		return in, err
	}
	in.Timing, err = TimingSentence(store, in.Sessions)
	if n := len(in.Clock); n > 0 && in.Timing != "" {
		in.Timing += fmt.Sprintf(" Times count on a clock that neither sleep nor setting the computer's clock can turn; what happened to the computer's clocks in mid-session (%d) is among the deviations.", n)
	}
	return in, err
}

// Moments computes a session again, every moment of it, with the kit it ran on. Differs is the first thing that is not as it was
// recorded, nil if all is; a record that cannot be read at all is an error.
func Moments(store *sqlite.Store, id string) (all []replay.Moment, kit *protocol.Kit, differs, err error) {
	d := &data{store: store, kits: map[string]*frozenKit{}}
	for m, err := range replay.Run(store.Records(id), d.build) {
		if err != nil && !errors.As(err, new(*replay.Difference)) {
			return nil, nil, nil, fmt.Errorf("replay session %s: %w", id, err)
		}
		if differs == nil {
			differs = err
		}
		all = append(all, m)
	}
	if len(all) == 0 {
		return nil, nil, nil, fmt.Errorf("replay session %s: it has no records", id)
	}
	return all, d.frozen(all[0].Head).kit, differs, nil
}

package cli

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"pumplab/studies/journal"
	"pumplab/studies/outcome"
	"pumplab/studies/participant"
	"pumplab/studies/plan"
	"pumplab/studies/protocol"
	"pumplab/studies/replay"
	"pumplab/studies/session"
	"pumplab/studies/sqlite"
)

// SimulateCmd lets simulated participants work through a study.
type SimulateCmd struct {
	Study        string  `arg:"" help:"Study folder."`
	Participants int     `default:"24" short:"n" help:"How many simulated participants."`
	Seed         uint64  `default:"1" help:"Seed of all draws: the same seed gives the same people and the same keys."`
	Slips        float64 `default:"1" help:"Factor on all probabilities of going wrong; 1 is a slip in 0.6 % of the keys."`
}

// Help is shown by --help.
func (*SimulateCmd) Help() string {
	return "Simulated participants read the display and act through controls, through the same engine and journal as people. Their true\nparameters are in the head of each session.\n\nExample:\n  pumplab simulate my-study --participants 24 --seed 7"
}

// simulated is what simulate --json prints.
type simulated struct {
	Study        string   `json:"study"`
	Participants int      `json:"participants"`
	Seed         uint64   `json:"seed"`
	Events       int      `json:"events"`
	Sessions     []string `json:"sessions"`
	Seconds      float64  `json:"seconds"`
	Database     string   `json:"database"`
}

// Run simulates and prints what was done.
func (c *SimulateCmd) Run(x *Context) error {
	if c.Participants < 1 || c.Participants > 100_000 {
		return fmt.Errorf("simulate: --participants must be from 1 to 100000, not %d", c.Participants)
	}
	if !(c.Slips >= 0 && c.Slips <= 100) {
		return fmt.Errorf("simulate: --slips must be from 0 to 100, not %v", c.Slips)
	}
	kit, err := OpenStudy(c.Study)
	if err != nil {
		return err
	}
	if held, ok := sqlite.Holder(c.Study); ok { // somebody sits in front: their keys would wait for these sessions
		return held
	}
	store, err := sqlite.Open(filepath.Join(c.Study, sqlite.FileName))
	if err != nil {
		return err
	}
	defer store.Close()
	out, err := simulate(x, kit, store, people{c.Participants, c.Seed, c.Slips})
	if err != nil {
		return err
	}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%d simulated participants, %d events, %.1f s\n%s\n", out.Participants, out.Events, out.Seconds, out.Database)
		fmt.Fprintf(w, "Next: pumplab verify %s; pumplab outcomes %s\n", c.Study, c.Study)
	})
}

// people are simulated participants to be.
type people struct {
	n     int
	seed  uint64
	slips float64
}

// simulate runs simulated participants and stores their sessions, in the order of their codes.
func simulate(x *Context, kit *protocol.Kit, store *sqlite.Store, wanted people) (simulated, error) {
	began, n := time.Now(), wanted.n
	out := simulated{Study: kit.Study.Name, Participants: n, Seed: wanted.seed, Database: store.Path()}
	s, err := newSimulation(x, kit, store, wanted)
	if err != nil {
		return out, err
	}
	people, err := s.invite(n)
	if err != nil {
		return out, err
	}
	p := newProgress(x, "simulating", n)
	turns := newTurns()
	err = each(x, n, func(i int) error {
		defer turns.end(i)
		done, err := s.run(people[i])
		if err != nil {
			return err
		}
		turns.wait(i)
		defer p.step()
		return s.keep(done)
	})
	if err != nil {
		return out, err
	}
	for _, who := range people {
		out.Sessions = append(out.Sessions, who.session)
	}
	out.Events, err = store.CountEvents()
	out.Seconds = time.Since(began).Seconds()
	return out, err
}

type simulation struct {
	kit     *protocol.Kit
	store   *sqlite.Store
	seed    uint64
	kind    participant.Params
	program string
	started time.Time
	files   map[string]string
	context outcome.Context
}

// simPerson is one simulated participant before the session.
type simPerson struct {
	code, session string
	row           int
}

// simSession is a session that was worked through and is not stored yet.
type simSession struct {
	simPerson
	records []journal.Record
	result  outcome.Result
}

func newSimulation(x *Context, kit *protocol.Kit, store *sqlite.Store, wanted people) (*simulation, error) {
	files, err := store.Freeze(kit.Files)
	if err != nil {
		return nil, err
	}
	return &simulation{
		kit: kit, store: store, seed: wanted.seed, kind: participant.Typical().Slipping(wanted.slips), program: "pumplab " + x.Version, started: time.Now().UTC(), files: files,
		context: outcome.ContextOf(kit),
	}, nil
}

// invite gives n participants with codes and rows that nobody has yet.
func (s *simulation) invite(n int) ([]simPerson, error) {
	sessions, err := s.store.Sessions()
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	var used []plan.Assigned
	for _, old := range sessions {
		taken[old.Participant] = true
		if old.Simulated {
			used = append(used, plan.Assigned{Row: old.Row, Dropped: old.Status == "stopped"})
		}
	}
	var out []simPerson
	for k := 1; len(out) < n; k++ {
		code := fmt.Sprintf("S%02d", k)
		if taken[code] {
			continue
		}
		row := plan.NextRow(used)
		used = append(used, plan.Assigned{Row: row})
		out = append(out, simPerson{code: code, session: code + "-simulated", row: row})
	}
	return out, nil
}

// buffer is a journal in memory: nobody sits in front of a simulated session, so it is stored as a whole.
type buffer []journal.Record

func (b *buffer) Append(r journal.Record) error {
	*b = append(*b, r)
	return nil
}

// run lets one person work through their session.
func (s *simulation) run(who simPerson) (simSession, error) {
	done := simSession{simPerson: who}
	p, err := plan.Make(s.kit.Study, who.code, who.row)
	if err != nil {
		return done, err
	}
	m, err := s.kit.Machine(p)
	if err != nil {
		return done, err
	}
	stream := func(purpose string) *rand.Rand { return plan.Stream(s.seed, "simulated", who.code, purpose) }
	person := s.kind.Personal(stream("person"))
	head := journal.Head{
		Program: s.program, Session: who.session, Participant: who.code, Started: s.started.Format(time.RFC3339Nano), Files: s.files,
		Simulated: &journal.Simulated{Seed: s.seed, Parameters: person.Record()},
	}
	var b buffer
	run, err := session.Open(m, head, &b)
	if err != nil {
		return done, err
	}
	sitter := participant.New(person, participant.Streams{Slips: stream("slips"), Times: stream("times"), Choices: stream("choices")})
	sitter.Layout = func(design string) string { return string(s.context.Layout(design)) }
	if err := participant.Run(run, sitter); err != nil {
		return done, fmt.Errorf("%s: %w", who.code, err)
	}
	done.records = b
	done.result, err = outcome.Of(replay.Of(b), s.context)
	return done, err
}

// keep stores a session and what it came to.
func (s *simulation) keep(done simSession) error {
	j, err := s.store.Journal(done.session)
	if err != nil {
		return err
	}
	err = j.Batch(func() error {
		for _, r := range done.records {
			if err := j.Append(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.store.SaveOutcomes(done.session, sqlite.Kept{Records: len(done.records), Program: s.program}, done.result)
}

// turns lets pieces of work that are done side by side hand in their results in order.
type turns struct {
	mu   sync.Mutex
	next *sync.Cond
	at   int
	done map[int]bool
}

func newTurns() *turns {
	t := &turns{done: map[int]bool{}}
	t.next = sync.NewCond(&t.mu)
	return t
}

// wait returns when all numbers below i have ended.
func (t *turns) wait(i int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.at < i {
		t.next.Wait()
	}
}

// end says that number i is over, done or not.
func (t *turns) end(i int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done[i] = true
	for t.done[t.at] {
		t.at++
	}
	t.next.Broadcast()
}

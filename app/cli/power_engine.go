package cli

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"pumplab/studies"
	"pumplab/studies/outcome"
	"pumplab/studies/participant"
	"pumplab/studies/plan"
	"pumplab/studies/protocol"
	studyreport "pumplab/studies/report"
)

// PowerEngine are the flags that let simulated participants work through the sessions themselves.
type PowerEngine struct {
	Engine bool    `help:"Simulated participants at the pump itself instead of assumed rates: every session is worked through key by key."`
	Slips  float64 `default:"1" help:"With --engine: factor on all probabilities of going wrong; 1 is a slip in 0.6 % of the keys."`

	draw func(people int, rng *rand.Rand) ([]studies.TaskRow, error)
}

// useEngine makes draw work through sessions in memory; nothing is stored.
func (c *PowerEngine) useEngine(x *Context, kit *protocol.Kit, s studyreport.Scenario, assumed bool) error {
	if assumed {
		return errors.New("plan study: with --engine the designs make the rates, and each study takes long: leave out --rate and --power, and give --people")
	}
	if !(c.Slips >= 0 && c.Slips <= 100) {
		return fmt.Errorf("plan study: --slips must be from 0 to 100, not %v", c.Slips)
	}
	if len(s.Tasks) == 0 {
		return errors.New("plan study: it has no measured task")
	}
	base := simulation{
		kit: kit, kind: participant.Typical().Slipping(c.Slips), program: "pumplab " + x.Version, started: time.Unix(0, 0).UTC(), files: map[string]string{},
		context: outcome.ContextOf(kit),
	}
	c.draw = func(people int, rng *rand.Rand) ([]studies.TaskRow, error) {
		study := base
		study.seed = rng.Uint64()
		var rows []studies.TaskRow
		var used []plan.Assigned
		for i := range people {
			if err := x.ended(); err != nil {
				return nil, err
			}
			row := plan.NextRow(used)
			used = append(used, plan.Assigned{Row: row})
			code := fmt.Sprintf("S%03d", i+1)
			done, err := study.run(simPerson{code: code, session: code, row: row})
			if err != nil {
				return nil, err
			}
			for _, t := range done.result.Tasks {
				if !t.Practice {
					rows = append(rows, t)
				}
			}
		}
		return rows, nil
	}
	return nil
}

// ended is the error of a command that was interrupted.
func (x *Context) ended() error {
	if x.Context == nil {
		return nil
	}
	return x.Context.Err()
}

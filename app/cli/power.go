package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"pumplab/analysis/power"
	"pumplab/studies"
	"pumplab/studies/plan"
	studyreport "pumplab/studies/report"
)

// PowerCmd plans a study by simulating it.
type PowerCmd struct {
	Study    string             `arg:"" help:"Study folder."`
	Question string             `help:"Question of the study file; without it the main one." placeholder:"NAME"`
	Rate     map[string]float64 `help:"Error rate of a design, for both designs of the question: --rate keypad-wizard=0.08 --rate chevron-form=0.03. Not with --engine." placeholder:"DESIGN=SHARE"`
	SD       float64            `name:"sd" default:"0.7" help:"Standard deviation between people, on the logit scale."`
	TaskSD   float64            `default:"0.5" help:"Standard deviation between tasks, on the logit scale."`
	Odds     float64            `default:"1" help:"Odds ratio of an error in conditions with distractions."`
	People   []int              `help:"Numbers of people to try: --people 12,24,48; without it the study's planned number." placeholder:"N,…"`
	Power    float64            `help:"Also find the smallest number of people with this power: --power 0.8."`
	Runs     int                `help:"Simulated studies for each number of people; without it 2000, with --engine 100." placeholder:"N"`
	Seed     uint64             `default:"1" help:"Seed of all draws."`
	Mixed    bool               `help:"Also fit the report's mixed logistic model to each study (slower)."`

	PowerLooks
	PowerEngine
}

// Help is shown by --help.
func (*PowerCmd) Help() string {
	return "Draws studies of the study file's own course (each person meets every task in every condition with both designs) from the rates given\n" +
		"and evaluates each as the report would: McNemar's exact test, or Tango's score test against the margin. Tasks of one person are alike;\n" +
		"the second column counts people instead (Student's t on each one's own difference), which keeps its error rate whatever --sd is.\n" +
		"With --engine simulated participants work through every session on the engine itself, key by key, and how often they err comes of the designs.\n" +
		"With --looks the study may stop early; the error rate in all stays that of the question.\n\n" +
		"Examples:\n  pumplab power my-study --rate keypad-wizard=0.08 --rate chevron-form=0.03 --people 12,24,48 --power 0.8\n" +
		"  pumplab power my-study --rate keypad-wizard=0.08 --rate chevron-form=0.03 --people 48 --looks 0.5,1\n  pumplab power my-study --engine --people 24 --runs 100"
}

// powerAt is the power with one number of people.
type powerAt struct {
	People    int      `json:"people"`
	Pairs     int      `json:"pairs"`
	Power     float64  `json:"power"`
	Low       float64  `json:"low"` // 95 % Wilson, of the simulation
	High      float64  `json:"high"`
	PerPerson float64  `json:"power_per_person"`
	Mixed     *float64 `json:"power_mixed"`
	MixedFail int      `json:"mixed_failed"`

	Looks    []lookAt           `json:"looks,omitempty"`
	Expected float64            `json:"people_expected,omitempty"` // on average, when the study may stop early
	Observed map[string]float64 `json:"rates_observed"`            // share of tasks with the event
}

// powerResult is what power --json prints.
type powerResult struct {
	Study    string             `json:"study"`
	Question string             `json:"question"`
	Measure  string             `json:"measure"`
	Kind     string             `json:"kind"`
	First    string             `json:"first"`
	Second   string             `json:"second"`
	Alpha    float64            `json:"alpha"`
	Sides    int                `json:"sides"`
	Margin   float64            `json:"margin"`
	Rates    map[string]float64 `json:"rates"`
	SD       float64            `json:"sd_people"`
	TaskSD   float64            `json:"sd_tasks"`
	Odds     float64            `json:"odds_disturbed"`
	Pairs    int                `json:"pairs_per_person"`
	Runs     int                `json:"runs"`
	Seed     uint64             `json:"seed"`
	Model    string             `json:"model"` // parametric, or engine: simulated participants
	Spending string             `json:"spending,omitempty"`
	Results  []powerAt          `json:"results"`
	Wanted   float64            `json:"power_wanted,omitempty"`
	Needed   int                `json:"people_needed,omitempty"`
	Balanced int                `json:"people_balanced,omitempty"` // the next multiple of the rows of orders
	Seconds  float64            `json:"seconds"`
}

// Run simulates and prints the table.
func (c *PowerCmd) Run(x *Context) error {
	began := time.Now()
	s, cycle, err := c.scenario(x)
	if err != nil {
		return err
	}
	sides := 1
	if s.Question.Kind == "superiority" {
		sides = 2
	}
	out := powerResult{
		Study: c.Study, Question: s.Question.Name, Measure: s.Question.Measure, Kind: s.Question.Kind, First: s.First, Second: s.Second, Alpha: s.Question.Alpha, Sides: sides,
		Margin: s.Question.Margin, Rates: c.Rate, SD: c.SD, TaskSD: c.TaskSD, Odds: c.Odds, Pairs: s.Pairs(), Runs: c.Runs, Seed: c.Seed, Wanted: c.Power, Model: "parametric",
	}
	if c.Engine {
		out.Model = "engine"
	}
	if len(c.Looks) > 0 {
		out.Spending = c.Spending
	}
	if err := c.planLooks(s, sides); err != nil {
		return err
	}
	for _, n := range c.People {
		at, err := c.at(x, s, n)
		if err != nil {
			return err
		}
		out.Results = append(out.Results, at)
	}
	if c.Power > 0 {
		found, err := c.search(x, s)
		if err != nil {
			return err
		}
		out.Needed, out.Balanced = found.People, (found.People+cycle-1)/cycle*cycle
		out.Results = append(out.Results, found)
	}
	out.Seconds = time.Since(began).Seconds()
	return x.Print(out, func(w io.Writer) { c.human(w, out) })
}

// scenario is what the flags and the study ask for, checked, and the number of rows of orders.
func (c *PowerCmd) scenario(x *Context) (studyreport.Scenario, int, error) {
	kit, err := OpenStudy(c.Study)
	if err != nil {
		return studyreport.Scenario{}, 0, err
	}
	s, err := studyreport.NewScenario(kit.Study, c.Question)
	if err != nil {
		return s, 0, err
	}
	for name := range c.Rate {
		if name != s.First && name != s.Second {
			return s, 0, fmt.Errorf("plan study: question %s compares %s and %s, not %s", s.Question.Name, s.First, s.Second, name)
		}
	}
	s.Rates = [2]float64{c.Rate[s.First], c.Rate[s.Second]}
	s.PersonSD, s.TaskSD, s.Disturbed, s.Mixed = c.SD, c.TaskSD, c.Odds, c.Mixed
	if c.Engine {
		err = c.useEngine(x, kit, s, len(c.Rate) > 0 || c.Power > 0)
	} else {
		s, err = s.Ready()
		c.draw = func(n int, rng *rand.Rand) ([]studies.TaskRow, error) { return s.Draw(n, rng), nil }
	}
	if err != nil {
		return s, 0, err
	}
	if c.Runs == 0 {
		c.Runs = 2000
		if c.Engine {
			c.Runs = 100
		}
	}
	if len(c.People) == 0 && c.Power == 0 {
		c.People = []int{kit.Study.People.Planned}
	}
	for _, n := range c.People {
		if n < 2 || n > 100_000 {
			return s, 0, fmt.Errorf("plan study: --people must lie between 2 and 100000, not %d", n)
		}
	}
	if c.Runs < 20 || c.Runs > 10_000_000 {
		return s, 0, fmt.Errorf("plan study: --runs must lie between 20 and 10000000, not %d", c.Runs)
	}
	if c.Power != 0 && !(c.Power > 0 && c.Power < 1) {
		return s, 0, fmt.Errorf("plan study: a power of %g cannot be had; it lies between 0 and 1", c.Power)
	}
	return s, max(1, plan.Cycle(kit.Study)), nil
}

// at simulates studies of n people on all processors. Study i draws from a source of its own, so the answer is the same on any number.
func (c *PowerCmd) at(x *Context, s studyreport.Scenario, n int) (powerAt, error) {
	chunk := 10
	if c.Engine {
		chunk = 1
	}
	pieces := (c.Runs + chunk - 1) / chunk
	tallies, counts := make([]power.Tally, pieces), make([]*powerCount, pieces)
	p := newProgress(x, fmt.Sprintf("simulating studies of %d people", n), pieces)
	err := each(x, pieces, func(i int) error {
		defer p.step()
		var err error
		counts[i] = &powerCount{stops: make([]int, len(c.plan))}
		tallies[i], err = power.Simulate(power.Plan{Seed: c.Seed, From: i * chunk, To: min((i+1)*chunk, c.Runs)}, func(rng *rand.Rand) (bool, error) {
			rows, err := c.draw(n, rng)
			if err != nil {
				return false, err
			}
			v, err := c.judge(s, rows, n, counts[i])
			counts[i].add(v)
			return v.Shown, err
		})
		return err
	})
	if err != nil {
		if errors.Is(err, context.Canceled) {
			return powerAt{}, fmt.Errorf("plan study: stopped: %w", context.Canceled)
		}
		return powerAt{}, err
	}
	var all power.Tally
	sum := &powerCount{stops: make([]int, len(c.plan))}
	for i := range tallies {
		all = all.Add(tallies[i])
		sum.join(counts[i])
	}
	if c.Engine && all.Failed > 0 {
		return powerAt{}, fmt.Errorf("plan study: %w", all.FirstFailure)
	}
	e, err := all.Power(0.95)
	if err != nil {
		return powerAt{}, err
	}
	at := powerAt{People: n, Pairs: n * s.Pairs(), Power: e.Estimate, Low: e.CI.Low, High: e.CI.High, PerPerson: float64(sum.person) / float64(e.N), MixedFail: sum.fail}
	if s.Mixed && s.Question.Kind == "superiority" {
		m := float64(sum.mixed) / float64(e.N)
		at.Mixed = &m
	}
	at.Observed = map[string]float64{s.First: sum.rates[0] / float64(all.Runs), s.Second: sum.rates[1] / float64(all.Runs)}
	at.Looks, at.Expected = c.lookResults(n, sum.stops, all.Runs)
	return at, nil
}

// search finds the smallest number of people with the power wanted, by doubling and halving the range.
func (c *PowerCmd) search(x *Context, s studyreport.Scenario) (powerAt, error) {
	const most = 4096
	low, high := 1, 4
	best, err := c.at(x, s, high)
	for err == nil && best.Power < c.Power {
		if low = high; high >= most {
			return best, fmt.Errorf("plan study: not even %d people give a power of %g (they give %.2f); with these rates the question can hardly be answered", most, c.Power, best.Power)
		}
		high *= 2
		best, err = c.at(x, s, high)
	}
	for err == nil && high-low > 1 {
		middle := (low + high) / 2
		if middle < 2 {
			break
		}
		var at powerAt
		if at, err = c.at(x, s, middle); err == nil && at.Power >= c.Power {
			high, best = middle, at
		} else {
			low = middle
		}
	}
	return best, err
}

func (c *PowerCmd) human(w io.Writer, out powerResult) {
	what := fmt.Sprintf("%s of %s over %s in %s, %d-sided α %g", out.Kind, out.First, out.Second, out.Measure, out.Sides, out.Alpha)
	if out.Kind != "superiority" {
		what += fmt.Sprintf(", margin %g %%", math.Round(1000*out.Margin)/10)
	}
	fmt.Fprintln(w, what)
	var rates []string
	for _, d := range []string{out.First, out.Second} {
		rates = append(rates, fmt.Sprintf("%s %.1f %%", d, 100*out.Rates[d]))
	}
	if c.Engine {
		fmt.Fprintf(w, "Simulated participants on the engine, %g times the usual slips; %d pairs of tasks a person; %d studies each.\n\n", c.Slips, out.Pairs, out.Runs)
	} else {
		fmt.Fprintf(w, "Assumed error rates: %s; SD between people %g, between tasks %g (logit); %d pairs of tasks a person; %d studies each.\n\n", strings.Join(rates, ", "), out.SD, out.TaskSD, out.Pairs, out.Runs)
	}
	fmt.Fprintf(w, "%7s %7s %7s  %-15s %11s", "people", "pairs", "power", "95 % of it", "per person")
	mixed := slices.ContainsFunc(out.Results, func(a powerAt) bool { return a.Mixed != nil })
	if mixed {
		fmt.Fprintf(w, " %12s", "mixed model")
	}
	fmt.Fprintln(w)
	for _, a := range out.Results {
		fmt.Fprintf(w, "%7d %7d %7.3f  %.3f to %.3f %13.3f", a.People, a.Pairs, a.Power, a.Low, a.High, a.PerPerson)
		if a.Mixed != nil {
			fmt.Fprintf(w, " %12.3f", *a.Mixed)
		}
		fmt.Fprintln(w)
		if c.Engine {
			fmt.Fprintf(w, "        errors seen: %s %.1f %%, %s %.1f %% of tasks\n", out.First, 100*a.Observed[out.First], out.Second, 100*a.Observed[out.Second])
		}
		printLooks(w, a)
	}
	if out.Needed > 0 {
		fmt.Fprintf(w, "\n%d people give a power of %g; %d give every order of the plan to equally many.\n", out.Needed, out.Wanted, out.Balanced)
	}
	fmt.Fprintf(w, "%.1f s\n", out.Seconds)
}

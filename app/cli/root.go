package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"pumplab/studies/protocol"
)

// Opening says what the window opens on: a study folder, a participant's session in it, a design that is tried; the home screen if
// all is empty.
type Opening struct {
	Study, Participant string
	Design, Library    string // a built-in name or a folder; a built-in name or a file, empty for one that fits
}

// Window opens the laboratory.
type Window func(Opening) error

// root is every command of the program.
type root struct {
	JSON    bool             `name:"json" help:"Write one JSON document instead of text."`
	Version kong.VersionFlag `help:"Print the version."`

	Open    openCmd    `cmd:"" default:"withargs" help:"Open the laboratory's window (also without a command)."`
	Session sessionCmd `cmd:"" help:"Run one participant in the window."`

	Study   StudyCmd   `cmd:"" help:"Make, check and plan studies."`
	Fit     FitCmd     `cmd:"" help:"Fit a model to your own table."`
	Stat    StatCmd    `cmd:"" help:"One test, interval or score from numbers or a small table."`
	Entry   EntryCmd   `cmd:"" help:"Try one number-entry method, key by key."`
	Design  DesignCmd  `cmd:"" help:"Pump interfaces: list, check, try, press, graph, render."`
	Library LibraryCmd `cmd:"" help:"Drug libraries: check, compare, test, what if, import, export, release."`
	Power   PowerCmd   `cmd:"" help:"Power and number of people by simulation on a study's own course."`
	Dose    DoseCmd    `cmd:"" help:"Convert a dose into a rate, or back."`
	Ders    DersCmd    `cmd:"" help:"Hold one value against a drug library's limits."`

	Simulate SimulateCmd `cmd:"" help:"Let simulated participants work through a study."`
	Verify   VerifyCmd   `cmd:"" help:"Check the journal: file, hash chain, every session replayed."`
	Replay   ReplayCmd   `cmd:"" help:"Show a recorded session again."`
	Outcomes OutcomesCmd `cmd:"" help:"What each task came to, one row a task."`
	Report   ReportCmd   `cmd:"" help:"Evaluate a study: report.html, results.json, figures."`
	Coding   CodingCmd   `cmd:"" help:"Raters' judgements of errors: blind sheets, agreement."`
	Export   ExportCmd   `cmd:"" help:"Write the data as files for other programs."`
	People   PeopleCmd   `cmd:"" help:"What identifies participants: make a key, read it."`
	Markers  MarkersCmd  `cmd:"" help:"Write a session's markers as an XDF file, beside recordings of the Lab Streaming Layer."`
	Backup   BackupCmd   `cmd:"" help:"Copy a study's database to a second place, checked."`
	Restore  RestoreCmd  `cmd:"" help:"Go back to a backup, or to what pumplab recover wrote; nothing is lost by it."`
	Recover  RecoverCmd  `cmd:"" help:"Bring together what is left of a damaged or split study, in a new file."`
	Timing   TimingCmd   `cmd:"" help:"How good are key times on this machine."`
	Demo     DemoCmd     `cmd:"" help:"The whole job without a person: study, simulated participants, verified journal, report."`

	Guide      GuideCmd      `cmd:"" help:"Print a guide: designs, libraries, sessions, studies."`
	Completion CompletionCmd `cmd:"" help:"Have your shell complete commands, flags and names."`
	Words      wordsCmd      `cmd:"" hidden:""`
}

type openCmd struct {
	Study string `arg:"" optional:"" help:"Study folder; without one the home screen opens."`
}

// Help is shown by --help.
func (*openCmd) Help() string { return "Example:\n  pumplab my-study" }

// Run opens the window.
func (c *openCmd) Run(open Window) error { return open(Opening{Study: c.Study}) }

type sessionCmd struct {
	Study       string `arg:"" help:"Study folder."`
	Participant string `required:"" short:"p" help:"Participant code, for example P07."`
}

// Help is shown by --help.
func (*sessionCmd) Help() string { return "Example:\n  pumplab session my-study --participant P07" }

// Run opens the window on one participant's session.
func (c *sessionCmd) Run(open Window) error {
	return open(Opening{Study: c.Study, Participant: c.Participant})
}

// Run parses the arguments, runs the command and returns the program's exit status.
func Run(args []string, x *Context, open Window) int {
	var cmd root
	status := -1
	parser := grammar(&cmd, x, func(code int) { status = code })
	k, err := parser.Parse(negatives(args))
	if status >= 0 { // --help or --version has been answered
		return status
	}
	if err == nil {
		x.JSON = cmd.JSON
		k.Bind(x)
		k.Bind(parser)
		k.Bind(open)
		err = k.Run()
	}
	return report(x, err)
}

// grammar is the parser of every command; exit is called where --help or --version has been answered.
func grammar(cmd *root, x *Context, exit func(int)) *kong.Kong {
	parser, err := kong.New(
		cmd, kong.Name("pumplab"),
		kong.Description("A usability laboratory for infusion-pump interfaces. For research and teaching, never for clinical use.\n\nExamples:\n  pumplab my-study                 the window, on a study\n  pumplab demo --out out           the whole job with simulated people\n  pumplab design try chevron-form  one interface, to play with\n  pumplab guide studies            how a study file is written"),
		kong.Writers(x.Out, x.Err), kong.Vars{"version": "pumplab " + x.Version, "templates": strings.Join(templates(x), ", ")}, kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.Exit(exit),
	)
	if err != nil {
		panic(err) // the grammar is wrong
	}
	return parser
}

// templates are the names of the studies that can be copied.
func templates(x *Context) []string {
	if x.Assets.Studies == nil {
		return nil
	}
	return protocol.Templates(protocol.Sources{Studies: x.Assets.Studies()})
}

// report tells an error as a sentence and returns the exit status.
func report(x *Context, err error) int {
	if err == nil {
		return 0
	}
	var usage *kong.ParseError
	if errors.As(err, &usage) {
		fmt.Fprintf(x.Err, "pumplab: %v\nTry: %s --help\n", err, commandOf(usage))
		return 2
	}
	if text := err.Error(); text != "" {
		for _, line := range strings.Split(text, "\n") {
			fmt.Fprintf(x.Err, "pumplab: %s\n", line)
		}
	}
	return Exit(err)
}

func commandOf(e *kong.ParseError) string {
	if e.Context == nil {
		return "pumplab"
	}
	words := []string{"pumplab"}
	for _, p := range e.Context.Path {
		if p.Command != nil {
			words = append(words, p.Command.Name)
		}
	}
	return strings.Join(words, " ")
}

package engine_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/engine"
	"pumplab/pumpmodel/library"
)

// builtIn are the designs programmed key by key in every test; shipped are all that come with the program;
// single those with one channel for a continuous infusion.
var (
	builtIn = []string{"keypad-wizard", "chevron-form", "fivekey-menu"}
	shipped = append(builtIn[:3:3], "keypad-permissive", "chevron-fine-syringe", "fivekey-wrap", "digitpairs-syringe", "dial-touch", "slider-touch",
		"touch-tablet", "vendor-example", "keypad-silent-decimals", "form-silent-discard", "two-channel", "pca-handset")
	single = slices.DeleteFunc(slices.Clone(shipped), func(name string) bool { return name == "two-channel" || name == "pca-handset" })
)

func mustLibrary(t testing.TB) *library.Library {
	t.Helper()
	return mustLibraryNamed(t, "demo.yaml")
}

// mustLibraryOf is the library a design is tested on: the demo library has nothing patient-controlled.
func mustLibraryOf(t testing.TB, design string) *library.Library {
	t.Helper()
	if design == "pca-handset" {
		return mustLibraryNamed(t, "hospital.yaml")
	}
	return mustLibrary(t)
}

func mustLibraryNamed(t testing.TB, name string) *library.Library {
	t.Helper()
	data, err := os.ReadFile("../../assets/libraries/" + name)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := library.Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func mustDesign(t testing.TB, name string) *design.Design {
	t.Helper()
	d, err := design.Load(os.DirFS("../../assets/designs"), name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustMachine(t testing.TB, name string) pumpmodel.Machine {
	t.Helper()
	m, err := engine.New(mustDesign(t, name), mustLibraryOf(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Each file of testdata is a session with one design, named by what comes before the point: commands, ----, what came of them.
// It is on the hospital library where the name ends with it.
//
//	press KEY…       presses and releases, one after the other; KEY*3 three times, row_1 for a control named row 1
//	hold KEY 2s      presses, waits, releases
//	turn KEY -3      turns a dial by so many detents
//	wait 5m          lets time pass
//	touch KEY 370    touches a control at so many thousandths of its width, and lets it go
//	fault NAME, repair NAME
//
// Outputs come first, without accepted keys; then the display, unless the command says quiet.
func TestTraces(t *testing.T) {
	datadriven.Walk(t, "testdata/trace", func(t *testing.T, path string) {
		name, about, _ := strings.Cut(filepath.Base(path), ".")
		m := mustMachine(t, name)
		if strings.HasSuffix(about, ".hospital.txt") {
			m, _, _ = mustWard(t, name)
		}
		x := &tracer{m: m, s: m.Start()}
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			x.out.Reset()
			quiet := false
			var args []string
			for _, a := range d.CmdArgs {
				if a.Key == "quiet" {
					quiet = true
				} else {
					args = append(args, a.Key)
				}
			}
			if err := x.do(d.Cmd, args); err != nil {
				d.Fatalf(t, "%v", err)
			}
			if !quiet {
				x.out.WriteString(m.Show(x.s).String())
			}
			return x.out.String()
		})
	})
}

// noExtras is how a programme without a bolus prints them.
const noExtras = " Bolus: BolusUnit: BolusVolume: BolusRate: Loading:false"

// tracer is one session in the making.
type tracer struct {
	m   pumpmodel.Machine
	s   pumpmodel.State
	out strings.Builder
}

func (x *tracer) do(cmd string, args []string) error {
	switch cmd {
	case "press":
		for _, key := range args {
			n := 1
			if k, count, ok := strings.Cut(key, "*"); ok {
				key = k
				if _, err := fmt.Sscan(count, &n); err != nil {
					return err
				}
			}
			key = strings.ReplaceAll(key, "_", " ")
			for range n {
				x.act(pumpmodel.Press(key))
				x.act(pumpmodel.Release(key))
			}
		}
	case "hold":
		x.act(pumpmodel.Press(args[0]))
		if err := x.pass(args[1]); err != nil {
			return err
		}
		x.act(pumpmodel.Release(args[0]))
	case "wait":
		return x.pass(args[0])
	case "turn":
		n := 0
		if _, err := fmt.Sscan(args[1], &n); err != nil {
			return err
		}
		x.act(pumpmodel.Event{Kind: pumpmodel.Turn, Control: args[0], N: n})
	case "touch":
		n := 0
		if _, err := fmt.Sscan(args[1], &n); err != nil {
			return err
		}
		for _, c := range x.m.Info().Controls {
			if c.Name == args[0] {
				x.act(pumpmodel.Event{Kind: pumpmodel.Touch, Control: c.Name, X: c.X + c.W*n/1000, Y: c.Y + c.H/2})
				x.act(pumpmodel.Release(c.Name))
			}
		}
	case "fault", "repair":
		args[0] = strings.ReplaceAll(args[0], "_", " ")
		x.act(pumpmodel.Event{Kind: pumpmodel.EventKind(cmd), Text: args[0]})
	default:
		return fmt.Errorf("unknown command %s", cmd)
	}
	return nil
}

func (x *tracer) act(e pumpmodel.Event) {
	var got []pumpmodel.Output
	x.s, got = x.m.Step(x.s, e)
	tell(&x.out, got)
}

func (x *tracer) pass(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil {
		return err
	}
	var got []pumpmodel.Output
	x.s, got = pumpmodel.Advance(x.m, x.s, d)
	tell(&x.out, got)
	return nil
}

func tell(b *strings.Builder, out []pumpmodel.Output) {
	for _, o := range out {
		if o.Kind == pumpmodel.KeyAnswered && o.Answer == pumpmodel.Accepted {
			continue
		}
		fmt.Fprintf(b, "<%s", o.Kind)
		for _, x := range []struct{ name, v string }{
			{"channel", o.Channel},
			{"control", o.Control},
			{"answer", string(o.Answer)},
			{"field", o.Field},
			{"before", o.Before},
			{"after", o.After},
			{"text", o.Text},
			{"choice", o.Choice},
			{"why", o.Why},
		} {
			if x.v != "" {
				fmt.Fprintf(b, " %s=%q", x.name, x.v)
			}
		}
		if o.At != 0 {
			fmt.Fprintf(b, " at=%v", o.At)
		}
		if o.Limit != nil {
			b.WriteString(strings.Replace(fmt.Sprintf(" limit=%+v", *o.Limit), " Soft:false", "", 1))
		}
		if o.Programme != nil {
			b.WriteString(strings.NewReplacer("{Channel: ", "{", " Surface: ", " ", " Anaesthesia:false", "", noExtras, "", " PCA:{Unit: Dose: Volume: Lockout: Continuous: Loading: LoadingVolume: In1h: In4h:}", "", " Delay:}", "}").Replace(fmt.Sprintf(" programme=%+v", *o.Programme)))
		}
		b.WriteString(">\n")
	}
}

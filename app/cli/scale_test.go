package cli_test

import (
	"context"
	"fmt"
	"io"
	"os"
	osexec "os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"pumplab/app/cli"
)

// scaled runs one command of a study in this process, for BenchmarkScale to measure it from outside.
func scaled(command, study, people string) error {
	x := &cli.Context{Context: context.Background(), Out: io.Discard, Err: io.Discard, JSON: true, Version: "test", Assets: testAssets()}
	n, _ := strconv.Atoi(people)
	switch command {
	case "simulate":
		return (&cli.SimulateCmd{Study: study, Participants: n, Seed: 1, Slips: 1}).Run(x)
	case "outcomes":
		return (&cli.OutcomesCmd{Study: study}).Run(x)
	case "replay":
		return (&cli.ReplayCmd{Study: study, Session: "S01"}).Run(x)
	}
	return (&cli.VerifyCmd{Study: study}).Run(x)
}

// BenchmarkScale is what studies of 10⁵ and 10⁶ events take: processor seconds and the most resident memory of a process that does
// nothing else. Thirty-five people in the demo study make 10⁵ events.
func BenchmarkScale(b *testing.B) {
	for _, people := range []int{35, 350} {
		study := filepath.Join(b.TempDir(), "study")
		if _, err := cli.NewStudy(testAssets(), "demo", study); err != nil {
			b.Fatal(err)
		}
		for _, command := range []string{"simulate", "replay", "outcomes", "verify"} {
			b.Run(fmt.Sprintf("%d/%s", people, command), func(b *testing.B) {
				if command == "simulate" && b.N > 1 {
					b.Fatal("run with -benchtime 1x")
				}
				for range b.N {
					cmd := osexec.Command(os.Args[0])
					cmd.Env = append(os.Environ(), "PUMPLAB_SCALE="+command, victimStudy+"="+study, "PUMPLAB_SCALE_PEOPLE="+fmt.Sprint(people))
					if out, err := cmd.CombinedOutput(); err != nil {
						b.Fatalf("%v: %s", err, out)
					}
					p := cmd.ProcessState
					b.ReportMetric((p.UserTime() + p.SystemTime()).Seconds(), "cpu-s/op")
					b.ReportMetric(residentMB(p), "MB-resident")
				}
			})
		}
	}
}

// residentMB is the most memory a process that ended had resident, where the system says so in kilobytes; 0 elsewhere.
func residentMB(p *os.ProcessState) float64 {
	v := reflect.Indirect(reflect.ValueOf(p.SysUsage()))
	if v.Kind() != reflect.Struct || !v.FieldByName("Maxrss").IsValid() {
		return 0
	}
	return float64(v.FieldByName("Maxrss").Int()) / 1024
}

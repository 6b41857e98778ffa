//go:build linux && !headless

package main_test

import (
	"bufio"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// floor runs the metronome on the least program there is, which draws so many frames a second; empty: it only waits.
func floor(t *testing.T, s *screen, n int, frames string) (typed, clicked []beat) {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "floor")
	if out, err := exec.Command("go", "build", "-o", bin, "./capture/testdata/floor").CombinedOutput(); err != nil {
		t.Fatalf("build the floor program: %v\n%s", err, out)
	}
	cmd := exec.Command(bin)
	if frames != "" {
		cmd.Args = append(cmd.Args, frames)
	}
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display, "LIBGL_ALWAYS_SOFTWARE=1")
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(pipe)
	lines.Scan()
	l := &lab{t: t, screen: s}
	l.focus("floor")
	s.point(600, 500)
	random := rand.New(rand.NewPCG(4, uint64(n)))
	run := append(beats(n, random, []string{"1", "2", "3", "4"}, s.press), beats(n, random, []string{"button1"}, s.press)...)
	time.Sleep(100 * time.Millisecond)
	for i := range run {
		if !lines.Scan() {
			t.Fatalf("the floor program heard %d of %d events", i, len(run))
		}
		f := strings.Fields(lines.Text())
		at, err := strconv.ParseInt(f[len(f)-1], 10, 64)
		if err != nil || f[2] != strconv.FormatBool(run[i].down) {
			t.Fatalf("the floor program says %q to event %d", lines.Text(), i)
		}
		run[i].stamp = time.Duration(at)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	return run[:2*n], run[2*n:]
}

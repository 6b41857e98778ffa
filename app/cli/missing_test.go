package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pumplab/app/cli"
)

// A code for missing, such as -999, is a number to a program. The person is told, beside the result and not in it.
func TestACodeForMissingIsPointedOut(t *testing.T) {
	table := filepath.Join(t.TempDir(), "times.csv")
	text := "participant,design,other,time\n"
	for _, row := range []string{"1,A,-999,12", "1,B,3,-999", "2,A,4,20", "2,B,5,31", "3,A,6,17", "999,B,7,-999", "3,B,8,25", "999,A,9,22"} {
		text += row + "\n"
	}
	if err := os.WriteFile(table, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	const want = "Note: -999 occurs 2 times in column \"time\" and was taken as a number; if it means missing, write NA.\n"
	for _, args := range [][]string{
		{"fit", "--json", table, "time ~ design"},
		{"fit", "--json", table, "log(1000 + time) ~ design + (1|participant)"},
		{"stat", "wilcoxon", "--json", table, "--columns", "time"},
	} {
		var out, msg bytes.Buffer
		if code := cli.Run(args, &cli.Context{Context: t.Context(), Out: &out, Err: &msg}, nil); code != 0 || msg.String() != want {
			t.Errorf("%v: status %d, said %q", args, code, msg.String())
		}
		if !json.Valid(out.Bytes()) || strings.Contains(out.String(), "NA.") {
			t.Errorf("%v: printed %s", args, out.String())
		}
	}
}

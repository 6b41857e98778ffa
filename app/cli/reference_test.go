package cli_test

import (
	"encoding/csv"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestReferenceTable runs stat as a researcher would and compares every value with R's, as testdata/reference/reference.R computed it
// (R 4.2.2; calls there). With -v it prints the table of commands and their largest relative difference.
func TestReferenceTable(t *testing.T) {
	const dir = "testdata/reference"
	f, err := os.Open(filepath.Join(dir, "stat.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	worst, count := map[string]float64{}, map[string]int{}
	answers := map[string]map[string]any{}
	for _, r := range rows[1:] {
		command, file, arguments, key, index := r[0], r[1], r[2], r[3], r[4]
		call := strings.Join(r[:3], " ")
		if answers[call] == nil {
			args := []string{command}
			if file != "" {
				args = append(args, filepath.Join(dir, file))
			}
			answers[call] = mustStat(t, "", append(args, strings.Fields(arguments)...)...)
		}
		got := answers[call][key]
		if i, err := strconv.Atoi(index); err == nil {
			got = got.([]any)[i]
		}
		want, err := strconv.ParseFloat(r[5], 64)
		if err != nil {
			t.Fatal(r, err)
		}
		v, ok := got.(float64)
		diff := math.Abs(v-want) / max(math.Abs(want), 1e-4)
		worst[command], count[command] = max(worst[command], diff), count[command]+1
		if !ok || !(diff <= 1e-10) {
			t.Errorf("%s: %s%s is %v, in R %s (relative difference %.1e)", call, key, index, got, r[5], diff)
		}
	}
	for _, command := range slices.Sorted(maps.Keys(worst)) {
		t.Logf("stat %-16s %3d values against R, largest relative difference %.1e", command, count[command], worst[command])
	}
}

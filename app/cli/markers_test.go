package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMarkersOfARecordedSessionAreWritten(t *testing.T) {
	dir, _ := mustDemo(t, "1")
	var made struct {
		File    string
		Markers int
	}
	mustRunStudy(t, &made, "markers", dir, "S01-simulated", "--out", filepath.Join(t.TempDir(), "m"))
	file, err := os.ReadFile(made.File)
	if err != nil {
		t.Fatal(err)
	}
	if made.Markers < 100 || strings.Count(string(file), "response/down/") < 50 || !strings.HasPrefix(string(file), "XDF:") {
		t.Errorf("%d markers in %d bytes", made.Markers, len(file))
	}
	for _, part := range []string{"trial/begin/", "trial/end/", "<sample_count>"} {
		if !strings.Contains(string(file), part) {
			t.Errorf("no %q in the file", part)
		}
	}
}

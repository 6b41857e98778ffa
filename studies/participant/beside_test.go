package participant_test

import (
	"strings"
	"testing"

	"pumplab/studies/participant"
)

// The study bedside asks for a bolus, a loading dose and a delay, on a design with keys for them and on one with a menu of options.
func TestFaultlessPersonGivesABolusALoadingDoseAndADelayedStart(t *testing.T) {
	k := MustKit(t, "bedside")
	end, records := MustRun(t, k, "P01", 0, participant.Faultless())
	told := story(k, records)
	if end.Ended != "complete" || strings.Count(told, "right=true") != 6 {
		t.Errorf("ended %q\n%s", end.Ended, told)
	}
	t.Log(told)
}

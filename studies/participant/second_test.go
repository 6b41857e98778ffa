package participant_test

import (
	"strings"
	"testing"

	"pumplab/studies/participant"
)

// The study channels asks for a secondary infusion and for two channels, the study pca for patient-controlled analgesia: a person without
// slips carries every order out, both of its infusions and every number of it.
func TestFaultlessPersonProgrammesTwoChannelsASecondaryAndAnalgesia(t *testing.T) {
	for study, tasks := range map[string]int{"channels": 2, "pca": 3} {
		k := MustKit(t, study)
		end, records := MustRun(t, k, "P01", 0, participant.Faultless())
		told := story(k, records)
		if end.Ended != "complete" || strings.Count(told, "right=true") != tasks {
			t.Errorf("%s: ended %q\n%s", study, end.Ended, told)
		}
	}
}

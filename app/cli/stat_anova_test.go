package cli_test

import (
	"strings"
	"testing"
)

const conditions = "nr,a1,a2,a3,b1,b2,b3\n1,5,6,7,6,8,9\n2,4,6,6,5,7,9\n3,6,6,8,8,9,9\n4,5,5,6,6,6,8\n5,,5,6,6,6,8\n"

func TestStatRepeatedMeasures(t *testing.T) {
	one := mustStat(t, conditions, "rm-anova", "-", "--columns", "a1,a2,a3")
	for _, key := range strings.Fields("f df1 df2 p gg_epsilon p_gg hf_epsilon p_hf mauchly_w p_mauchly ss ss_error eta2_partial eta2_generalised n side") {
		if one[key] == nil {
			t.Errorf("no %s in %v", key, one)
		}
	}
	if one["n"] != 4.0 || !strings.Contains(one["note"].(string), "1 row with a missing value left out") {
		t.Errorf("%v", one)
	}
	two := mustStat(t, conditions, "rm-anova", "-", "--within", "design=2,step=3")
	if e := two["effect"].([]any); len(e) != 3 || e[0] != "design" || e[2] != "design:step" || len(two["p_gg"].([]any)) != 3 {
		t.Errorf("%v", two)
	}
	for want, args := range map[string]string{
		"6 columns, but the factors have 4": "rm-anova - --within a=2,b=2", "write NAME=LEVELS": "rm-anova - --within a", "two levels or more": "rm-anova - --within a=1,b=6",
		"needs a column for each condition": "rm-anova - --columns a1",
	} {
		if _, err := stat(t, conditions, true, strings.Fields(args)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", args, err, want)
		}
	}
}

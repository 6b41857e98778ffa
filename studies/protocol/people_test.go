package protocol_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pumplab/studies"
)

// The key is the public half of one that pumplab people key made; nobody has the secret one.
const somebody = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

const askLine = "ask: {role: [nurse, physician, pharmacist, other], years in role: 0..60}"

func TestIdentifyingAnswersNameWhoMayReadThem(t *testing.T) {
	files := mustTemplate(t, "demo")
	text := strings.Replace(string(files["study.yaml"]), askLine,
		"ask: {role: [nurse, other], e-mail: identifying, year of birth: {answers: 1930..2010, identifying: yes}, ward: {answers: [a, b], identifying: no}}\n  recipients: ["+somebody+"]", 1)
	files["study.yaml"] = []byte(text)
	p := mustLoad(t, files).Study.People
	want := []studies.Ask{
		{Name: "role", Choices: []string{"nurse", "other"}},
		{Name: "e-mail", Text: true, Identifying: true},
		{Name: "year of birth", Min: 1930, Max: 2010, Identifying: true},
		{Name: "ward", Choices: []string{"a", "b"}},
	}
	if d := cmp.Diff(want, p.Ask) + cmp.Diff([]string{somebody}, p.Recipients); d != "" {
		t.Error(d)
	}
}

func TestIdentifyingAnswersWithoutAKeyAreRefused(t *testing.T) {
	for ask, want := range map[string]string{
		"ask: {e-mail: identifying}":                                              "nobody is named who may read them",
		"ask: {e-mail: identifying}\n  recipients: []":                            "at least one public age key",
		"ask: {e-mail: identifying}\n  recipients: [age1abc]":                     "copy it again",
		"ask: {e-mail: identifying}\n  recipients: [AGE-SECRET-KEY-1QQQSECRETQQ]": "this is a secret key",
		"ask: {e-mail: {identifying: no}}":                                        "answers is missing",
		"ask: {e-mail: {identifing: yes}}":                                        "identifing",
	} {
		got := problems(t, askLine, ask)
		if len(got) == 0 || !strings.Contains(got.Error(), want) || got[0].Line != 25 && got[0].Line != 26 {
			t.Errorf("%s: %v, want %q", ask, got, want)
		}
		if strings.Contains(got.Error(), "QQQSECRET") {
			t.Errorf("the message shows the secret: %v", got)
		}
	}
}

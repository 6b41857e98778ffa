package identity_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pumplab/studies/identity"
)

func MustKey(t *testing.T) (identity.Key, string, string) {
	t.Helper()
	secret, public, err := identity.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	k, err := identity.ReadKey(strings.NewReader(secret))
	if err != nil {
		t.Fatal(err)
	}
	return k, secret, public
}

var entry = identity.Entry{Participant: "P01", Session: "P01-1", Answers: map[string]string{"e-mail": "someone@example.org"}}

func TestEveryRecipientAndNobodyElseReadsAnEntry(t *testing.T) {
	a, _, first := MustKey(t)
	b, _, second := MustKey(t)
	c, _, _ := MustKey(t)
	sealed, err := identity.Seal(entry, []string{first, second})
	if err != nil {
		t.Fatal(err)
	}
	if text := string(sealed); !strings.HasPrefix(text, "-----BEGIN AGE ENCRYPTED FILE-----\n") || strings.Contains(text, "example.org") {
		t.Errorf("sealed: %s", text)
	}
	for _, k := range []identity.Key{a, b} {
		if got, err := k.Open(sealed); err != nil || cmp.Diff(entry, got) != "" {
			t.Errorf("%+v %v", got, err)
		}
	}
	if got, err := c.Open(sealed); !errors.Is(err, identity.ErrNotForKey) {
		t.Errorf("a stranger reads %+v, %v", got, err)
	}
	for i := range sealed { // one character after the other damaged: never another content
		bad := append([]byte(nil), sealed...)
		if bad[i] ^= 1; bad[i] == '\r' || bad[i] == '\n' || sealed[i] == '\n' {
			continue
		}
		if got, err := a.Open(bad); err == nil && cmp.Diff(entry, got) != "" {
			t.Fatalf("byte %d changed gives %+v", i, got)
		}
	}
}

func TestWhatIsNoKeyIsSaidSo(t *testing.T) {
	_, secret, public := MustKey(t)
	for text, want := range map[string]string{
		"": "age1", "ssh-ed25519 AAAA": "age1", public[:20]: "copy it again", strings.Split(secret, "\n")[1]: "secret key",
	} {
		if err := identity.CheckRecipient(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.12s…: %v, want %q", text, err, want)
		}
	}
	if err := identity.CheckRecipient(public); err != nil {
		t.Error(err)
	}
	if _, err := identity.Seal(entry, nil); err == nil {
		t.Error("sealed for nobody")
	}
	if _, err := identity.ReadKey(strings.NewReader(public)); err == nil {
		t.Error("a public key opened")
	}
}

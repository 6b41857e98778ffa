package library_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pumplab/pumpmodel/library"
)

// key is a key of its own for each person.
func key(who string) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, who)
	return ed25519.NewKeyFromSeed(seed)
}

// life is a library file with its release.
type life struct {
	t       *testing.T
	data    []byte
	release *library.Release
	now     time.Time
}

func begin(t *testing.T) *life {
	return &life{t, []byte(mustText(t, "small.yaml")), nil, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
}

func (l *life) take(to, role, who string) error {
	l.now = l.now.Add(time.Hour)
	data, r, err := library.Take("small.yaml", l.data, l.release, library.Sign{To: to, Role: role, Who: who, Why: "because", Now: l.now, Key: key(who)})
	if err == nil {
		l.data, l.release = data, r
	}
	return err
}

func (l *life) verify(trusted ...ed25519.PublicKey) error {
	return l.release.Verify(mustRead(l.t, "small.yaml", string(l.data)), l.data, trusted)
}

// released is small.yaml, which needs pharmacist and nurse, all the way.
func released(t *testing.T) *life {
	t.Helper()
	l := begin(t)
	for _, s := range [][3]string{{"in review", "pharmacist", "P"}, {"approved", "nurse", "N"}, {"approved", "pharmacist", "P"}, {"released", "nurse", "N"}} {
		if err := l.take(s[0], s[1], s[2]); err != nil {
			t.Fatal(err)
		}
		if err := l.verify(); err != nil {
			t.Fatalf("after %v: %v", s, err)
		}
	}
	return l
}

func TestALibraryGoesFromDraftToReleasedAndOn(t *testing.T) {
	l := released(t)
	var way []string
	for _, s := range l.release.Steps {
		way = append(way, s.Role+": "+s.To)
	}
	if got := strings.Join(way, ", "); got != "pharmacist: in review, nurse: in review, pharmacist: approved, nurse: released" {
		t.Error(got)
	}
	want := strings.Replace(mustText(t, "small.yaml"), "status: draft", "status: released", 1)
	if string(l.data) != want {
		t.Errorf("more than the status changed:\n%s", l.data)
	}
	if s := l.release.Last(); s.Who != "N" || s.Why != "because" || s.When != "2026-11-22T13:00:00Z" || s.Version != 1 {
		t.Errorf("%+v", s)
	}
	if err := l.take("draft", "nurse", "N"); err != nil {
		t.Fatal(err)
	}
	if now := mustRead(t, "small.yaml", string(l.data)); now.Status != "draft" || now.Version != 2 {
		t.Errorf("%s version %d", now.Status, now.Version)
	}
	l.data = bytes.Replace(l.data, []byte("..20"), []byte("..30"), 1) // a draft may change
	if err := l.verify(); err != nil {
		t.Error(err)
	}
	if err := l.take("in review", "nurse", "N"); err != nil || l.verify() != nil {
		t.Error(err, l.verify())
	}
}

func TestStepsThatMayNotBeTakenAreRefused(t *testing.T) {
	for _, c := range []struct {
		before        [][3]string
		to, role, who string
		want          string
	}{
		{nil, "approved", "nurse", "N", "it is draft, which leads to in review, not to approved"},
		{nil, "released", "nurse", "N", "not to released"},
		{nil, "in review", "physician", "D", "it is signed by pharmacist, nurse, not by physician"},
		{nil, "in review", "doctor", "D", `"doctor" is no role`},
		{nil, "in revew", "nurse", "N", `did you mean "in review"?`},
		{nil, "in review", "nurse", " ", "who signs and why has to be said"},
		{[][3]string{{"in review", "nurse", "N"}, {"approved", "nurse", "N"}}, "approved", "nurse", "M", "N has approved it as nurse already"},
		{[][3]string{{"in review", "nurse", "N"}, {"approved", "nurse", "N"}}, "approved", "pharmacist", "n", "each role is another person"},
		{[][3]string{{"in review", "nurse", "N"}, {"approved", "nurse", "N"}}, "released", "nurse", "N", "it is in review, which leads to approved or draft"},
	} {
		l := begin(t)
		for _, s := range c.before {
			if err := l.take(s[0], s[1], s[2]); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.take(c.to, c.role, c.who); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %s", c, err, c.want)
		}
	}
	l := begin(t)
	l.data = bytes.Replace(l.data, []byte("status: draft"), []byte("status: released"), 1)
	if err := l.take("in review", "nurse", "N"); err == nil || !strings.Contains(err.Error(), "no release file says who made it so") {
		t.Error(err)
	}
}

// Any byte of the file or of a step that is changed is found.
func TestEveryChangedByteIsRefused(t *testing.T) {
	l := released(t)
	whole := mustRead(t, "small.yaml", string(l.data))
	for i := range l.data {
		changed := bytes.Clone(l.data)
		changed[i] ^= 1
		if err := l.release.Verify(whole, changed, nil); err == nil || !strings.Contains(err.Error(), "small.yaml: refused: the file was changed after N (nurse) signed version 1 as released on 2026-11-22T13:00:00Z") {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
	file := l.release.Bytes()
	for i := range file {
		changed := bytes.Clone(file)
		changed[i] ^= 1
		r, err := library.ReadRelease("small.yaml.release", changed)
		if err == nil {
			err = r.Verify(whole, l.data, nil)
		}
		back, same := library.ReadRelease("x", file)
		if err == nil && !(same == nil && bytes.Equal(r.Bytes(), back.Bytes())) {
			t.Fatalf("byte %d of the release file: %q", i, file[max(0, i-20):i+20])
		}
	}
}

func TestAStepLeftOutMovedOrMadeUpIsRefused(t *testing.T) {
	l := released(t)
	whole := mustRead(t, "small.yaml", string(l.data))
	for name, steps := range map[string][]library.Step{
		"left out":      append(append([]library.Step{}, l.release.Steps[:1]...), l.release.Steps[2:]...),
		"moved":         {l.release.Steps[0], l.release.Steps[2], l.release.Steps[1], l.release.Steps[3]},
		"cut off":       l.release.Steps[:3],
		"only the last": l.release.Steps[3:],
	} {
		if err := (&library.Release{Format: 1, Library: "small", Steps: steps}).Verify(whole, l.data, nil); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if err := (&library.Release{Format: 1, Library: "other", Steps: l.release.Steps}).Verify(whole, l.data, nil); err == nil {
		t.Error("another library's release is accepted")
	}
	if err := l.verify(key("P").Public().(ed25519.PublicKey)); err == nil || !strings.Contains(err.Error(), "N as nurse) is signed with a key that is not among the trusted ones") {
		t.Error(err)
	}
	if err := l.verify(key("P").Public().(ed25519.PublicKey), key("N").Public().(ed25519.PublicKey)); err != nil {
		t.Error(err)
	}
}

func TestKeysAndReleasesComeBackFromTheirFiles(t *testing.T) {
	private, public, err := library.KeyFiles(key("P"))
	if err != nil {
		t.Fatal(err)
	}
	k, errK := library.ReadKey("p.key", private)
	p, errP := library.ReadPublicKey("p.pub", public)
	if errK != nil || errP != nil || !k.Equal(key("P")) || !p.Equal(k.Public()) {
		t.Error(errK, errP)
	}
	for _, wrong := range [][]byte{nil, public, []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")} {
		if _, err := library.ReadKey("p.key", wrong); err == nil || !strings.HasPrefix(err.Error(), "p.key: ") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	l := released(t)
	if back, err := library.ReadRelease("x", l.release.Bytes()); err != nil || !json.Valid(l.release.Bytes()) || back.Last() != l.release.Last() {
		t.Error(back, err)
	}
}

func FuzzReadRelease(f *testing.F) {
	l := &life{nil, []byte(mustText(f, "small.yaml")), nil, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	if err := l.take("in review", "nurse", "N"); err != nil {
		f.Fatal(err)
	}
	whole := mustRead(f, "small.yaml", string(l.data))
	f.Add(string(l.release.Bytes()))
	f.Add(`{"format":1,"library":"small","steps":[{"key":"AA==","signature":""}]}`)
	f.Fuzz(func(t *testing.T, data string) {
		r, err := library.ReadRelease("x", []byte(data))
		if err != nil {
			return
		}
		if err := r.Verify(whole, l.data, nil); err == nil && r.Last() != l.release.Last() {
			t.Fatalf("a release that nobody signed is taken: %+v", r)
		}
	})
}

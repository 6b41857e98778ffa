package library

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Release is the life of a library file: who moved it from draft to in review, approved, released, retired, when and why, each step
// signed (Ed25519). It lies beside NAME.yaml as NAME.yaml.release. From in review on, the file's bytes are the signed ones.
type Release struct {
	Format  int    `json:"format"` // 1
	Library string `json:"library"`
	Steps   []Step `json:"steps"`
}

// Step is one signed step. From and To are the same while an approval waits for more roles.
type Step struct {
	Version   int    `json:"version"`
	From      string `json:"from"`
	To        string `json:"to"`
	Role      string `json:"role"`
	Who       string `json:"who"`
	When      string `json:"when"` // RFC 3339, UTC
	Why       string `json:"why"`
	Before    string `json:"before"`    // SHA-256 of the file before the step, hexadecimal
	After     string `json:"after"`     // and after it: the status is in the file
	Key       string `json:"key"`       // public key, base64
	Signature string `json:"signature"` // of Message, base64
}

const releaseFormat = 1

// ReleaseName is the file the life of a library file is kept in.
func ReleaseName(file string) string { return file + ".release" }

// Message is what is signed: every word of the step, and the signature before it, so that no step can be changed, left out or moved.
func (s Step) Message(library, before string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "pumplab library release %d\n", releaseFormat)
	for _, w := range []string{library, fmt.Sprint(s.Version), s.From, s.To, s.Role, s.Who, s.When, s.Why, s.Before, s.After, s.Key, before} {
		fmt.Fprintf(&b, "%q\n", w)
	}
	return []byte(b.String())
}

// ReadRelease reads a release file.
func ReadRelease(name string, data []byte) (*Release, error) {
	var r Release
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return nil, fmt.Errorf("%s:1:1: this is no release file: %w", name, err)
	}
	if r.Format != releaseFormat || len(r.Steps) == 0 {
		return nil, fmt.Errorf("%s:1:1: this is no release file of format %d", name, releaseFormat)
	}
	return &r, nil
}

// Bytes is the release as its file has it.
func (r *Release) Bytes() []byte {
	out, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		panic(err) // texts and numbers only
	}
	return append(out, '\n')
}

// Last is the last step; the zero value, a draft, before the first.
func (r *Release) Last() Step {
	if r == nil || len(r.Steps) == 0 {
		return Step{To: "draft"}
	}
	return r.Steps[len(r.Steps)-1]
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// Verify holds a library, read from data, against its release: the signatures, the order of the steps, the roles that had to approve,
// and the file's bytes, unless it is a draft, which may change. Without trusted keys a signature only proves that nothing was changed
// since, not who signed. The error is a sentence.
func (r *Release) Verify(l *Library, data []byte, trusted []ed25519.PublicKey) error {
	if r.Library != l.ID {
		return fmt.Errorf("%s: it is the release of library %q, not of %q", ReleaseName(l.File), r.Library, l.ID)
	}
	last := Step{To: "draft"}
	for i, s := range r.Steps {
		if why := s.broken(r.Library, last, trusted); why != "" {
			return fmt.Errorf("%s: step %d (%s, %s as %s) %s", ReleaseName(l.File), i+1, s.To, s.Who, s.Role, why)
		}
		last = s
	}
	if last.To == "draft" {
		return nil
	}
	if sum(data) != last.After {
		return fmt.Errorf("%s: refused: the file was changed after %s (%s) signed version %d as %s on %s; put the signed file back, or begin a draft of it with pumplab library release %s --to draft",
			l.File, last.Who, last.Role, last.Version, last.To, last.When, l.File)
	}
	if lack := missing(l.Needs, r.approvals()); last.To != "in review" && len(lack) > 0 {
		return fmt.Errorf("%s: refused: it was %s without the approval of %s", l.File, last.To, strings.Join(lack, ", "))
	}
	return nil
}

// broken says what is wrong with a step after the one before it; empty if nothing is.
func (s Step) broken(library string, before Step, trusted []ed25519.PublicKey) string {
	key, errKey := base64.StdEncoding.DecodeString(s.Key)
	sig, errSig := base64.StdEncoding.DecodeString(s.Signature)
	switch {
	case errKey != nil || errSig != nil || len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, s.Message(library, before.Signature), sig):
		return "is not what was signed: the release file was changed"
	case len(trusted) > 0 && !slices.ContainsFunc(trusted, func(k ed25519.PublicKey) bool { return k.Equal(ed25519.PublicKey(key)) }):
		return "is signed with a key that is not among the trusted ones"
	case s.From != before.To || !slices.Contains(steps[s.From], s.To) && (s.From != "in review" || s.To != "in review"):
		return "does not follow from being " + before.To
	case s.From != "draft" && s.Before != before.After:
		return "was taken on another file than the step before it"
	}
	return ""
}

// Sign is one step to take.
type Sign struct {
	To, Role, Who, Why string
	Now                time.Time
	Key                ed25519.PrivateKey
}

// steps are where each status leads. Back to draft is always possible, from released as the next version.
var steps = map[string][]string{
	"draft": {"in review"}, "in review": {"approved", "draft"}, "approved": {"released", "draft"}, "released": {"retired", "draft"},
	"retired": {"draft"},
}

// Take takes one step: it gives the file's bytes and release afterwards. r is nil for a file that has none yet; the file was verified
// against it. An approval is reached when every role that the file needs has signed it; until then the file stays in review.
func Take(name string, data []byte, r *Release, sign Sign) ([]byte, *Release, error) {
	l, err := Read(name, data)
	if err != nil {
		return nil, nil, err
	}
	from := r.Last().To
	if r == nil {
		from, r = "draft", &Release{Format: releaseFormat, Library: l.ID}
		if l.Status != "draft" {
			return nil, nil, fmt.Errorf("release %s: its status is %s, but no release file says who made it so; set status: draft in it", name, l.Status)
		}
	}
	s := Step{Version: l.Version, From: from, To: sign.To, Role: sign.Role, Who: strings.TrimSpace(sign.Who), Why: strings.TrimSpace(sign.Why), When: sign.Now.UTC().Format(time.RFC3339), Before: sum(data)}
	if err := r.allowed(name, l, &s); err != nil {
		return nil, nil, err
	}
	if s.To == "draft" && from != "in review" && from != "approved" {
		s.Version++
	}
	out, err := restated(name, data, s.To, s.Version)
	if err != nil {
		return nil, nil, err
	}
	s.After = sum(out)
	s.Key = base64.StdEncoding.EncodeToString(sign.Key.Public().(ed25519.PublicKey))
	s.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(sign.Key, s.Message(r.Library, r.Last().Signature)))
	return out, &Release{r.Format, r.Library, append(slices.Clone(r.Steps), s)}, nil
}

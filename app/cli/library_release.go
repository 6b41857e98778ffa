package cli

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"pumplab/pumpmodel/ders"
	"pumplab/pumpmodel/library"
)

// LibraryKeyCmd makes a key to sign with.
type LibraryKeyCmd struct {
	Name string `arg:"" help:"Name of the two files: NAME.key to sign with, NAME.pub to give away."`
}

// Help is shown by --help.
func (*LibraryKeyCmd) Help() string {
	return "Example:\n  pumplab library key keys/a-author\nKeep NAME.key to yourself. Others trust your signature by NAME.pub: library check ward.yaml --trust a-author.pub"
}

// Run makes both files; a file that is there already is not touched.
func (c *LibraryKeyCmd) Run(x *Context) error {
	c.Name = strings.TrimSuffix(strings.TrimSuffix(c.Name, ".key"), ".pub") // both files get their own
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return fmt.Errorf("make key: %w", err)
	}
	private, public, err := library.KeyFiles(key)
	if err != nil {
		return err
	}
	if err := writeNew(c.Name+".key", private, 0o600); err != nil {
		return err
	}
	if err := writeNew(c.Name+".pub", public, 0o644); err != nil {
		return err
	}
	out := struct {
		Key    string `json:"key"`
		Public string `json:"public"`
	}{c.Name + ".key", c.Name + ".pub"}
	return x.Print(out, func(w io.Writer) { fmt.Fprintf(w, "Wrote %s (keep it to yourself) and %s.\n", out.Key, out.Public) })
}

func writeNew(name string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// LibraryReleaseCmd moves a library through its life, or shows where it is.
type LibraryReleaseCmd struct {
	File     string   `arg:"" help:"Library file."`
	To       string   `help:"in review, approved, released, retired, or draft. Without it the history is shown." placeholder:"STATUS"`
	Role     string   `help:"Role you sign in: pharmacist, nurse, physician, human factors, biomedical, informatics."`
	Who      string   `help:"Your name."`
	Why      string   `help:"Reason, kept in the history."`
	Key      string   `help:"Your private key, made by library key." placeholder:"FILE"`
	Trust    []string `help:"Public keys that may sign; without one any key may." placeholder:"FILE"`
	Findings bool     `help:"Go on in spite of linter findings or failing tests; the reason says why."`
}

// Help is shown by --help.
func (*LibraryReleaseCmd) Help() string {
	return "draft → in review → approved → released → retired. Each step is signed; an approval needs every role of signed by: in the file, each\n" +
		"another person. From in review on, a file of which one byte changed is refused wherever it is read. The history (who, when, why) and the\n" +
		"signatures lie beside the file, in FILE.release.\n\nExamples:\n  pumplab library release ward.yaml\n" +
		"  pumplab library release ward.yaml --to 'in review' --role pharmacist --who 'A. Author' --why 'new heparin limits' --key a-author.key\n" +
		"  pumplab library release ward.yaml --to approved --role nurse --who 'B. Nurse' --why 'checked on the ward' --key b-nurse.key\n" +
		"  pumplab library release ward.yaml --to draft … begins the next version"
}

type releaseJSON struct {
	File    string         `json:"file"`
	Version int            `json:"version"`
	Status  string         `json:"status"`
	Waiting []string       `json:"waiting_for"`
	History []library.Step `json:"history"`
}

// Run takes the step, or shows the history.
func (c *LibraryReleaseCmd) Run(x *Context) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("release library: %w", err)
	}
	trusted, err := publicKeys(c.Trust)
	if err != nil {
		return err
	}
	l, r, err := signedLibrary(c.File, data, trusted)
	if err != nil {
		return err
	}
	if c.To != "" {
		if err := c.ready(l); err != nil {
			return err
		}
		if l, r, err = c.step(data, r, trusted); err != nil {
			return err
		}
	}
	out := releaseJSON{File: c.File, Version: l.Version, Status: r.Last().To, Waiting: []string{}, History: []library.Step{}}
	if r == nil {
		out.Status = l.Status
	} else {
		out.Waiting, out.History = append(out.Waiting, r.Waiting(l)...), r.Steps
	}
	return x.Print(out, func(w io.Writer) { out.print(w) })
}

// ready refuses to go on with findings or failing tests, unless that is said.
func (c *LibraryReleaseCmd) ready(l *library.Library) error {
	if c.Findings || c.To == "draft" || c.To == "retired" {
		return nil
	}
	if found := library.Lint(l); len(found) > 0 {
		return Failed(fmt.Sprintf("%s\nrelease %s: %s; mend them, or go on with --findings and say why", found[0], c.File, count(len(found), "finding")))
	}
	beside := testsName(c.File)
	data, err := os.ReadFile(beside)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("release library: %w", err)
	}
	tests, err := library.ReadTests(beside, data)
	if err != nil {
		return err
	}
	for _, r := range ders.RunTests(l, tests) {
		if !r.Pass() {
			return Failed(fmt.Sprintf("%s:%d:%d: %s\nrelease %s: its tests fail; mend them, or go on with --findings and say why", beside, r.At.Line, r.At.Col, r, c.File))
		}
	}
	return nil
}

// step signs and writes both files: the release first, so that a file without its signature is never taken for a signed one.
func (c *LibraryReleaseCmd) step(data []byte, r *library.Release, trusted []ed25519.PublicKey) (*library.Library, *library.Release, error) {
	if c.Key == "" {
		return nil, nil, errors.New("release library: --key FILE is needed to sign; make one with pumplab library key NAME")
	}
	text, err := os.ReadFile(c.Key)
	if err != nil {
		return nil, nil, fmt.Errorf("release library: %w", err)
	}
	key, err := library.ReadKey(c.Key, text)
	if err != nil {
		return nil, nil, err
	}
	out, next, err := library.Take(c.File, data, r, library.Sign{To: c.To, Role: c.Role, Who: c.Who, Why: c.Why, Now: time.Now(), Key: key})
	if err != nil {
		return nil, nil, err
	}
	l, err := library.Read(c.File, out)
	if err == nil {
		err = next.Verify(l, out, trusted)
	}
	if err != nil {
		return nil, nil, err
	}
	if err := replaceFile(library.ReleaseName(c.File), next.Bytes()); err != nil {
		return nil, nil, err
	}
	return l, next, replaceFile(c.File, out)
}

func (r releaseJSON) print(w io.Writer) {
	for _, s := range r.History {
		to := s.To
		if s.From == s.To {
			to = "approval"
		}
		fmt.Fprintf(w, "%s  version %d  %-9s  %s (%s): %s\n", s.When, s.Version, to, s.Who, s.Role, s.Why)
	}
	fmt.Fprintf(w, "%s: version %d is %s", r.File, r.Version, r.Status)
	if len(r.Waiting) > 0 {
		fmt.Fprintf(w, ", waiting for the approval of %s", strings.Join(r.Waiting, ", "))
	}
	fmt.Fprintln(w)
}

// signedLibrary reads a library and holds it against the release beside it, if there is one.
func signedLibrary(name string, data []byte, trusted []ed25519.PublicKey) (*library.Library, *library.Release, error) {
	l, err := library.Read(name, data)
	if err != nil {
		return nil, nil, err
	}
	beside := library.ReleaseName(name)
	text, err := os.ReadFile(beside)
	if errors.Is(err, fs.ErrNotExist) {
		if len(trusted) > 0 {
			return nil, nil, fmt.Errorf("%s: refused: nobody signed it: there is no %s", name, beside)
		}
		return l, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read library: %w", err)
	}
	r, err := library.ReadRelease(beside, text)
	if err != nil {
		return nil, nil, err
	}
	return l, r, r.Verify(l, data, trusted)
}

func publicKeys(names []string) ([]ed25519.PublicKey, error) {
	var out []ed25519.PublicKey
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read public key: %w", err)
		}
		key, err := library.ReadPublicKey(name, text)
		if err != nil {
			return nil, err
		}
		out = append(out, key)
	}
	return out, nil
}

// replaceFile writes a file whole or not at all.
func replaceFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

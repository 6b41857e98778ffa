package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"text/tabwriter"

	"pumplab/studies/identity"
)

// PeopleCmd is pumplab people: what identifies participants, kept apart and encrypted.
type PeopleCmd struct {
	Key  peopleKeyCmd  `cmd:"" help:"Make a key; its public half goes into study.yaml."`
	Read peopleReadCmd `cmd:"" help:"Show what identifies the participants of a study, with the key."`
}

type peopleKeyCmd struct {
	File string `arg:"" help:"New file for the secret key. Keep it off the study computer; without it nobody can read the answers."`
}

// Help is shown by --help.
func (*peopleKeyCmd) Help() string {
	return "Writes a secret key and prints its public half, for people: recipients: in study.yaml. Keys of the program age-keygen do as well.\n\nExample:\n  pumplab people key my-key.txt"
}

// Run makes the key.
func (c *peopleKeyCmd) Run(x *Context) error {
	secret, public, err := identity.NewKey()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make key: %s is there already; name a new file", c.File)
	}
	if err != nil {
		return fmt.Errorf("make key: %w", err)
	}
	_, err = f.WriteString(secret)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("make key: %w", err)
	}
	out := struct {
		File   string `json:"file"`
		Public string `json:"public"`
	}{c.File, public}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s holds the secret key: keep it, and keep it apart from the study.\nInto study.yaml, under people:\n  recipients: [%s]\n", c.File, public)
	})
}

type peopleReadCmd struct {
	Study    string `arg:"" help:"Study folder."`
	Identity string `required:"" help:"File with the secret key, as pumplab people key or age-keygen writes it." placeholder:"FILE"`
}

// Help is shown by --help.
func (*peopleReadCmd) Help() string {
	return "Decrypts the files in the study's folder people and shows them; nothing decrypted is written to the disk. Ends with status 1 if a\nfile could not be read. The program age opens the files too: age -d -i my-key.txt my-study/people/P01-….age\n\nExample:\n  pumplab people read my-study --identity my-key.txt"
}

// person is one entry as people read --json prints it.
type person struct {
	identity.Entry
	File string `json:"file"`
}

type unread struct {
	File string `json:"file"`
	Why  string `json:"why"`
}

// Run decrypts and prints.
func (c *peopleReadCmd) Run(x *Context) error {
	file, err := os.Open(c.Identity)
	if err != nil {
		return fmt.Errorf("read key: %w", err)
	}
	defer file.Close()
	key, err := identity.ReadKey(file)
	if err != nil {
		return fmt.Errorf("read key %s: %w", c.Identity, err)
	}
	root, err := os.OpenRoot(c.Study)
	if err != nil {
		return fmt.Errorf("read people: %w", err)
	}
	defer root.Close()
	files, err := fs.Glob(root.FS(), identity.Folder+"/*"+identity.Extension)
	if err != nil {
		return err
	}
	out := struct {
		People []person `json:"people"`
		Unread []unread `json:"unread"`
	}{[]person{}, []unread{}}
	for _, name := range files {
		sealed, err := readIn(c.Study, name)
		var e identity.Entry
		if err == nil {
			e, err = key.Open(sealed)
		}
		if err != nil {
			out.Unread = append(out.Unread, unread{name, err.Error()})
			continue
		}
		out.People = append(out.People, person{e, name})
	}
	slices.SortStableFunc(out.People, func(a, b person) int {
		return cmp.Or(cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.Session, b.Session))
	})
	err = x.Print(out, func(w io.Writer) { printPeople(w, c.Study, out.People, out.Unread) })
	if err == nil && len(out.Unread) > 0 {
		return Failed("")
	}
	return err
}

func printPeople(w io.Writer, study string, people []person, closed []unread) {
	if len(people)+len(closed) == 0 {
		fmt.Fprintf(w, "%s holds nothing that identifies a participant.\n", study)
	}
	questions := map[string]bool{}
	for _, p := range people {
		for q := range p.Answers {
			questions[q] = true
		}
	}
	columns := slices.Sorted(maps.Keys(questions))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if len(people) > 0 {
		fmt.Fprintln(t, "participant\tsession\t"+strings.Join(columns, "\t"))
	}
	for _, p := range people {
		fmt.Fprintf(t, "%s\t%s", p.Participant, p.Session)
		for _, q := range columns {
			fmt.Fprintf(t, "\t%s", p.Answers[q])
		}
		fmt.Fprintln(t)
	}
	t.Flush()
	for _, u := range closed {
		fmt.Fprintf(w, "not read: %s: %s\n", u.File, u.Why)
	}
}

// SaveIdentity keeps an entry in a study folder, encrypted, in a file of its own that is whole or not there, and never over another.
// An entry without answers needs no file.
func SaveIdentity(study string, e identity.Entry, recipients []string) error {
	if len(e.Answers) == 0 {
		return nil
	}
	sealed, err := identity.Seal(e, recipients)
	if err != nil {
		return err
	}
	fail := func(err error) error {
		return fmt.Errorf("keep what identifies %s: %w", e.Participant, err)
	}
	root, err := os.OpenRoot(study) // a link in a folder from elsewhere leads nowhere outside
	if err != nil {
		return fail(err)
	}
	defer root.Close()
	if err := root.MkdirAll(identity.Folder, 0o700); err != nil {
		return fail(err)
	}
	name := path.Join(identity.Folder, e.Session+identity.Extension)
	if _, err := root.Lstat(name); err == nil {
		return fail(fmt.Errorf("%s is there already", name))
	}
	if err := wholeBytes(root, name, 0o600, sealed); err != nil {
		return fail(err)
	}
	return nil
}

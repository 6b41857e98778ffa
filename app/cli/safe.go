package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"pumplab/studies/identity"
	"pumplab/studies/journal"
	"pumplab/studies/protocol"
	"pumplab/studies/replay"
	"pumplab/studies/sqlite"
)

// BackupCmd copies a study's database to a second place.
type BackupCmd struct {
	Study string `arg:"" help:"Study folder."`
	To    string `help:"Folder for the copy; without it the one that backup: in study.yaml names." placeholder:"DIR"`
}

// Help is shown by --help.
func (*BackupCmd) Help() string {
	return "Writes a checked copy of study.db, with the time in its name, to a second folder. It can be done while a session runs. Earlier\ncopies stay. pumplab restore goes back to one, also in a new folder on another computer.\n\nExample:\n  pumplab backup my-study --to /media/stick/my-study"
}

// backedUp is what backup --json prints.
type backedUp struct {
	Backup   string `json:"backup"`
	Sessions int    `json:"sessions"`
	Bytes    int64  `json:"bytes"`
}

// Run backs up.
func (c *BackupCmd) Run(x *Context) error {
	to := c.To
	if to == "" {
		kit, err := OpenStudy(c.Study)
		if err != nil {
			return err
		}
		if to = BackupFolder(c.Study, kit); to == "" {
			return fmt.Errorf("back up %s: no folder is named; give --to DIR, or write backup: DIR in %s", c.Study, protocol.File)
		}
	}
	d, err := openData(x, c.Study)
	if err != nil {
		return err
	}
	defer d.Close()
	sessions, err := d.store.Sessions()
	if err != nil {
		return err
	}
	out := backedUp{Sessions: len(sessions)}
	if out.Backup, err = Backup(d.store, c.Study, to); err != nil {
		return err
	}
	info, err := os.Stat(out.Backup)
	if err != nil {
		return err
	}
	out.Bytes = info.Size()
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %d sessions, %.1f MB, checked\nTo go back to it: pumplab restore %s %s\n", out.Backup, out.Sessions, float64(out.Bytes)/1e6, c.Study, out.Backup)
	})
}

// BackupFolder is where a study wants its backups, empty for nowhere: a path that is not absolute is beside study.yaml.
func BackupFolder(study string, kit *protocol.Kit) string {
	to := kit.Study.Backup
	if to == "" || filepath.IsAbs(to) {
		return to
	}
	return filepath.Join(study, filepath.FromSlash(to))
}

// Backup copies the database of a study folder to another folder, checked, and with it the encrypted files of what identifies its
// participants, as they are; it returns the path of the database's copy.
func Backup(store *sqlite.Store, study, to string) (string, error) {
	path, err := store.Backup(to)
	if err != nil {
		return "", err
	}
	return path, copySealed(study, to)
}

// copySealed copies the encrypted files of one folder to another, those that are not there yet.
func copySealed(from, to string) error {
	files, err := filepath.Glob(filepath.Join(from, identity.Folder, "*"+identity.Extension))
	if err != nil || len(files) == 0 {
		return err
	}
	root, err := os.OpenRoot(to)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, file := range files {
		name := identity.Folder + "/" + filepath.Base(file)
		if _, err := root.Lstat(name); err == nil {
			continue
		}
		sealed, err := readIn(from, name)
		if err == nil {
			err = root.MkdirAll(identity.Folder, 0o700)
		}
		if err == nil {
			err = wholeBytes(root, name, 0o600, sealed)
		}
		if err != nil {
			return fmt.Errorf("copy %s: %w", name, err)
		}
	}
	return nil
}

// RecoverCmd brings together what is left of a study.
type RecoverCmd struct {
	Study  string   `arg:"" help:"Study folder."`
	Pieces []string `arg:"" optional:"" help:"Files in which sessions went on elsewhere, backups, or damaged databases."`
	Out    string   `help:"New file to write; without it recovered.db in the study folder." placeholder:"FILE"`
}

// Help is shown by --help.
func (*RecoverCmd) Help() string {
	return "Reads what can be read of study.db and of the pieces, follows every session's hash chain through all of them, computes everything\nelse anew and writes a new database. Nothing that is read is changed. Ends with status 1 if records were lost, and says which.\n\nExamples:\n  pumplab recover my-study /media/stick/P07-20261122T101500-part-20261122T103000.db\n  pumplab recover my-study my-backups/study-20261121T160000.db --out whole.db"
}

// recovery is what recover --json prints.
type recovery struct {
	Database string             `json:"database"`
	Sessions []sqlite.Recovered `json:"sessions"`
	Faults   []string           `json:"faults"` // what could not be read
	Lost     int                `json:"lost"`   // records that were found and are not in the new file
}

// Run recovers.
func (c *RecoverCmd) Run(x *Context) error {
	out := recovery{Database: c.Out, Faults: []string{}}
	if out.Database == "" {
		out.Database = filepath.Join(c.Study, "recovered.db")
	}
	pieces := slices.Clone(c.Pieces)
	if own := filepath.Join(c.Study, sqlite.FileName); exists(own) {
		pieces = append([]string{own}, pieces...)
	}
	for _, p := range pieces {
		if !exists(p) {
			return fmt.Errorf("recover %s: there is no file %s", c.Study, p)
		}
	}
	if len(pieces) == 0 {
		return fmt.Errorf("recover %s: the folder has no %s and no piece is named", c.Study, sqlite.FileName)
	}
	var err error
	var faults []string
	out.Sessions, faults, err = sqlite.Recover(out.Database, pieces, studyFiles(c.Study), rebuild)
	if err != nil {
		return err
	}
	out.Faults = append(out.Faults, faults...)
	whole := len(faults) == 0
	for _, s := range out.Sessions {
		out.Lost += s.Lost
		whole = whole && s.Lost == 0 && s.Why == ""
	}
	err = x.Print(out, func(w io.Writer) { printRecovery(w, c.Study, out) })
	if err == nil && !whole {
		return Failed("")
	}
	return err
}

func printRecovery(w io.Writer, study string, out recovery) {
	for _, f := range out.Faults {
		fmt.Fprintf(w, "damaged: %s\n", f)
	}
	for _, s := range out.Sessions {
		fmt.Fprintf(w, "session %s: %d records", s.Session, s.Records)
		if s.Lost > 0 {
			fmt.Fprintf(w, ", %d lost", s.Lost)
		}
		if s.Why != "" {
			fmt.Fprintf(w, ": %s", s.Why)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "written: %s\nNothing else was changed. To use it in the study: pumplab restore %s %s\n", out.Database, study, out.Database)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// studyFiles are the files of the study folder as they are now, in case the database has lost the ones it froze; none if the folder
// cannot be read.
func studyFiles(study string) [][]byte {
	kit, err := OpenStudy(study)
	if err != nil {
		return nil
	}
	var out [][]byte
	for _, b := range kit.Files {
		out = append(out, b)
	}
	return out
}

// rebuild replays a session and gives its records the outputs and displays that come out.
func rebuild(head journal.Head, files map[string][]byte, records []journal.Record) ([]journal.Record, error) {
	kit, err := protocol.Load(protocol.Frozen(files))
	if err != nil {
		return nil, err
	}
	m, err := kit.Machine(head.Plan)
	if err != nil {
		return nil, err
	}
	return replay.Rebuild(records, m)
}

var _ sqlite.Rebuild = rebuild

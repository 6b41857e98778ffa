package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pumplab/studies/protocol"
	"pumplab/studies/sqlite"
)

// RestoreCmd goes back to a backup.
type RestoreCmd struct {
	Study  string `arg:"" help:"Study folder; one that is not there yet, or empty, is made with the files that the last session ran on."`
	Backup string `arg:"" help:"Backup, or the file that pumplab recover wrote; of a folder of backups the newest."`
}

// Help is shown by --help.
func (*RestoreCmd) Help() string {
	return "Checks the copy and makes it the study's database. The database that was there is kept beside it under another name, and nothing else in\nthe folder is changed. Close the laboratory first.\n\nExamples:\n  pumplab restore my-study my-backups\n  pumplab restore my-study recovered.db\n  pumplab restore new-folder /media/stick/study-20261121T160000.db"
}

// restored is what restore --json prints.
type restored struct {
	Database string   `json:"database"`
	From     string   `json:"from"`
	Sessions int      `json:"sessions"`
	Kept     string   `json:"kept,omitempty"`  // the database that was there before
	Files    []string `json:"files,omitempty"` // of the study, made anew
}

// Run restores.
func (c *RestoreCmd) Run(x *Context) error {
	out := restored{Database: filepath.Join(c.Study, sqlite.FileName)}
	var err error
	if out.From, err = newestBackup(c.Backup); err != nil {
		return err
	}
	store, err := sqlite.OpenReadOnly(out.From)
	if err != nil {
		return err
	}
	defer store.Close()
	sessions, err := store.Sessions()
	if err != nil {
		return err
	}
	out.Sessions = len(sessions)
	if found, err := os.ReadDir(c.Study); len(found) == 0 && (err == nil || errors.Is(err, fs.ErrNotExist)) {
		if out.Files, err = remake(store, sessions, c.Study); err != nil {
			return fmt.Errorf("restore %s: %w", c.Study, err)
		}
	}
	if out.Kept, err = sqlite.Restore(out.Database, out.From); err != nil {
		return err
	}
	if err := copySealed(filepath.Dir(out.From), c.Study); err != nil {
		return fmt.Errorf("restore %s: %w", c.Study, err)
	}
	return x.Print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s is now %s: %s\n", out.Database, out.From, count(out.Sessions, "session"))
		if out.Kept != "" {
			fmt.Fprintf(w, "What was there before is kept: %s\n", out.Kept)
		}
		if len(out.Files) > 0 {
			fmt.Fprintf(w, "The study's files (%d) are those that its last session ran on.\n", len(out.Files))
		}
		fmt.Fprintf(w, "To replay every session: pumplab verify %s\n", c.Study)
	})
}

// newestBackup is the newest backup in a folder; a file is itself.
func newestBackup(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("restore: %w", err)
	}
	if !info.IsDir() {
		return path, nil
	}
	found, err := filepath.Glob(filepath.Join(path, "study-2*.db"))
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("restore: the folder %s holds no backup, study-….db", path)
	}
	return slices.MaxFunc(found, func(a, b string) int { // by the time in the name; of one second the later has a number behind it
		return strings.Compare(strings.TrimSuffix(a, ".db"), strings.TrimSuffix(b, ".db"))
	}), nil
}

// remake makes a study folder of the files that the last session ran on.
func remake(store *sqlite.Store, sessions []sqlite.SessionInfo, dir string) ([]string, error) {
	if len(sessions) == 0 {
		return nil, fmt.Errorf("the backup holds no session, so it does not know the study's files: make the folder with its %s first", protocol.File)
	}
	d := newData(store, "")
	head, err := d.head(sessions[len(sessions)-1].ID)
	if err != nil {
		return nil, err
	}
	files, err := store.Frozen(head.Files)
	if err != nil {
		return nil, err
	}
	var names []string
	for name := range files {
		if !fs.ValidPath(name) || name == sqlite.FileName {
			return nil, fmt.Errorf("the backup names a file %q, which is none of a study", name)
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names, fill(dir, func(tmp string) error { return putFiles(tmp, files) })
}

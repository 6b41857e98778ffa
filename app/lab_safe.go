package main

import (
	"fmt"
	"os"

	"pumplab/app/cli"
)

// hold makes this program the one that runs sessions in the folder, and brings what they write to the disk in the background.
func (l *Lab) hold() error {
	if err := l.Store.Hold(l.Program); err != nil {
		return err
	}
	return l.Store.Keep()
}

// Elsewhere goes on with a paused session in a file in another folder, which is made if it is missing, and returns the file's path.
// The session's chain goes on unbroken there.
func (l *Lab) Elsewhere(r *Run, dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", fmt.Errorf("go on elsewhere: %w", err)
	}
	part, next, err := r.journal.Elsewhere(dir)
	if err != nil {
		return "", err
	}
	if err := r.Session.MoveTo(next); err != nil {
		part.Close()
		return "", err
	}
	r.journal = next
	l.parts = append(l.parts, part)
	if l.moved == nil {
		l.moved = map[string]string{}
	}
	l.moved[r.ID] = part.Path()
	return part.Path(), nil
}

// Finish computes what a session came to, keeps it in the store's tables, and backs the study up if study.yaml says where to.
func (l *Lab) Finish(id string) error {
	if part := l.moved[id]; part != "" {
		return fmt.Errorf("the session went on in %s: bring it together with the study by `pumplab recover %s %s`, then use what that wrote by `pumplab restore`", part, l.Folder, part)
	}
	if err := cli.KeepOutcomes(l.Store, l.Program, id); err != nil {
		return err
	}
	if to := cli.BackupFolder(l.Folder, l.Kit); to != "" {
		if _, err := cli.Backup(l.Store, l.Folder, to); err != nil {
			return fmt.Errorf("the outcomes are there, but there is no backup of them: %w", err)
		}
	}
	return nil
}

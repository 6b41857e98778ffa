package sqlite

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Freeze keeps the bytes of files, by path in the study folder, and returns each path's SHA-256 in hexadecimal: the Files of
// a session's Head. Bytes that are kept already are not kept twice.
func (s *Store) Freeze(files map[string][]byte) (map[string]string, error) {
	if s.readOnly {
		return nil, fmt.Errorf("freeze files: %w", errReadOnly(s.path))
	}
	s.write.Lock()
	defer s.write.Unlock()
	tx, err := s.db.Begin()
	if err != nil {
		return nil, fmt.Errorf("freeze files: %w", err)
	}
	defer tx.Rollback()
	hashes := map[string]string{}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		b := files[path]
		if b == nil {
			b = []byte{}
		}
		hash := fmt.Sprintf("%x", sha256.Sum256(b))
		if _, err := tx.Exec("INSERT INTO blob (hash, bytes) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING", hash, b); err != nil {
			return nil, fmt.Errorf("freeze %s: %w", path, err)
		}
		hashes[path] = hash
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("freeze files: %w", err)
	}
	return hashes, nil
}

// Frozen are the bytes behind the Files of a session's Head, by path. Bytes that no longer have their hash are an error.
func (s *Store) Frozen(hashes map[string]string) (map[string][]byte, error) {
	out := map[string][]byte{}
	for path, hash := range hashes {
		var b []byte
		err := s.db.QueryRow("SELECT bytes FROM blob WHERE hash = ?", hash).Scan(&b)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("read frozen %s: the store holds no file %s", path, hash)
		}
		if err != nil {
			return nil, fmt.Errorf("read frozen %s: %w", path, err)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(b)); got != hash {
			return nil, fmt.Errorf("read frozen %s: its bytes were changed: they hash to %s, not %s", path, got, hash)
		}
		out[path] = b
	}
	return out, nil
}

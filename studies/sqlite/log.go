package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A write-ahead log as it lies on the disk (sqlite.org/fileformat2.html, section 4): a header of 32 bytes, then frames of a header of
// 24 bytes and a page. Each frame's checksum goes on from the one before. SQLite reads up to the first that does not fit and drops
// the rest without a word: after a power cut that is right, where a page was damaged it would lose what was written after it.
const (
	logHead   = 32
	frameHead = 24
	logMagic  = 0x377f0682 // little-endian checksums; one more for big-endian
)

// checksum goes on with s0 and s1 over b, whose length is a multiple of 8.
func checksum(order binary.ByteOrder, s0, s1 uint32, b []byte) (uint32, uint32) {
	for ; len(b) >= 8; b = b[8:] {
		s0 += order.Uint32(b) + s1
		s1 += order.Uint32(b[4:]) + s0
	}
	return s0, s1
}

func sums(b []byte) (uint32, uint32) {
	return binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
}

func putSums(b []byte, s0, s1 uint32) {
	binary.BigEndian.PutUint32(b, s0)
	binary.BigEndian.PutUint32(b[4:], s1)
}

// logFile is a log that was read.
type logFile struct {
	b     []byte
	page  int // bytes
	order binary.ByteOrder
	salts []byte
	sound bool // the header is
}

// readLog reads the log beside a database; nil if there is none or it is empty.
func readLog(path string) (*logFile, error) {
	b, err := os.ReadFile(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(b) < logHead+frameHead {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l := &logFile{b: b, page: int(binary.BigEndian.Uint32(b[8:])), order: binary.LittleEndian, salts: b[16:24]}
	magic := binary.BigEndian.Uint32(b)
	if magic == logMagic+1 {
		l.order = binary.BigEndian
	}
	s0, s1 := checksum(l.order, 0, 0, b[:24])
	t0, t1 := sums(b[24:])
	if l.sound = magic&^1 == logMagic && s0 == t0 && s1 == t1; l.sound {
		return l, nil
	}
	// A damaged header: the page's size is the database's, the salts are those of the first frame.
	l.order, l.salts = binary.LittleEndian, b[logHead+8:logHead+16]
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var head [2]byte
	if _, err := f.ReadAt(head[:], 16); err != nil {
		return nil, fmt.Errorf("%s-wal is damaged and %s too: %w", filepath.Base(path), filepath.Base(path), err)
	}
	if l.page = int(binary.BigEndian.Uint16(head[:])); l.page == 1 {
		l.page = 65536
	}
	return l, nil
}

// frame is one page as a change left it.
type frame struct {
	b    []byte
	good bool // its checksum goes on from the one before
}

// ends reports whether a frame is the last of a change.
func (f frame) ends() bool { return binary.BigEndian.Uint32(f.b[4:]) > 0 }

// frames are the log's frames of its own time, written since it was begun, up to the last good one. The chain of checksums is followed
// from frame to frame, so that one damaged frame does not hide those after it.
func (l *logFile) frames() (all []frame) {
	if l.page < 512 || l.page > 65536 || l.page&(l.page-1) != 0 {
		return nil
	}
	s0, s1 := sums(l.b[24:])
	if c0, c1 := checksum(l.order, 0, 0, l.b[:24]); !l.sound && l.follows(c0, c1, l.b[logHead:]) { // the header's own sum is damaged
		s0, s1 = c0, c1
	}
	last := 0
	for at := logHead; at+frameHead+l.page <= len(l.b); at += frameHead + l.page {
		f := l.b[at : at+frameHead+l.page]
		all = append(all, frame{f, l.follows(s0, s1, f)})
		if all[len(all)-1].good {
			last = len(all)
		}
		s0, s1 = sums(f[16:])
	}
	return all[:last]
}

// follows reports whether a frame is of this log and its checksum goes on from s0 and s1.
func (l *logFile) follows(s0, s1 uint32, f []byte) bool {
	if len(f) < frameHead+l.page {
		return false
	}
	s0, s1 = checksum(l.order, s0, s1, f[:8])
	s0, s1 = checksum(l.order, s0, s1, f[frameHead:frameHead+l.page])
	t0, t1 := sums(f[16:])
	return s0 == t0 && s1 == t1 && bytes.Equal(f[8:16], l.salts)
}

// damaged is the place of the first frame, from 1, that SQLite cannot read although a whole change follows it; 0 if there is none. The
// header counts as damage at 1.
func (l *logFile) damaged() int {
	first := 0
	for i, f := range l.frames() {
		switch {
		case !f.good && first == 0:
			first = i + 1
		case f.good && f.ends() && (first > 0 || !l.sound):
			return max(first, 1)
		}
	}
	return 0
}

// fit refuses a database before SQLite touches it.
func fit(path string) error {
	if err := ownFiles(path); err != nil {
		return err
	}
	return soundLog(path)
}

// soundLog refuses a database whose log is damaged, before SQLite drops what it cannot read: if what follows the damage says that
// records were on the disk which SQLite would drop. What a power cut has left says no such thing. A program that writes at this
// moment is no damage: what is found must be found twice.
func soundLog(path string) error {
	at := 0
	for range 2 {
		l, err := readLog(path)
		if err != nil || l == nil {
			return err
		}
		if at = l.damaged(); at == 0 {
			return nil
		}
	}
	if lost, err := dropsSynced(path); err != nil || !lost {
		return err
	}
	return fmt.Errorf("its log %s-wal is damaged at frame %d, and records were written after it: pumplab recover brings them out, pumplab restore uses what it wrote",
		filepath.Base(path), at)
}

// dropsSynced reports whether a heartbeat behind the damage speaks of a record that lies behind it too.
func dropsSynced(path string) (bool, error) {
	dir, err := os.MkdirTemp("", "pumplab-log-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	read := func(name, text string, mend bool) (map[string]int, error) {
		to := filepath.Join(dir, name)
		if err := copyWithLog(path, to); err != nil {
			return nil, err
		}
		if mend {
			if err := mendLog(to, false); err != nil {
				return nil, err
			}
		}
		db := newDB(dsn(to, "OFF"))
		defer db.Close()
		type last struct {
			session string
			seq     int
		}
		out := map[string]int{}
		rows, _ := query(db, text, func(l *last) []any { return []any{&l.session, &l.seq} }) // what cannot be read proves nothing
		for _, l := range rows {
			out[l.session] = l.seq
		}
		return out, nil
	}
	have, err := read("as-it-is.db", "SELECT s.id, max(r.seq) FROM record r JOIN session s ON s.key = r.session GROUP BY s.id", false)
	if err != nil {
		return false, err
	}
	synced, err := read("mended.db", "SELECT s.id, h.seq FROM heartbeat h JOIN session s ON s.key = h.session", true)
	for session, seq := range synced {
		if seq > have[session] {
			return true, err
		}
	}
	return false, err
}

// mendLog rewrites the log beside a copy of a database so that SQLite reads every frame that is good, and the damaged ones too if keep
// says so: which of their records are what was written is told by the hash chain.
func mendLog(path string, keep bool) error {
	l, err := readLog(path)
	if err != nil || l == nil || l.damaged() == 0 {
		return err
	}
	out := make([]byte, logHead, len(l.b))
	binary.BigEndian.PutUint32(out, logMagic)
	binary.BigEndian.PutUint32(out[4:], 3007000)
	binary.BigEndian.PutUint32(out[8:], uint32(l.page))
	copy(out[16:], l.salts)
	s0, s1 := checksum(binary.LittleEndian, 0, 0, out[:24])
	putSums(out[24:], s0, s1)
	for _, f := range l.frames() {
		if !f.good && !keep {
			continue
		}
		s0, s1 = checksum(binary.LittleEndian, s0, s1, f.b[:8])
		s0, s1 = checksum(binary.LittleEndian, s0, s1, f.b[frameHead:])
		at := len(out)
		out = append(out, f.b...)
		copy(out[at+8:], l.salts)
		putSums(out[at+16:], s0, s1)
	}
	return os.WriteFile(path+"-wal", out, 0o666)
}

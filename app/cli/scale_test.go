package cli_test

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	osexec "os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"pumplab/app/cli"
	"pumplab/studies/journal"
	"pumplab/studies/sqlite"
)

// scaled runs one command of a study in this process, for BenchmarkScale to measure it from outside.
func scaled(command, study string) error {
	x := &cli.Context{Context: context.Background(), Out: io.Discard, Err: io.Discard, JSON: true, Version: "test", Assets: testAssets()}
	switch command {
	case "open":
		s, err := sqlite.Open(filepath.Join(study, sqlite.FileName))
		if err != nil {
			return err
		}
		defer s.Close()
		_, err = s.Sessions()
		return err
	case "outcomes":
		return (&cli.OutcomesCmd{Study: study}).Run(x)
	case "replay":
		return (&cli.ReplayCmd{Study: study, Session: "S01"}).Run(x)
	}
	return (&cli.VerifyCmd{Study: study}).Run(x)
}

// BenchmarkScale is what studies of 10⁵, 10⁶ and 10⁷ events take: wall time, processor time and the most resident memory of a process
// that does nothing else. Thirty-five people in the demo study make 10⁵ events; the larger ones hold their sessions again and again
// under other names. PUMPLAB_SCALE_MOST is the largest, in events; a study of 10⁷ takes 5 GB of disk.
func BenchmarkScale(b *testing.B) {
	most := 1_000_000
	if text := os.Getenv("PUMPLAB_SCALE_MOST"); text != "" {
		most, _ = strconv.Atoi(text)
	}
	study := filepath.Join(b.TempDir(), "study")
	if _, err := cli.NewStudy(testAssets(), "demo", study); err != nil {
		b.Fatal(err)
	}
	mustRunStudy(b, nil, "simulate", study, "--participants", "35", "--seed", "1")
	for times := 1; times*100_000 <= most; times *= 10 {
		if times > 1 {
			if err := multiply(study, times); err != nil {
				b.Fatal(err)
			}
		}
		for _, command := range []string{"open", "replay", "outcomes", "verify"} {
			b.Run(fmt.Sprintf("%d/%s", times*100_000, command), func(b *testing.B) {
				for range b.N {
					cmd := osexec.Command(os.Args[0])
					cmd.Env = append(os.Environ(), "PUMPLAB_SCALE="+command, victimStudy+"="+study)
					if out, err := cmd.CombinedOutput(); err != nil {
						b.Fatalf("%v: %s", err, out)
					}
					p := cmd.ProcessState
					b.ReportMetric((p.UserTime() + p.SystemTime()).Seconds(), "cpu-s/op")
					resident := residentMB(p)
					b.ReportMetric(resident, "MB-resident")
					if resident > 400 {
						b.Errorf("%.0f MB resident, the goal is below 400", resident)
					}
				}
			})
		}
	}
}

// multiply makes every session of a study there as often as times, each copy with its own name and a hash chain of its own.
func multiply(study string, times int) error {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(study, sqlite.FileName)+"?_journal_mode=WAL&_synchronous=OFF")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var sessions int
	if err := db.QueryRow("SELECT count(*) FROM session WHERE id NOT LIKE '%x%'").Scan(&sessions); err != nil {
		return err
	}
	for key := 1; key <= sessions; key++ {
		rows, err := rawRecords(db, key)
		if err != nil {
			return err
		}
		for n := 1; n < times; n++ {
			if err := copySession(db, key, n, rows); err != nil {
				return err
			}
		}
		if _, err := db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
			return err
		}
	}
	return nil
}

const recordColumns = 19 // of the table record

func rawRecords(db *sql.DB, key int) ([][]any, error) {
	rows, err := db.Query("SELECT * FROM record WHERE session = ? ORDER BY seq", key)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][]any
	for rows.Next() {
		one, into := make([]any, recordColumns), make([]any, recordColumns)
		for i := range one {
			into[i] = &one[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func copySession(db *sql.DB, key, n int, rows [][]any) error {
	head, err := journal.DecodeHead(rows[0][3].([]byte))
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%sx%d", head.Participant, n)
	head.Session, head.Participant = name+"-simulated", name
	event, err := journal.EncodeHead(head)
	if err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	res, err := tx.Exec(`INSERT OR IGNORE INTO session (id, participant, row, seed, started_utc, ended_ns, status, simulated, resumed, program)
 SELECT ?, ?, row, seed, started_utc, ended_ns, status, simulated, resumed, program FROM session WHERE key = ?`, head.Session, name, key)
	if err != nil {
		return err
	}
	if made, err := res.RowsAffected(); err != nil || made == 0 { // there from the time before
		return err
	}
	to, err := res.LastInsertId()
	if err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO session_file SELECT ?, path, hash FROM session_file WHERE session = ?", to, key); err != nil {
		return err
	}
	put, err := tx.Prepare("INSERT INTO record VALUES (?" + strings.Repeat(",?", recordColumns-1) + ")")
	if err != nil {
		return err
	}
	defer put.Close()
	var last journal.Record
	for _, row := range rows {
		copied := append([]any(nil), row...)
		if copied[0] = to; last.Seq > 0 {
			event = row[3].([]byte)
		}
		last = journal.Next(last, time.Duration(row[2].(int64)), event)
		prev, _ := hex.DecodeString(last.Prev)
		hash, _ := hex.DecodeString(last.Hash)
		copied[3], copied[4], copied[5] = event, append([]byte{}, prev...), hash
		if _, err := put.Exec(copied...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// residentMB is the most memory a process that ended had resident, where the system says so in kilobytes; 0 elsewhere.
func residentMB(p *os.ProcessState) float64 {
	v := reflect.Indirect(reflect.ValueOf(p.SysUsage()))
	if v.Kind() != reflect.Struct || !v.FieldByName("Maxrss").IsValid() {
		return 0
	}
	return float64(v.FieldByName("Maxrss").Int()) / 1024
}

package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// The Brain Imaging Data Structure for behaviour without imaging (https://bids-specification.readthedocs.io, Behavioral experiments):
// one events file a session with tasks, alerts and keys in the order they began, and JSON that describes each column.
const (
	bidsVersion = "1.10.0"
	bidsLabel   = "pumpprogramming" // the task, as file names have it
)

// bids writes a BIDS dataset. Sessions get a folder each only if somebody had more than one.
func (o *output) bids(tables []Table) error {
	by := map[string]Table{}
	for _, t := range tables {
		by[t.Name] = t
	}
	sessions, err := o.bidsSessions(by[SessionTable])
	if err != nil {
		return err
	}
	if err := o.bidsPeople(by[SessionTable], sessions); err != nil {
		return err
	}
	merged := []*bidsSource{
		{Table: by["task_v1"], kind: "task", start: "started_ns", end: "ended_ns"},
		{Table: by["event_v1"], start: "at_ns"},
		{Table: by["alert_v1"], kind: "alert", start: "at_ns", lasts: "latency_ns"},
	}
	for _, name := range []string{"alert_v2", "alert_v3"} { // the same rows and more columns
		if newer, ok := by[name]; ok {
			merged[2].Table = newer
		}
	}
	columns := bidsColumns(merged)
	for _, m := range merged {
		m.open(columns)
		defer m.stop()
	}
	for _, s := range sessions {
		err := o.put(s.file, func(w io.Writer) error { return o.bidsEvents(w, s.id, columns, merged) })
		if err != nil {
			return err
		}
	}
	for _, name := range []string{"alert_v1", "alert_v2"} {
		if _, older := by[name]; older {
			o.rows[name] = o.rows[merged[2].Name]
		}
	}
	for _, m := range merged {
		if m.row != nil {
			return fmt.Errorf("export %s: session %s is not among the sessions, or out of their order", m.Name, m.row[m.at("session")])
		}
	}
	return o.bidsDescribe(columns, merged)
}

// bidsSession is where one session's events go.
type bidsSession struct {
	id, participant, label, ses, file string
	row                               []string
}

// bidsSessions reads the table of sessions and names a file for each.
func (o *output) bidsSessions(t Table) ([]bidsSession, error) {
	var all []bidsSession
	count, label, taken := map[string]int{}, map[string]string{}, map[string]bool{}
	several := false
	for row, err := range t.Rows {
		if err != nil {
			return nil, err
		}
		s := bidsSession{id: row[t.at("session")], participant: row[t.at("participant")], row: append([]string(nil), row...)}
		if label[s.participant] == "" {
			plain := notAlphanumeric.ReplaceAllString(s.participant, "")
			for n := 2; plain == "" || taken[plain]; n++ { // P-1 and P1 are two people
				plain = notAlphanumeric.ReplaceAllString(s.participant, "") + "x" + strconv.Itoa(n)
			}
			taken[plain], label[s.participant] = true, plain
		}
		count[s.participant]++
		several = several || count[s.participant] > 1
		s.label, s.ses = label[s.participant], fmt.Sprintf("%02d", count[s.participant])
		all = append(all, s)
	}
	o.rows[t.Name] = len(all)
	for i := range all {
		s := &all[i]
		folder, name := "sub-"+s.label+"/", "sub-"+s.label+"_"
		if several {
			folder, name = folder+"ses-"+s.ses+"/", name+"ses-"+s.ses+"_"
		} else {
			s.ses = ""
		}
		s.file = folder + "beh/" + name + "task-" + bidsLabel + "_events.tsv"
	}
	return all, nil
}

// bidsPeople writes participants.tsv, one row a person, with what the table says of their last session, and, where somebody had
// several sessions, the sessions of each person.
func (o *output) bidsPeople(t Table, sessions []bidsSession) error {
	own := []string{"sessions"}
	for _, c := range t.Columns {
		if c != "session" && c != "participant" {
			own = append(own, c)
		}
	}
	var people []string
	last, count, each := map[string]bidsSession{}, map[string]int{}, map[string][]bidsSession{}
	for _, s := range sessions {
		if count[s.label]++; count[s.label] == 1 {
			people = append(people, s.label)
		}
		last[s.label], each[s.label] = s, append(each[s.label], s)
	}
	err := o.put("participants.tsv", func(w io.Writer) error {
		out := bufio.NewWriter(w)
		writeTSV(out, append([]string{"participant_id", "code"}, own...))
		for _, label := range people {
			s := last[label]
			row := []string{"sub-" + label, s.participant, strconv.Itoa(count[label])}
			for _, c := range own[1:] {
				row = append(row, s.row[t.at(c)])
			}
			writeTSV(out, row)
		}
		return out.Flush()
	})
	if err != nil {
		return err
	}
	about := map[string]bidsColumn{
		"participant_id": {Description: "participant: the code without what is not a letter or digit"},
		"code":           {Description: "participant code as it was recorded; never a name"},
		"sessions":       {Description: "how many sessions the participant began; the other columns are of the last one", Units: "1"},
	}
	for _, c := range own[1:] {
		about[c] = t.bidsColumn(c)
	}
	if err := o.json("participants.json", about); err != nil {
		return err
	}
	if len(sessions) == 0 || sessions[0].ses == "" {
		return nil
	}
	for _, label := range people {
		if err := o.bidsSessionsOf(t, label, each[label]); err != nil {
			return err
		}
	}
	return nil
}

func (o *output) bidsSessionsOf(t Table, label string, sessions []bidsSession) error {
	columns := []string{"session", "status", "resumed", "program"}
	base := "sub-" + label + "/sub-" + label + "_sessions"
	err := o.put(base+".tsv", func(w io.Writer) error {
		out := bufio.NewWriter(w)
		writeTSV(out, append([]string{"session_id", "acq_time"}, columns...))
		for _, s := range sessions {
			row := []string{"ses-" + s.ses, s.row[t.at("started_utc")]}
			for _, c := range columns {
				row = append(row, s.row[t.at(c)])
			}
			writeTSV(out, row)
		}
		return out.Flush()
	})
	about := map[string]bidsColumn{}
	for _, c := range columns {
		about[c] = t.bidsColumn(c)
	}
	if err == nil {
		err = o.json(base+".json", about)
	}
	return err
}

// bidsSource is a table that goes into the events, a row at a time.
type bidsSource struct {
	Table
	kind              string // trial_type of its rows; empty: the row's own kind
	start, end, lasts string // columns of nanoseconds
	place             []int  // of each column of the events in the table's rows, -1 for none
	next              func() ([]string, error, bool)
	stop              func()
	row               []string // that was read and is not written
	onset             int64
}

func (m *bidsSource) open(columns []string) {
	for _, c := range columns[3:] {
		at := m.at(c)
		if at < 0 {
			at = m.at(c + "_ns")
		}
		m.place = append(m.place, at)
	}
	m.next, m.stop = iter.Pull2(m.Rows)
}

// peek reads the next row of a session if there is one.
func (m *bidsSource) peek(session string) (bool, error) {
	if m.row == nil {
		row, err, ok := m.next()
		if !ok || err != nil {
			return false, err
		}
		m.row = row
		if m.onset, err = strconv.ParseInt(row[m.at(m.start)], 10, 64); err != nil {
			return false, fmt.Errorf("%s: %s: %w", m.Name, m.start, err)
		}
	}
	return m.row[m.at("session")] == session, nil
}

// cells are the row as one of the events.
func (m *bidsSource) cells() []string {
	duration, kind := "0", m.kind
	switch {
	case kind == "":
		kind = m.row[m.at("kind")]
	case m.end != "":
		end, _ := strconv.ParseInt(m.row[m.at(m.end)], 10, 64)
		duration = seconds(strconv.FormatInt(end-m.onset, 10))
	default:
		if duration = seconds(m.row[m.at(m.lasts)]); duration == "0" {
			duration = "" // no answer
		}
	}
	out := []string{seconds(strconv.FormatInt(m.onset, 10)), duration, kind}
	for _, at := range m.place {
		cell := ""
		if at >= 0 {
			if cell = m.row[at]; strings.HasSuffix(m.Columns[at], "_ns") {
				cell = seconds(cell)
			}
		}
		out = append(out, cell)
	}
	return out
}

// bidsEvents writes what happened in one session in the order it began; what began together with the longer first.
func (o *output) bidsEvents(w io.Writer, session string, columns []string, merged []*bidsSource) error {
	out := bufio.NewWriter(w)
	writeTSV(out, columns)
	for {
		var first *bidsSource
		for _, m := range merged {
			ok, err := m.peek(session)
			if err != nil {
				return err
			}
			if ok && (first == nil || m.onset < first.onset) {
				first = m
			}
		}
		if first == nil {
			return out.Flush()
		}
		writeTSV(out, first.cells())
		o.rows[first.Name]++
		first.row = nil
	}
}

// seconds is a number of nanoseconds, exactly: 1500000000 is 1.5.
func seconds(ns string) string {
	n, err := strconv.ParseInt(ns, 10, 64)
	if err != nil {
		return ns
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%s%d.%09d", sign, n/1e9, n%1e9), "0"), ".")
}

var tsvCell = strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ")

// writeTSV writes one line; an absent value is n/a, and a tab or line end inside a text becomes a space.
func writeTSV(w *bufio.Writer, cells []string) {
	for i, c := range cells {
		if i > 0 {
			w.WriteByte('\t')
		}
		if c == "" {
			c = "n/a"
		}
		tsvCell.WriteString(w, c)
	}
	w.WriteByte('\n')
}

package cli

import (
	"fmt"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pumplab/studies"
	"pumplab/studies/export"
	"pumplab/studies/journal"
	"pumplab/studies/sqlite"
)

// sessionColumns are the columns that every study has.
var sessionColumns = []string{"session", "participant", "row", "started_utc", "ended_ns", "status", "simulated", "resumed", "program"}

// sessionTable is one row a session, with what its participant answered to the study's questions. Answers that are marked identifying
// are never there; if a session has recorded one all the same, before it was marked, that is an error unless it is left out by name.
func (d *data) sessionTable(ask []studies.Ask, without []string) (export.Table, error) {
	t := export.Table{Name: export.SessionTable, Columns: slices.Clone(sessionColumns), Fields: map[string]export.Field{}}
	sessions, err := d.store.Sessions()
	if err != nil {
		return t, err
	}
	heads := make([]journal.Head, len(sessions))
	answered := map[string]string{} // question → a session that answers it
	for i, s := range sessions {
		if heads[i], err = d.head(s.ID); err != nil {
			return t, err
		}
		for q := range heads[i].Answers {
			answered[q] = s.ID
		}
	}
	var questions []string
	add := func(q string, f export.Field) {
		if slices.Contains(without, q) {
			return
		}
		name := columnName(q)
		for slices.Contains(t.Columns, name) {
			name += "_answer"
		}
		questions, t.Columns = append(questions, q), append(t.Columns, name)
		t.Fields[name] = f
	}
	for _, a := range ask {
		if s := answered[a.Name]; a.Identifying && s != "" && !slices.Contains(without, a.Name) {
			return t, fmt.Errorf("export: %q is marked identifying in study.yaml, but session %s recorded an answer to it before it was marked: export all else with --without %q", a.Name, s, a.Name)
		}
		delete(answered, a.Name)
		if !a.Identifying {
			add(a.Name, fieldOfAsk(a))
		}
	}
	for _, q := range slices.Sorted(maps.Keys(answered)) {
		add(q, export.Field{Type: "string", Meaning: "asked before the session, by an earlier study.yaml: " + q})
	}
	t.Rows = sessionRows(sessions, heads, questions)
	return t, nil
}

func sessionRows(sessions []sqlite.SessionInfo, heads []journal.Head, questions []string) iter.Seq2[[]string, error] {
	flag := map[bool]string{false: "0", true: "1"}
	return func(yield func([]string, error) bool) {
		for i, s := range sessions {
			ended := ""
			if s.Ended > 0 {
				ended = strconv.FormatInt(int64(s.Ended), 10)
			}
			row := []string{s.ID, s.Participant, strconv.Itoa(s.Row), s.Started, ended, s.Status, flag[s.Simulated], flag[s.Resumed], heads[i].Program}
			for _, q := range questions {
				row = append(row, heads[i].Answers[q])
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// fieldOfAsk describes the answers to a question.
func fieldOfAsk(a studies.Ask) export.Field {
	f := export.Field{Type: "string", Meaning: "asked before the session: " + a.Name, Values: a.Choices}
	if len(a.Choices) == 0 {
		f.Type, f.Unit, f.Meaning = "integer", "1", fmt.Sprintf("%s, from %d to %d", f.Meaning, a.Min, a.Max)
	}
	return f
}

var notWord = regexp.MustCompile(`[^a-z0-9]+`)

// columnName is a question as the name of a column: years in role is years_in_role.
func columnName(question string) string {
	name := strings.Trim(notWord.ReplaceAllString(strings.ToLower(question), "_"), "_")
	if name == "" {
		return "answer"
	}
	return name
}

// head is the content of a session's first record.
func (d *data) head(session string) (journal.Head, error) {
	for r, err := range d.store.Records(session) {
		if err != nil {
			return journal.Head{}, err
		}
		h, err := journal.DecodeHead(r.Event)
		if err != nil {
			return h, fmt.Errorf("session %s: %w", session, err)
		}
		return h, nil
	}
	return journal.Head{}, fmt.Errorf("session %s: it has no records", session)
}

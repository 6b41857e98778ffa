package plan

// Assigned is a row that was given to somebody.
type Assigned struct {
	Row     int
	Dropped bool // the person dropped out: the row is free again
}

// NextRow is the row for the next participant: the lowest that nobody holds who still takes part. People who drop out so free
// their row, and whole tables are filled before the next begins.
func NextRow(used []Assigned) int {
	held := map[int]bool{}
	for _, a := range used {
		if !a.Dropped {
			held[a.Row] = true
		}
	}
	row := 0
	for held[row] {
		row++
	}
	return row
}

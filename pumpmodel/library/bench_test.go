package library_test

import (
	"fmt"
	"strings"
	"testing"

	"pumplab/pumpmodel/library"
)

// large is a library of n setups in the shape of small.yaml's first.
func large(n int) []byte {
	var b strings.Builder
	b.WriteString("library: large\nversion: 1\nuse: research and teaching only, never for clinical use\ncare areas:\n")
	for i := range n {
		if i%(n/20) == 0 {
			fmt.Fprintf(&b, "  Area %d:\n    device: {max rate: 999 mL/h, max vtbi: 3000 mL, kvo: 5 mL/h, max weight: 250 kg}\n    weight: {soft: 40..180 kg, hard: 30..250 kg}\n    setups:\n", i)
		}
		fmt.Fprintf(&b, "      - drug: drug%d\n        concentration: 400 mg/250 mL\n        dose: {unit: mcg/kg/min, hard: 0.5..50, soft: 1..20, start: 3}\n        vtbi: {soft: ..250 mL}\n        high alert: yes\n", i)
	}
	return []byte(b.String())
}

// The goal is 300 ms to load and check. What limits it: reading and interpreting 180,000 values, each with its place in the file, and
// the linter's passes over them; 44 MB are allocated, so the collector takes a share.
func BenchmarkReadAndLint10000Setups(b *testing.B) {
	data := large(10_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		l, err := library.Read("large.yaml", data)
		if err != nil {
			b.Fatal(err)
		}
		library.Lint(l)
	}
	b.ReportMetric(300e6, "goal-ns")
}

// A sheet of 10,000 setups, written, read and merged into the file it came from. What limits it: the file is read twice, and each cell of
// the sheet is held against it.
func BenchmarkImport10000Setups(b *testing.B) {
	data := large(10_000)
	b.ReportAllocs()
	for b.Loop() {
		l, err := library.Read("large.yaml", data)
		if err != nil {
			b.Fatal(err)
		}
		rows, err := library.ReadCSV("large.csv", library.CSV(l))
		if err != nil {
			b.Fatal(err)
		}
		if m, err := library.Merge("large.yaml", data, rows, "large.csv"); err != nil || len(m.Changes) > 0 {
			b.Fatal(m, err)
		}
	}
}

// A file near the 512 kB up to which the YAML parser reads what needs it: an anchor, a text over several lines. What limits it: the
// parser's nodes, some 23 allocations a value.
func BenchmarkReadThroughTheYAMLParser2500Setups(b *testing.B) {
	data := append(large(2500), "#\t\n"...)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := library.Read("large.yaml", data); err != nil {
			b.Fatal(err)
		}
	}
}

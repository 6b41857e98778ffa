package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// source is one Go file of the module.
type source struct {
	path string // app/cli/root.go
	dir  string // app/cli
	test bool
	file *ast.File
	set  *token.FileSet
}

// sources parses every Go file of the module, whatever its build tags.
func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := path.Base(name); base == "testdata" || base == "out" || base == "bin" || strings.HasPrefix(base, ".") && base != "." {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, filepath.Join("..", name), nil, parser.ParseComments)
		if err != nil {
			return err
		}
		out = append(out, source{name, path.Dir(name), strings.HasSuffix(name, "_test.go"), f, set})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 50 {
		t.Fatalf("found only %d Go files: is the test run from its folder?", len(out))
	}
	return out
}

func under(dir, root string) bool { return dir == root || strings.HasPrefix(dir, root+"/") }

// mayImport is the table of the house: which import a file of dir may have. Standard library imports are not asked about.
func mayImport(dir, imp string) bool {
	local, isLocal := strings.CutPrefix(imp, "pumplab/")
	is := func(roots ...string) bool {
		return slices.ContainsFunc(roots, func(r string) bool {
			if isLocal {
				return under(local, r)
			}
			return imp == r || strings.HasPrefix(imp, r+"/")
		})
	}
	switch {
	case under(dir, "app"):
		return true
	case isLocal && (local == "assets" || local == "studies/sqlite"):
		return false // only app names them
	case under(dir, "assets"):
		return false
	case dir == "pumpmodel":
		return false
	case dir == "pumpmodel/designtest":
		return local == "pumpmodel"
	case dir == "pumpmodel/explore":
		return local == "pumpmodel" || local == "pumpmodel/entry" || local == "pumpmodel/quantity"
	case dir == "pumpmodel/design": // a file says what a pump is to be; it makes none
		return isLocal && is("pumpmodel") && local != "pumpmodel/engine"
	case dir == "pumpmodel/written": // the one reader of YAML
		return is("github.com/goccy/go-yaml")
	case under(dir, "pumpmodel"):
		return isLocal && is("pumpmodel")
	case under(dir, "analysis"):
		return is("analysis", "gonum.org/v1/gonum", "gonum.org/v1/plot")
	case dir == "studies/sqlite":
		return is("studies", "pumpmodel", "analysis", "github.com/mattn/go-sqlite3")
	case dir == "studies/identity":
		return is("studies", "filippo.io/age")
	case dir == "studies/export":
		return is("studies", "pumpmodel", "analysis", "github.com/parquet-go/parquet-go")
	case under(dir, "studies"):
		return isLocal && is("studies", "pumpmodel", "analysis")
	}
	return false
}

func TestArchitectureImports(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, i := range s.file.Imports {
			imp := strings.Trim(i.Path.Value, `"`)
			first, _, _ := strings.Cut(imp, "/")
			if first != "pumplab" && !strings.Contains(first, ".") {
				continue // standard library
			}
			if !mayImport(s.dir, imp) {
				t.Errorf("%s imports %s: not allowed by the house (README.md, Who may import whom)", s.path, imp)
			}
		}
	}
}

// TestArchitectureClockAndConcurrency keeps clocks, goroutines and UI posts in their rooms.
func TestArchitectureClockAndConcurrency(t *testing.T) {
	rooms := []string{"app/capture", "app/cli", "studies/sqlite"}
	banned := map[string][]string{
		"time": {"Now", "Since", "Until", "AfterFunc", "NewTimer", "NewTicker", "After", "Tick", "Sleep"},
		"fyne": {"Do", "DoAndWait"},
	}
	for _, s := range sources(t) {
		if s.test || slices.ContainsFunc(rooms, func(r string) bool { return under(s.dir, r) }) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: go statement outside %v", s.set.Position(n.Pos()), rooms)
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok && slices.Contains(banned[pkg.Name], n.Sel.Name) {
					t.Errorf("%s: %s.%s outside %v", s.set.Position(n.Pos()), pkg.Name, n.Sel.Name, rooms)
				}
			}
			return true
		})
	}
}

// TestArchitectureRandomness: nobody draws from a global random source.
func TestArchitectureRandomness(t *testing.T) {
	allowed := []string{"New", "NewPCG", "Rand", "Source", "PCG", "NewZipf", "NewChaCha8"}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "rand" && pkg.Obj == nil && !slices.Contains(allowed, sel.Sel.Name) {
				t.Errorf("%s: global randomness rand.%s", s.set.Position(n.Pos()), sel.Sel.Name)
			}
			return true
		})
	}
}

// TestArchitectureNoFloatInPump: a float state could replay differently on another machine.
func TestArchitectureNoFloatInPump(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || !under(s.dir, "pumpmodel") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && (id.Name == "float64" || id.Name == "float32") {
				t.Errorf("%s: %s in the pump model", s.set.Position(n.Pos()), id.Name)
			}
			return true
		})
	}
}

// TestArchitectureTopLevel: the top-level names are fixed.
func TestArchitectureTopLevel(t *testing.T) {
	want := []string{"app", "pumpmodel", "studies", "analysis", "assets", "go.mod", "go.sum", "Makefile", "README.md", "LICENSE", "bin", "out"}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(want, e.Name()) {
			t.Errorf("%s at the top level: its names are fixed", e.Name())
		}
	}
}

// TestArchitectureRooms: every room of the house is lived in: it has Go code besides tests.
func TestArchitectureRooms(t *testing.T) {
	lived := map[string]bool{}
	for _, s := range sources(t) {
		if !s.test && path.Base(s.path) != "doc.go" {
			lived[s.dir] = true
		}
	}
	rooms := map[string]string{
		"app":       "cli capture face screens parts charts look",
		"pumpmodel": "quantity entry library ders delivery order chart field design engine designtest explore",
		"studies":   "protocol plan session distraction questionnaire journal sqlite replay outcome coding export participant report",
		"analysis":  "frame describe compare mixed survival agree power learn plots document",
	}
	for tree, names := range rooms {
		for _, name := range strings.Fields(names) {
			if !lived[tree+"/"+name] {
				t.Errorf("room %s/%s is empty", tree, name)
			}
		}
	}
}

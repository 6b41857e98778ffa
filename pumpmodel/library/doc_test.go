package library_test

import (
	"go/doc/comment"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"pumplab/pumpmodel/library"
)

// The file in the package comment is what people copy: it has to read.
func TestTheFileInThePackageCommentReadsWithoutFindings(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, block := range new(comment.Parser).Parse(f.Doc.Text()).Content {
		if code, ok := block.(*comment.Code); ok {
			text.WriteString(code.Text)
		}
	}
	l, err := library.Read("doc.go", []byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(l.Areas[0].Setups); n != 4 {
		t.Errorf("%d setups", n)
	}
	for _, finding := range library.Lint(l) {
		t.Error(finding)
	}
}

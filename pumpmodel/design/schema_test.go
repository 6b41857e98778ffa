package design_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pumplab/pumpmodel/design"
)

// Every key has its sentence (TestEveryKeyOfTheThreeSchemasIsExplained); here every sentence still has its key.
func TestNoSentenceExplainsAKeyThatIsGone(t *testing.T) {
	type shape struct {
		Description string           `json:"description"`
		Properties  map[string]shape `json:"properties"`
		Defs        map[string]shape `json:"$defs"`
	}
	var root shape
	if err := json.Unmarshal(design.Schema(), &root); err != nil {
		t.Fatal(err)
	}
	for _, key := range design.Explained() {
		at := root
		for i, part := range strings.Split(key, ".") {
			next, ok := at.Properties[part]
			if def, isDef := root.Defs[part]; i == 0 && isDef {
				next, ok = def, true
			}
			if !ok {
				t.Errorf("meanings explains %s, which the schema does not have", key)
			}
			at = next
		}
		if at.Description == "" {
			t.Errorf("the schema does not say what meanings says of %s", key)
		}
	}
}

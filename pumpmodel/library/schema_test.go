package library_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pumplab/pumpmodel/library"
)

func TestTheSchemaKnowsTheWordsOfTheReader(t *testing.T) {
	var s struct {
		Defs map[string]struct {
			Properties map[string]json.RawMessage `json:"properties"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(library.Schema(), &s); err != nil {
		t.Fatal(err)
	}
	for name, keys := range library.Vocabulary() {
		got := slices.Sorted(maps.Keys(s.Defs[name].Properties))
		want := slices.Sorted(slices.Values(keys))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: reader − schema +:\n%s", name, diff)
		}
	}
}

func TestTheSchemaBesideTheLibrariesIsTheSame(t *testing.T) {
	beside, err := os.ReadFile("../../assets/libraries/library.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(beside, library.Schema()) {
		t.Error("assets/libraries/library.schema.json differs from pumpmodel/library/schema.json")
	}
}

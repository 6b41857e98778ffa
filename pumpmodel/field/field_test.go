package field_test

import (
	"testing"

	"pumplab/pumpmodel/field"
)

func TestEveryFieldHasANameOfItsOwnAndALabel(t *testing.T) {
	if len(field.Names) != int(field.All) || len(field.Labels) != int(field.All) {
		t.Fatalf("%d fields, %d names, %d labels", field.All, len(field.Names), len(field.Labels))
	}
	for f := field.Field(0); f < field.All; f++ {
		if field.Named(f.String()) != f {
			t.Errorf("field %d is called %q, which is field %d", f, f, field.Named(f.String()))
		}
		if field.Labels[f] == "" {
			t.Errorf("%s has no label", f)
		}
	}
	if field.Named("weigth") != field.None || field.None.String() != "" {
		t.Error("a name that no field has is one")
	}
}

func TestWhatIsOnlyShownIsNeverEntered(t *testing.T) {
	for _, f := range []field.Field{field.Drug, field.Remaining, field.Given, field.Conc, field.Titration} {
		if f.Numeric() {
			t.Errorf("%s is entered as a number", f)
		}
	}
}

package engine

import (
	"fmt"

	"pumplab/pumpmodel"
	"pumplab/pumpmodel/library"
)

// install compiles a library's care areas behind those of the ones before it, so that a plan's area says its library too.
func (m *mach) install(lib *library.Library) error {
	if lib == nil {
		return fmt.Errorf("build machine %s: no drug library", m.d.Name)
	}
	before := len(m.areas)
	for i := range lib.Areas {
		if a := m.area(&lib.Areas[i]); len(a.drugs) > 0 {
			m.areas = append(m.areas, a)
		}
	}
	if len(m.areas) == before {
		return fmt.Errorf("build machine %s: library %s has nothing for a %s pump", m.d.Name, lib.Name, m.d.Pump.Name)
	}
	m.libraries = append(m.libraries, shelf{hash: lib.Hash, name: fmt.Sprintf("%s %d", lib.Name, lib.Version), first: before, last: len(m.areas)})
	return nil
}

// shelf is a library's stretch of the machine's care areas.
type shelf struct {
	hash, name  string
	first, last int
}

// shelved are the care areas of the library in use: from first up to last.
func (m *mach) shelved(s *state) (first, last int) {
	l := m.libraries[s.Lib]
	return l.first, l.last
}

// delivery of a new library: it waits until nothing is infusing and the person enters a care area again.
func (t *stepper) newLibrary(hash string) {
	for i, l := range t.m.libraries {
		if l.hash != hash || hash == "" {
			continue
		}
		t.s.Waiting = int8(i) + 1
		if int8(i) == t.s.Lib {
			t.s.Waiting = 0
		}
		return
	}
	t.ignore("", "this pump does not know the library")
}

// adopt takes a waiting library into use, where care areas are chosen and nothing is infusing. What was programmed belongs to the
// old library and is dropped; the patient's weight stays.
func (t *stepper) adopt() {
	s := t.s
	if s.Waiting == 0 || s.Flow.Active() {
		return
	}
	old := t.m.libraries[s.Lib].name
	s.Lib, s.Waiting = s.Waiting-1, 0
	s.Draft = s.Draft.fresh()
	s.Draft.Area = 0
	t.emit(pumpmodel.Output{Kind: pumpmodel.LibraryChanged, Before: old, After: t.m.libraries[s.Lib].name})
}

package engine

import (
	"pumplab/pumpmodel"
	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/library"
	"pumplab/pumpmodel/quantity"
)

// New is the design on a drug library, with the libraries that may be delivered to it later by an event of kind Library with
// their hash. The error says what a library lacks for it.
func New(d *design.Design, lib *library.Library, later ...*library.Library) (pumpmodel.Machine, error) {
	if d.Pump.Name == quantity.PCA.Name {
		return newHandset(d, append([]*library.Library{lib}, later...)...)
	}
	if len(d.Channels) > 1 || d.Secondary {
		return newDeck(d, append([]*library.Library{lib}, later...)...)
	}
	m, err := newMach(d, nil, false, append([]*library.Library{lib}, later...)...)
	if err != nil {
		return nil, err
	}
	return m.machine(), nil
}

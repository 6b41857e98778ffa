package draw

import "pumplab/pumpmodel"

// LampNamed is what a display says of the lamp of that name; ok is false if it says nothing.
func LampNamed(show pumpmodel.Display, name string) (l pumpmodel.Lamp, ok bool) {
	for _, l := range show.Lamps {
		if l.Name == name {
			return l, true
		}
	}
	return pumpmodel.Lamp{}, false
}

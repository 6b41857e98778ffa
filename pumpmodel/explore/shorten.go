package explore

import "slices"

// shortened are the two paths without the steps that are not needed to see the mode: each step that can be left out of either, with
// the displays still alike and the control still doing both things, is left out.
func (l *looker) shortened(x Mode, control int) Mode {
	holds := func(paths [2][]string) bool {
		var shown [2]string
		for i, path := range paths {
			s := l.m.Start()
			for _, key := range path {
				s, _ = Do(l.m, s, key)
			}
			if shown[i] = l.m.Show(s).String(); l.does(s)[control] != x.Does[i] {
				return false
			}
		}
		return shown[0] == shown[1]
	}
	for less := true; less; {
		less = false
		for i := range x.Paths {
			for n := max(1, len(x.Paths[i])/2); n > 0; n /= 2 {
				for at := 0; at+n <= len(x.Paths[i]); {
					paths := x.Paths
					paths[i] = slices.Delete(slices.Clone(x.Paths[i]), at, at+n)
					if !holds(paths) {
						at++
						continue
					}
					x.Paths, less = paths, true
				}
			}
		}
	}
	return x
}

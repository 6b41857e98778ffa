package pumpmodel

// Info describes a design to its drivers.
type Info struct {
	Name       string      // the design's name: chevron-form
	Version    int         // the design file's version
	Title      string      // one line for people
	Pump       string      // hardware profile: large-volume, syringe, pca
	Controls   []Control   // everything a person can operate, in the order of the face
	Parameters []Parameter // what the design file set, for reports
	Flaws      []string    // known flaws switched on by intent; a design with any is marked wherever it is listed
}

// Control is one thing a person can operate, named by what is printed on it.
type Control struct {
	Name  string // 7, ., enter, UP
	Label string // what is printed on it, if not the name
	Key   string // the key of an ordinary keyboard bound to it: 7, Period, Return, PageUp, F1
	Kind  string // key, dial, touch, slider

	X, Y, W, H int // where it is on the face, hundredths of a millimetre; all 0 if it has no place
}

// Parameter is one setting of a design, as text.
type Parameter struct{ Name, Value string }

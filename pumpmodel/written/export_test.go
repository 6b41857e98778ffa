package written

// Scan is the scanner alone; nil if it leaves the text to the YAML parser.
func Scan(text string) *Node { return scan(text) }

// ParseYAML is the YAML parser alone.
func (r *Reader) ParseYAML(data []byte) *Node { return r.parseYAML(data) }

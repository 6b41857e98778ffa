package written

// Scan is the scanner alone; nil if it leaves the text to the YAML parser.
func Scan(text string) *Node {
	n, _ := scan(text)
	return n
}

// MaxParsed is the size of the largest file that the YAML parser is given.
const MaxParsed = maxParsed

// ParseYAML is the YAML parser alone.
func (r *Reader) ParseYAML(data []byte) *Node { return r.parseYAML(data) }

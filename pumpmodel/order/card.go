package order

// Line is one line of an order card.
type Line struct {
	Key   string // one of Keys
	Label string // as printed before it
	Text  string
	Large bool // the drug's name: read first
}

var labels = map[string]string{
	"patient": "Patient", "area": "Care area", "weight": "Weight", "drug": "Drug", "concentration": "Concentration", "dose": "Dose",
	"rate": "Rate", "vtbi": "VTBI", "time": "Over", "bolus": "Bolus", "loading": "Loading dose first", "over": "Bolus over", "delay": "Start after", "channel": "Channel",
	"pca dose": "Demand dose", "lockout": "Lockout", "continuous": "Continuous", "pca loading": "Loading dose",
	"in 1 h": "At most in 1 h", "in 4 h": "At most in 4 h",
}

// Card is the order as a person reads it (shared/look.md, Order card): only what it asks for, in the order of Keys. A change is
// said in the title, not in a line; an order without a drug names the fluid as a basic infusion.
func (o Order) Card() []Line {
	var out []Line
	for _, key := range Keys {
		text := o.Text(key)
		if key == "drug" && text == "" {
			text = "Basic infusion"
		}
		if text == "" || key == "change" {
			continue
		}
		label := labels[key]
		if key == "over" && o.Loading {
			label = "Loading dose over"
		}
		out = append(out, Line{Key: key, Label: label, Text: text, Large: key == "drug"})
	}
	if second, ok := o.Then(); ok {
		out = append(out, Line{Key: "second", Label: "Then", Text: "another infusion"})
		for _, l := range second.Card() {
			if l.Key != "area" && l.Key != "patient" {
				out = append(out, l)
			}
		}
	}
	return out
}

// Title is the card's heading.
func (o Order) Title() string {
	if o.Change {
		return "CHANGE THE RUNNING INFUSION"
	}
	return "NEW INFUSION"
}

package questionnaire

// ItemNamed is the item of that id; nil if there is none.
func (in *Instrument) ItemNamed(id string) *Item {
	for i := range in.Items {
		if in.Items[i].ID == id {
			return &in.Items[i]
		}
	}
	return nil
}

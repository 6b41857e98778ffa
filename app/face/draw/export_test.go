package draw

// OnCut has f told each text that is cut because it does not fit; nil ends it.
func OnCut(f func(text string)) { onCut = f }

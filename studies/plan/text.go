package plan

import "fmt"

// The texts a participant reads where the study file gives none. The first line is the title. No laboratory word: a participant
// does not know of designs and conditions.
const (
	welcome = `Welcome
You will programme infusion pumps from order cards, as you would at the bedside. Work as you normally do: as fast as is safe.
When an order is programmed and the pump is infusing, press Done. If an order cannot or should not be carried out, press Give up.`
	pause  = "A short break\nThe next pump is waiting. Go on whenever you are ready."
	thanks = "Thank you\nThat was all. Please tell the experimenter that you have finished."
)

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

// pumpText announces the pump at a position of the session.
func (b *builder) pumpText(pos int) string {
	text := fmt.Sprintf("Pump %d of %d\nThe next orders are for this pump. Take a moment to look at it once the first order appears.", pos+1, len(b.study.Designs))
	if n := len(b.study.Sequence.Practice); n > 0 {
		text += " The first orders are for practice."
	}
	return text
}

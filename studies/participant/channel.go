package participant

import (
	"strings"

	"pumplab/pumpmodel"
)

// elsewhere is the key to the channel, or the secondary infusion, that the order is for, while another one is shown. False where the
// right one is shown, or the pump has one infusion only.
func (p *Person) elsewhere(d *pumpmodel.Display) (Move, bool) {
	want := p.goal.channel
	if want == "" || d.Channel == want {
		return Move{}, false
	}
	base, aside := strings.CutSuffix(want, "secondary")
	base = strings.TrimSpace(base)
	action := map[string]string{"A": "channel-a", "B": "channel-b"}[base]
	if shown := strings.TrimSpace(strings.TrimSuffix(d.Channel, "secondary")); shown == base && (aside || d.Channel != base) {
		action = "secondary"
	}
	c := hinted(d, action)
	if c == "" && action != "secondary" {
		c = hinted(d, "channel")
	}
	if c == "" {
		return Move{}, false
	}
	return p.press(c, true), true
}

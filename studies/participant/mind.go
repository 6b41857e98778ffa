package participant

import (
	"math"
	"regexp"
	"strconv"
	"time"

	"pumplab/studies"
	"pumplab/studies/questionnaire"
	"pumplab/studies/session"
)

// interruption is what a disturbance leaves behind.
type interruption struct {
	over   bool // the next key is the first after it
	lapse  bool // the place in the task is lost
	urgent bool
}

// perceive notes what is around.
func (p *Person) perceive(v session.View) {
	p.noisy, p.dazzled = false, false
	for _, a := range v.Around {
		p.noisy = p.noisy || a.Kind == "noise"
		p.dazzled = p.dazzled || a.Kind == "glare"
	}
}

// sees is the probability of noticing an own error that is noticed with that probability in a quiet room.
func (p *Person) sees(quiet float64) float64 {
	if p.noisy {
		return quiet * p.Din
	}
	return quiet
}

// glared is the factor on misreading.
func (p *Person) glared() float64 {
	if p.dazzled {
		return p.Glare
	}
	return 1
}

// disturbed answers what disturbs. A control that is held is let go first.
func (p *Person) disturbed(v session.View) Move {
	if p.hand.control != "" {
		return p.release(Move{})
	}
	on := v.Disturbance
	m := p.say(studies.Reply, p.Answer)
	if on.Kind == "question" {
		m.Event.Value = p.reply(on.Prompt)
	}
	lasted := on.Since + m.After
	rate := p.Sequence
	switch {
	case lasted >= 4400*time.Millisecond:
		rate *= p.Long
	case lasted >= 2800*time.Millisecond:
		rate *= p.Short
	}
	p.pause.over, p.pause.lapse = true, chance(p.Slips, min(rate, 1))
	return m
}

var sum = regexp.MustCompile(`(\d+)\s*([+−–-])\s*(\d+)`)

// reply is the answer to a question: a sum that is now and then wrong, else "yes".
func (p *Person) reply(prompt string) string {
	part := sum.FindStringSubmatch(prompt)
	if part == nil {
		return "yes"
	}
	a, _ := strconv.Atoi(part[1])
	b, _ := strconv.Atoi(part[3])
	if part[2] != "+" {
		b = -b
	}
	if chance(p.Choices, p.Sum) {
		b += 1 - 2*p.Choices.IntN(2)
	}
	return strconv.Itoa(a + b)
}

// feeling is what a person remembers of the tasks on the present design.
type feeling struct {
	design           string
	tasks            int
	seconds, presses float64
}

// remember takes a finished task in.
func (f *feeling) remember(design string, took time.Duration, presses int) {
	if f.design != design {
		*f = feeling{design: design}
	}
	f.tasks++
	f.seconds += took.Seconds()
	f.presses += float64(presses)
}

// workload is between 0 and 1: the longer the tasks took and the more keys they wanted, the more of it.
func (f feeling) workload() float64 {
	n := float64(max(f.tasks, 1))
	return 0.1 + 0.35*math.Tanh(f.seconds/n/90) + 0.35*math.Tanh(f.presses/n/70)
}

// rate is the next move on a questionnaire.
func (p *Person) rate(v session.View) Move {
	in := v.Instrument
	if in == nil || p.rated >= len(in.Items) {
		return p.say(studies.Next, p.Mental)
	}
	it := in.Items[p.rated]
	m := p.say(studies.Rate, p.Rating)
	m.Event.Item, m.Event.Value = it.ID, strconv.Itoa(p.opinion(in, p.rated))
	p.rated++
	return m
}

// opinion is a rating around what the person felt: workload where the scale means a burden, its opposite where it means praise.
func (p *Person) opinion(in *questionnaire.Instrument, i int) int {
	burden := p.felt.workload() + 0.12*p.Choices.NormFloat64()
	switch {
	case in.Scoring == "raw-tlx" || in.Scoring == "pssuq":
	case in.Scoring == "sus" && i%2 == 1: // every second statement is a complaint
	default:
		burden = 1 - burden
	}
	it := in.Items[i]
	step := float64(max(it.Step, 1))
	span := float64(it.Max-it.Min) / step
	n := math.Round(max(0, min(1, burden)) * math.Floor(span))
	return it.Min + int(n*step)
}

// Package participant provides simulated people: they read what a session shows, as a person does, and act through controls only.
//
// They are for trying a study out before anybody sits down to it and for checking an analysis against known truth. What they do on
// a design follows from its displays and keys; nothing in here knows a design by name. A person's true parameters are recorded with
// the session. The same seed gives the same keys again on the same kind of processor; on another, a time may differ by a microsecond,
// for times are drawn in floating point. What was recorded replays exactly everywhere.
package participant

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
)

// Params are the numbers a simulated person is made of. Times are in seconds, probabilities per opportunity.
type Params struct {
	Slip       float64 // per key of a number or a list
	Misread    float64 // per number of an order: another one is read from the card
	Adjacent   float64 // classes of slips, shares of 1
	Omit       float64
	Double     float64
	Transpose  float64
	Other      float64
	SeeTyped   float64 // a slip is noticed at once, digits typed one after the other
	SeeStepped float64 // the same where each press changes the whole number
	SeeReview  float64 // a wrong number is noticed on the review page
	SeeAlert   float64 // a wrong number is noticed when a soft limit alert shows it
	Doubt      float64 // a right number is entered again after a soft limit alert
	Urgency    float64 // factor on slips in the last quarter of a time limit
	Sequence   float64 // sequence error (a step repeated or skipped) without interruption
	Short      float64 // factor on sequence errors after an interruption of 2.8 s
	Long       float64 // the same of 4.4 s and more
	Sum        float64 // wrong answer to an arithmetic question
	SpreadSlip float64 // SD of the log of a person's factor on slips
	SpreadTime float64 // SD of the log of a person's factor on times
	Key        float64 // s, a key that is not the one before
	Repeat     float64 // s, the same key again
	Mental     float64 // s, before each chunk
	Look       float64 // s, to look at a display that changed
	Resume     float64 // s, to the first key after an interruption
	Read       float64 // s, an order card
	Answer     float64 // s, a question, a phone or another pump's alarm
	Rating     float64 // s, an item of a questionnaire
	Din        float64 // factor on noticing an own error while a room is noisy
	Glare      float64 // factor on misreading while light is on the screen
	Noise      float64 // SD of the log of each time
	Practice   float64 // exponent of the power law of practice, per task
	Patience   float64 // s after which a task is given up
	Limit      float64 // presses after which a task is given up
}

// Parameter is one number with the reason for it.
type Parameter struct {
	Name   string
	Value  float64
	Source string
}

// Typical is a person as the literature has them; what it does not say is marked as an assumption.
func Typical() Params {
	return Params{
		Slip: 0.006, Misread: 0.01, Adjacent: 0.40, Omit: 0.20, Double: 0.15, Transpose: 0.10, Other: 0.15,
		SeeTyped: 0.6, SeeStepped: 0.9, SeeReview: 0.3, SeeAlert: 0.8, Doubt: 0.05, Urgency: 2,
		Sequence: 0.05, Short: 2, Long: 3, Sum: 0.08,
		SpreadSlip: 0.5, SpreadTime: 0.2,
		Key: 0.5, Repeat: 0.2, Mental: 1.35, Look: 0.15, Resume: 3.8, Read: 4, Answer: 3.5, Rating: 2.5, Noise: 0.25,
		Din: 0.73, Glare: 1.46,
		Practice: 0.08, Patience: 420, Limit: 400,
	}
}

// Slipping is p with all probabilities of going wrong multiplied: people who are new to the work, or tired.
func (p Params) Slipping(factor float64) Params {
	p.Slip *= factor
	p.Misread *= factor
	p.Sequence *= factor
	return p
}

// Faultless never slips and never hesitates: a benchmark.
func Faultless() Params {
	p := Typical()
	for _, x := range []*float64{&p.Slip, &p.Misread, &p.Sequence, &p.Doubt, &p.Sum, &p.SpreadSlip, &p.SpreadTime, &p.Noise, &p.Practice} {
		*x = 0
	}
	return p
}

// List is every parameter with its name and source, in a fixed order.
func (p Params) List() []Parameter {
	const assumed = "assumption"
	return []Parameter{
		{"slip per key", p.Slip, "0.002-0.02: Panko; THERP; HEART"},
		{"misread per number", p.Misread, assumed + "; 0.01 for simple transcription: Panko"},
		{"share adjacent", p.Adjacent, assumed},
		{"share omitted", p.Omit, assumed},
		{"share doubled", p.Double, assumed},
		{"share transposed", p.Transpose, assumed},
		{"share other", p.Other, assumed},
		{"slip noticed, typed", p.SeeTyped, assumed + "; only the order typed < stepped is supported"},
		{"slip noticed, stepped", p.SeeStepped, assumed + "; only the order typed < stepped is supported"},
		{"wrong number noticed on review", p.SeeReview, assumed},
		{"wrong number noticed on soft alert", p.SeeAlert, assumed},
		{"right number doubted on soft alert", p.Doubt, assumed},
		{"urgency factor", p.Urgency, "shared/domain/science.md"},
		{"sequence error", p.Sequence, assumed + "; magnitude after Altmann 2014"},
		{"sequence factor, 2.8 s", p.Short, "Altmann 2014"},
		{"sequence factor, 4.4 s", p.Long, "Altmann 2014"},
		{"wrong sum", p.Sum, assumed},
		{"SD log slip factor", p.SpreadSlip, assumed},
		{"SD log time factor", p.SpreadTime, assumed},
		{"key", p.Key, "K random letters: Card, Moran & Newell 1983"},
		{"same key again", p.Repeat, "K average skilled: Card, Moran & Newell 1983"},
		{"mental preparation", p.Mental, "M: Card, Moran & Newell 1983"},
		{"look", p.Look, "CogTool"},
		{"resumption", p.Resume, "Altmann & Trafton 2004"},
		{"read order", p.Read, assumed},
		{"answer", p.Answer, assumed},
		{"rate item", p.Rating, assumed},
		{"noticing in noise", p.Din, assumed + "; a quarter less recalled in ward noise: Erne 2022 (-27 %)"},
		{"misreading under glare", p.Glare, assumed + "; dispensing errors 3.8 to 2.6 % in poor to good light: Buchanan 1991"},
		{"SD log time", p.Noise, assumed},
		{"practice exponent", p.Practice, assumed},
		{"patience", p.Patience, assumed},
		{"presses before giving up", p.Limit, assumed},
	}
}

// Record is the parameters as the head of a session holds them: name to value, and the source after a semicolon.
func (p Params) Record() map[string]string {
	out := map[string]string{}
	for _, x := range p.List() {
		out[x.Name] = fmt.Sprintf("%s; %s", strconv.FormatFloat(x.Value, 'g', -1, 64), x.Source)
	}
	return out
}

// Personal is one person of that kind: their own factor on slips and on times is drawn, log-normal with median 1.
func (p Params) Personal(rng *rand.Rand) Params {
	slip, pace := math.Exp(p.SpreadSlip*rng.NormFloat64()), math.Exp(p.SpreadTime*rng.NormFloat64())
	p = p.Slipping(slip)
	for _, x := range []*float64{&p.Key, &p.Repeat, &p.Mental, &p.Look, &p.Resume, &p.Read, &p.Answer, &p.Rating} {
		*x *= pace
	}
	return p
}

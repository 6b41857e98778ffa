// Package distraction provides what disturbs a task, and when: it turns what a study file asks for into realised disturbances, so
// that a session never draws.
package distraction

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"pumplab/studies"
)

// Kinds are the kinds of distraction.
var Kinds = []string{"question", "phone", "alarm", "noise", "glare"}

// Noises are the sounds of a room that the program can make, by name.
var Noises = []string{"ward-day", "ward-night"}

// Horizon is how far disturbances by the clock are realised for a task without a time limit.
const Horizon = 10 * time.Minute

// most bounds how often one distraction comes back in a task.
const most = 200

// Realise draws the disturbances of one task. Limit is the task's time limit (0: none). Draws come from rng only, in the order of
// ds, so equal streams give equal disturbances.
func Realise(ds []studies.Distraction, limit time.Duration, rng *rand.Rand) ([]studies.Disturbance, error) {
	if limit <= 0 {
		limit = Horizon
	}
	var out []studies.Disturbance
	for _, d := range ds {
		r := studies.Disturbance{
			Kind: d.Kind, Field: d.Field, After: d.After, Covers: d.Covers, For: d.For, Warn: d.Warn,
			Prompt: d.Text, Priority: d.Priority, Level: d.Level,
		}
		switch d.Kind {
		case "question":
			r.Prompt, r.Right = Question(d.Ask, rng)
		case "phone", "alarm", "noise", "glare":
		default:
			return nil, fmt.Errorf("realise distraction: unknown kind %q: expected one of %s", d.Kind, strings.Join(Kinds, ", "))
		}
		if d.Every > 0 {
			r.At = times(d.Every, d.Random, limit, rng)
			if len(r.At) == 0 {
				continue // a random process may well not come within the task
			}
		} else if d.After <= 0 && studies.Surrounds(d.Kind) {
			r.At = []time.Duration{0} // as long as the task
		} else if d.After <= 0 {
			return nil, fmt.Errorf("realise distraction: a %s without an onset: give a number of presses in a field, or an interval", d.Kind)
		}
		out = append(out, r)
	}
	return out, nil
}

// times are the moments before limit at which something with this mean interval comes: regularly, or as a Poisson process (the
// intervals are exponential, so the expected count is limit/every).
func times(every time.Duration, random bool, limit time.Duration, rng *rand.Rand) []time.Duration {
	var out []time.Duration
	at := time.Duration(0)
	for len(out) < most {
		step := every
		if random {
			// To the millisecond: no float rounding of another processor can reach the plan. At least 1 ms apart.
			step = max(time.Millisecond, time.Duration(rng.ExpFloat64()*float64(every/time.Millisecond))*time.Millisecond)
		}
		at += step
		if at >= limit {
			break
		}
		out = append(out, at)
	}
	return out
}

// Question is the prompt of a question and its right answer. Ask "arithmetic" draws a sum or difference of a two-digit and a
// one-digit number that carries over the tens, as mental load (result 11 to 97); other words are the prompt itself and any answer to
// them is right (empty).
func Question(ask string, rng *rand.Rand) (prompt, right string) {
	if ask != "arithmetic" && ask != "" {
		return ask, ""
	}
	a, b := 10*(2+rng.IntN(7))+2+rng.IntN(6), 3+rng.IntN(7) // 22…87 and 3…9
	if rng.IntN(2) == 0 {
		b = max(b, 10-a%10) // a+b passes the next ten
		return fmt.Sprintf("What is %d + %d?", a, b), strconv.Itoa(a + b)
	}
	b = max(b, a%10+1) // a-b falls below the ten
	return fmt.Sprintf("What is %d − %d?", a, b), strconv.Itoa(a - b)
}

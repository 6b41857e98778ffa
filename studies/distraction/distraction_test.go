package distraction_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/studies"
	"pumplab/studies/distraction"
)

func stream(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

func mustRealise(t *testing.T, ds []studies.Distraction, limit time.Duration, rng *rand.Rand) []studies.Disturbance {
	t.Helper()
	out, err := distraction.Realise(ds, limit, rng)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnArithmeticQuestionKnowsItsRightAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prompt, right := distraction.Question("arithmetic", stream(rapid.Uint64().Draw(t, "seed")))
		var a, b int
		var op string
		if _, err := fmt.Sscanf(prompt, "What is %d %s %d?", &a, &op, &b); err != nil {
			t.Fatal(prompt, err)
		}
		want := a + b
		if op == "−" {
			want = a - b
		}
		if right != strconv.Itoa(want) || want < 11 || want > 97 || b < 1 || b > 9 || a/10 == want/10 {
			t.Fatalf("%s = %s: want %d, one digit b, another ten", prompt, right, want)
		}
	})
}

func TestOtherWordsAreAskedAsTheyStand(t *testing.T) {
	if p, r := distraction.Question("Is bed 4 free?", stream(1)); p != "Is bed 4 free?" || r != "" {
		t.Error(p, r)
	}
}

func TestAQuestionWaitsForItsPress(t *testing.T) {
	got := mustRealise(t, []studies.Distraction{{Kind: "question", Field: "dose", After: 2, Ask: "arithmetic", Covers: true, Warn: time.Second}}, 0, stream(1))
	if len(got) != 1 || got[0].Field != "dose" || got[0].After != 2 || !got[0].Covers || got[0].At != nil || got[0].Warn != time.Second {
		t.Errorf("%+v", got)
	}
}

func TestAFixedIntervalComesRegularlyBeforeTheLimit(t *testing.T) {
	got := mustRealise(t, []studies.Distraction{{Kind: "phone", Every: 20 * time.Second}}, time.Minute, stream(1))
	if want := []time.Duration{20 * time.Second, 40 * time.Second}; !reflect.DeepEqual(got[0].At, want) {
		t.Errorf("%v, want %v", got[0].At, want)
	}
}

// A Poisson process with mean interval 90 s has on average limit/90 s calls: 2 in 180 s, variance 2. Over 4000 tasks the mean has
// a standard error of sqrt(2/4000) = 0.022; five of them are allowed.
func TestAPoissonProcessHasItsRate(t *testing.T) {
	calls, squares, n := 0.0, 0.0, 4000
	for i := range n {
		var k float64
		last := time.Duration(0)
		for _, d := range mustRealise(t, []studies.Distraction{{Kind: "phone", Every: 90 * time.Second, Random: true}}, 180*time.Second, stream(uint64(i))) {
			k += float64(len(d.At))
			for _, at := range d.At {
				if at <= last || at >= 180*time.Second {
					t.Fatalf("times %v", d.At)
				}
				last = at
			}
		}
		calls += k
		squares += k * k
	}
	mean := calls / float64(n)
	if math.Abs(mean-2) > 5*math.Sqrt(2/float64(n)) {
		t.Errorf("mean %v calls, want 2", mean)
	}
	if v := squares/float64(n) - mean*mean; math.Abs(v-2) > 0.3 {
		t.Errorf("variance %v, want 2 (Poisson)", v)
	}
}

func TestEqualStreamsGiveEqualDisturbances(t *testing.T) {
	ds := []studies.Distraction{{Kind: "question", Field: "dose", After: 1}, {Kind: "phone", Every: 30 * time.Second, Random: true}}
	if a, b := mustRealise(t, ds, 0, stream(7)), mustRealise(t, ds, 0, stream(7)); !reflect.DeepEqual(a, b) {
		t.Errorf("%v\n%v", a, b)
	}
}

func TestWhatIsAroundATaskLastsAsLongAsItUnlessAskedOtherwise(t *testing.T) {
	got := mustRealise(t, []studies.Distraction{
		{Kind: "noise", Text: "ward-day", Level: -18},
		{Kind: "glare", Level: 60, Every: 25 * time.Second, For: 10 * time.Second},
		{Kind: "alarm", Text: "Bed 6", Priority: "low", Every: 40 * time.Second},
	}, time.Minute, stream(1))
	want := []studies.Disturbance{
		{Kind: "noise", Prompt: "ward-day", Level: -18, At: []time.Duration{0}},
		{Kind: "glare", Level: 60, At: []time.Duration{25 * time.Second, 50 * time.Second}, For: 10 * time.Second},
		{Kind: "alarm", Prompt: "Bed 6", Priority: "low", At: []time.Duration{40 * time.Second}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

func TestADistractionWithoutOnsetOrOfUnknownKindIsRefused(t *testing.T) {
	for _, d := range []studies.Distraction{{Kind: "question"}, {Kind: "alarm"}, {Kind: "fire", After: 1}} {
		if _, err := distraction.Realise([]studies.Distraction{d}, 0, stream(1)); err == nil {
			t.Errorf("%+v was taken", d)
		}
	}
}

package plan_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pumplab/studies"
	"pumplab/studies/plan"
)

func mustOrder(t interface{ Fatal(...any) }, method string, n, row int) []int {
	o, err := plan.Order(method, n, row, plan.Stream(1, "test", fmt.Sprint(row)))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// table counts, over all rows of a method, how often level v has position p and how often b follows a.
func table(t *testing.T, method string, n int) (position, follows map[[2]int]int) {
	position, follows = map[[2]int]int{}, map[[2]int]int{}
	for r := range plan.Rows(method, n) {
		o := mustOrder(t, method, n, r)
		for p, v := range o {
			position[[2]int{v, p}]++
			if p > 0 {
				follows[[2]int{o[p-1], v}]++
			}
		}
	}
	return position, follows
}

func TestWilliamsSquaresBalancePositionsAndNeighbours(t *testing.T) {
	for n := 2; n <= 12; n++ {
		times := 1 + n%2 // even: each ordered pair adjacent once; odd: twice (shared/domain/science.md)
		position, follows := table(t, "williams", n)
		for a := range n {
			for b := range n {
				if position[[2]int{a, b}] != times {
					t.Errorf("n=%d: level %d has position %d %d times, want %d", n, a, b, position[[2]int{a, b}], times)
				}
				if a != b && follows[[2]int{a, b}] != times {
					t.Errorf("n=%d: %d follows %d %d times, want %d", n, b, a, follows[[2]int{a, b}], times)
				}
			}
		}
	}
}

func TestLatinSquaresBalancePositions(t *testing.T) {
	for n := 2; n <= 9; n++ {
		position, _ := table(t, "latin-square", n)
		for a := range n {
			for p := range n {
				if position[[2]int{a, p}] != 1 {
					t.Errorf("n=%d: level %d position %d: %d", n, a, p, position[[2]int{a, p}])
				}
			}
		}
	}
}

func TestEveryOrderIsAPermutation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		o := mustOrder(t, rapid.SampledFrom(plan.Methods).Draw(t, "method"), n, rapid.IntRange(0, 500).Draw(t, "row"))
		seen := map[int]bool{}
		for _, v := range o {
			seen[v] = v >= 0 && v < n
		}
		if len(o) != n || len(seen) != n {
			t.Fatalf("%v", o)
		}
	})
}

func TestAnUnknownOrderIsRefused(t *testing.T) {
	if _, err := plan.Order("alphabetical", 3, 0, nil); err == nil {
		t.Error("taken")
	}
}

func TestPeopleWhoDropOutFreeTheirRow(t *testing.T) {
	for _, c := range []struct {
		used []plan.Assigned
		want int
	}{
		{nil, 0},
		{[]plan.Assigned{{Row: 0}, {Row: 1}}, 2},
		{[]plan.Assigned{{Row: 0}, {Row: 1, Dropped: true}, {Row: 2}}, 1},
		{[]plan.Assigned{{Row: 1, Dropped: true}, {Row: 0}, {Row: 1}}, 2},
	} {
		if got := plan.NextRow(c.used); got != c.want {
			t.Errorf("after %v row %d, want %d", c.used, got, c.want)
		}
	}
}

func study() *studies.Study {
	s := &studies.Study{
		Name: "s", Seed: 4711, Designs: []string{"A", "B", "C"},
		Conditions: []studies.Condition{{Name: "quiet"}, {Name: "interrupted", Distractions: []studies.Distraction{
			{Kind: "question", Field: "dose", After: 2, Ask: "arithmetic"}, {Kind: "phone", Every: time.Minute, Random: true},
		}}},
		Sequence: studies.Sequence{
			Designs: "williams", Conditions: "williams", Tasks: "random", Practice: []string{"p1", "p2"},
			After: []string{"raw-tlx", "sus"}, Break: 2 * time.Minute,
		},
	}
	for _, id := range []string{"p1", "p2", "t1", "t2", "t3", "t4", "t5", "t6"} {
		s.Tasks = append(s.Tasks, studies.Task{ID: id, Practice: id[0] == 'p', Limit: 3 * time.Minute})
	}
	return s
}

func mustMake(t *testing.T, s *studies.Study, who string, row int) studies.Plan {
	t.Helper()
	p, err := plan.Make(s, who, row)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAPlanHasEveryTaskInEveryCell(t *testing.T) {
	p := mustMake(t, study(), "P01", 0)
	tasks, asks, breaks := map[string]int{}, 0, 0
	for i, s := range p.Steps {
		switch s.Kind {
		case studies.StepTask:
			tasks[fmt.Sprint(s.Design, s.Condition, s.Task, s.Practice)]++
			if s.For != 3*time.Minute || s.Block < 1 || s.Block > 6 || s.Practice != (s.Task[0] == 'p') {
				t.Errorf("step %d: %+v", i, s)
			}
			if (len(s.Disturbances) > 0) != (s.Condition == "interrupted") {
				t.Errorf("step %d in %s has %d disturbances", i, s.Condition, len(s.Disturbances))
			}
		case studies.StepAsk:
			asks++
		case studies.StepBreak:
			breaks++
		}
	}
	if len(tasks) != 48 || asks != 6 || breaks != 2 {
		t.Errorf("%d tasks, %d questionnaires, %d breaks; want 48, 6, 2", len(tasks), asks, breaks)
	}
	if last := p.Steps[len(p.Steps)-1]; last.Kind != studies.StepEnd {
		t.Errorf("the last step is %v", last)
	}
}

func TestTheSamePersonGetsTheSamePlanAndOthersAnother(t *testing.T) {
	a, b, c := mustMake(t, study(), "P01", 3), mustMake(t, study(), "P01", 3), mustMake(t, study(), "P02", 3)
	if !reflect.DeepEqual(a, b) {
		t.Error("the same person, another plan")
	}
	c.Participant = "P01"
	if reflect.DeepEqual(a, c) {
		t.Error("two people share every draw")
	}
}

// Over one cycle each condition comes first equally often at each position and for each design.
func TestConditionsAreBalancedWithinDesigns(t *testing.T) {
	for _, method := range []string{"williams", "latin-square"} {
		s := study()
		s.Sequence.Designs = method
		first := map[string]int{}
		cycle := plan.Cycle(s)
		for row := range cycle {
			block, pos := 0, 0
			for _, step := range mustMake(t, s, "P", row).Steps {
				if step.Kind == studies.StepIntro && step.Design != "" {
					pos++
				}
				if step.Kind == studies.StepTask && step.Block != block {
					if block = step.Block; block%2 == 1 {
						first[fmt.Sprint(pos, step.Condition)]++
						first[step.Design+step.Condition]++
					}
				}
			}
		}
		if want := map[string]int{"williams": 12, "latin-square": 6}[method]; cycle != want {
			t.Errorf("%s: cycle of %d rows, want %d", method, cycle, want)
		}
		for k, n := range first {
			if n != cycle/2 {
				t.Errorf("%s: %s first %d times of %d", method, k, n, cycle)
			}
		}
	}
}

func TestMixedConditionsAlternateWithinADesign(t *testing.T) {
	s := study()
	s.Sequence.Conditions = plan.Mixed
	seen := map[string]bool{}
	changes := 0
	last := ""
	for _, step := range mustMake(t, s, "P01", 0).Steps {
		if step.Kind == studies.StepTask && !step.Practice {
			seen[fmt.Sprint(step.Block, step.Condition, step.Task)] = true
			if step.Condition != last {
				changes++
			}
			last = step.Condition
		}
	}
	if len(seen) != 36 || changes < 8 {
		t.Errorf("%d tasks, %d changes of condition", len(seen), changes)
	}
}

func TestPracticeUntilRightIsPlannedUpToItsLimit(t *testing.T) {
	s := study()
	s.Sequence.UntilRight, s.Sequence.AtMost = 2, 5
	var got []string
	for _, step := range mustMake(t, s, "P01", 0).Steps {
		if step.Practice && step.Block == 1 {
			got = append(got, step.Task)
			if step.UntilRight != 2 {
				t.Errorf("%+v", step)
			}
		}
	}
	if want := []string{"p1", "p2", "p1", "p2", "p1"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

package capture_test

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	_ "time/tzdata" // zones, also where the system has none installed

	"pgregory.net/rapid"

	"pumplab/app/capture"
)

// machine is a computer's clocks in a test's hands.
type machine struct {
	mono, asleep, set time.Duration
	zone              string
	boots             bool // it tells its time since boot
}

// reading is what such a computer's clocks say.
func (m *machine) reading() capture.Readings {
	r := capture.Readings{Monotonic: m.mono, Real: time.Unix(1_767_225_600, 0).UTC().Add(m.mono + m.asleep + m.set), Zone: m.zone, Within: time.Microsecond}
	if m.boots {
		r.Boot = m.mono + m.asleep
	}
	return r
}

func TestSleepIsToldFromAClockThatWasSet(t *testing.T) {
	m := &machine{mono: time.Hour, boots: true, zone: "Etc/UTC UTC +00:00"}
	c := capture.NewClock(0)
	c.Machine = m.reading
	look := func(want ...capture.Change) {
		t.Helper()
		m.mono += 250 * ms
		got := c.Changes()
		if len(got) != len(want) {
			t.Fatalf("%v, want %v", got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("%v, want %v", got, want)
			}
		}
	}
	look()
	look()
	m.asleep += 90 * time.Second
	look(capture.Change{Kind: capture.Slept, By: 90 * time.Second})
	m.set -= 3 * time.Second
	look(capture.Change{Kind: capture.Stepped, By: -3 * time.Second})
	m.asleep, m.set = m.asleep+time.Minute, m.set+40*ms // woken, and corrected at once by a time server
	look(capture.Change{Kind: capture.Slept, By: time.Minute}, capture.Change{Kind: capture.Stepped, By: 40 * ms})
	m.zone = "Europe/Berlin CET +01:00"
	look(capture.Change{Kind: capture.Zoned, From: "Etc/UTC UTC +00:00", To: "Europe/Berlin CET +01:00"})
	look()
}

func TestWhereTheSystemDoesNotTellSleepIsCalledALeap(t *testing.T) {
	m := &machine{mono: time.Hour}
	var v capture.Vigil
	v.See(m.reading())
	m.asleep += time.Minute
	if got := v.See(m.reading()); len(got) != 1 || got[0] != (capture.Change{Kind: capture.Leapt, By: time.Minute}) {
		t.Errorf("%v", got)
	}
	m.set -= time.Minute
	if got := v.See(m.reading()); len(got) != 1 || got[0] != (capture.Change{Kind: capture.Stepped, By: -time.Minute}) {
		t.Errorf("%v", got)
	}
	m.set += 100 * ms // slewing
	if got := v.See(m.reading()); got != nil {
		t.Errorf("%v", got)
	}
}

// Whatever happens to a machine's clocks, the changes add up to it, to the few milliseconds that are no news each time.
func TestChangesAddUpToWhatHappened(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{mono: time.Hour, boots: true}
		var v capture.Vigil
		v.See(m.reading())
		var slept, stepped time.Duration
		n := rapid.IntRange(1, 30).Draw(t, "looks")
		for range n {
			m.mono += time.Duration(rapid.Int64Range(1, int64(time.Minute)).Draw(t, "passed"))
			if rapid.Bool().Draw(t, "sleeps") {
				m.asleep += time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "asleep"))
			}
			if rapid.Bool().Draw(t, "is set") {
				m.set += time.Duration(rapid.Int64Range(-int64(time.Hour), int64(time.Hour)).Draw(t, "set"))
			}
			for _, c := range v.See(m.reading()) {
				switch c.Kind {
				case capture.Slept:
					slept += c.By
				case capture.Stepped:
					stepped += c.By
				default:
					t.Fatalf("%+v", c)
				}
			}
		}
		slack := time.Duration(n) * 10 * ms
		if (slept-m.asleep).Abs() > slack || (stepped-m.set).Abs() > slack {
			t.Fatalf("told %v asleep and %v set, were %v and %v", slept, stepped, m.asleep, m.set)
		}
	})
}

func TestThisMachinesClocksAgreeWithThemselves(t *testing.T) {
	c := capture.NewClock(time.Minute)
	r := c.Machine()
	if r.Within < 0 || r.Within > time.Second || time.Since(r.Real).Abs() > time.Second {
		t.Errorf("%+v", r)
	}
	if runtime.GOOS == "linux" && (r.Boot < r.Monotonic-r.Within || r.Monotonic <= 0) {
		t.Errorf("boot time %v before the monotonic %v", r.Boot, r.Monotonic)
	}
	if !strings.Contains(r.Zone, ":") {
		t.Errorf("time zone %q without an offset", r.Zone)
	}
	at, utc := c.Anchor()
	wall, err := time.Parse(time.RFC3339Nano, utc)
	if err != nil || (wall.Sub(c.Start())-at).Abs() > ms { // Go reads the two clocks one after the other
		t.Errorf("anchored %s at %v, the clock started %v: %v", utc, at, c.Start(), err)
	}
}

func TestAnotherTimeZoneIsNoticedWhileTheProgramRuns(t *testing.T) {
	t.Setenv("TZ", "Europe/Berlin")
	c := capture.NewClock(0)
	c.Changes()
	if err := os.Setenv("TZ", "America/New_York"); err != nil {
		t.Fatal(err)
	}
	got := c.Changes()
	if len(got) != 1 || got[0].Kind != capture.Zoned || !strings.HasPrefix(got[0].From, "Europe/Berlin CE") || !strings.HasPrefix(got[0].To, "America/New_York E") {
		t.Errorf("%+v", got)
	}
}

func TestAClockFactIsAShortTrueSentence(t *testing.T) {
	for _, c := range []struct {
		change capture.Change
		value  string
		words  string
	}{
		{capture.Change{Kind: capture.Slept, By: 12345678901}, "12.346s", "slept for 12.346s"},
		{capture.Change{Kind: capture.Stepped, By: -time.Hour}, "-1h0m0s", "set back by 1h0m0s"},
		{capture.Change{Kind: capture.Stepped, By: time.Second}, "1s", "set ahead by 1s"},
		{capture.Change{Kind: capture.Zoned, From: "A +00:00", To: "B +01:00"}, "A +00:00 → B +01:00", "time zone changed: A +00:00 → B +01:00"},
	} {
		if got := c.change.Value(); got != c.value {
			t.Errorf("%q, want %q", got, c.value)
		}
		if got := capture.ClockWords(c.change.Kind, c.change.Value()); !strings.Contains(got, c.words) {
			t.Errorf("%q lacks %q", got, c.words)
		}
	}
}

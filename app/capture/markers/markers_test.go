package markers_test

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"pumplab/app/capture/markers"
	"pumplab/pumpmodel"
	"pumplab/studies"
	"pumplab/studies/journal"
)

const (
	sec = time.Second
	ms  = time.Millisecond
)

func stream() markers.Stream {
	return markers.Stream{Session: "P01-x", Participant: "P01", Study: "demo", Program: "pumplab test", Started: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), Zero: 90_000*sec + 123_456_789}
}

// sample is one marker as the reader below finds it.
type sample struct {
	at   float64
	text string
}

// recording is an XDF file as a reader that follows the specification finds it (github.com/sccn/xdf, wiki/Specifications).
type recording struct {
	file, header, footer string
	samples              []sample
	offsets              [][2]float64
}

// cursor reads a file's bytes.
type cursor struct {
	t *testing.T
	b []byte
}

func (c *cursor) take(n int) []byte {
	c.t.Helper()
	if n > len(c.b) {
		c.t.Fatalf("the file ends %d bytes too early", n-len(c.b))
	}
	out := c.b[:n]
	c.b = c.b[n:]
	return out
}

// length is a variable-length integer: its size in bytes (1, 4 or 8), then the number.
func (c *cursor) length() int {
	c.t.Helper()
	switch n := c.take(1)[0]; n {
	case 1:
		return int(c.take(1)[0])
	case 4:
		return int(binary.LittleEndian.Uint32(c.take(4)))
	case 8:
		return int(binary.LittleEndian.Uint64(c.take(8)))
	default:
		c.t.Fatalf("a length of %d bytes", n)
	}
	return 0
}

func (c *cursor) double() float64 { return math.Float64frombits(binary.LittleEndian.Uint64(c.take(8))) }

func readXDF(t *testing.T, file []byte) (r recording) {
	t.Helper()
	c := &cursor{t, file}
	if magic := string(c.take(4)); magic != "XDF:" {
		t.Fatalf("the file begins with %q", magic)
	}
	for len(c.b) > 0 {
		body := &cursor{t, c.take(c.length())}
		tag := binary.LittleEndian.Uint16(body.take(2))
		if tag != 1 {
			if id := binary.LittleEndian.Uint32(body.take(4)); id != 1 {
				t.Fatalf("a chunk of stream %d", id)
			}
		}
		switch tag {
		case 1:
			r.file = string(body.b)
		case 2:
			r.header = string(body.b)
		case 3:
			for range body.length() {
				if n := body.take(1)[0]; n != 8 {
					t.Fatalf("a time stamp of %d bytes", n)
				}
				at := body.double()
				r.samples = append(r.samples, sample{at, string(body.take(body.length()))})
			}
			if len(body.b) > 0 {
				t.Fatalf("%d bytes left in a samples chunk", len(body.b))
			}
		case 4:
			r.offsets = append(r.offsets, [2]float64{body.double(), body.double()})
		case 6:
			r.footer = string(body.b)
		default:
			t.Fatalf("chunk %d", tag)
		}
	}
	return r
}

func mustFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAMarkerFileIsReadByTheSpecification(t *testing.T) {
	long := make([]byte, 300) // a text whose length needs four bytes
	for i := range long {
		long[i] = 'x'
	}
	marks := []markers.Marker{{0, "trial/begin/a/quiet/t1"}, {1500 * ms, "response/down/5/accepted"}, {1501 * ms, string(long)}, {2 * sec, "µ < & >"}}
	x, path, err := markers.CreateXDF(filepath.Join(t.TempDir(), "markers"), stream())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range marks {
		if err := x.Mark(m); err != nil {
			t.Fatal(err)
		}
	}
	torn := readXDF(t, mustFile(t, path)) // as a killed program leaves it
	if len(torn.samples) != len(marks) || torn.footer != "" {
		t.Errorf("before its end the file holds %d of %d markers", len(torn.samples), len(marks))
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	r := readXDF(t, mustFile(t, path))
	for i, m := range marks {
		want := sample{(stream().Zero + m.At).Seconds(), m.Text}
		if r.samples[i] != want {
			t.Errorf("marker %d: %v, want %v", i, r.samples[i], want)
		}
	}
	var head struct {
		Name    string `xml:"name"`
		Type    string `xml:"type"`
		Count   int    `xml:"channel_count"`
		Rate    string `xml:"nominal_srate"`
		Format  string `xml:"channel_format"`
		Session string `xml:"session_id"`
		Clock   string `xml:"desc>clock"`
	}
	if err := xml.Unmarshal([]byte(r.header), &head); err != nil || head.Name != "PumpLab" || head.Type != "Markers" || head.Count != 1 || head.Rate != "0" || head.Format != "string" || head.Session != "P01-x" {
		t.Errorf("header %+v %v: %s", head, err, r.header)
	}
	var foot struct {
		First float64 `xml:"first_timestamp"`
		Last  float64 `xml:"last_timestamp"`
		Count int     `xml:"sample_count"`
	}
	if err := xml.Unmarshal([]byte(r.footer), &foot); err != nil || foot.First != r.samples[0].at || foot.Last != r.samples[3].at || foot.Count != 4 {
		t.Errorf("footer %+v %v: %s", foot, err, r.footer)
	}
	var file struct {
		Version string `xml:"version"`
	}
	if err := xml.Unmarshal([]byte(r.file), &file); err != nil || file.Version != "1.0" {
		t.Errorf("file header %s: %v", r.file, err)
	}
	if len(r.offsets) != 2 || r.offsets[0][1] != 0 || r.offsets[1][1] != 0 {
		t.Errorf("clock offsets %v", r.offsets)
	}
}

func TestASessionThatGoesOnGetsAFileBesideItsFirst(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for range 2 {
		x, path, err := markers.CreateXDF(dir, stream())
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, filepath.Base(path))
	}
	if want := []string{"P01-x.xdf", "P01-x-2.xdf"}; !reflect.DeepEqual(paths, want) {
		t.Errorf("%v, want %v", paths, want)
	}
}

// read reads the lines of a client until the stream ends.
func read(t *testing.T, c net.Conn, all chan<- []markers.Line) {
	var lines []markers.Line
	in := bufio.NewScanner(c)
	for in.Scan() {
		var l markers.Line
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Errorf("%s: %v", in.Text(), err)
		}
		lines = append(lines, l)
	}
	all <- lines
}

func TestEveryClientGetsEveryMarkerWithTheJournalsTime(t *testing.T) {
	k, err := markers.Listen(0, stream())
	if err != nil {
		t.Fatal(err)
	}
	dial := func() net.Conn {
		c, err := net.Dial("tcp", k.Addr())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	heard := make(chan []markers.Line, 3)
	go read(t, dial(), heard)
	deaf := dial() // never reads: it holds up nobody
	defer deaf.Close()
	for i := range 500 {
		if err := k.Mark(markers.Marker{At: time.Duration(i) * 7 * ms, Text: "response/down/5/accepted"}); err != nil {
			t.Fatal(err)
		}
		if i == 250 {
			go read(t, dial(), heard) // late
		}
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		lines := <-heard
		if len(lines) != 501 || lines[0].Session != "P01-x" || lines[0].Time != stream().Zero.Seconds() {
			t.Fatalf("%d lines, the first %+v", len(lines), lines[0])
		}
		for i, l := range lines[1:] {
			at := time.Duration(i) * 7 * ms
			if l.N != i+1 || l.At != int64(at) || l.Time != (stream().Zero+at).Seconds() {
				t.Fatalf("line %d: %+v", i, l)
			}
		}
	}
	if err := k.Mark(markers.Marker{}); err == nil {
		t.Error("a stream that has ended took a marker")
	}
}

func TestARecordsMarkersAreInTheOrderOfTheirTimes(t *testing.T) {
	plan := studies.Plan{Steps: []studies.Step{
		{Kind: studies.StepIntro},
		{Kind: studies.StepTask, Design: "keypad", Condition: "busy/ward", Task: "t1"},
		{Kind: studies.StepTask, Design: "keypad", Condition: "quiet", Task: "p1", Practice: true},
	}}
	press := pumpmodel.Press("5")
	r := journal.Record{At: 10 * sec, Outputs: []studies.Output{
		{Kind: studies.DisturbBegan, At: 8 * sec, Step: 1, Which: "phone"},
		{Kind: studies.FromPump, At: 10 * sec, Step: 1, Pump: &pumpmodel.Output{Kind: pumpmodel.KeyAnswered, Answer: pumpmodel.Accepted}},
		{Kind: studies.FromPump, At: 10 * sec, Step: 1, Pump: &pumpmodel.Output{Kind: pumpmodel.AlertRaised, Field: "dose", Limit: &pumpmodel.Limit{Kind: "upperSoft"}}},
		{Kind: studies.StepEnded, At: 10 * sec, Step: 1, Why: "timeout"},
		{Kind: studies.StepBegan, At: 10 * sec, Step: 2},
	}}
	want := []markers.Marker{
		{8 * sec, "distraction/begin/phone"},
		{10 * sec, "response/down/5/accepted"},
		{10 * sec, "alert/begin/upperSoft/dose"},
		{10 * sec, "trial/end/keypad/busy-ward/t1/timeout"},
		{10 * sec, "practice/begin/keypad/quiet/p1"},
	}
	if got := markers.Of(plan, r, studies.Event{Kind: studies.Pump, Pump: &press}); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	refused := journal.Record{At: sec, Outputs: []studies.Output{{Kind: studies.Refused, At: sec}}}
	if got := markers.Of(plan, refused, studies.Event{Kind: studies.Pump, Pump: &press}); got != nil {
		t.Errorf("a key behind a cover is a response: %v", got)
	}
}

// full is a disk with no room left after some bytes.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errors.New("no space left")
	}
	return len(b), nil
}
func (f *full) Close() error { return nil }

var _ io.WriteCloser = (*full)(nil)

func TestAFullDiskIsSaidAndThePortGoesOn(t *testing.T) {
	if _, err := markers.NewXDF(&full{10}, stream()); err == nil {
		t.Error("a file was begun on a full disk")
	}
	x, err := markers.NewXDF(&full{1500}, stream())
	for i := 0; err == nil && i < 100; i++ {
		err = x.Mark(markers.Marker{Text: "trial/begin"})
	}
	if err == nil {
		t.Error("markers were written on a full disk")
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	o, err := markers.Open(studies.Markers{File: true, Port: port}, t.TempDir(), studies.Plan{}, stream())
	if err == nil || len(o.Places) != 1 || !o.Any() {
		t.Errorf("a port that is taken: %v, %v", o.Places, err)
	}
	if err := o.Close(); err != nil {
		t.Error(err)
	}
}

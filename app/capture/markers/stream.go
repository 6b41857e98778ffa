package markers

import (
	"encoding/json"
	"encoding/xml"
	"time"
)

// Stream describes a stream of markers: what a reader of the file or the socket is told first.
type Stream struct {
	Session     string
	Participant string
	Study       string
	Program     string
	Started     time.Time     // UTC at which the session's clock read 0
	Zero        time.Duration // what CLOCK_MONOTONIC read then; 0: unknown, and times count from the session's start
}

// Seconds is a session's time on the stream's clock: LSL's local clock where the system shares it.
func (s Stream) Seconds(at time.Duration) float64 { return (s.Zero + at).Seconds() }

// clock is the name of the clock that the stream's times are on.
func (s Stream) clock() string {
	if s.Zero == 0 {
		return "seconds since the session's start"
	}
	return "CLOCK_MONOTONIC (LSL local clock of this machine)"
}

// info is the stream's description as LSL writes it into a stream header.
type info struct {
	XMLName  xml.Name `xml:"info"`
	Name     string   `xml:"name"`
	Type     string   `xml:"type"`
	Channels int      `xml:"channel_count"`
	Rate     int      `xml:"nominal_srate"` // 0: irregular
	Format   string   `xml:"channel_format"`
	Source   string   `xml:"source_id"`
	Version  string   `xml:"version"`
	Created  float64  `xml:"created_at"`
	UID      string   `xml:"uid"`
	Session  string   `xml:"session_id"`
	Desc     desc     `xml:"desc"`
}

// desc is what LSL leaves to each stream to say of itself.
type desc struct {
	Manufacturer string    `xml:"manufacturer"`
	Study        string    `xml:"study"`
	Participant  string    `xml:"participant"`
	Started      string    `xml:"started_utc"`
	Clock        string    `xml:"clock"`
	Channels     []channel `xml:"channels>channel"`
}

type channel struct {
	Label string `xml:"label"`
	Type  string `xml:"type"`
}

// header is the stream header's XML.
func (s Stream) header() ([]byte, error) {
	text, err := xml.Marshal(info{
		Name: "PumpLab", Type: "Markers", Channels: 1, Format: "string", Source: "pumplab-" + s.Session, Version: "1.100000000000000",
		Created: s.Seconds(0), UID: s.Session, Session: s.Session,
		Desc: desc{
			Manufacturer: s.Program, Study: s.Study, Participant: s.Participant, Started: s.Started.UTC().Format(time.RFC3339Nano),
			Clock: s.clock(), Channels: []channel{{"marker", "Marker"}},
		},
	})
	return append([]byte(xmlHead), text...), err
}

// xmlHead begins every piece of XML in an XDF file.
const xmlHead = `<?xml version="1.0"?>`

// Line is one line of the socket, as JSON. The first line of a connection is the stream's, every other one a marker's.
type Line struct {
	Stream  string  `json:"stream,omitempty"` // the first line: PumpLab
	Type    string  `json:"type,omitempty"`
	Session string  `json:"session,omitempty"`
	Started string  `json:"started_utc,omitempty"`
	Clock   string  `json:"clock,omitempty"`
	N       int     `json:"n,omitempty"`      // a marker: its number, from 1
	Time    float64 `json:"time"`             // seconds on the stream's clock; the first line: of the session's start
	At      int64   `json:"at_ns"`            // since the session's start, as in its journal
	Marker  string  `json:"marker,omitempty"` //
}

// encode is a line as it is sent.
func (l Line) encode() []byte {
	text, err := json.Marshal(l)
	if err != nil {
		panic("markers: " + err.Error()) // strings and numbers always have a JSON form
	}
	return append(text, '\n')
}

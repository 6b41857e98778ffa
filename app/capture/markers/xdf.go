package markers

import (
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"
)

// The chunks of an XDF file, version 1.0 (github.com/sccn/xdf, wiki/Specifications).
const (
	chunkFile   = 1
	chunkHeader = 2
	chunkSample = 3
	chunkOffset = 4
	chunkFooter = 6
)

// streamID is the number of the file's only stream.
const streamID = 1

// XDF writes markers as an XDF file with one stream. Every marker is a chunk of its own, written at once: what a killed program
// leaves can be read up to its last marker.
type XDF struct {
	w           io.WriteCloser
	stream      Stream
	count       int
	first, last float64
}

var _ Outlet = (*XDF)(nil)

// NewXDF begins a file with its headers. Closing the XDF closes w.
func NewXDF(w io.WriteCloser, s Stream) (*XDF, error) {
	x := &XDF{w: w, stream: s}
	header, err := s.header()
	if err != nil {
		return nil, fmt.Errorf("describe stream: %w", err)
	}
	start := []byte("XDF:")
	start = append(start, chunk(chunkFile, []byte(xmlHead+"<info><version>1.0</version><datetime>"+s.Started.UTC().Format(time.RFC3339)+"</datetime></info>"))...)
	start = append(start, chunk(chunkHeader, ofStream(header))...)
	start = append(start, offsetChunk(s.Seconds(0))...)
	if _, err := w.Write(start); err != nil {
		return nil, fmt.Errorf("begin marker file: %w", err)
	}
	return x, nil
}

// CreateXDF begins a file named after its session in a folder, which is made; a session that goes on gets a file with a number.
func CreateXDF(dir string, s Stream) (x *XDF, path string, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, "", fmt.Errorf("make marker file: %w", err)
	}
	for n := 1; ; n++ {
		path = filepath.Join(dir, filepath.Base(s.Session)+".xdf")
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d.xdf", filepath.Base(s.Session), n))
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if os.IsExist(err) && n < 1000 {
			continue
		}
		if err != nil {
			return nil, "", fmt.Errorf("make marker file: %w", err)
		}
		if x, err = NewXDF(f, s); err != nil {
			f.Close()
			return nil, "", err
		}
		return x, path, nil
	}
}

// Mark writes a marker.
func (x *XDF) Mark(m Marker) error {
	at := x.stream.Seconds(m.At)
	if x.count == 0 {
		x.first = at
	}
	x.count++
	x.last = at
	b := []byte{1, 1, 8} // one byte says how many samples follow: one; its time stamp has 8 bytes
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(at))
	b = append(sized(b, len(m.Text)), m.Text...)
	if _, err := x.w.Write(chunk(chunkSample, ofStream(b))); err != nil {
		return fmt.Errorf("write marker: %w", err)
	}
	return nil
}

// footer is the stream footer's XML.
type footer struct {
	XMLName xml.Name `xml:"info"`
	First   float64  `xml:"first_timestamp"`
	Last    float64  `xml:"last_timestamp"`
	Count   int      `xml:"sample_count"`
	Offsets []offset `xml:"clock_offsets>offset"`
}

type offset struct {
	Time  float64 `xml:"time"`
	Value float64 `xml:"value"`
}

// Close writes the footer and closes the file.
func (x *XDF) Close() error {
	end := offsetChunk(x.last)
	text, err := xml.Marshal(footer{
		First: x.first, Last: x.last, Count: x.count,
		Offsets: []offset{{Time: x.stream.Seconds(0)}, {Time: x.last}},
	})
	if err == nil {
		_, err = x.w.Write(append(end, chunk(chunkFooter, ofStream(append([]byte(xmlHead), text...)))...))
	}
	if closing := x.w.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("end marker file: %w", err)
	}
	return nil
}

// offsetChunk says that at that time the stream's clock and the file's were the same.
func offsetChunk(at float64) []byte {
	b := binary.LittleEndian.AppendUint64(nil, math.Float64bits(at))
	return chunk(chunkOffset, ofStream(binary.LittleEndian.AppendUint64(b, 0)))
}

// chunk is one chunk of the file: the length of what follows, its tag, its content.
func chunk(tag uint16, content []byte) []byte {
	b := sized(nil, len(content)+2)
	b = binary.LittleEndian.AppendUint16(b, tag)
	return append(b, content...)
}

// sized appends a length as XDF writes it: how many bytes it has, then the length.
func sized(b []byte, n int) []byte {
	if n < 256 {
		return append(b, 1, byte(n))
	}
	return binary.LittleEndian.AppendUint32(append(b, 4), uint32(n))
}

// ofStream puts the stream's number before a chunk's content.
func ofStream(content []byte) []byte {
	return append(binary.LittleEndian.AppendUint32(nil, streamID), content...)
}

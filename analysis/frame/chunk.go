package frame

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// A chunker cuts a file into pieces that end with a row. The pieces depend on the bytes alone, not on the number of cores.
type chunker struct {
	in   io.Reader
	name string
	rest []byte // read, but behind the last whole row
	end  bool
	free [][]byte
}

const (
	chunkSize = 2 << 20
	batchSize = 8
	rowLimit  = 64 << 20
)

// plain unpacks gzip.
func plain(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	if magic, _ := b.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		return gzip.NewReader(b)
	}
	return b, nil
}

// batch returns up to batchSize pieces; first comes before them if it is not empty. Pieces are reused by the next call.
func (c *chunker) batch(first []byte) ([][]byte, error) {
	var out [][]byte
	if len(first) > 0 {
		out = append(out, first)
	}
	for i := 0; i < batchSize && (!c.end || len(c.rest) > 0); i++ {
		if i == len(c.free) {
			c.free = append(c.free, make([]byte, 0, chunkSize+chunkSize/8))
		}
		piece, err := c.next(c.free[i][:0])
		if err != nil {
			return nil, err
		}
		c.free[i] = piece
		if len(piece) > 0 {
			out = append(out, piece)
		}
	}
	return out, nil
}

// next fills one piece.
func (c *chunker) next(buf []byte) ([]byte, error) {
	buf = append(buf, c.rest...)
	c.rest = c.rest[:0]
	for want := chunkSize; ; want *= 2 {
		for len(buf) < want && !c.end {
			if cap(buf) < want {
				buf = append(make([]byte, 0, want+want/8), buf...)
			}
			n, err := c.in.Read(buf[len(buf):want])
			buf = buf[:len(buf)+n]
			if errors.Is(err, io.EOF) {
				c.end = true
			} else if err != nil {
				return nil, fmt.Errorf("%s: read table: %w", c.name, err)
			}
		}
		if c.end {
			return buf, nil
		}
		if cut := lastRow(buf); cut > 0 {
			c.rest = append(c.rest, buf[cut:]...)
			return buf[:cut], nil
		}
		if want > rowLimit {
			return nil, fmt.Errorf("%s: a row is longer than %d MB; is a quote not closed?", c.name, rowLimit>>20)
		}
	}
}

// lastRow returns the place behind the last line end that is outside quotes, 0 if there is none.
func lastRow(buf []byte) int {
	end := bytes.LastIndexByte(buf, '\n')
	if end < 0 {
		return 0
	}
	for quotes := bytes.Count(buf[:end], []byte{'"'}); quotes%2 == 1; {
		before := bytes.LastIndexByte(buf[:end], '\n')
		if before < 0 {
			return 0
		}
		quotes -= bytes.Count(buf[before:end], []byte{'"'})
		end = before
	}
	return end + 1
}

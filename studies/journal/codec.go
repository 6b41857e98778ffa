package journal

import (
	"bytes"
	"encoding/json"
	"fmt"

	"pumplab/studies"
)

// EncodeEvent is the canonical JSON of an event: members in the order of its type, empty ones left out, no white space, no HTML
// escapes.
func EncodeEvent(e studies.Event) ([]byte, error) { return encode(e) }

// DecodeEvent reads an event; a member it does not know is an error, for it would not be replayed.
func DecodeEvent(b []byte) (studies.Event, error) {
	c := canonical{b: b}
	e, ok := c.event()
	if ok {
		return e, nil
	}
	e = studies.Event{}
	err := decode(b, &e)
	return e, err
}

// EncodeHead is the canonical JSON of record 1's content.
func EncodeHead(h Head) ([]byte, error) { return encode(h) }

// DecodeHead reads record 1's content. A format newer than this program's is an error.
func DecodeHead(b []byte) (Head, error) {
	var h Head
	var only struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(b, &only); err != nil {
		return h, fmt.Errorf("read head: %w", err)
	}
	if only.Format < 1 || only.Format > Format {
		return h, fmt.Errorf("read head: format %d, this program knows 1 to %d: use a newer one", only.Format, Format)
	}
	err := decode(b, &h)
	return h, err
}

// EncodeOutputs is the canonical JSON of a record's outputs, [] for none: the form in which they are stored and compared.
func EncodeOutputs(outs []studies.Output) ([]byte, error) {
	if len(outs) == 0 {
		return []byte("[]"), nil
	}
	return encode(outs)
}

// DecodeOutputs reads a record's outputs; members it does not know are passed over, for a replay computes them anew.
func DecodeOutputs(b []byte) ([]studies.Output, error) {
	c := canonical{b: b}
	outs, ok := c.outputs()
	if ok {
		return outs, nil
	}
	outs = nil
	if err := json.Unmarshal(b, &outs); err != nil {
		return nil, fmt.Errorf("read outputs: %w", err)
	}
	return outs, nil
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("write record: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func decode(b []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return fmt.Errorf("read record: %w", err)
	}
	if dec.More() {
		return fmt.Errorf("read record: more than one value")
	}
	return nil
}

package capture_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"net"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/godbus/dbus/v5"

	"pumplab/app/capture"
)

// bus is a system bus with rtkit on it, as far as a client sees: answers by member, and the call that matters.
type bus struct {
	refuse string // error name of MakeThreadRealtime; empty: it is granted
	asked  []any  // what MakeThreadRealtime was called with
}

// mustBus serves one client on a socket that takes the system bus's place.
func mustBus(t *testing.T, b *bus) (done <-chan struct{}) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bus")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+path)
	over := make(chan struct{})
	go func() {
		defer close(over)
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		in := bufio.NewReader(c)
		for { // the handshake: lines
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			switch line = strings.Trim(line, "\x00\r\n"); {
			case line == "AUTH":
				_, _ = io.WriteString(c, "REJECTED EXTERNAL\r\n")
			case strings.HasPrefix(line, "AUTH EXTERNAL"):
				_, _ = io.WriteString(c, "OK 0123456789abcdef0123456789abcdef\r\n")
			case line == "NEGOTIATE_UNIX_FD":
				_, _ = io.WriteString(c, "ERROR\r\n")
			}
			if line == "BEGIN" {
				break
			}
		}
		b.serve(c, in)
	}()
	return over
}

// serve answers messages until the client leaves.
func (b *bus) serve(c net.Conn, in io.Reader) {
	for serial := uint32(1); ; serial++ {
		m, err := dbus.DecodeMessage(in)
		if err != nil {
			return
		}
		var body []any
		reply := &dbus.Message{Type: dbus.TypeMethodReply, Headers: map[dbus.HeaderField]dbus.Variant{
			dbus.FieldReplySerial: dbus.MakeVariant(m.Serial()),
		}}
		switch member := m.Headers[dbus.FieldMember].Value(); {
		case member == "Hello":
			body = []any{":1.1"}
		case member == "Get" && m.Body[1] == "MaxRealtimePriority":
			body = []any{dbus.MakeVariant(int32(20))}
		case member == "Get" && m.Body[1] == "RTTimeUSecMax":
			body = []any{dbus.MakeVariant(int64(200_000))}
		case member == "MakeThreadRealtime":
			b.asked = m.Body
			if b.refuse != "" {
				reply.Type = dbus.TypeError
				reply.Headers[dbus.FieldErrorName] = dbus.MakeVariant(b.refuse)
				body = []any{"not allowed"}
			}
		}
		if body != nil {
			reply.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(body...))
			reply.Body = body
		}
		if err := b.reply(c, reply, serial); err != nil {
			return
		}
	}
}

// reply writes a message with its serial number, which godbus keeps to itself: bytes 8 to 11 of the head.
func (b *bus) reply(c io.Writer, m *dbus.Message, serial uint32) error {
	var text strings.Builder
	if err := m.EncodeTo(&text, binary.LittleEndian); err != nil {
		return err
	}
	bytes := []byte(text.String())
	binary.LittleEndian.PutUint32(bytes[8:], serial)
	_, err := c.Write(bytes)
	return err
}

func TestRealTimePriorityIsAskedForThroughRtkit(t *testing.T) {
	var old syscall.Rlimit
	if err := syscall.Getrlimit(15, &old); err != nil {
		t.Fatal(err)
	}
	b := &bus{}
	done := mustBus(t, b)
	if err := capture.AskRealtime(context.Background(), 4321); err != nil {
		t.Fatal(err)
	}
	<-done
	if want := []any{uint64(4321), uint32(5)}; !reflect.DeepEqual(b.asked, want) {
		t.Errorf("asked for %v, want thread and priority %v", b.asked, want)
	}
	var now syscall.Rlimit
	if err := syscall.Getrlimit(15, &now); err != nil || now.Cur != 200_000 {
		t.Errorf("the limit rtkit wants is not set: %+v %v, was %+v", now, err, old)
	}
}

func TestWhoRefusesRealTimePriorityIsNamed(t *testing.T) {
	b := &bus{refuse: "org.freedesktop.DBus.Error.AccessDenied"}
	done := mustBus(t, b)
	if err := capture.AskRealtime(context.Background(), 1); err == nil || !strings.Contains(err.Error(), "rtkit: not allowed") {
		t.Errorf("refused, but %v", err)
	}
	<-done
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "nobody"))
	if err := capture.AskRealtime(context.Background(), 1); err == nil || !strings.Contains(err.Error(), "no D-Bus") {
		t.Errorf("without a bus: %v", err)
	}
}

package markers

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"
)

// Socket serves markers as lines of JSON to whoever connects to a port of this machine. Whoever connects late gets all that came
// before; one who reads slowly holds up nobody.
type Socket struct {
	listener net.Listener
	stream   Stream

	mu    sync.Mutex
	grown sync.Cond // of mu: lines or over has changed
	lines [][]byte
	over  bool
	serve sync.WaitGroup
}

var _ Outlet = (*Socket)(nil)

// patience is how long a client may take for one line, and for what is left when a session ends.
const patience = 5 * time.Second

// Listen serves a stream's markers on a port of this machine; port 0 lets the system choose one.
func Listen(port int, s Stream) (*Socket, error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("serve markers on port %d: %w", port, err)
	}
	k := &Socket{listener: l, stream: s}
	k.grown.L = &k.mu
	k.lines = [][]byte{Line{
		Stream: "PumpLab", Type: "Markers", Session: s.Session, Started: s.Started.UTC().Format(time.RFC3339Nano), Clock: s.clock(), Time: s.Seconds(0),
	}.encode()}
	k.serve.Add(1)
	go k.accept()
	return k, nil
}

// Addr is where clients connect.
func (k *Socket) Addr() string { return k.listener.Addr().String() }

// Mark hands a marker to everybody; it never waits for a client.
func (k *Socket) Mark(m Marker) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.over {
		return errors.New("serve marker: the stream has ended")
	}
	k.lines = append(k.lines, Line{N: len(k.lines), Time: k.stream.Seconds(m.At), At: int64(m.At), Marker: m.Text}.encode())
	k.grown.Broadcast()
	return nil
}

// Close lets clients have what is left and ends their connections.
func (k *Socket) Close() error {
	k.mu.Lock()
	k.over = true
	k.grown.Broadcast()
	k.mu.Unlock()
	err := k.listener.Close()
	k.serve.Wait()
	return err
}

func (k *Socket) accept() {
	defer k.serve.Done()
	for {
		c, err := k.listener.Accept()
		if err != nil {
			return // closed
		}
		k.serve.Add(1)
		go k.send(c)
	}
}

// send gives one client every line, those of the past first.
func (k *Socket) send(c net.Conn) {
	defer k.serve.Done()
	defer c.Close()
	for i := 0; ; i++ {
		k.mu.Lock()
		for i == len(k.lines) && !k.over {
			k.grown.Wait()
		}
		if i == len(k.lines) {
			k.mu.Unlock()
			return
		}
		line := k.lines[i]
		k.mu.Unlock()
		if err := c.SetWriteDeadline(time.Now().Add(patience)); err != nil {
			return
		}
		if _, err := c.Write(line); err != nil {
			return
		}
	}
}

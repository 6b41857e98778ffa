package sound

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/ebitengine/oto/v3"
)

// Device is the sound card with a Mixer on it.
type Device struct {
	Mixer
	context *oto.Context
	ready   chan struct{}
	player  *oto.Player
}

// Open asks for the sound card. It returns at once; the card may become ready later, or never: see Trouble. Where there is none, the
// error says so before the sound library complains to the terminal.
func Open() (*Device, error) {
	if runtime.GOOS == "linux" && !cards() && !present(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "pulse", "native")) &&
		os.Getenv("PULSE_SERVER") == "" {
		return nil, errors.New("open the sound card: there is none; the session is silent")
	}
	c, ready, err := oto.NewContext(&oto.NewContextOptions{
		SampleRate: Rate, ChannelCount: 1, Format: oto.FormatFloat32LE, BufferSize: 20 * time.Millisecond,
	})
	if err != nil {
		return nil, fmt.Errorf("open the sound card: %w", err)
	}
	d := &Device{context: c, ready: ready}
	d.player = c.NewPlayer(d)
	d.player.SetBufferSize(Rate / 50 * 4)
	d.player.Play()
	return d, nil
}

// cards reports whether the kernel knows a device that plays.
func cards() bool {
	found, _ := filepath.Glob("/dev/snd/pcm*p")
	return len(found) > 0
}

func present(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Trouble says why there is no sound; nil if there is, or while the card is not ready yet.
func (d *Device) Trouble() error {
	select {
	case <-d.ready:
		return d.context.Err()
	default:
		return nil
	}
}

// Read hands the next samples to the sound card.
func (d *Device) Read(p []byte) (int, error) {
	n := len(p) / 4
	out := make([]float32, n)
	d.Fill(out)
	for i, v := range out {
		binary.LittleEndian.PutUint32(p[4*i:], math.Float32bits(v))
	}
	return 4 * n, nil
}

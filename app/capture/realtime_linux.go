package capture

import (
	"context"
	"fmt"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
)

// The desktop's service that gives a thread real-time priority to programs that may not take it themselves.
const (
	rtkitName = "org.freedesktop.RealtimeKit1"
	rtkitPath = "/org/freedesktop/RealtimeKit1"
)

// rtkitPatience is how long the service may take to answer.
const rtkitPatience = 3 * time.Second

// realtimePriority is what the stamp thread asks for: above everything ordinary, below the kernel's own work.
const realtimePriority = 5

// limitRTTime is RLIMIT_RTTIME: how long a real-time thread may run without ever waiting, in µs.
const limitRTTime = 15

// AskRealtime asks rtkit over the system's D-Bus to give a thread of this process real-time priority. The error says why it has none.
func AskRealtime(ctx context.Context, thread int) error {
	ctx, stop := context.WithTimeout(ctx, rtkitPatience)
	defer stop()
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("no D-Bus: %w", err)
	}
	defer bus.Close()
	kit := bus.Object(rtkitName, rtkitPath)
	property := func(name string) (n int64, err error) {
		var v dbus.Variant
		if err := kit.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, rtkitName, name).Store(&v); err != nil {
			return 0, fmt.Errorf("rtkit: %w", err)
		}
		switch n := v.Value().(type) {
		case int32:
			return int64(n), nil
		case int64:
			return n, nil
		}
		return 0, fmt.Errorf("rtkit: %s is %v", name, v)
	}
	highest, err := property("MaxRealtimePriority")
	if err != nil {
		return err
	}
	longest, err := property("RTTimeUSecMax")
	if err != nil {
		return err
	}
	limit := syscall.Rlimit{Cur: uint64(longest), Max: uint64(longest)} // rtkit asks for it: a thread that never waits is ended
	if err := syscall.Setrlimit(limitRTTime, &limit); err != nil {
		return fmt.Errorf("rtkit: limit real-time: %w", err)
	}
	if err := kit.CallWithContext(ctx, rtkitName+".MakeThreadRealtime", 0, uint64(thread), uint32(min(highest, realtimePriority))).Err; err != nil {
		return fmt.Errorf("rtkit: %w", err)
	}
	return nil
}

// Floor is the least a program with a window can do: bare GLFW that waits for events and prints each one's time. With a number it also
// swaps so many frames a second. The metronome measures it beside the laboratory.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"unsafe"

	"github.com/go-gl/glfw/v3.3/glfw"
)

func main() {
	runtime.LockOSThread()
	if err := glfw.Init(); err != nil {
		panic(err)
	}
	w, err := glfw.CreateWindow(1280, 1024, "floor", nil, nil)
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(os.Stdout)
	w.SetKeyCallback(func(_ *glfw.Window, _ glfw.Key, code int, a glfw.Action, _ glfw.ModifierKey) {
		at := now()
		if a != glfw.Repeat {
			fmt.Fprintln(out, "key", code, a == glfw.Press, at)
		}
	})
	w.SetMouseButtonCallback(func(_ *glfw.Window, b glfw.MouseButton, a glfw.Action, _ glfw.ModifierKey) {
		fmt.Fprintln(out, "button", int(b)+1, a == glfw.Press, now())
	})
	fmt.Fprintln(out, "ready")
	frame := int64(0)
	if len(os.Args) > 1 {
		rate, err := strconv.Atoi(os.Args[1])
		if err != nil {
			panic(err)
		}
		frame = int64(1e9) / int64(rate)
		w.MakeContextCurrent()
		glfw.SwapInterval(0)
	}
	for next := now(); !w.ShouldClose(); {
		out.Flush()
		if frame == 0 {
			glfw.WaitEvents()
			continue
		}
		glfw.WaitEventsTimeout(float64(max(next-now(), 1)) / 1e9)
		if now() >= next {
			w.SwapBuffers()
			next = max(next+frame, now())
		}
	}
}

// now is CLOCK_MONOTONIC in nanoseconds.
func now() int64 {
	var t syscall.Timespec
	_, _, _ = syscall.Syscall(syscall.SYS_CLOCK_GETTIME, 1, uintptr(unsafe.Pointer(&t)), 0)
	return t.Nano()
}

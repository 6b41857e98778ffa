// Floor is the least a program with a window can do: bare GLFW that waits for events and prints each one's time. The metronome
// measures it beside the laboratory.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
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
	for !w.ShouldClose() {
		out.Flush()
		glfw.WaitEvents()
	}
}

// now is CLOCK_MONOTONIC in nanoseconds.
func now() int64 {
	var t syscall.Timespec
	_, _, _ = syscall.Syscall(syscall.SYS_CLOCK_GETTIME, 1, uintptr(unsafe.Pointer(&t)), 0)
	return t.Nano()
}

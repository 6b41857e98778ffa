//go:build linux && !wayland && !headless

package capture

/*
#cgo LDFLAGS: -lX11 -lXi
#include <X11/Xlib.h>
#include <X11/extensions/XInput2.h>
#include <stdlib.h>

// pl_devices are all input devices of the display; NULL without XInput 2.
static XIDeviceInfo *pl_devices(Display *d, int *n) {
	int opcode, event, error, major = 2, minor = 2;
	if (!XQueryExtension(d, "XInputExtension", &opcode, &event, &error) || XIQueryVersion(d, &major, &minor) != Success) return NULL;
	return XIQueryDevice(d, XIAllDevices, n);
}
*/
import "C"

import "unsafe"

// devices are the names of the keyboards and pointers that stamps give the numbers of.
func devices() map[int]string {
	d := C.XOpenDisplay(nil)
	if d == nil {
		return nil
	}
	defer C.XCloseDisplay(d)
	var n C.int
	list := C.pl_devices(d, &n)
	if list == nil {
		return nil
	}
	defer C.XIFreeDeviceInfo(list)
	names := map[int]string{}
	for _, i := range unsafe.Slice(list, int(n)) {
		if i.use == C.XISlaveKeyboard || i.use == C.XISlavePointer {
			names[int(i.deviceid)] = C.GoString(i.name)
		}
	}
	return names
}

//go:build !headless

/* A thread with a message-only window that hears raw keyboard and mouse input and stamps each event with the performance counter as
 * soon as the thread gets it. Results wait in a ring with one writer (the thread) and one reader (the window's goroutine). */
#define WIN32_LEAN_AND_MEAN
#include "raw.h"

#include <windows.h>
#include <stdlib.h>

#define RING 4096

struct pl_raw {
	HANDLE thread, ready;
	DWORD tid;
	int heard, realtime, wanted;
	unsigned head, tail; /* written by the thread, by the reader */
	unsigned char down[512];
	int64_t per_second, server; /* of the event in hand */
	pl_event ring[RING];
};

static int64_t now_ns(pl_raw *r) {
	LARGE_INTEGER n;
	QueryPerformanceCounter(&n);
	return n.QuadPart / r->per_second * 1000000000 + n.QuadPart % r->per_second * 1000000000 / r->per_second;
}

static void keep(pl_raw *r, int64_t at, int kind, int code, int down, HANDLE device) {
	unsigned head = __atomic_load_n(&r->head, __ATOMIC_RELAXED);
	if (head - __atomic_load_n(&r->tail, __ATOMIC_ACQUIRE) >= RING) return; /* nobody reads: the hook's stamps count */
	pl_event *x = &r->ring[head % RING];
	x->at = at;
	x->server = r->server;
	x->code = code;
	x->kind = kind;
	x->down = down;
	x->device = (int32_t)(intptr_t)device;
	__atomic_store_n(&r->head, head + 1, __ATOMIC_RELEASE);
}

/* A key has the scan code GLFW tells, with bit 8 for the extended ones. A held key repeats itself: that is no press. */
static void key(pl_raw *r, int64_t at, RAWKEYBOARD *k, HANDLE device) {
	int code = (k->MakeCode & 0xff) | (k->Flags & RI_KEY_E0 ? 0x100 : 0), down = !(k->Flags & RI_KEY_BREAK);
	if (k->VKey == VK_PAUSE) code = 0x45;
	if (k->VKey == VK_NUMLOCK) code = 0x145;
	if (r->down[code] == down) return;
	r->down[code] = down;
	keep(r, at, PL_KEY, code, down, device);
}

/* Buttons and turns of the wheel have X11's numbers. */
static void mouse(pl_raw *r, int64_t at, RAWMOUSE *m, HANDLE device) {
	static const struct { int flag, code, down; } buttons[] = {
		{RI_MOUSE_LEFT_BUTTON_DOWN, 1, 1}, {RI_MOUSE_LEFT_BUTTON_UP, 1, 0}, {RI_MOUSE_MIDDLE_BUTTON_DOWN, 2, 1},
		{RI_MOUSE_MIDDLE_BUTTON_UP, 2, 0}, {RI_MOUSE_RIGHT_BUTTON_DOWN, 3, 1}, {RI_MOUSE_RIGHT_BUTTON_UP, 3, 0},
		{RI_MOUSE_BUTTON_4_DOWN, 8, 1}, {RI_MOUSE_BUTTON_4_UP, 8, 0}, {RI_MOUSE_BUTTON_5_DOWN, 9, 1}, {RI_MOUSE_BUTTON_5_UP, 9, 0},
	};
	short turned = (short)m->usButtonData;
	if (m->lLastX || m->lLastY) keep(r, at, PL_MOTION, 0, 0, device);
	for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
		if (!(m->usButtonFlags & buttons[i].flag)) continue;
		int code = buttons[i].code;
		if (code != 2 && code <= 3 && GetSystemMetrics(SM_SWAPBUTTON)) code = 4 - code;
		keep(r, at, PL_BUTTON, code, buttons[i].down, device);
	}
	if (m->usButtonFlags & RI_MOUSE_WHEEL) keep(r, at, PL_BUTTON, turned > 0 ? 4 : 5, 1, device);
	if (m->usButtonFlags & 0x0800) keep(r, at, PL_BUTTON, turned < 0 ? 6 : 7, 1, device); /* RI_MOUSE_HWHEEL */
}

static DWORD WINAPI run(void *arg) {
	pl_raw *r = arg;
	HWND w = CreateWindowExA(0, "STATIC", "", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	RAWINPUTDEVICE devices[] = {{1, 6, RIDEV_INPUTSINK, w}, {1, 2, RIDEV_INPUTSINK, w}}; /* generic desktop: keyboard, mouse */
	r->heard = w && RegisterRawInputDevices(devices, 2, sizeof *devices);
	r->realtime = r->wanted && SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_TIME_CRITICAL);
	SetEvent(r->ready);
	const int tick = 16;
	MSG m;
	while (r->heard && GetMessageA(&m, NULL, 0, 0) > 0) {
		int64_t at = now_ns(r);
		r->server = at - ((int64_t)(GetTickCount() - m.time) + tick) * 1000000; /* both are from the last tick, of 10 to 16 ms */
		RAWINPUT in;
		UINT size = sizeof in;
		if (m.message == WM_INPUT && GetRawInputData((HRAWINPUT)m.lParam, RID_INPUT, &in, &size, sizeof in.header) != (UINT)-1) {
			if (in.header.dwType == RIM_TYPEKEYBOARD) key(r, at, &in.data.keyboard, in.header.hDevice);
			if (in.header.dwType == RIM_TYPEMOUSE) mouse(r, at, &in.data.mouse, in.header.hDevice);
		}
		DispatchMessageA(&m);
	}
	if (w) DestroyWindow(w);
	return 0;
}

pl_raw *pl_raw_start(int realtime, char **why) {
	pl_raw *r = calloc(1, sizeof *r);
	LARGE_INTEGER f;
	QueryPerformanceFrequency(&f);
	r->per_second = f.QuadPart;
	r->wanted = realtime;
	r->ready = CreateEventA(NULL, TRUE, FALSE, NULL);
	r->thread = CreateThread(NULL, 0, run, r, 0, &r->tid);
	if (r->thread) WaitForSingleObject(r->ready, INFINITE);
	*why = r->thread ? "the system refuses raw events" : "no thread";
	if (r->heard) return r;
	pl_raw_stop(r);
	return NULL;
}

int pl_raw_realtime(pl_raw *r) { return r->realtime; }

int pl_raw_thread(pl_raw *r) { return (int)r->tid; }

int pl_raw_take(pl_raw *r, pl_event *e) {
	unsigned tail = __atomic_load_n(&r->tail, __ATOMIC_RELAXED);
	if (tail == __atomic_load_n(&r->head, __ATOMIC_ACQUIRE)) return 0;
	*e = r->ring[tail % RING];
	__atomic_store_n(&r->tail, tail + 1, __ATOMIC_RELEASE);
	return 1;
}

void pl_raw_stop(pl_raw *r) {
	if (r->thread) {
		PostThreadMessageA(r->tid, WM_QUIT, 0, 0);
		WaitForSingleObject(r->thread, INFINITE);
		CloseHandle(r->thread);
	}
	CloseHandle(r->ready);
	free(r);
}

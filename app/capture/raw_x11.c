//go:build linux && !wayland && !headless

/* A thread with its own X connection that hears raw key, button and motion events and stamps each batch with CLOCK_MONOTONIC as soon as
 * its bytes are readable. Results wait in a ring with one writer (the thread) and one reader (the window's goroutine). */
#define _GNU_SOURCE
#include "raw.h"

#include <X11/Xlib.h>
#include <X11/extensions/XInput2.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define RING 4096

struct pl_raw {
	Display *display;
	int opcode, wake[2], realtime, tid, wanted;
	pthread_t thread;
	unsigned head, tail; /* written by the thread, by the reader */
	unsigned char map[256];
	int mapped;
	pl_event ring[RING];
};

static int64_t now_ns(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void keep(pl_raw *r, int64_t at, int type, XIRawEvent *e) {
	unsigned head = __atomic_load_n(&r->head, __ATOMIC_RELAXED);
	if (head - __atomic_load_n(&r->tail, __ATOMIC_ACQUIRE) >= RING) return; /* nobody reads: the hook's stamps count */
	pl_event *x = &r->ring[head % RING];
	int64_t ms = at / 1000000;
	int32_t ago = (int32_t)((uint32_t)ms - (uint32_t)e->time);
	x->at = at;
	x->server = (ms - ago) * 1000000;
	x->code = e->detail;
	x->kind = type == XI_RawMotion ? PL_MOTION : type == XI_RawButtonPress || type == XI_RawButtonRelease ? PL_BUTTON : PL_KEY;
	x->down = type == XI_RawKeyPress || type == XI_RawButtonPress;
	x->device = e->sourceid;
	if (x->kind == PL_BUTTON && x->code >= 1 && x->code <= r->mapped) x->code = r->map[x->code - 1];
	__atomic_store_n(&r->head, head + 1, __ATOMIC_RELEASE);
}

static void *run(void *arg) {
	pl_raw *r = arg;
	struct sched_param p = {.sched_priority = 5};
	r->tid = (int)syscall(SYS_gettid);
	int given = r->wanted && pthread_setschedparam(pthread_self(), SCHED_FIFO, &p) == 0;
	__atomic_store_n(&r->realtime, given ? 1 : -1, __ATOMIC_RELEASE);
	struct pollfd fds[2] = {{ConnectionNumber(r->display), POLLIN, 0}, {r->wake[0], POLLIN, 0}};
	for (;;) {
		if (poll(fds, 2, -1) < 0) continue;
		int64_t at = now_ns();
		if (fds[1].revents) return NULL;
		if (fds[0].revents & (POLLHUP | POLLERR)) return NULL; /* the server is gone */
		while (XPending(r->display)) {
			XEvent ev;
			XNextEvent(r->display, &ev);
			if (ev.type != GenericEvent || ev.xcookie.extension != r->opcode) continue;
			if (!XGetEventData(r->display, &ev.xcookie)) continue;
			keep(r, at, ev.xcookie.evtype, ev.xcookie.data);
			XFreeEventData(r->display, &ev.xcookie);
		}
	}
}

static pl_raw *fail(pl_raw *r, char **why, char *what) {
	*why = what;
	if (r->display) XCloseDisplay(r->display);
	free(r);
	return NULL;
}

pl_raw *pl_raw_start(int realtime, char **why) {
	pl_raw *r = calloc(1, sizeof *r);
	r->wanted = realtime;
	int event, error, major = 2, minor = 2;
	if (!(r->display = XOpenDisplay(NULL))) return fail(r, why, "no second connection to the display");
	if (!XQueryExtension(r->display, "XInputExtension", &r->opcode, &event, &error) ||
	    XIQueryVersion(r->display, &major, &minor) != Success)
		return fail(r, why, "the display has no XInput 2");
	unsigned char bits[XIMaskLen(XI_LASTEVENT)];
	memset(bits, 0, sizeof bits);
	XISetMask(bits, XI_RawKeyPress);
	XISetMask(bits, XI_RawKeyRelease);
	XISetMask(bits, XI_RawButtonPress);
	XISetMask(bits, XI_RawButtonRelease);
	XISetMask(bits, XI_RawMotion);
	XIEventMask mask = {XIAllMasterDevices, sizeof bits, bits};
	if (XISelectEvents(r->display, DefaultRootWindow(r->display), &mask, 1) != Success)
		return fail(r, why, "the display refuses raw events");
	r->mapped = XGetPointerMapping(r->display, r->map, sizeof r->map);
	XSync(r->display, False);
	if (pipe(r->wake) != 0) return fail(r, why, "no pipe");
	if (pthread_create(&r->thread, NULL, run, r) != 0) {
		close(r->wake[0]);
		close(r->wake[1]);
		return fail(r, why, "no thread");
	}
	while (__atomic_load_n(&r->realtime, __ATOMIC_ACQUIRE) == 0) sched_yield();
	return r;
}

int pl_raw_realtime(pl_raw *r) { return r->realtime > 0; }

int pl_raw_thread(pl_raw *r) { return r->tid; }

int pl_raw_take(pl_raw *r, pl_event *e) {
	unsigned tail = __atomic_load_n(&r->tail, __ATOMIC_RELAXED);
	if (tail == __atomic_load_n(&r->head, __ATOMIC_ACQUIRE)) return 0;
	*e = r->ring[tail % RING];
	__atomic_store_n(&r->tail, tail + 1, __ATOMIC_RELEASE);
	return 1;
}

void pl_raw_stop(pl_raw *r) {
	if (write(r->wake[1], "x", 1) < 0) return;
	pthread_join(r->thread, NULL);
	close(r->wake[0]);
	close(r->wake[1]);
	XCloseDisplay(r->display);
	free(r);
}

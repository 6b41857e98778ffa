/* The raw listener: a thread that stamps XInput2 raw events. See raw_x11.c. */
#ifndef PUMPLAB_RAW_X11_H
#define PUMPLAB_RAW_X11_H
#include <stdint.h>

typedef struct {
	int64_t at;     /* CLOCK_MONOTONIC, ns */
	int64_t server; /* the server's time of the event on the same clock, ns, whole ms */
	int32_t code, down, kind, device;
} pl_event;

enum { PL_KEY, PL_BUTTON, PL_MOTION };

typedef struct pl_raw pl_raw;

pl_raw *pl_raw_start(int realtime, char **why);
int pl_raw_realtime(pl_raw *r);
int pl_raw_thread(pl_raw *r);
int pl_raw_take(pl_raw *r, pl_event *e);
void pl_raw_stop(pl_raw *r);
#endif

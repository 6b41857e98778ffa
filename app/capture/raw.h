/* The raw listener: a thread that stamps raw events, of XInput2 (raw_x11.c) or of Windows (raw_windows.c). */
#ifndef PUMPLAB_RAW_H
#define PUMPLAB_RAW_H
#include <stdint.h>

typedef struct {
	int64_t at;     /* on the monotonic clock, ns */
	int64_t server; /* the system's own time of the event on the same clock, ns, rounded down */
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

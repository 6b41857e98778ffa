/* A file layer that writes down, in order, what a program does to the files of one folder, for the test to find out what a disk holds
   after a power cut. Preloaded before the C library; it also makes each sync take a while, as disks do.

   FILELAYER_DIR names the folder, FILELAYER_LOG the log. A note is: kind (1 byte), 7 zero bytes, nanoseconds of CLOCK_REALTIME,
   offset, length of the path, length of the data (8 bytes each, as the machine has them), the path, the data. Kinds: C created,
   W written, T truncated to the offset, U removed, S sync begins, E sync has ended. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static char *names[4096];
static int out = -1;
static long delay_us;
static const char *folder;

static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_open)(const char *, int, ...);
static int (*real_close)(int), (*real_truncate)(int, off64_t), (*real_fsync)(int), (*real_unlink)(const char *);

__attribute__((constructor)) static void begin(void) {
	real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
	real_write = dlsym(RTLD_NEXT, "write");
	real_open = dlsym(RTLD_NEXT, "open64");
	real_close = dlsym(RTLD_NEXT, "close");
	real_truncate = dlsym(RTLD_NEXT, "ftruncate64");
	real_fsync = dlsym(RTLD_NEXT, "fsync");
	real_unlink = dlsym(RTLD_NEXT, "unlink");
	folder = getenv("FILELAYER_DIR");
	if (folder && getenv("FILELAYER_LOG"))
		out = real_open(getenv("FILELAYER_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
	if (getenv("FILELAYER_SYNC_US"))
		delay_us = atol(getenv("FILELAYER_SYNC_US"));
}

static void note(char kind, const char *path, uint64_t offset, const void *data, size_t length) {
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	uint64_t head[5] = {(unsigned char)kind, now.tv_sec * 1000000000ull + now.tv_nsec, offset, strlen(path), length};
	struct iovec all[3] = {{head, sizeof head}, {(void *)path, strlen(path)}, {(void *)data, length}};
	if (writev(out, all, 3) != (ssize_t)(sizeof head + strlen(path) + length))
		abort();
}

/* The path of a descriptor in the folder; NULL for others, and for the shared memory, which is made anew. */
static const char *path_of(int fd) { return out >= 0 && fd >= 0 && fd < 4096 ? names[fd] : NULL; }

static int ours(const char *path) {
	size_t n = folder ? strlen(folder) : 0, m = strlen(path);
	return out >= 0 && strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == 0) && (m < 4 || strcmp(path + m - 4, "-shm"));
}

int open64(const char *path, int flags, ...) {
	va_list rest;
	va_start(rest, flags);
	int mode = va_arg(rest, int);
	va_end(rest);
	int mine = ours(path);
	if (mine)
		pthread_mutex_lock(&one);
	int was = mine && access(path, F_OK) == 0;
	int fd = real_open(path, flags, mode);
	if (mine) {
		if (fd >= 0 && fd < 4096) {
			names[fd] = strdup(path);
			if (!was)
				note('C', path, 0, "", 0);
		}
		pthread_mutex_unlock(&one);
	}
	return fd;
}

int open(const char *path, int flags, ...) {
	va_list rest;
	va_start(rest, flags);
	int mode = va_arg(rest, int);
	va_end(rest);
	return open64(path, flags, mode);
}

int close(int fd) {
	if (path_of(fd)) {
		pthread_mutex_lock(&one);
		free(names[fd]);
		names[fd] = NULL;
		pthread_mutex_unlock(&one);
	}
	return real_close(fd);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
	if (!path_of(fd))
		return real_pwrite(fd, data, length, at);
	pthread_mutex_lock(&one);
	ssize_t n = real_pwrite(fd, data, length, at);
	if (n > 0)
		note('W', names[fd], at, data, n);
	pthread_mutex_unlock(&one);
	return n;
}

ssize_t write(int fd, const void *data, size_t length) {
	if (path_of(fd))
		return pwrite64(fd, data, length, lseek(fd, 0, SEEK_CUR)) > 0 ? (lseek(fd, length, SEEK_CUR), (ssize_t)length) : -1;
	return real_write(fd, data, length);
}

int ftruncate64(int fd, off64_t length) {
	if (!path_of(fd))
		return real_truncate(fd, length);
	pthread_mutex_lock(&one);
	int failed = real_truncate(fd, length);
	if (!failed)
		note('T', names[fd], length, "", 0);
	pthread_mutex_unlock(&one);
	return failed;
}

int fsync(int fd) {
	char path[PATH_MAX] = "";
	pthread_mutex_lock(&one);
	if (path_of(fd)) {
		strncpy(path, names[fd], sizeof path - 1);
		note('S', path, 0, "", 0);
	}
	pthread_mutex_unlock(&one);
	int failed = real_fsync(fd);
	if (*path) {
		usleep(delay_us);
		pthread_mutex_lock(&one);
		if (!failed)
			note('E', path, 0, "", 0);
		pthread_mutex_unlock(&one);
	}
	return failed;
}

int fdatasync(int fd) { return fsync(fd); }

int unlink(const char *path) {
	if (!ours(path))
		return real_unlink(path);
	pthread_mutex_lock(&one);
	int failed = real_unlink(path);
	if (!failed)
		note('U', path, 0, "", 0);
	pthread_mutex_unlock(&one);
	return failed;
}

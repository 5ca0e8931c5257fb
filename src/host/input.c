/* SPDX-License-Identifier: MIT
 * Inputs: bytes in memory, files, and pipes copied to an unlinked temporary file. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fail.h"
#include "ebb/host.h"

static int64_t memory_read(const ebb_input_t *input, uint64_t offset, void *bytes,
                           size_t length)
{
    if (offset >= input->size) {
        return 0;
    }
    if (length > input->size - offset) {
        length = (size_t)(input->size - offset);
    }
    memcpy(bytes, (const char *)input->user + offset, length);
    return (int64_t)length;
}

ebb_input_t ebb_input_memory(const void *bytes, size_t size, const char *label)
{
    return (ebb_input_t){
        .read_at = memory_read, .user = bytes, .size = size, .label = label};
}

/* The descriptor lives in `user` itself, so an open input owns no memory. */
static int descriptor(const ebb_input_t *input)
{
    return (int)(intptr_t)input->user;
}

static int64_t file_read(const ebb_input_t *input, uint64_t offset, void *bytes,
                         size_t length)
{
    size_t done = 0;
    while (done < length) {
        ssize_t n = pread(descriptor(input), (char *)bytes + done, length - done,
                          (off_t)(offset + done));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return EBB_ERR_IO;
        }
        if (n == 0) {
            break;
        }
        done += (size_t)n;
    }
    return (int64_t)done;
}

/* Writes all bytes; 0 or -1 with errno. */
static int write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno != EINTR) {
            return -1;
        }
        if (n > 0) {
            bytes += n;
            length -= (size_t)n;
        }
    }
    return 0;
}

/* Copies what can only be read once to a file without a name; returns its descriptor or
 * -1. */
static int spool(int from)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/ebb-XXXXXX", folder ? folder : "/tmp");
    int to = mkstemp(path);
    if (to < 0) {
        return -1;
    }
    (void)unlink(path);
    char buffer[1 << 16];
    for (;;) {
        ssize_t n = read(from, buffer, sizeof buffer);
        if (n == 0) {
            return to;
        }
        if ((n < 0 && errno != EINTR) || (n > 0 && write_all(to, buffer, (size_t)n))) {
            (void)close(to);
            return -1;
        }
    }
}

static int fail_io(ebb_error_t *error, const char *path, const char *what)
{
    return ebb_fail_at(error, EBB_ERR_IO, (ebb_place_t){.where = path}, "%s: %s", what,
                       strerror(errno));
}

/* Only regular files: opening anything else could wait for ever. */
static int file_beside(const ebb_input_t *input, const char *suffix,
                       ebb_input_t *beside)
{
    char path[4096];
    struct stat status;
    int n = snprintf(path, sizeof path, "%s%s", input->path, suffix);
    *beside = (ebb_input_t){0};
    if (n < 0 || (size_t)n >= sizeof path) {
        return EBB_ERR_IO;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return EBB_ERR_IO;
    }
    if (fstat(fd, &status) || !S_ISREG(status.st_mode)) {
        (void)close(fd);
        return EBB_ERR_IO;
    }
    *beside = (ebb_input_t){.read_at = file_read,
                            .user = (const void *)(intptr_t)fd,
                            .size = (uint64_t)status.st_size,
                            .label = input->label};
    return EBB_OK;
}

/* Turns an open descriptor into an input; takes it over, closing it on failure. */
static int adopt(ebb_input_t *input, int fd, const char *path, ebb_error_t *error)
{
    struct stat status;
    if (fstat(fd, &status)) {
        int code = fail_io(error, path, "cannot be examined");
        (void)close(fd);
        return code;
    }
    if (S_ISDIR(status.st_mode)) {
        (void)close(fd);
        return ebb_fail_at(error, EBB_ERR_IO, (ebb_place_t){.where = path},
                           "is a folder; name the exported file in it");
    }
    bool is_file = S_ISREG(status.st_mode) && strcmp(path, "-") != 0;
    if (!S_ISREG(status.st_mode)) {
        int copy = spool(fd);
        (void)close(fd);
        if (copy < 0 || fstat(copy, &status)) {
            return fail_io(error, path, "cannot be read");
        }
        fd = copy;
    }
    *input = (ebb_input_t){.read_at = file_read,
                           .user = (const void *)(intptr_t)fd,
                           .size = (uint64_t)status.st_size,
                           .label = path,
                           .open_beside = is_file ? file_beside : NULL,
                           .path = is_file ? path : NULL};
    return EBB_OK;
}

int ebb_input_open(ebb_input_t *input, const char *path, ebb_error_t *error)
{
    *input = (ebb_input_t){0};
    int fd =
        strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return fail_io(error, path, "cannot be opened");
    }
    return adopt(input, fd, path, error);
}

void ebb_input_close(ebb_input_t *input)
{
    if (input->read_at == file_read) {
        (void)close(descriptor(input));
    }
    *input = (ebb_input_t){0};
}

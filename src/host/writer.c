/* SPDX-License-Identifier: MIT
 * Files written whole or not at all: a temporary file beside the target, fsync, rename.
 * A killed process leaves at most a file named PATH.XXXXXX.part behind, never a half
 * PATH. */
#define _DEFAULT_SOURCE
#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fail.h"
#include "core/memory.h"
#include "ebb/host.h"

struct ebb_file_writer {
    int fd;
    int failed_errno; /* of the first write that failed, or 0 */
    char *path;       /* final name */
    char *part;       /* temporary name */
    size_t part_size; /* bytes of each of the two, NUL included (the shorter one wastes
                         some) */
};

static void release(ebb_file_writer_t *writer)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    ebb_free_array(alloc, writer->path, writer->part_size, 1);
    ebb_free_array(alloc, writer->part, writer->part_size, 1);
    ebb_free_array(alloc, writer, 1, sizeof *writer);
}

static int fail_write(ebb_error_t *error, const char *path, int number)
{
    return ebb_fail_at(error, EBB_ERR_IO, (ebb_place_t){.where = path},
                       "cannot be written: %s",
                       number == ENOENT ? "its folder does not exist; make it first"
                                        : strerror(number));
}

/* Creates the temporary file for its owner alone, as mkstemps does: what is written
 * here is about two people. A file that stands there already was given its permissions
 * by somebody, and keeps them. */
static int create_part(ebb_file_writer_t *writer)
{
    struct stat old;
    bool stands = stat(writer->path, &old) == 0 && S_ISREG(old.st_mode);
    writer->fd = mkstemps(writer->part, (int)strlen(".part"));
    if (writer->fd < 0) {
        return -1;
    }
    if (stands) {
        (void)fchmod(writer->fd, old.st_mode & 0777); /* where a disk has no modes */
    }
    return 0;
}

static int begin_at(ebb_file_writer_t **out, const char *path, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    *out = NULL;
    ebb_file_writer_t *writer = ebb_new_array(alloc, 1, sizeof *writer);
    if (!writer) {
        return ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
    }
    writer->part_size = strlen(path) + sizeof ".XXXXXX.part";
    writer->path = ebb_new_array(alloc, writer->part_size, 1);
    writer->part = ebb_new_array(alloc, writer->part_size, 1);
    if (!writer->path || !writer->part) {
        release(writer);
        return ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
    }
    (void)snprintf(writer->path, writer->part_size, "%s", path);
    (void)snprintf(writer->part, writer->part_size, "%s.XXXXXX.part", path);
    if (create_part(writer)) {
        int code = fail_write(error, path, errno);
        release(writer);
        return code;
    }
    *out = writer;
    return EBB_OK;
}

int ebb_file_begin(ebb_file_writer_t **out, const char *path, ebb_error_t *error)
{
    char *target = realpath(path, NULL); /* so that a link stays one; NULL: new */
    int code = begin_at(out, target ? target : path, error);
    free(target);
    return code;
}

static int writer_write(void *user, const char *bytes, size_t length)
{
    ebb_file_writer_t *writer = user;
    assert(writer);
    while (length > 0 && !writer->failed_errno) {
        ssize_t n = write(writer->fd, bytes, length);
        if (n < 0 && errno != EINTR) {
            writer->failed_errno = errno;
        } else if (n > 0) {
            bytes += n;
            length -= (size_t)n;
        }
    }
    return writer->failed_errno ? EBB_ERR_IO : EBB_OK;
}

ebb_sink_t ebb_file_sink(ebb_file_writer_t *writer)
{
    return (ebb_sink_t){writer_write, writer};
}

int ebb_file_commit(ebb_file_writer_t *writer, ebb_error_t *error)
{
    int code = EBB_OK;
    if (!writer->failed_errno && fsync(writer->fd)) {
        writer->failed_errno = errno;
    }
    if (close(writer->fd) && !writer->failed_errno) {
        writer->failed_errno = errno;
    }
    if (!writer->failed_errno && rename(writer->part, writer->path)) {
        writer->failed_errno = errno;
    }
    if (writer->failed_errno) {
        (void)unlink(writer->part);
        code = fail_write(error, writer->path, writer->failed_errno);
    }
    release(writer);
    return code;
}

void ebb_file_abandon(ebb_file_writer_t *writer)
{
    if (writer) {
        (void)close(writer->fd);
        (void)unlink(writer->part);
        release(writer);
    }
}

int ebb_file_write(const char *path, const char *bytes, size_t length,
                   ebb_error_t *error)
{
    ebb_file_writer_t *writer;
    int code = ebb_file_begin(&writer, path, error);
    if (code) {
        return code;
    }
    (void)writer_write(writer, bytes,
                       length); /* a failure is kept and told by commit */
    return ebb_file_commit(writer, error);
}

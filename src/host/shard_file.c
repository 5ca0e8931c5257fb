/* SPDX-License-Identifier: MIT
 *
 * A shard's result as a file of text:
 *
 *     ebb shard 1
 *     work 0123456789abcdef
 *     shard 12 of 79
 *     numbers 3
 *     17 0 4
 *     sum 0123456789abcdef
 *
 * The sum is FNV-1a of all before its line.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fail.h"
#include "ebb/host.h"
#include "ebb/text.h"
#include "host/shards.h"

#define SHARD_NUMBER_BYTES 21 /* of a number and a blank, at most */
#define SHARD_HEAD_BYTES 200

static uint64_t shard_sum(const char *bytes, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    }
    return hash;
}

static void shard_path(const ebb_shards_t *shards, uint64_t shard, ebb_text_t *path)
{
    ebb_text_init(path, NULL);
    ebb_text_printf(path, "%s/shard-%08" PRIu64 ".txt", shards->folder, shard);
}

static void shard_head(const ebb_shards_t *shards, uint64_t shard, ebb_text_t *out)
{
    ebb_text_printf(out,
                    "ebb shard 1\nwork %016" PRIx64 "\nshard %" PRIu64 " of %" PRIu64
                    "\nnumbers %zu\n",
                    shards->work, shard, shards->count, shards->numbers);
}

int ebb_shard_folder(const ebb_shards_t *shards, ebb_error_t *error)
{
    struct stat found;
    if (mkdir(shards->folder, 0700) == 0 ||
        (stat(shards->folder, &found) == 0 && S_ISDIR(found.st_mode))) {
        return EBB_OK;
    }
    return ebb_fail_at(error, EBB_ERR_IO, (ebb_place_t){.where = shards->folder},
                       "is no folder and cannot be made one: %s",
                       strerror(errno == EEXIST ? ENOTDIR : errno));
}

int ebb_shard_write(const ebb_shards_t *shards, uint64_t shard, const uint64_t *numbers,
                    ebb_error_t *error)
{
    ebb_text_t text, path;
    ebb_text_init(&text, NULL);
    shard_path(shards, shard, &path);
    shard_head(shards, shard, &text);
    for (size_t k = 0; k < shards->numbers; k++) {
        ebb_text_printf(&text, "%" PRIu64 "%s", numbers[k],
                        k + 1 < shards->numbers ? " " : "\n");
    }
    ebb_text_printf(&text, "sum %016" PRIx64 "\n", shard_sum(text.data, text.length));
    int code = text.failed || path.failed
                   ? ebb_fail(error, EBB_ERR_MEMORY, "out of memory")
                   : ebb_file_write(path.data, text.data, text.length, error);
    ebb_text_free(&text);
    ebb_text_free(&path);
    return code;
}

uint64_t ebb_shards_kept(const ebb_shards_t *shards)
{
    uint64_t kept = 0;
    for (uint64_t k = 0; k < shards->count; k++) {
        struct stat found;
        ebb_text_t path;
        shard_path(shards, k, &path);
        kept += !path.failed && stat(path.data, &found) == 0;
        ebb_text_free(&path);
    }
    return kept;
}

void ebb_shards_discard(const ebb_shards_t *shards)
{
    for (uint64_t k = 0; k < shards->count; k++) {
        ebb_text_t path;
        shard_path(shards, k, &path);
        if (!path.failed) {
            (void)unlink(path.data);
        }
        ebb_text_free(&path);
    }
    (void)rmdir(shards->folder);
}

/* --- reading ---------------------------------------------------------------------- */

/* The whole file, NUL-terminated; none where it is not there or is far too long. */
static int shard_bytes(const ebb_shards_t *shards, const char *path, ebb_text_t *bytes,
                       ebb_error_t *error)
{
    char piece[4096];
    struct stat found;
    ebb_input_t input;
    uint64_t most = shards->numbers * SHARD_NUMBER_BYTES + SHARD_HEAD_BYTES;
    if (stat(path, &found) && errno == ENOENT) {
        return EBB_OK;
    }
    int code = ebb_input_open(&input, path, error);
    if (code || input.size > most) {
        ebb_input_close(&input);
        return code;
    }
    for (uint64_t at = 0; at < input.size && !code;) {
        int64_t n = input.read_at(&input, at, piece, sizeof piece);
        if (n > 0) {
            ebb_text_append(bytes, piece, (size_t)n);
            at += (uint64_t)n;
        } else {
            code = ebb_fail_at(error, EBB_ERR_IO, (ebb_place_t){.where = path},
                               "cannot be read");
        }
    }
    ebb_input_close(&input);
    return code            ? code
           : bytes->failed ? ebb_fail(error, EBB_ERR_MEMORY, "out of memory")
                           : EBB_OK;
}

/* Whether the last line is the sum of all before it. */
static bool shard_is_whole(const ebb_text_t *bytes)
{
    char line[32];
    size_t last = sizeof "sum 0123456789abcdef\n" - 1;
    if (bytes->length < last) {
        return false;
    }
    size_t before = bytes->length - last;
    (void)snprintf(line, sizeof line, "sum %016" PRIx64 "\n",
                   shard_sum(bytes->data, before));
    return memcmp(bytes->data + before, line, last) == 0;
}

static bool shard_numbers(const ebb_shards_t *shards, const char *at, uint64_t *numbers)
{
    for (size_t k = 0; k < shards->numbers; k++) {
        char *end = NULL;
        if (*at < '0' || *at > '9') {
            return false;
        }
        numbers[k] = strtoull(at, &end, 10);
        at = end + (*end == ' ' || *end == '\n');
    }
    return strncmp(at, "sum ", 4) == 0;
}

static int shard_take(const ebb_shards_t *shards, uint64_t shard, const char *path,
                      const ebb_text_t *bytes, uint64_t *numbers, ebb_error_t *error)
{
    ebb_text_t head;
    ebb_text_init(&head, NULL);
    shard_head(shards, shard, &head);
    bool ours = !head.failed && bytes->length > head.length &&
                memcmp(bytes->data, head.data, head.length) == 0 &&
                shard_numbers(shards, bytes->data + head.length, numbers);
    int code = head.failed ? ebb_fail(error, EBB_ERR_MEMORY, "out of memory")
               : ours      ? EBB_OK
                      : ebb_fail_at(error, EBB_ERR_INPUT, (ebb_place_t){.where = path},
                                    "is a result of other work: another file, "
                                    "seed or number of couples; name another "
                                    "folder, or empty this one");
    ebb_text_free(&head);
    return code;
}

int ebb_shard_read(const ebb_shards_t *shards, uint64_t shard, uint64_t *numbers,
                   bool *found, ebb_error_t *error)
{
    ebb_text_t path, bytes;
    ebb_text_init(&bytes, NULL);
    shard_path(shards, shard, &path);
    int code = path.failed ? ebb_fail(error, EBB_ERR_MEMORY, "out of memory")
                           : shard_bytes(shards, path.data, &bytes, error);
    *found = !code && shard_is_whole(&bytes);
    if (*found) {
        code = shard_take(shards, shard, path.data, &bytes, numbers, error);
    }
    ebb_text_free(&path);
    ebb_text_free(&bytes);
    return code;
}

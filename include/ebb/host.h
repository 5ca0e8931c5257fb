/* SPDX-License-Identifier: MIT
 *
 * What needs an operating system: files and folders as inputs, files written whole or
 * not at all, threads.
 */
#ifndef EBB_HOST_H
#define EBB_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/text.h"

/* A readable input of known size. Readers below host/ see only this. `read_at` fills up
 * to `length` bytes from byte `offset` and returns how many (0 at the end), or a
 * negative EBB_ERR_ code. `label` names the input in messages (a path as the user gave
 * it). `open_beside` makes readable what lies beside it under its own name with
 * `suffix` behind, as a database's journal does; the caller closes it with
 * ebb_input_close. It returns EBB_ERR_IO where nothing lies there; NULL: nothing can.
 * `path` is for it alone: where the input lies, whatever the label says. */
typedef struct ebb_input {
    int64_t (*read_at)(const struct ebb_input *input, uint64_t offset, void *bytes,
                       size_t length);
    const void *user;
    uint64_t size; /* bytes */
    const char *label;
    int (*open_beside)(const struct ebb_input *input, const char *suffix,
                       struct ebb_input *beside);
    const char *path; /* borrowed until close; NULL where there is none */
} ebb_input_t;

/* One file of a folder. */
typedef struct ebb_entry {
    const char *name; /* path below the folder, its parts separated by '/' */
    uint64_t size;    /* bytes, as the folder says */
} ebb_entry_t;

/* Files that belong together: what lies below a folder, or in a zip. Readers below
 * host/ see only this. `open` makes the file of an index readable; of one folder one
 * file is open at a time. `close` ends that and returns what went wrong while the file
 * was read, where `read_at` could only return a code: 0, or a negative EBB_ERR_ code
 * with `error` filled. */
typedef struct ebb_folder {
    const ebb_entry_t *entries;
    size_t count;
    int (*open)(const struct ebb_folder *folder, size_t index, ebb_input_t *input,
                ebb_error_t *error);
    int (*close)(const struct ebb_folder *folder, ebb_input_t *input,
                 ebb_error_t *error);
    void *user;
    const char *label; /* names the folder in messages */
    bool is_file;      /* to its user it is one file, as a zip is */
} ebb_folder_t;

/* Runs `task(arg, i)` for every i in [0, n), in any order, on any thread, and returns
 * when all are done. A NULL executor means: one after the other on the calling thread.
 */
typedef struct ebb_executor {
    void (*run)(void *user, size_t n, void (*task)(void *arg, size_t i), void *arg);
    void *user;
} ebb_executor_t;

/**
 * An input over bytes in memory.
 *
 * @param[in] bytes   `size` bytes, borrowed for the life of the input
 * @param[in] size    number of bytes
 * @param[in] label   name for messages, borrowed
 * @return an input whose `read_at` copies from `bytes`; nothing to release.
 * Thread-safe.
 */
ebb_input_t ebb_input_memory(const void *bytes, size_t size, const char *label);

/**
 * Opens a file, or standard input, as an input.
 *
 * A path of "-" means standard input. What cannot be read at any offset (a pipe, a
 * terminal) is first copied to an unlinked temporary file, so that readers may go back.
 * Directories and special files are refused.
 *
 * @param[out] input  filled on success; release with ebb_input_close
 * @param[in]  path   path of the file; borrowed until close, as it becomes the label
 * @param[out] error  what failed; may be NULL
 * @return 0, or EBB_ERR_IO (cannot be opened or read), EBB_ERR_MEMORY.
 */
int ebb_input_open(ebb_input_t *input, const char *path,
                   ebb_error_t *error) EBB_MUST_CHECK;

/** Closes an input made by ebb_input_open; a zeroed input is a no-op. */
void ebb_input_close(ebb_input_t *input);

/**
 * Lists the files below a folder, at any depth.
 *
 * Links to folders are not followed, so that there is no going in circles. The entries
 * are in the order of their bytes, whatever the disk's order is.
 *
 * @param[out] folder  filled on success; release with ebb_folder_close
 * @param[in]  path    path of the folder; borrowed until close, as it becomes the label
 * @param[out] error   what failed; may be NULL
 * @return 0, or EBB_ERR_IO (not a folder, or one that cannot be read), EBB_ERR_LIMIT
 * (more than a million files, or paths longer than the system takes), EBB_ERR_MEMORY.
 * Cost: one look at each file, and about 40 bytes beside its name.
 */
int ebb_folder_open(ebb_folder_t *folder, const char *path,
                    ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a folder made by ebb_folder_open; a zeroed one is a no-op. */
void ebb_folder_close(ebb_folder_t *folder);

/**
 * Writes a file whole or not at all.
 *
 * The bytes go to a temporary file in the same folder, are flushed to the disk, and
 * take the name `path` in one step. On any failure, and if the process is killed, what
 * stood at `path` stands there still. A new file can be read by its owner alone (mode
 * 0600); one that is replaced keeps its mode.
 *
 * @param[in]  path    where to write
 * @param[in]  bytes   `length` bytes
 * @param[in]  length  number of bytes
 * @param[out] error   what failed (disk full, no permission ...); may be NULL
 * @return 0, or EBB_ERR_IO, EBB_ERR_MEMORY.
 */
int ebb_file_write(const char *path, const char *bytes, size_t length,
                   ebb_error_t *error) EBB_MUST_CHECK;

/* A file being written piece by piece, with the same promise as ebb_file_write. */
typedef struct ebb_file_writer ebb_file_writer_t;

/**
 * Begins a file that appears under its name only on commit.
 *
 * @param[out] writer  new writer; end with ebb_file_commit or ebb_file_abandon
 * @param[in]  path    where the file shall appear; copied. A link is followed
 * @param[out] error   what failed; may be NULL
 * @return 0, or EBB_ERR_IO, EBB_ERR_MEMORY.
 */
int ebb_file_begin(ebb_file_writer_t **writer, const char *path,
                   ebb_error_t *error) EBB_MUST_CHECK;

/**
 * The sink that writes to `writer`.
 *
 * @param[in] writer  from ebb_file_begin
 * @return a sink valid until the writer is committed or abandoned; not for several
 * threads at once. After a write has failed, later ones fail at once with EBB_ERR_IO,
 * and so does ebb_file_commit, which says why.
 */
ebb_sink_t ebb_file_sink(ebb_file_writer_t *writer);

/**
 * Flushes, names and closes the file, and releases the writer, also when it fails.
 *
 * @param[in]  writer  from ebb_file_begin; gone afterwards
 * @param[out] error   names the path and what the system said; may be NULL
 * @return 0, or EBB_ERR_IO when any write or the renaming failed; `path` is then as
 * before.
 */
int ebb_file_commit(ebb_file_writer_t *writer, ebb_error_t *error) EBB_MUST_CHECK;

/** Drops what was written and releases the writer; NULL is a no-op. */
void ebb_file_abandon(ebb_file_writer_t *writer);

/**
 * Number of processors the process may use.
 *
 * @return at least 1; what the system allows this process (its affinity), not what the
 * machine has. Asked anew at each call, cheap, thread-safe. Meant for
 * ebb_host_executor: more threads than this only wait for each other.
 */
int ebb_host_processors(void);

/**
 * An executor over threads.
 *
 * Each `run` starts at most `threads` threads (the caller's included) which take the
 * next index until none is left. Results must not depend on the order; ebb's own do
 * not.
 *
 * @param[in] threads  at least 1; kept in the executor's `user`, nothing to release
 */
ebb_executor_t ebb_host_executor(int threads);

#endif

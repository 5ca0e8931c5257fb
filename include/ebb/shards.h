/* SPDX-License-Identifier: MIT
 *
 * Work in numbered shards whose results are rows of whole numbers: over threads, kept
 * in a folder so that it can be broken off and resumed, cut into parts for several
 * processes or machines that share a folder, and added up. Adding is exact, so the sum
 * does not depend on any of this.
 */
#ifndef EBB_SHARDS_H
#define EBB_SHARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/error.h"

/* Unused fields are 0. */
typedef struct ebb_shards {
    uint64_t count;       /* of shards */
    size_t numbers;       /* of a result */
    uint64_t work;        /* tells results of one piece of work from another's, as
                             ebb_lives_info_t.fingerprint */
    size_t workers;       /* threads, 1 to 64 */
    uint64_t part, parts; /* shards with number % parts == part only; parts 0: all */
    bool backwards;       /* the last one first, as who helps those that begin with the
                             first does */
    const char *folder;   /* where results are kept, made if it is not there; those
                             of this work that lie there are not made again. NULL:
                             nowhere */
    /* adds the result of a shard to `numbers`, which are 0; as ebb_lives_shard, on any
     * thread, for each worker one after the other */
    int (*run)(void *user, size_t worker, uint64_t shard, uint64_t *numbers,
               ebb_error_t *error);
    void *user;
    /* called after a shard, on any thread, one call at a time; not 0 cancels. May be
     * NULL */
    int (*progress)(void *user, uint64_t done, uint64_t all);
    void *progress_user;
    /* results */
    uint64_t *sum;  /* `numbers`, to which all shards are added; of the caller. May be
                       NULL */
    uint64_t *rows; /* count x numbers: the result of each shard that is run; of the
                       caller. May be NULL */
    uint64_t found; /* shards that lay in the folder */
} ebb_shards_t;

/**
 * Runs shards and adds them up.
 *
 * A result in the folder is a file of its own that appears whole or not at all, so the
 * process may be killed at any time. A file that is damaged is made again. Processes
 * that share a folder do the same work twice if they are not told apart by `part`, and
 * nothing worse.
 *
 * @param[in,out] shards  see there
 * @param[out]    error   may be NULL
 * @return 0, EBB_ERR_ARGUMENT (workers, part), EBB_ERR_MEMORY, EBB_ERR_IO (the folder
 * cannot be made, read or written), EBB_ERR_INPUT (it holds results of other work),
 * EBB_ERR_CANCELLED, or what `run` returned; `sum` is untouched then. Memory: two
 * results for each worker.
 */
int ebb_shards_run(ebb_shards_t *shards, ebb_error_t *error) EBB_MUST_CHECK;

/**
 * How many results lie in the folder, whole or not, of this work or other.
 *
 * @param[in] shards  `count` and `folder` say which
 * @return the number; 0 without the folder. Cost: one look for each shard.
 */
uint64_t ebb_shards_kept(const ebb_shards_t *shards);

/**
 * Takes results out of their folder, and the folder away if nothing else is in it.
 *
 * @param[in] shards  `count` and `folder` say which
 * What cannot be removed stays there. Who still runs shards into it is told that it
 * cannot be written.
 */
void ebb_shards_discard(const ebb_shards_t *shards);

#endif

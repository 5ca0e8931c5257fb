/* SPDX-License-Identifier: MIT
 *
 * Many couples of a run over threads: summed up, or written one after the other, in
 * memory that does not grow with their number.
 */
#ifndef EBB_ENSEMBLE_H
#define EBB_ENSEMBLE_H

#include <stdbool.h>
#include <stdint.h>

#include "ebb/error.h"
#include "ebb/run.h"
#include "ebb/text.h"

/* Couples 0 to `couples` - 1, and what becomes of them. Unused fields are 0. */
typedef struct ebb_ensemble {
    uint64_t couples; /* at most 2^32 */
    int threads;      /* at least 1, at most 64 are used; no result depends on it */
    ebb_run_totals_t *totals; /* of this run, to which the couples are added, or NULL */
    bool quantiles;           /* whether `totals` keep histograms */
    /* what is written of a couple: appended to `out`, which goes to `sink` in the order
     * of couples. Called on any thread, for several couples at a time. NULL: nothing */
    void (*write)(void *user, ebb_text_t *out, uint64_t couple, const double *rows);
    void *write_user;
    bool lasting_only;      /* as in ebb_run_job_t */
    const ebb_sink_t *sink; /* used on the calling thread only */
    /* called now and then on the calling thread; not 0 cancels. May be NULL */
    int (*progress)(void *user, uint64_t done, uint64_t all);
    void *progress_user;
    /* results: as in ebb_run_job_t */
    uint64_t failed, first_failed;
    const char *why;
} ebb_ensemble_t;

/**
 * Runs couples on several threads.
 *
 * @param[in]     run       from ebb_run_new; its `vary` must be thread-safe
 * @param[in,out] ensemble  see there
 * @param[out]    error     may be NULL
 * @return 0, also when single couples failed (see the ensemble), EBB_ERR_ARGUMENT (more
 * couples than 2^32), EBB_ERR_MEMORY, EBB_ERR_CANCELLED, or what the sink returned;
 * then the totals hold some of the couples.
 * Memory: for each thread what ebb_run_range needs, totals of its own (with quantiles
 * 12.3 kB for each time and output, see ebb_run_totals_new), and 16 MB of what is to be
 * written, or one couple if that is more. Fewer threads need less.
 */
int ebb_ensemble_run(const ebb_simulation_t *run, ebb_ensemble_t *ensemble,
                     ebb_error_t *error) EBB_MUST_CHECK;

#endif

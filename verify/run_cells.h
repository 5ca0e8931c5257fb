/* SPDX-License-Identifier: MIT
 *
 * Runs the verification: makes histories, measures them, appends rows.
 *
 * Main idea: a history is a pure function of (cell, generator, seed, number), so the
 * rows do not depend on threads, and what is in the file already need not be run again.
 * Invariant: histories.tsv grows by whole batches in a fixed order; a kill loses at
 * most one batch.
 */
#ifndef EBB_VERIFY_RUN_CELLS_H
#define EBB_VERIFY_RUN_CELLS_H

#include "history_rows.h"

typedef struct verify_run {
    const verify_strengths_t *strengths;
    const char *folder; /* holds histories.tsv and truth.tsv; made if absent */
    int cell;           /* or -1: all */
    int generator;      /* or -1: all */
    int histories;      /* of each cell and generator */
    int pooled; /* histories of other seeds that make a couple's pseudo-true values
                 */
    uint64_t seed;
    int threads;
    bool quiet; /* no progress on stderr */
} verify_run_t;

/** Runs what is not in folder/histories.tsv yet. Returns 0 or an EBB_ERR_ code, told on
 * stderr. */
int verify_run_histories(const verify_run_t *run);

/** Pools what is not in folder/truth.tsv yet: a row for each couple and span, with
 * `history` the number of records. */
int verify_run_truth(const verify_run_t *run);

#endif

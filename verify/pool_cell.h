/* SPDX-License-Identifier: MIT
 *
 * Pseudo-true values: the same estimating equations over many histories of one plant.
 */
#ifndef EBB_VERIFY_POOL_CELL_H
#define EBB_VERIFY_POOL_CELL_H

#include "ebb/cycle.h"
#include "ebb/host.h"
#include "planted_cells.h"

/* The part of a record that is measured. */
typedef enum verify_span {
    VERIFY_WHOLE,
    VERIFY_FIRST_HALF,
    VERIFY_SECOND_HALF,
    VERIFY_SPANS
} verify_span_t;

extern const char *const verify_span_names[VERIFY_SPANS];

/** The spans in which a cell is measured: 1 (the whole) or 3 (also its halves). */
int verify_span_count(const verify_cell_t *cell);

/** The events of a span of a 26-week history. */
ebb_record_t verify_cut(const ebb_event_t *events, size_t count, verify_span_t span);

/* What is pooled. */
typedef struct verify_pool {
    ebb_plant_t plant;
    int generator;
    int records;
    uint64_t first; /* number of the first of them */
    uint64_t seed;
    const char *purpose, *cell; /* for verify_seed */
    const ebb_executor_t *executor;
} verify_pool_t;

/** Makes the histories (in parallel) and pools each span's first `spans`. `messages`:
 * a day, may be NULL. Returns EBB_OK or an error of the measure. */
int verify_pool_run(const verify_pool_t *pool, int spans, ebb_arms_t arms[][2],
                    double *messages);

#endif

/* SPDX-License-Identifier: MIT
 * Many histories of one plant, pooled. */
#include "pool_cell.h"

#include <stdlib.h>

#define FIRST_MONDAY_S 1736121600 /* 2025-01-06 00:00 */
#define HALF_S (13 * 7 * 86400)

const char *const verify_span_names[VERIFY_SPANS] = {"whole", "first", "second"};

int verify_span_count(const verify_cell_t *cell)
{
    bool changes = cell->course == VERIFY_SWITCH || cell->course == VERIFY_GROWTH;
    return changes ? VERIFY_SPANS : 1;
}

ebb_record_t verify_cut(const ebb_event_t *events, size_t count, verify_span_t span)
{
    size_t half = 0;
    while (half < count && events[half].local_s < FIRST_MONDAY_S + HALF_S) {
        half++;
    }
    switch (span) {
    case VERIFY_FIRST_HALF:
        return (ebb_record_t){events, half};
    case VERIFY_SECOND_HALF:
        return (ebb_record_t){events + half, count - half};
    case VERIFY_WHOLE:
    case VERIFY_SPANS:
        break;
    }
    return (ebb_record_t){events, count};
}

typedef struct making {
    const verify_pool_t *pool;
    ebb_event_t **events;
    size_t *counts;
    int *codes;
} making_t;

static void make_one(void *user, size_t i)
{
    making_t *making = user;
    const verify_pool_t *pool = making->pool;
    uint64_t seed = verify_seed(pool->seed, pool->purpose, pool->cell, pool->first + i);
    making->codes[i] = verify_generators[pool->generator].generate(
        &pool->plant, seed, &making->events[i], &making->counts[i], NULL);
}

static int pool_spans(const making_t *making, int spans, ebb_arms_t arms[][2])
{
    size_t n = (size_t)making->pool->records;
    ebb_record_t *records = calloc(n, sizeof *records);
    int code = records ? EBB_OK : EBB_ERR_MEMORY;
    for (int span = 0; span < spans && !code; span++) {
        for (size_t i = 0; i < n; i++) {
            records[i] =
                verify_cut(making->events[i], making->counts[i], (verify_span_t)span);
        }
        code = ebb_cycle_pool(arms[span], records, n, NULL, NULL);
    }
    free(records);
    return code;
}

int verify_pool_run(const verify_pool_t *pool, int spans, ebb_arms_t arms[][2],
                    double *messages)
{
    size_t n = (size_t)pool->records;
    making_t making = {pool, calloc(n, sizeof *making.events),
                       calloc(n, sizeof *making.counts),
                       calloc(n, sizeof *making.codes)};
    int code = EBB_ERR_MEMORY;
    if (making.events && making.counts && making.codes) {
        pool->executor->run(pool->executor->user, n, make_one, &making);
        code = EBB_OK;
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            code = code ? code : making.codes[i];
            sum += (double)making.counts[i];
        }
        if (messages) {
            *messages = sum / (double)n / (pool->plant.weeks * 7.0);
        }
        code = code ? code : pool_spans(&making, spans, arms);
    }
    for (size_t i = 0; making.events && i < n; i++) {
        free(making.events[i]);
    }
    free(making.events);
    free(making.counts);
    free(making.codes);
    return code;
}

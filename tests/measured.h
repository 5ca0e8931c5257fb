/* SPDX-License-Identifier: MIT
 * A record that is measured, for tests of the whole measure. */
#ifndef EBB_TESTS_MEASURED_H
#define EBB_TESTS_MEASURED_H

#include <stdlib.h>

#include "check.h"
#include "pair.h"
#include "sane.h"

static record_t record;

static const pair_t strong = {
    .weeks = 26, .reply = 1 / 40.0, .follow = 0.006, .pursuit = 5, .slow = 0.35};

static inline void begin_record(void)
{
    record.count = 0;
    record.flags = 0;
}

static inline ebb_cycle_t *measure(const record_t *from, const ebb_cycle_opts_t *opts)
{
    ebb_cycle_t *cycle = NULL;
    ebb_error_t error = {0};
    int code = ebb_cycle_measure(&cycle, from->events, from->count, opts, &error);
    CHECK(code == EBB_OK);
    if (code != EBB_OK) {
        fprintf(stderr, "    %s\n", error.text);
        exit(1);
    }
    if (!opts || !opts->arms_only) {
        const char *wrong = sane_cycle(cycle);
        CHECK(wrong == NULL);
        if (wrong) {
            fprintf(stderr, "    %s\n", wrong);
        }
    }
    return cycle;
}

/* Bits equal; two NAN are. */
static inline bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static inline bool same_estimate(ebb_estimate_t a, ebb_estimate_t b)
{
    return same(a.value, b.value) && same(a.low, b.low) && same(a.high, b.high);
}

#endif

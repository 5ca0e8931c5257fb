/* SPDX-License-Identifier: MIT
 * Sums over couples from the inside. */
#ifndef EBB_RUN_TOTALS_H
#define EBB_RUN_TOTALS_H

#include "ebb/run.h"

/* A sum of doubles without rounding: a whole number of 2^-160, 384 bits wide, two's
 * complement. Terms are cut to multiples of 2^-160, each for itself, so the sum does
 * not depend on their order. */
#define EBB_EXACT_WORDS 6

typedef struct ebb_exact {
    uint64_t words[EBB_EXACT_WORDS]; /* the lowest first */
} ebb_exact_t;

/* Adds x, |x| < 2^160. */
void ebb_exact_add(ebb_exact_t *sum, double x);

/* Adds another sum. */
void ebb_exact_join(ebb_exact_t *sum, const ebb_exact_t *other);

/* The sum as a double, within an ulp or two; the same bits for the same sum. */
double ebb_exact_value(const ebb_exact_t *sum);

/* Adds one couple: its rows, for each time whether it lasts (NULL: always), and 1 or 0
 * for each expectation, `stride` apart. */
void ebb_totals_add(ebb_run_totals_t *totals, const double *rows, const bool *lasting,
                    const double *kept, size_t stride);

#endif

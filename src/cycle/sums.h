/* SPDX-License-Identifier: MIT
 * What a Newton step needs of the rows, summed week by week. */
#ifndef EBB_CYCLE_SUMS_H
#define EBB_CYCLE_SUMS_H

#include "cycle/design.h"

/* The sums of one week at the fitted values. */
typedef struct ebb_week_sums {
    double a[EBB_COLUMNS * EBB_COLUMNS]; /* lower triangle, rows of EBB_COLUMNS */
    double b[EBB_COLUMNS], u[EBB_COLUMNS];
    double d, e;
} ebb_week_sums_t;

/* Where to sum: coefficients (as many as columns, then zeros) and the week's effect. */
typedef struct ebb_point {
    const double *beta;
    double effect;
    size_t columns;
} ebb_point_t;

/* Sets the sums of an equation with so many columns to zero. */
void ebb_sums_clear(ebb_week_sums_t *sums, size_t columns);

/* Adds one block to the sums of its week; returns its log likelihood. */
double ebb_sums_add(ebb_week_sums_t *sums, const ebb_block_t *block,
                    const ebb_point_t *point);

#endif

/* SPDX-License-Identifier: MIT
 *
 * How long something lasts: Kaplan and Meier's curve, its error after Greenwood, and
 * shares by the way it ended. Equations: docs/maths/population.md.
 */
#ifndef EBB_SURVIVAL_H
#define EBB_SURVIVAL_H

#include <stddef.h>
#include <stdint.h>

/* One time at which something ended, or was lost from sight. Who is lost at a time was
 * at risk at it. */
typedef struct ebb_survival_row {
    uint64_t at_risk; /* before it; at least ended + lost */
    uint64_t ended, lost;
} ebb_survival_row_t;

/* What is known right after a time. */
typedef struct ebb_survival_point {
    double share; /* that lasts: product of 1 - ended / at_risk */
    double error; /* standard error of it, after Greenwood; NaN where none is left */
    double low, high; /* 95 % interval, on the scale of log(-log share); both the share
                         where nothing has ended yet, NaN where none is left */
} ebb_survival_point_t;

/**
 * Kaplan and Meier's curve.
 *
 * @param[in]  rows    `count` of them, in order of time
 * @param[in]  count   how many
 * @param[out] points  as many
 * Where nobody is at risk any more the share stays, as nothing more is known. Linear,
 * thread-safe.
 */
void ebb_survival_curve(const ebb_survival_row_t *rows, size_t count,
                        ebb_survival_point_t *points);

/**
 * Share that has ended in one of several ways, the others standing in its way (Aalen
 * and Johansen).
 *
 * @param[in]  rows    `count` of them, in order of time
 * @param[in]  count   how many
 * @param[in]  ended   of each row, `stride` apart: how many ended this way
 * @param[in]  stride  at least 1
 * @param[out] shares  `count` of them, rising. Over all ways they add up to 1 - share
 *                     of the curve
 */
void ebb_survival_incidence(const ebb_survival_row_t *rows, size_t count,
                            const uint64_t *ended, size_t stride, double *shares);

/**
 * Median time: where the curve first is at or below one half.
 *
 * @param[in] points  of the curve
 * @param[in] times   one for each
 * @param[in] count   how many
 * @return that time, or NaN where it does not come so far
 */
double ebb_survival_median(const ebb_survival_point_t *points, const double *times,
                           size_t count);

#endif

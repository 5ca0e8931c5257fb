/* SPDX-License-Identifier: MIT
 *
 * Poisson regression with a normal frailty for each week, and its refits without a week
 * [eq 7].
 *
 * With x the columns, mu = exposure * exp(x'beta + u_week). What a Newton step needs is
 * summed week by week: A = sum mu xx', b = sum mu x, d = sum mu, U = sum (y - mu) x, e
 * = sum (y - mu). The week effects are eliminated exactly, since their block of the
 * Hessian is diagonal:
 *
 *     H = sum_g (A_g - b_g b_g' / (d_g + 1/tau^2)) + penalty
 *
 * and leaving out week g drops its terms, so that G refits cost little more than one.
 */
#ifndef EBB_CYCLE_REGRESSION_H
#define EBB_CYCLE_REGRESSION_H

#include "cycle/sums.h"

typedef struct ebb_fitted {
    const ebb_design_t *design;
    size_t columns, weeks;
    double beta[EBB_COLUMNS];
    double tau2;    /* variance of the frailty; 0 when the equation has none */
    double *effect; /* u of each week */
    ebb_week_sums_t *sums;
    size_t stride; /* every so many weeks are summed: 1 in the end, more for a first
                      guess */
    bool converged;
    const ebb_alloc_t *alloc;
} ebb_fitted_t;

/* Fits an equation. `beta` is the start when `warm`. 0 or EBB_ERR_MEMORY; when it does
 * not converge, `converged` is false and beta holds the last step. */
int ebb_regression_fit(ebb_fitted_t *fit, const ebb_design_t *design,
                       const double *warm);

/* The same where only beta and the effects are wanted: `sums` is NULL in the end, so
 * that there can be no refits. */
int ebb_regression_point(ebb_fitted_t *fit, const ebb_design_t *design,
                         const double *warm);
void ebb_regression_free(ebb_fitted_t *fit);

#define EBB_LANES 32 /* refits that are carried through the data together */

/* Refits without one week each: lane r leaves out weeks[r]. */
typedef struct ebb_refits {
    size_t count;            /* lanes in use, at most EBB_LANES */
    size_t weeks[EBB_LANES]; /* left-out week of each lane */
    double beta[EBB_COLUMNS][EBB_LANES];
    double *effect; /* [week][lane] */
    bool converged;
    const ebb_alloc_t *alloc;
} ebb_refits_t;

/* Refits an equation without each of `count` weeks. `lanes_surprise` (pursuit) holds S
 * for each row and lane, or NULL to use the design's own. 0, EBB_ERR_MEMORY or
 * EBB_ERR_NUMERIC. */
int ebb_regression_refit(ebb_refits_t *refits, const ebb_fitted_t *fit,
                         const size_t *weeks, size_t count, const float *lanes_surprise,
                         bool one_step);
void ebb_refits_free(ebb_refits_t *refits, const ebb_fitted_t *fit);

#endif

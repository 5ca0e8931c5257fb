/* SPDX-License-Identifier: MIT
 *
 * Refits without one week each, up to 32 at a time in lanes.
 *
 * Every lane starts from the exact one-step solution, then repeats steps with its own
 * left-out Hessian (which hardly moves) and the exact gradient at its own values, until
 * no coefficient of any lane moves: the fixed point is the left-out maximum itself. One
 * sweep through the rows serves all lanes, so that the columns are made once. Lanes
 * never mix: the result of a lane does not depend on which others are carried beside
 * it.
 */
#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "cycle/newton.h"
#include "cycle/regression.h"
#include "math/elementary.h"
#include "math/exp_kernel.h"
#include "math/linear.h"

#define SWEEPS 12
#define TOLERANCE 1e-6

typedef double ebb_lanes_t[EBB_LANES];

/* Gradient sums of a sweep: over all rows for beta, week by week for the effects. */
typedef struct ebb_sweep {
    ebb_lanes_t gradient[EBB_COLUMNS];
    ebb_lanes_t *residual; /* e of each week */
    double *hessians;      /* factored, one a lane */
} ebb_sweep_t;

/* The residuals of one row in every lane; `surprise` replaces the last column when
 * given. */
static inline void row_residuals(const ebb_refits_t *refits, const ebb_block_t *block,
                                 size_t i, size_t columns, const float *surprise,
                                 double *residual)
{
    const double *x = block->x[i];
    const double *effect = refits->effect + block->week * EBB_LANES;
    double eta[EBB_LANES];
    size_t shared = columns - (surprise != NULL);
    for (size_t r = 0; r < EBB_LANES; r++) {
        eta[r] = effect[r];
    }
    for (size_t k = 0; k < shared; k++) {
        if (x[k] != 0) {
            for (size_t r = 0; r < EBB_LANES; r++) {
                eta[r] += x[k] * refits->beta[k][r];
            }
        }
    }
    if (surprise) {
        for (size_t r = 0; r < EBB_LANES; r++) {
            eta[r] += (double)surprise[r] * refits->beta[shared][r];
        }
    }
    for (size_t r = 0; r < EBB_LANES; r++) {
        residual[r] = block->y[i] - block->exposure[i] * ebb_exp_kernel(eta[r]);
    }
}

/* Adds one block to a sweep; `keep` is 0 in the lane that leaves this week out. */
EBB_CLONES static void sweep_block(ebb_sweep_t *sweep, const ebb_refits_t *refits,
                                   const ebb_block_t *block, size_t columns,
                                   const float *surprise, const double *keep)
{
    double *week = sweep->residual[block->week];
    for (size_t i = 0; i < block->count; i++) {
        double residual[EBB_LANES];
        const double *x = block->x[i];
        const float *s = surprise ? surprise + (block->first + i) * EBB_LANES : NULL;
        row_residuals(refits, block, i, columns, s, residual);
        size_t shared = columns - (s != NULL);
        for (size_t r = 0; r < EBB_LANES; r++) {
            residual[r] *= keep[r];
            week[r] += residual[r];
        }
        for (size_t k = 0; k < shared; k++) {
            if (x[k] != 0) {
                for (size_t r = 0; r < EBB_LANES; r++) {
                    sweep->gradient[k][r] += x[k] * residual[r];
                }
            }
        }
        if (s) {
            for (size_t r = 0; r < EBB_LANES; r++) {
                sweep->gradient[shared][r] += (double)s[r] * residual[r];
            }
        }
    }
}

static void sweep_rows(ebb_sweep_t *sweep, const ebb_refits_t *refits,
                       const ebb_fitted_t *fit, const float *surprise)
{
    const ebb_design_t *design = fit->design;
    memset(sweep->gradient, 0, sizeof sweep->gradient);
    memset(sweep->residual, 0, fit->weeks * sizeof *sweep->residual);
    ebb_block_t block;
    for (size_t week = 0; week < fit->weeks; week++) {
        ebb_lanes_t keep;
        for (size_t r = 0; r < EBB_LANES; r++) {
            keep[r] = r < refits->count && refits->weeks[r] != week;
        }
        for (size_t row = design->week_begin[week]; row < design->week_begin[week + 1];
             row += block.count) {
            ebb_design_block(design, week, row, &block);
            sweep_block(sweep, refits, &block, fit->columns, surprise, keep);
        }
    }
}

/* The pull of the frailty in lane r of a week: e - u / tau^2. */
static double pulled(const ebb_sweep_t *sweep, const ebb_refits_t *refits,
                     const ebb_fitted_t *fit, size_t week, size_t r)
{
    return sweep->residual[week][r] - refits->effect[week * EBB_LANES + r] / fit->tau2;
}

/* Moves one lane by its step; returns the length of the step of beta. */
static double step_lane(const ebb_sweep_t *sweep, ebb_refits_t *refits,
                        const ebb_fitted_t *fit, size_t r)
{
    size_t n = fit->columns;
    double step[EBB_COLUMNS];
    for (size_t k = 0; k < n; k++) {
        step[k] = sweep->gradient[k][r] - fit->design->penalty[k] * refits->beta[k][r];
    }
    for (size_t week = 0; week < fit->weeks && fit->tau2 > 0; week++) {
        double variance = ebb_effect_variance(fit, week);
        if (week != refits->weeks[r] && fit->sums[week].d > 0) {
            double pull = variance * pulled(sweep, refits, fit, week, r);
            for (size_t k = 0; k < n; k++) {
                step[k] -= fit->sums[week].b[k] * pull;
            }
        }
    }
    ebb_cholesky_solve(sweep->hessians + r * n * n, n, step);
    double length = 0;
    for (size_t k = 0; k < n; k++) {
        refits->beta[k][r] += step[k];
        length = fabs(step[k]) > length ? fabs(step[k]) : length;
    }
    for (size_t week = 0; week < fit->weeks && fit->tau2 > 0; week++) {
        if (week == refits->weeks[r] || !(fit->sums[week].d > 0)) {
            continue;
        }
        double residual = pulled(sweep, refits, fit, week, r);
        for (size_t k = 0; k < n; k++) {
            residual -= fit->sums[week].b[k] * step[k];
        }
        refits->effect[week * EBB_LANES + r] +=
            ebb_effect_variance(fit, week) * residual;
    }
    return length;
}

/* Lanes at the full solution, with the one-step change for the week each leaves out. */
static int start_lanes(ebb_sweep_t *sweep, ebb_refits_t *refits,
                       const ebb_fitted_t *fit)
{
    size_t n = fit->columns;
    for (size_t r = 0; r < refits->count; r++) {
        double *hessian = sweep->hessians + r * n * n, step[EBB_COLUMNS];
        ebb_newton_hessian(fit, refits->weeks[r], hessian);
        if (ebb_cholesky_factor(hessian, n)) {
            return EBB_ERR_NUMERIC;
        }
        ebb_newton_gradient(fit, refits->weeks[r], step);
        ebb_cholesky_solve(hessian, n, step);
        for (size_t k = 0; k < n; k++) {
            refits->beta[k][r] = fit->beta[k] + step[k];
        }
        for (size_t week = 0; week < fit->weeks; week++) {
            double move = 0;
            for (size_t k = 0; k < n; k++) {
                move += fit->sums[week].b[k] * step[k];
            }
            refits->effect[week * EBB_LANES + r] =
                fit->effect[week] - ebb_effect_variance(fit, week) * move;
        }
    }
    return EBB_OK;
}

static int refine(ebb_sweep_t *sweep, ebb_refits_t *refits, const ebb_fitted_t *fit,
                  const float *surprise)
{
    for (int i = 0; i < SWEEPS; i++) {
        sweep_rows(sweep, refits, fit, surprise);
        double length = 0;
        for (size_t r = 0; r < refits->count; r++) {
            double lane = step_lane(sweep, refits, fit, r);
            length = lane > length ? lane : length;
        }
        if (!(length < 10)) {
            return EBB_ERR_NUMERIC;
        }
        if (length < TOLERANCE) {
            refits->converged = true;
            return EBB_OK;
        }
    }
    return EBB_OK;
}

int ebb_regression_refit(ebb_refits_t *refits, const ebb_fitted_t *fit,
                         const size_t *weeks, size_t count, const float *lanes_surprise,
                         bool one_step)
{
    *refits = (ebb_refits_t){.count = count, .alloc = fit->alloc};
    memcpy(refits->weeks, weeks, count * sizeof *weeks);
    size_t n = fit->columns;
    ebb_sweep_t *sweep = ebb_new_array(fit->alloc, 1, sizeof *sweep);
    int code = EBB_ERR_MEMORY;
    refits->effect = ebb_new_array(fit->alloc, fit->weeks * EBB_LANES, sizeof(double));
    if (sweep && refits->effect) {
        sweep->residual =
            ebb_new_array(fit->alloc, fit->weeks, sizeof *sweep->residual);
        sweep->hessians = ebb_new_array(fit->alloc, count * n * n, sizeof(double));
        if (sweep->residual && sweep->hessians) {
            code = start_lanes(sweep, refits, fit);
            refits->converged = one_step;
            if (!code && !one_step) {
                code = refine(sweep, refits, fit, lanes_surprise);
            }
        }
        ebb_free_array(fit->alloc, sweep->residual, fit->weeks,
                       sizeof *sweep->residual);
        ebb_free_array(fit->alloc, sweep->hessians, count * n * n, sizeof(double));
    }
    ebb_free_array(fit->alloc, sweep, 1, sizeof *sweep);
    return code;
}

void ebb_refits_free(ebb_refits_t *refits, const ebb_fitted_t *fit)
{
    if (refits->alloc) {
        ebb_free_array(refits->alloc, refits->effect, fit->weeks * EBB_LANES,
                       sizeof(double));
    }
    *refits = (ebb_refits_t){0};
}

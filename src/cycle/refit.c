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
#include <assert.h>
#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "cycle/newton.h"
#include "cycle/regression.h"
#include "math/elementary.h"
#include "math/exp_kernel.h"
#include "math/linear.h"

#define SWEEPS 40
#define TOLERANCE 1e-4 /* of any coefficient; a thousandth of a standard error */
#define REFIT_STEP_LONGEST 1.0 /* log rates of a refit are near those of the fit */

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
    const double *effect = refits->effect + block->week * EBB_LANES;
    double eta[EBB_LANES];
    size_t shared = columns - (surprise != NULL);
    for (size_t r = 0; r < EBB_LANES; r++) {
        eta[r] = effect[r];
    }
    for (size_t k = 0; k < shared; k++) {
        double x = block->x[k][i];
        if (x != 0) {
            for (size_t r = 0; r < EBB_LANES; r++) {
                eta[r] += x * refits->beta[k][r];
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
        const float *s = surprise ? surprise + (block->first + i) * EBB_LANES : NULL;
        row_residuals(refits, block, i, columns, s, residual);
        size_t shared = columns - (s != NULL);
        for (size_t r = 0; r < EBB_LANES; r++) {
            residual[r] *= keep[r];
            week[r] += residual[r];
        }
        for (size_t k = 0; k < shared; k++) {
            double x = block->x[k][i];
            if (x != 0) {
                for (size_t r = 0; r < EBB_LANES; r++) {
                    sweep->gradient[k][r] += x * residual[r];
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

/* The descent of one lane: past steps and changes of the gradient, newest last. Vectors
 * hold beta and then the effects of all weeks. */
#define MEMORY 5
typedef struct ebb_descent {
    double *gradient, *before,
        *step; /* now, one sweep ago, and the step between them */
    double *steps[MEMORY], *changes[MEMORY];
    double curvature[MEMORY]; /* 1 / (step . change) */
    size_t kept;
    bool settled; /* stays where it is, whatever other lanes still need */
} ebb_descent_t;

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void add_scaled(double *a, double factor, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        a[i] += factor * b[i];
    }
}

/* Whether a week has an effect of its own in lane r. */
static bool has_effect(const ebb_fitted_t *fit, const ebb_refits_t *refits, size_t week,
                       size_t r)
{
    return fit->tau2 > 0 && week != refits->weeks[r] && fit->sums[week].d > 0;
}

/* The gradient of lane r's penalised log likelihood after a sweep. */
static void lane_gradient(double *gradient, const ebb_sweep_t *sweep,
                          const ebb_refits_t *refits, const ebb_fitted_t *fit, size_t r)
{
    for (size_t k = 0; k < fit->columns; k++) {
        gradient[k] =
            sweep->gradient[k][r] - fit->design->penalty[k] * refits->beta[k][r];
    }
    for (size_t week = 0; week < fit->weeks; week++) {
        double pull = refits->effect[week * EBB_LANES + r];
        gradient[fit->columns + week] =
            has_effect(fit, refits, week, r)
                ? sweep->residual[week][r] - pull / fit->tau2
                : 0;
    }
}

/* v <- H^-1 v with the left-out Hessian of lane r at the full solution. */
static void apply_hessian(double *v, const ebb_sweep_t *sweep,
                          const ebb_refits_t *refits, const ebb_fitted_t *fit, size_t r)
{
    size_t n = fit->columns;
    double *effects = v + n;
    for (size_t week = 0; week < fit->weeks; week++) {
        if (has_effect(fit, refits, week, r)) {
            double pull = ebb_effect_variance(fit, week) * effects[week];
            add_scaled(v, -pull, fit->sums[week].b, n);
        }
    }
    ebb_cholesky_solve(sweep->hessians + r * n * n, n, v);
    for (size_t week = 0; week < fit->weeks; week++) {
        if (has_effect(fit, refits, week, r)) {
            effects[week] = ebb_effect_variance(fit, week) *
                            (effects[week] - dot(fit->sums[week].b, v, n));
        }
    }
}

/* Keeps the last step and how the gradient changed with it, dropping the oldest pair.
 */
static void remember_step(ebb_descent_t *d, size_t n)
{
    size_t at = d->kept < MEMORY ? d->kept : MEMORY - 1;
    if (d->kept == MEMORY) {
        double *step = d->steps[0], *change = d->changes[0];
        for (size_t i = 0; i + 1 < MEMORY; i++) {
            d->steps[i] = d->steps[i + 1];
            d->changes[i] = d->changes[i + 1];
            d->curvature[i] = d->curvature[i + 1];
        }
        d->steps[at] = step;
        d->changes[at] = change;
    }
    for (size_t i = 0; i < n; i++) {
        d->steps[at][i] = d->step[i];
        d->changes[at][i] = d->before[i] - d->gradient[i];
    }
    double product = dot(d->steps[at], d->changes[at], n);
    if (product > 1e-30) {
        d->curvature[at] = 1 / product;
        d->kept = at + 1;
    } else {
        d->kept = at; /* rounding: nothing to be learnt from so short a step */
    }
}

/* The next step: Nocedal's two loops (Math. Comp. 35:773, 1980) around the left-out
 * Hessian. */
static void next_step(ebb_descent_t *d, const ebb_sweep_t *sweep,
                      const ebb_refits_t *refits, const ebb_fitted_t *fit, size_t r)
{
    size_t n = fit->columns + fit->weeks;
    double weight[MEMORY];
    memcpy(d->step, d->gradient, n * sizeof *d->step);
    for (size_t i = d->kept; i-- > 0;) {
        weight[i] = d->curvature[i] * dot(d->steps[i], d->step, n);
        add_scaled(d->step, -weight[i], d->changes[i], n);
    }
    apply_hessian(d->step, sweep, refits, fit, r);
    for (size_t i = 0; i < d->kept; i++) {
        double back = d->curvature[i] * dot(d->changes[i], d->step, n);
        add_scaled(d->step, weight[i] - back, d->steps[i], n);
    }
}

/* Moves one lane by its next step; it has settled when no coefficient moved. */
static void step_lane(ebb_descent_t *d, const ebb_sweep_t *sweep, ebb_refits_t *refits,
                      const ebb_fitted_t *fit, size_t r, bool first)
{
    size_t n = fit->columns + fit->weeks;
    double *swap = d->before;
    d->before = d->gradient;
    d->gradient = swap;
    assert(d->gradient && d->before); /* place_vectors gave every lane its own */
    lane_gradient(d->gradient, sweep, refits, fit, r);
    if (!first) {
        remember_step(d, n);
    }
    next_step(d, sweep, refits, fit, r);
    double length = 0;
    for (size_t k = 0; k < fit->columns; k++) {
        double size = isfinite(d->step[k]) ? fabs(d->step[k]) : (double)INFINITY;
        length = size > length ? size : length;
    }
    d->settled = length < TOLERANCE;
    double part = length > REFIT_STEP_LONGEST ? REFIT_STEP_LONGEST / length : 1;
    for (size_t i = 0; i < n; i++) {
        d->step[i] *= part;
    }
    for (size_t k = 0; k < fit->columns; k++) {
        refits->beta[k][r] += d->step[k];
    }
    for (size_t week = 0; week < fit->weeks; week++) {
        refits->effect[week * EBB_LANES + r] += d->step[fit->columns + week];
    }
}

/* Lanes at the full solution, with the one-step change for the week each leaves out. */
static int start_lanes(ebb_sweep_t *sweep, ebb_refits_t *refits,
                       const ebb_fitted_t *fit)
{
    size_t n = fit->columns;
    double all[EBB_COLUMNS * EBB_COLUMNS], gradient[EBB_COLUMNS];
    ebb_newton_hessian(fit, all);
    ebb_newton_gradient(fit, gradient);
    for (size_t r = 0; r < refits->count; r++) {
        double *hessian = sweep->hessians + r * n * n, step[EBB_COLUMNS];
        memcpy(hessian, all, n * n * sizeof *all);
        memcpy(step, gradient, sizeof step);
        ebb_newton_drop_week(fit, refits->weeks[r], hessian, step);
        if (ebb_cholesky_factor(hessian, n)) {
            return EBB_ERR_NUMERIC;
        }
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

/* Gives every lane its vectors out of one block of memory. */
static void place_vectors(ebb_descent_t *descents, double *room, size_t lanes, size_t n)
{
    for (size_t r = 0; r < lanes; r++) {
        ebb_descent_t *d = &descents[r];
        d->gradient = room;
        d->before = room + n;
        d->step = room + 2 * n;
        room += 3 * n;
        for (size_t i = 0; i < MEMORY; i++) {
            d->steps[i] = room;
            d->changes[i] = room + n;
            room += 2 * n;
        }
    }
}

static int refine(ebb_sweep_t *sweep, ebb_refits_t *refits, const ebb_fitted_t *fit,
                  const float *surprise)
{
    ebb_descent_t descents[EBB_LANES] = {0};
    size_t n = fit->columns + fit->weeks;
    size_t room_count = refits->count * (3 + 2 * MEMORY) * n;
    double *room = ebb_new_array(fit->alloc, room_count, sizeof *room);
    if (!room) {
        return EBB_ERR_MEMORY;
    }
    place_vectors(descents, room, refits->count, n);
    for (int i = 0; i < SWEEPS && !refits->converged; i++) {
        sweep_rows(sweep, refits, fit, surprise);
        refits->converged = true;
        for (size_t r = 0; r < refits->count; r++) {
            if (!descents[r].settled) {
                step_lane(&descents[r], sweep, refits, fit, r, i == 0);
            }
            refits->converged = refits->converged && descents[r].settled;
        }
    }
    ebb_free_array(fit->alloc, room, room_count, sizeof *room);
    return refits->converged ? EBB_OK : EBB_ERR_NUMERIC;
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

/* SPDX-License-Identifier: MIT
 * The fit to all weeks: Newton's method with step halving; the frailty's variance
 * beside it. */
#include "cycle/regression.h"

#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "cycle/newton.h"
#include "math/linear.h"

#define ITERATIONS 60
#define GUESS_WEEKS 52
#define GUESS_ROWS 20000 /* rows of the first guess */
#define GUESS_GROWTH 8   /* times as many for the next one */
#define TAU2_START 0.1
#define TAU2_TOLERANCE 3e-3
#define TAU2_LOWEST 0.01
#define TAU2_HIGHEST 9.0
#define STEP_LONGEST \
    4.0 /* of any coefficient in one step: log rates do not move by more */

/* Sums over all weeks at the present values; returns the penalised log likelihood. */
static double sum_weeks(ebb_fitted_t *fit)
{
    const ebb_design_t *design = fit->design;
    double objective = 0;
    ebb_block_t block;
    for (size_t week = 0; week < fit->weeks; week++) {
        ebb_week_sums_t *sums = &fit->sums[week];
        ebb_sums_clear(sums, fit->columns);
        if (week % fit->stride) {
            continue;
        }
        ebb_point_t point = {fit->beta, fit->effect[week], fit->columns};
        for (size_t row = design->week_begin[week]; row < design->week_begin[week + 1];
             row += block.count) {
            ebb_design_block(design, week, row, &block);
            objective += ebb_sums_add(sums, &block, &point);
        }
        for (size_t k = 0; k < fit->columns; k++) {
            sums->b[k] = sums->a[k * EBB_COLUMNS]; /* the first column is all ones */
        }
        sums->d = sums->b[0];
        if (fit->tau2 > 0) {
            objective -= fit->effect[week] * fit->effect[week] / (2 * fit->tau2);
        }
    }
    for (size_t k = 0; k < fit->columns; k++) {
        objective -= design->penalty[k] * fit->beta[k] * fit->beta[k] / 2;
    }
    return objective;
}

/* One fixed-point step for the frailty's variance over the weeks that have rows [eq 7],
 * in MacKay's form tau^2 = sum u^2 / sum (1 - Var u / tau^2), which has the same fixed
 * point as the sum of squares and variances but reaches it much sooner (Neural
 * Computation 4:415, 1992). */
static void update_tau2(ebb_fitted_t *fit)
{
    double squares = 0, known = 0;
    for (size_t week = 0; week < fit->weeks; week++) {
        if (fit->sums[week].d > 0) {
            squares += fit->effect[week] * fit->effect[week];
            known += fit->sums[week].d / (fit->sums[week].d + 1 / fit->tau2);
        }
    }
    double tau2 = known > 0 ? squares / known : TAU2_LOWEST;
    fit->tau2 = tau2 < TAU2_LOWEST    ? TAU2_LOWEST
                : tau2 > TAU2_HIGHEST ? TAU2_HIGHEST
                                      : tau2;
}

/* Moves beta and the effects by `part` of a step. */
static void move(ebb_fitted_t *fit, const double *step, const double *effect_step,
                 double part)
{
    for (size_t k = 0; k < fit->columns; k++) {
        fit->beta[k] += part * step[k];
    }
    for (size_t week = 0; week < fit->weeks; week++) {
        fit->effect[week] += part * effect_step[week];
    }
}

static double longest(const double *step, size_t n)
{
    double most = 0;
    for (size_t k = 0; k < n; k++) {
        most = fabs(step[k]) > most ? fabs(step[k]) : most;
    }
    return most;
}

/* The way to the maximum. */
typedef struct ebb_ascent {
    double *effect_step;      /* of each week */
    double objective, length; /* now; of the last step */
    double rest;              /* what is still to come, at most */
    double enough;            /* the rest that may stay */
    bool same;                /* the last two steps had the same objective */
    bool point_only;          /* the sums at the maximum are not wanted */
} ebb_ascent_t;

/* What is still to come after steps of length `before` and `length`, if they go on
 * shrinking as they did. Newton's shrink faster and faster. */
static double rest_after(double length, double before)
{
    double ratio = length / before;
    return ratio < 0.5 ? length * ratio / (1 - ratio) : length;
}

/* Takes one Newton step, halved until the objective does not fall. */
static int newton_step(ebb_fitted_t *fit, ebb_ascent_t *way)
{
    double hessian[EBB_COLUMNS * EBB_COLUMNS], step[EBB_COLUMNS];
    ebb_newton_hessian(fit, hessian);
    if (ebb_cholesky_factor(hessian, fit->columns)) {
        return EBB_ERR_NUMERIC;
    }
    ebb_newton_gradient(fit, step);
    ebb_cholesky_solve(hessian, fit->columns, step);
    ebb_newton_effects(fit, step, way->effect_step);
    double before = way->length, length = longest(step, fit->columns);
    way->length = length;
    way->rest = way->same ? rest_after(length, before) : length;
    double part = length > STEP_LONGEST ? STEP_LONGEST / length : 1;
    move(fit, step, way->effect_step, part);
    if (way->point_only && way->rest < way->enough) {
        return EBB_OK;
    }
    double was = way->objective, now = sum_weeks(fit);
    for (int half = 0; half < 20 && !(now >= was - 1e-9 * fabs(was)); half++) {
        move(fit, step, way->effect_step, -part / 2);
        part /= 2;
        now = sum_weeks(fit);
    }
    way->objective = now;
    way->same = true;
    return EBB_OK;
}

/* The constant alone fitted: the start when there is none better. */
static void start_cold(ebb_fitted_t *fit)
{
    double events = 0, exposure = 0;
    ebb_block_t block;
    for (size_t week = 0; week < fit->weeks; week++) {
        for (size_t row = fit->design->week_begin[week];
             row < fit->design->week_begin[week + 1]; row += block.count) {
            ebb_design_block(fit->design, week, row, &block);
            for (size_t i = 0; i < block.count; i++) {
                events += block.y[i];
                exposure += block.exposure[i];
            }
        }
    }
    fit->beta[0] = log((events + 0.5) / (exposure + 1));
}

/* Newton steps, each followed by one for the frailty's variance until that hardly
 * moves; then the variance stays and the steps go on to the maximum. */
static void iterate(ebb_fitted_t *fit, ebb_ascent_t *way, size_t stride, double enough)
{
    bool moving = fit->design->equation != EBB_EQUATION_USUAL;
    fit->tau2 = !moving ? 0 : fit->tau2 > 0 ? fit->tau2 : TAU2_START;
    fit->stride = stride;
    way->enough = moving ? 0 : enough; /* while it moves, no step is the last */
    way->objective = sum_weeks(fit);
    way->same = false;
    way->rest = 1;
    for (int i = 0; i < ITERATIONS && (moving || way->rest >= enough); i++) {
        if (newton_step(fit, way)) {
            return; /* not converged: said in the fit */
        }
        double tau2 = fit->tau2;
        if (moving) {
            update_tau2(fit);
            if (fit->tau2 != tau2) { /* another objective from here on */
                way->objective = -(double)INFINITY;
                way->same = false;
            }
            moving =
                i < ITERATIONS / 2 &&
                (fabs(fit->tau2 - tau2) > TAU2_TOLERANCE * tau2 || way->length > 0.1);
            way->enough = moving ? 0 : enough;
        }
    }
    fit->converged = way->rest < enough;
}

/* A long record is first fitted to some of its weeks, then to more: a start near the
 * maximum. */
static void climb(ebb_fitted_t *fit, const double *warm, ebb_ascent_t *way)
{
    bool point_only = way->point_only;
    way->point_only = false;
    if (warm) {
        memcpy(fit->beta, warm, fit->columns * sizeof *warm);
    } else {
        start_cold(fit);
    }
    size_t stride =
        warm || fit->weeks < GUESS_WEEKS ? 1 : fit->design->row_count / GUESS_ROWS;
    for (; stride > 1; stride /= GUESS_GROWTH) {
        iterate(fit, way, stride, 1e-2);
    }
    way->point_only = point_only;
    iterate(fit, way, 1, 1e-7);
}

static int fit_equation(ebb_fitted_t *fit, const ebb_design_t *design,
                        const double *warm, bool point_only)
{
    size_t weeks = design->cells->weeks;
    *fit = (ebb_fitted_t){.design = design,
                          .columns = design->columns,
                          .weeks = weeks,
                          .alloc = design->alloc};
    fit->effect = ebb_new_array(fit->alloc, weeks, sizeof *fit->effect);
    fit->sums = ebb_new_array(fit->alloc, weeks, sizeof *fit->sums);
    double *effect_step = ebb_new_array(fit->alloc, weeks, sizeof *effect_step);
    int code = EBB_ERR_MEMORY;
    if (fit->effect && fit->sums && effect_step) {
        ebb_ascent_t way = {.effect_step = effect_step, .point_only = point_only};
        climb(fit, warm, &way);
        code = EBB_OK;
    }
    ebb_free_array(fit->alloc, effect_step, weeks, sizeof *effect_step);
    if (point_only) { /* of a long record they are large */
        ebb_free_array(fit->alloc, fit->sums, weeks, sizeof *fit->sums);
        fit->sums = NULL;
    }
    return code;
}

int ebb_regression_fit(ebb_fitted_t *fit, const ebb_design_t *design,
                       const double *warm)
{
    return fit_equation(fit, design, warm, false);
}

int ebb_regression_point(ebb_fitted_t *fit, const ebb_design_t *design,
                         const double *warm)
{
    return fit_equation(fit, design, warm, true);
}

void ebb_regression_free(ebb_fitted_t *fit)
{
    if (fit->alloc) {
        ebb_free_array(fit->alloc, fit->effect, fit->weeks, sizeof *fit->effect);
        ebb_free_array(fit->alloc, fit->sums, fit->weeks, sizeof *fit->sums);
    }
    *fit = (ebb_fitted_t){0};
}

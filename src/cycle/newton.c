/* SPDX-License-Identifier: MIT
 * Block elimination: [H_bb H_bu; H_ub D] with D diagonal, so u is eliminated week by
 * week. */
#include "cycle/newton.h"

#include <string.h>

static void add_week(const ebb_fitted_t *fit, size_t week, double sign, double *hessian)
{
    const ebb_week_sums_t *sums = &fit->sums[week];
    double variance = ebb_effect_variance(fit, week);
    size_t n = fit->columns;
    for (size_t k = 0; k < n; k++) {
        double shared = sums->b[k] * variance;
        for (size_t l = 0; l <= k; l++) {
            hessian[k * n + l] +=
                sign * (sums->a[k * EBB_COLUMNS + l] - shared * sums->b[l]);
        }
    }
}

void ebb_newton_hessian(const ebb_fitted_t *fit, double *hessian)
{
    size_t n = fit->columns;
    memset(hessian, 0, n * n * sizeof *hessian);
    for (size_t week = 0; week < fit->weeks; week++) {
        if (fit->sums[week].d > 0) {
            add_week(fit, week, 1, hessian);
        }
    }
    for (size_t k = 0; k < n; k++) {
        hessian[k * n + k] += fit->design->penalty[k];
    }
}

/* What is left of a week's e when its effect is pulled to zero by the frailty. */
static double effect_residual(const ebb_fitted_t *fit, size_t week)
{
    return fit->sums[week].e - fit->effect[week] / fit->tau2;
}

static void add_week_gradient(const ebb_fitted_t *fit, size_t week, double sign,
                              double *gradient)
{
    const ebb_week_sums_t *sums = &fit->sums[week];
    double variance = ebb_effect_variance(fit, week);
    double pulled = variance > 0 ? variance * effect_residual(fit, week) : 0;
    for (size_t k = 0; k < fit->columns; k++) {
        gradient[k] += sign * (sums->u[k] - sums->b[k] * pulled);
    }
}

void ebb_newton_gradient(const ebb_fitted_t *fit, double *gradient)
{
    for (size_t k = 0; k < fit->columns; k++) {
        gradient[k] = -fit->design->penalty[k] * fit->beta[k];
    }
    for (size_t week = 0; week < fit->weeks; week++) {
        if (fit->sums[week].d > 0) {
            add_week_gradient(fit, week, 1, gradient);
        }
    }
}

void ebb_newton_drop_week(const ebb_fitted_t *fit, size_t week, double *hessian,
                          double *gradient)
{
    if (fit->sums[week].d > 0) {
        add_week(fit, week, -1, hessian);
        add_week_gradient(fit, week, -1, gradient);
    }
}

void ebb_newton_effects(const ebb_fitted_t *fit, const double *step,
                        double *effect_step)
{
    for (size_t week = 0; week < fit->weeks; week++) {
        double variance = ebb_effect_variance(fit, week);
        if (variance == 0) {
            effect_step[week] = 0;
            continue;
        }
        double residual = effect_residual(fit, week);
        for (size_t k = 0; k < fit->columns; k++) {
            residual -= fit->sums[week].b[k] * step[k];
        }
        effect_step[week] = variance * residual;
    }
}

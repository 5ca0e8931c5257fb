/* SPDX-License-Identifier: MIT
 * The pieces of a Newton step with the week effects eliminated; shared by fits and
 * refits. */
#ifndef EBB_CYCLE_NEWTON_H
#define EBB_CYCLE_NEWTON_H

#include "cycle/regression.h"

/* 1 / (d + 1/tau^2) of a week, or 0 in an equation without frailty. */
static inline double ebb_effect_variance(const ebb_fitted_t *fit, size_t week)
{
    return fit->tau2 > 0 ? 1 / (fit->sums[week].d + 1 / fit->tau2) : 0;
}

/* The reduced Hessian over all weeks, penalty included; columns x columns, lower
 * triangle. */
void ebb_newton_hessian(const ebb_fitted_t *fit, double *hessian);

/* The reduced gradient of the penalised log likelihood over all weeks. */
void ebb_newton_gradient(const ebb_fitted_t *fit, double *gradient);

/* Takes one week's terms out of a Hessian and a gradient over all weeks. */
void ebb_newton_drop_week(const ebb_fitted_t *fit, size_t week, double *hessian,
                          double *gradient);

/* The step of each week's effect that goes with a step of beta. */
void ebb_newton_effects(const ebb_fitted_t *fit, const double *step,
                        double *effect_step);

#endif

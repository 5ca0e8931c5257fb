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

/* The reduced Hessian without week `without` ((size_t)-1: with all), columns x columns.
 */
void ebb_newton_hessian(const ebb_fitted_t *fit, size_t without, double *hessian);

/* The reduced gradient of the penalised log likelihood, likewise. */
void ebb_newton_gradient(const ebb_fitted_t *fit, size_t without, double *gradient);

/* The step of each week's effect that goes with a step of beta. */
void ebb_newton_effects(const ebb_fitted_t *fit, const double *step,
                        double *effect_step);

#endif

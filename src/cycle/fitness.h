/* SPDX-License-Identifier: MIT
 * Goodness of fit by time rescaling [eq 11]. */
#ifndef EBB_CYCLE_FITNESS_H
#define EBB_CYCLE_FITNESS_H

#include "cycle/regression.h"

/* Tests a converged fit against its own data. 0 or EBB_ERR_MEMORY. */
int ebb_fitness(ebb_fit_t *result, const ebb_fitted_t *fit);

#endif

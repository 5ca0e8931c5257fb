/* SPDX-License-Identifier: MIT
 * One equilibrium: finding the one at hand, and saying what it is. */
#ifndef EBB_STUDY_REST_H
#define EBB_STUDY_REST_H

#include "study/spectrum.h"

/* All that is to be said of the equilibrium x, in memory of `kept`. Returns 0, or an
 * error of ebb_spectrum_fill, EBB_ERR_MEMORY. */
int ebb_rest_describe(ebb_flow_t *flow, ebb_spectrum_t *spectrum, const double *x,
                      ebb_arena_t *kept, ebb_equilibrium_t *out);

/**
 * The equilibrium at hand.
 *
 * @param[in,out] flow    of the model
 * @param[in]     states  of the model, near it; NULL: where the equations lead to from
 *                        the study's start
 * @param[out]    x       free states there
 * @param[out]    error   why there is none; may be NULL
 * @return 0, EBB_ERR_NUMERIC, EBB_ERR_MEMORY.
 */
int ebb_rest_find(ebb_flow_t *flow, const double *states, double *x,
                  ebb_error_t *error);

#endif

/* SPDX-License-Identifier: MIT
 * One equilibrium: finding the one at hand, and saying what it is. */
#ifndef EBB_STUDY_REST_H
#define EBB_STUDY_REST_H

#include "study/orbit.h"
#include "study/spectrum.h"

/* All that is to be said of the equilibrium x, in memory of `kept`. Returns 0, or an
 * error of ebb_spectrum_fill, EBB_ERR_MEMORY. */
int ebb_rest_describe(ebb_flow_t *flow, ebb_spectrum_t *spectrum, const double *x,
                      ebb_arena_t *kept, ebb_equilibrium_t *out);

/* Where equations lead to, asked again and again with other numbers: all zero is a
 * start. Must not move while it is open. */
typedef struct ebb_settle {
    ebb_orbit_t orbits[2]; /* a shorter way and a longer one; opened when needed */
    bool open[2];
    const double *numbers; /* for ebb_settle_follow: a row of parameters of the reduced
                              system for each couple; NULL: the reduction's own */
} ebb_settle_t;

/**
 * Follows couples for a while, each apart: the first part of the way to rest.
 *
 * @param[in,out] settle   to be released with ebb_settle_close, also after a failure
 * @param[in]     flow     of the model
 * @param[in,out] x        a row of free states for each: where it begins, where it got
 * @param[in]     count    how many
 * @param[out]    error    may be NULL
 * @return 0, also when some could not be followed (NaN), EBB_ERR_MEMORY.
 */
int ebb_settle_follow(ebb_settle_t *settle, const ebb_flow_t *flow, double *x,
                      size_t count, ebb_error_t *error);

/**
 * The equilibrium to which a couple was led; where there is none it is followed
 * further.
 *
 * @param[in,out] settle  after ebb_settle_follow
 * @param[in,out] flow    of the model; its numbers, and those of its reduction, are the
 *                        couple's
 * @param[in,out] x       free states: where it got; those at rest
 * @param[out]    error   may be NULL
 * @return 0, EBB_ERR_NUMERIC (it does not come to rest), EBB_ERR_MEMORY.
 */
int ebb_settle_arrive(ebb_settle_t *settle, ebb_flow_t *flow, double *x,
                      ebb_error_t *error);

void ebb_settle_close(ebb_settle_t *settle);

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

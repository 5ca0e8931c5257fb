/* SPDX-License-Identifier: MIT
 * The gain around a cut, asked again and again with other numbers: the whole model, to
 * find where it rests, and the cut one, each compiled once. */
#ifndef EBB_STUDY_GAIN_H
#define EBB_STUDY_GAIN_H

#include "study/rest.h"

/* All zero before ebb_gain_open. Must not move while it is open. */
typedef struct ebb_gain_work {
    const ebb_study_t *study;
    ebb_arena_t scratch;
    ebb_reduction_t whole, severed;
    ebb_flow_t whole_flow, severed_flow;
    ebb_settle_t settle;
    ebb_run_output_t cut;
    double *values; /* of the whole model at rest: states and lets */
} ebb_gain_work_t;

/**
 * Cuts a model.
 *
 * @param[out] work   to be released with ebb_gain_close, also after a failure
 * @param[in]  study  borrowed for its life
 * @param[in]  cut    a let, or a state that is not held
 * @param[in]  to     what is observed
 * @param[out] error  may be NULL
 * @return 0, EBB_ERR_ARGUMENT, EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_gain_open(ebb_gain_work_t *work, const ebb_study_t *study, ebb_run_output_t cut,
                  ebb_run_output_t to, ebb_error_t *error);

void ebb_gain_close(ebb_gain_work_t *work);

/* Sets a number in both models: a place among the parameters of a reduced system. */
void ebb_gain_set(ebb_gain_work_t *work, size_t place, double value);

/**
 * The gain where the equations lead to.
 *
 * @param[in,out] work   open; its values are there afterwards
 * @param[in,out] x      free states to which ebb_settle_follow led; those at rest
 * @param[out]    gain   filled
 * @param[out]    error  may be NULL
 * @return 0, EBB_ERR_NUMERIC (no state of rest, or none of the cut model),
 * EBB_ERR_MEMORY.
 */
int ebb_gain_find(ebb_gain_work_t *work, double *x, ebb_gain_t *gain,
                  ebb_error_t *error);

/* What the quantity that is cut is at rest, after ebb_gain_find. */
double ebb_gain_at_cut(const ebb_gain_work_t *work);

/* g_u - g_x J_u^-1 R_u [eq 106], from what linearising the cut model has left in the
 * flow. Not finite where the cut model has no state of its own to rest in. */
double ebb_gain_value(ebb_flow_t *flow);

#endif

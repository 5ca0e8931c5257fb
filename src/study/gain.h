/* SPDX-License-Identifier: MIT
 * The answer of a cut model, at rest or on the way. */
#ifndef EBB_STUDY_GAIN_H
#define EBB_STUDY_GAIN_H

#include "study/flow.h"

/* The node that is observed at the far end of a cut. Returns 0 or EBB_ERR_ARGUMENT. */
int ebb_gain_observe(ebb_reduction_t *reduction, const ebb_study_t *study,
                     const ebb_gain_settings_t *at, ebb_error_t *error);

/* g_u - g_x J_u^-1 R_u [eq 106], from what linearising the cut model has left in the
 * flow. Not finite where the cut model has no state of its own to rest in. */
double ebb_gain_value(ebb_flow_t *flow);

#endif

/* SPDX-License-Identifier: MIT
 * A compiled model at moments of a run. */
#ifndef EBB_STUDY_ALONG_H
#define EBB_STUDY_ALONG_H

#include "study/flow.h"

/* Gives a flow the numbers of a moment: inputs, held states, time; fills x, the free
 * states. Returns whether all states are finite. */
bool ebb_along_place(ebb_flow_t *flow, const ebb_study_moment_t *moment, double *x);

#endif

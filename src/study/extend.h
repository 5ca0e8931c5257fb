/* SPDX-License-Identifier: MIT
 * A reduced system with more states: what a study wants integrated along. */
#ifndef EBB_STUDY_EXTEND_H
#define EBB_STUDY_EXTEND_H

#include "study/reduce.h"

/* Gives a reduced system `more` states behind its own; they begin at 0 and do not move.
 * Returns 0, or EBB_ERR_MEMORY. */
int ebb_extend_states(ebb_reduction_t *reduction, size_t more);

/* Gives it an event with a guard, `actions` of it to be filled in. Returns where they
 * are, or NULL without memory. */
ebb_action_t *ebb_extend_event(ebb_reduction_t *reduction, uint32_t guard,
                               size_t actions);

#endif

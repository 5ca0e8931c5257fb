/* SPDX-License-Identifier: MIT
 * Which states are slow along a run. */
#ifndef EBB_STUDY_SLOW_H
#define EBB_STUDY_SLOW_H

#include "ebb/study.h"

/**
 * Marks the states that go back by themselves less than a tenth as fast as the
 * quickest: medians over the moments of their paces.
 *
 * @param[in]  study    in which no state is held by its pace
 * @param[in]  moments  of one run
 * @param[out] slow     of each state of the model
 * @param[out] error    may be NULL
 * @return 0, EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_study_slow(const ebb_study_t *study, ebb_study_moments_t moments, bool *slow,
                   ebb_error_t *error);

#endif

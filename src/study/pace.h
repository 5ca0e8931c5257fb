/* SPDX-License-Identifier: MIT
 * How fast each state goes by itself, and holding those that are slow. */
#ifndef EBB_STUDY_PACE_H
#define EBB_STUDY_PACE_H

#include "study/study.h"

/**
 * Holds every free state whose own pace at the start is slower than 1/slower_than
 * [eq 113].
 *
 * @param[in,out] study        numbers, starts and held states are there; `slow` is
 *                             filled, of those that are held
 * @param[in]     slower_than  in the model's time unit, > 0
 * @param[out]    error        may be NULL
 * @return 0, EBB_ERR_LIMIT (derivatives too large), EBB_ERR_MEMORY.
 */
int ebb_pace_hold(ebb_study_t *study, double slower_than, ebb_error_t *error);

#endif

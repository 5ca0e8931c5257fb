/* SPDX-License-Identifier: MIT
 * One child of ebb/develop.h, for the files that follow it and count many. */
#ifndef EBB_STUDY_CHILD_H
#define EBB_STUDY_CHILD_H

#include <stdbool.h>

#include "ebb/develop.h"

/* Settings as they act: a mechanism that is out is 0. */
typedef struct ebb_upbringing {
    ebb_develop_numbers_t numbers;
    ebb_caregiver_t caregiver;
    double need; /* at the outset of an episode */
    uint64_t seed;
} ebb_upbringing_t;

/* Share of children that grow up with a caregiver, of all four together 1. */
double ebb_upbringing_share(const ebb_develop_numbers_t *numbers, size_t care);

/* 0, or EBB_ERR_ARGUMENT. */
int ebb_upbringing_make(ebb_upbringing_t *out, const ebb_develop_settings_t *settings,
                        const ebb_caregiver_t *caregiver, ebb_error_t *error);

/* Lets a child grow up; `course` receives its loudness at each moment. */
ebb_child_t ebb_child_grow(const ebb_upbringing_t *up, uint32_t number,
                           double course[EBB_DEVELOP_TIMES]);

#endif

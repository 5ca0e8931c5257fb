/* SPDX-License-Identifier: MIT
 * A study from the inside: a model, and a number for everything in it. */
#ifndef EBB_STUDY_STUDY_H
#define EBB_STUDY_STUDY_H

#include "core/arena.h"
#include "core/fail.h"
#include "ebb/study.h"
#include "lang/model.h"

#define EBB_STUDY_FREE_MOST 128
#define EBB_STUDY_LEAD_MOST 8

struct ebb_study {
    ebb_alloc_t alloc;
    ebb_arena_t arena;
    const ebb_system_t *system;
    double *params, *traits, *inputs;
    double *starts; /* of each state; of a held one what it is held at */
    double *given;  /* of each state: its start or held value as it was set, or NaN */
    bool *params_given; /* of each parameter: whether it was set */
    bool *held;         /* of each state */
    bool *slow;         /* of each: held because it is slow */
    double *low, *high; /* of each state: where to look */
    size_t free_count;
    double time, tolerance;
    bool mean_events;
    ebb_method_t method;
};

/**
 * Where all states begin, or are held, with other parameters.
 *
 * @param[in]  study   whose traits, and what was set
 * @param[in]  params  of the model
 * @param[out] starts  of all states; what was set stays
 * @return 0, EBB_ERR_MEMORY.
 */
int ebb_study_starts(const ebb_study_t *study, const double *params, double *starts);

/* Memory of a result: an arena that the result owns. NULL when there is none left. */
ebb_arena_t *ebb_study_memory(const ebb_study_t *study);

/* Releases such memory; NULL is a no-op. */
void ebb_study_forget(void *memory);

static inline int ebb_study_fail_memory(ebb_error_t *error)
{
    (void)ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for a study");
    return EBB_ERR_MEMORY;
}

#endif

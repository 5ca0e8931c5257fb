/* SPDX-License-Identifier: MIT
 * Which states are slow along a run. */
#include "study/slow.h"

#include "core/arena.h"
#include "math/bits.h"
#include "study/study.h"

#define SLOW_PART 0.1 /* of the fastest pace: below it a state is slow */

/* The element that would stand in the middle of `count` sorted numbers. */
static double slow_middle(double *numbers, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        double number = numbers[i];
        size_t at = i;
        for (; at > 0 && numbers[at - 1] > number; at--) {
            numbers[at] = numbers[at - 1];
        }
        numbers[at] = number;
    }
    return count ? numbers[count / 2] : 0;
}

/* The median of a state's paces; 0 when there are none. */
static double slow_median(const double *paces, size_t states, size_t state,
                          size_t count, double *scratch)
{
    size_t known = 0;
    for (size_t m = 0; m < count; m++) {
        double pace = paces[m * states + state];
        if (ebb_magnitude(pace) < EBB_INFINITY) {
            scratch[known++] = pace;
        }
    }
    return ebb_magnitude(slow_middle(scratch, known));
}

int ebb_study_slow(const ebb_study_t *study, ebb_study_moments_t moments, bool *slow,
                   ebb_error_t *error)
{
    ebb_arena_t arena = {.alloc = &study->alloc};
    size_t states = study->system->state_count, count = moments.count;
    double fastest = 0;
    double *paces = ebb_arena_new(&arena, (states * count + 1) * sizeof *paces);
    double *medians = ebb_arena_new(&arena, (states + 1) * sizeof *medians);
    double *scratch = ebb_arena_new(&arena, (count + 1) * sizeof *scratch);
    int code = paces && medians && scratch
                   ? ebb_study_paces(study, moments, paces, error)
                   : ebb_study_fail_memory(error);
    for (size_t i = 0; i < states && !code; i++) {
        medians[i] = slow_median(paces, states, i, count, scratch);
        fastest = medians[i] > fastest ? medians[i] : fastest;
    }
    for (size_t i = 0; i < states && !code; i++) {
        slow[i] = medians[i] < SLOW_PART * fastest;
    }
    ebb_arena_free(&arena);
    return code;
}
